"""Front matter -> Settings: every key optional, each checked, a misspelt one answered with what was probably meant."""

import re
from collections.abc import Callable
from datetime import date
from difflib import get_close_matches
from typing import Any

from ..diagnostics import Diagnostic, Span
from ..model import Settings
from ..words import slug

# Spellings and names that mean one of our keys.
_SAME = {"license": "licence", "lang": "language", "locale": "language", "authors": "author", "deck-name": "deck"}


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
    values: dict[str, Any] = {}
    for key, value in node.value:
        span = Span(path, key.start_mark.line + 2, key.start_mark.column + 1)
        written = str(key.value)
        name = re.sub(r"[\s_]+", "-", written.strip().lower())
        name = _SAME.get(name, name)
        if name not in _KEYS:
            found.append(_unknown(written, name, span))
            continue
        try:
            values[name.replace("-", "_")] = _KEYS[name](_told(value))
        except ValueError as error:
            found.append(Diagnostic("M003", span, f"“{written}” in the front matter {error}"))
    return Settings(**values), found


def _unknown(written: str, name: str, span: Span) -> Diagnostic:
    near = get_close_matches(name, sorted(_KEYS), 1, 0.75)
    if near:
        return Diagnostic("M002", span, f"unknown key “{written}” in the front matter; did you mean “{near[0]}”?")
    return Diagnostic("M004", span, f"the key “{written}” in the front matter is another program's")


def _told(node: Any) -> list[str]:
    """A value as lines of text: one for `key: value`, several for a list. ValueError for anything deeper."""
    if isinstance(node.value, str):
        return [node.value.strip()]
    if not all(isinstance(getattr(item, "value", None), str) for item in node.value):
        raise ValueError("takes one line of text, or a list of such lines")
    return [item.value.strip() for item in node.value]


def _line(told: list[str]) -> str:
    if len(told) != 1:
        raise ValueError("takes one line of text")
    return told[0]


def _author(told: list[str]) -> str:
    return ", ".join(told)


def _language(told: list[str]) -> str:
    if not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", _line(told)):
        raise ValueError(f"takes a language's code such as en, de or pt-BR, not “{_line(told)}”")
    return told[0]


def _exam(told: list[str]) -> str:
    """A day as 2027-03-31, or the name of the exam."""
    text = _line(told)
    if re.fullmatch(r"[\d./\s-]+", text):
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            raise ValueError(f"takes a day written as 2027-03-31, not “{text}”") from None
    return text


def _tags(told: list[str]) -> tuple[str, ...]:
    names = [name for line in told for name in re.split(r"[,;]|\s(?!\s)" if len(told) == 1 else r"[,;]", line)]
    return tuple(dict.fromkeys("::".join(slug(part) for part in name.split("::")) for name in names if name.strip()))


def _number(least: int, most: int) -> Callable[[list[str]], int]:
    def number(told: list[str]) -> int:
        if not re.fullmatch(r"\d{1,4}", _line(told)) or not least <= int(told[0]) <= most:
            raise ValueError(f"takes a number from {least} to {most}, not “{told[0]}”")
        return int(told[0])

    return number


def _one_of(*known: str) -> Callable[[list[str]], str]:
    def choice(told: list[str]) -> str:
        if _line(told).lower() not in known:
            raise ValueError(f"takes {' or '.join(known)}, not “{told[0]}”")
        return told[0].lower()

    return choice


def _colour(told: list[str]) -> str:
    if _line(told) not in _COLOURS and not re.fullmatch(r"#(?:[0-9a-fA-F]{3}){1,2}", told[0]):
        raise ValueError(f"takes a colour such as '#0a6e5c' (in quotes) or teal, not “{told[0]}”")
    return told[0]


# Names of colours that show on white paper.
_COLOURS = frozenset({
    "black", "blue", "blueviolet", "brown", "chocolate", "crimson", "darkblue", "darkcyan", "darkgreen", "darkmagenta",
    "darkolivegreen", "darkorange", "darkred", "darkslateblue", "darkslategray", "dodgerblue", "firebrick", "forestgreen",
    "fuchsia", "gray", "green", "indigo", "maroon", "mediumblue", "mediumvioletred", "midnightblue", "navy", "olive", "olivedrab",
    "orangered", "purple", "rebeccapurple", "red", "royalblue", "saddlebrown", "seagreen", "sienna", "slateblue", "slategray",
    "steelblue", "teal", "tomato",
})  # fmt: skip


def _file(told: list[str]) -> str:
    if re.match(r"[/\\]|[A-Za-z]:|.*\.\.", _line(told)):
        raise ValueError("takes the name of a file in the guide's own folder")
    return told[0]


# What each key takes; the README lists them in the same order.
_KEYS: dict[str, Callable[[list[str]], Any]] = {
    "title": _line,
    "language": _language,
    "author": _author,
    "licence": _line,
    "exam": _exam,
    "days": _number(1, 3650),
    "deck": _line,
    "tags": _tags,
    "item": _line,
    "topic-level": _number(1, 6),
    "answers": _file,
    "cards": _one_of("rules", "every-fact"),
    "speech": _one_of("yes", "no", "true", "false"),
    "paper": _one_of("a4", "letter"),
    "accent": _colour,
}
