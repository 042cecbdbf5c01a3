"""Links to headings that are not there, as they happen when a heading is renamed and the contents stay."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ..diagnostics import Diagnostic, Span
from ..markup import plain
from ..model import Formula, Link, Picture, Styled, Text
from .blocks import Block
from .notebook import Notebook

Found = tuple[int, Link | Picture | Formula]  # with its line


def links_and_pictures(blocks: Sequence[Block]) -> list[Found]:
    """All links, pictures and formulas of a guide, in its order."""
    return list(_found(blocks))


def broken_links(blocks: Sequence[Block], found: Sequence[Found], book: Notebook) -> list[Diagnostic]:
    """A finding for each link within the guide that points at no heading."""
    anchors = {_loose(anchor) for anchor in _anchors(blocks)}
    return [
        Diagnostic("L001", book.span(line), f"no heading answers to the link “{part.target}”")
        for line, part in found
        if anchors and isinstance(part, Link) and re.match("#.", part.target) and _loose(part.target[1:]) not in anchors
    ]


def pictures(found: Sequence[Found], book: Notebook) -> tuple[tuple[str, Span], ...]:
    """The pictures of a guide as it names them, with their places."""
    return tuple((part.source, book.span(line)) for line, part in found if isinstance(part, Picture))


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


def _found(blocks: Sequence[Block]) -> Iterator[Found]:
    for block in blocks:
        if block.text:
            yield from ((block.line, part) for part in _in_text(block.text))
        for line, cells in block.rows:
            yield from ((line, part) for cell in cells for part in _in_text(cell))
        if block.blocks:
            yield from _found(block.blocks)


def _in_text(text: Text) -> Iterator[Link | Picture | Formula]:
    for part in text:
        if isinstance(part, Link | Picture | Formula):
            yield part
        if isinstance(part, Link | Styled):
            yield from _in_text(part.parts)
