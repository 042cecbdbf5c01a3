"""Front matter -> Settings: every key optional, each checked, a misspelt one answered with what was probably meant."""

import re
from dataclasses import fields
from difflib import get_close_matches

from ..diagnostics import Diagnostic, Span
from ..model import Settings

_KEYS = {field.name for field in fields(Settings)}


def front_matter(text: str) -> str:
    """The block between two lines of dashes at the very top of a guide, "" where there is none.

    It begins with a `key:`; a guide may also begin with a rule, and have another one further down.
    """
    found = re.match(r"---[ \t]*\n(?=\s*(?:#.*\n\s*)*[\w-]+[ \t]*:)(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", text, re.DOTALL)
    return found[1] if found else ""


def read_settings(source: str, path: str) -> tuple[Settings, list[Diagnostic]]:
    """The settings in a YAML block that begins on the second line of the guide, and what is wrong with it."""
    import yaml  # only where a guide has front matter

    try:
        node = yaml.compose(source, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        span = Span(path, (mark.line if mark else 0) + 2, (mark.column if mark else 0) + 1)
        return Settings(), [Diagnostic("M001", span, f"front matter cannot be read: {error.problem}")]
    except yaml.YAMLError as error:
        return Settings(), [Diagnostic("M001", Span(path, 2), f"front matter cannot be read: {error}")]
    if node is None:
        return Settings(), []
    if not isinstance(node, yaml.MappingNode):
        return Settings(), [Diagnostic("M001", Span(path, 2), "front matter is no list of `key: value` lines")]
    found: list[Diagnostic] = []
    values: dict[str, str] = {}
    for key, value in node.value:
        span = Span(path, key.start_mark.line + 2, key.start_mark.column + 1)
        name = str(key.value).replace("license", "licence")
        if name not in _KEYS:
            near = get_close_matches(name, sorted(_KEYS), 1)
            if near:
                found.append(Diagnostic("M002", span, f"unknown key “{name}” in the front matter; did you mean “{near[0]}”?"))
            else:
                found.append(Diagnostic("M004", span, f"the key “{name}” in the front matter is another program's"))
        elif not isinstance(value, yaml.ScalarNode):
            found.append(Diagnostic("M003", span, f"“{name}” takes one line of text"))
        else:
            values[name] = str(value.value).strip()
    return Settings(**values), found
