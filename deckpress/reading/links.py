"""Links to headings that are not there, as they happen when a heading is renamed and the contents stay."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ..diagnostics import Diagnostic, Span
from ..markup import plain
from ..model import Link, Picture, Styled, Text
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


def pictures(blocks: Sequence[Block], book: Notebook) -> tuple[tuple[str, Span], ...]:
    """The pictures of a guide as it names them, with their places."""
    return tuple((target, book.span(line)) for line, target in _targets(blocks, pictures=True))


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


def _targets(blocks: Sequence[Block], pictures: bool = False) -> Iterator[tuple[int, str]]:
    for block in blocks:
        yield from ((block.line, target) for target in _in_text(block.text, pictures))
        for line, cells in block.rows:
            yield from ((line, target) for cell in cells for target in _in_text(cell, pictures))
        yield from _targets(block.blocks, pictures)


def _in_text(text: Text, pictures: bool) -> Iterator[str]:
    """Targets of links, or sources of pictures."""
    for part in text:
        if isinstance(part, Picture) and pictures:
            yield part.source
        elif isinstance(part, Link) and not pictures:
            yield part.target
        elif isinstance(part, Link | Styled):
            yield from _in_text(part.parts, pictures)
