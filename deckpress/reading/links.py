"""Links to headings that are not there, as they happen when a heading is renamed and the contents stay."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ..diagnostics import Diagnostic
from ..markup import plain
from ..model import Link, Styled, Text
from .blocks import Block
from .notebook import Notebook


def broken_links(blocks: Sequence[Block], book: Notebook) -> list[Diagnostic]:
    """A finding for each link within the guide that points at no heading."""
    anchors = set(_anchors(blocks))
    if not anchors:
        return []
    return [
        Diagnostic("L001", book.span(line), f"no heading answers to the link “{target}”")
        for line, target in _targets(blocks)
        if target.startswith("#") and len(target) > 1 and _loose(target[1:]) not in {_loose(anchor) for anchor in anchors}
    ]


def _anchors(blocks: Sequence[Block]) -> Iterator[str]:
    """Anchors as the usual renderers make them of headings: lower case, hyphens, repeats numbered."""
    seen: Counter[str] = Counter()
    for block in blocks:
        if block.kind == "heading":
            name = re.sub(r"[^\w\- ]", "", plain(block.text).lower()).strip().replace(" ", "-")
            yield f"{name}-{seen[name]}" if seen[name] else name
            seen[name] += 1


def _loose(anchor: str) -> str:
    """Renderers differ in pictures, doubled hyphens and accents: these do not make a link broken."""
    return re.sub(r"[\W_]+", "-", anchor.lower()).strip("-")


def _targets(blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    for block in blocks:
        yield from ((block.line, target) for target in _in_text(block.text))
        for line, cells in block.rows:
            yield from ((line, target) for cell in cells for target in _in_text(cell))
        yield from _targets(block.blocks)


def _in_text(text: Text) -> Iterator[str]:
    for part in text:
        if isinstance(part, Link):
            yield part.target
        elif isinstance(part, Styled):
            yield from _in_text(part.parts)
