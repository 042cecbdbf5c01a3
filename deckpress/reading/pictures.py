"""Pictures that stand alone: kept with the caption below them or with the fact above them, else left out, and that is said."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ..markup import plain
from ..model import Break, Picture, Point, Styled, Text
from ..words import tokens
from .blocks import Block, source_lines
from .notebook import Notebook, Place, as_kind

_FILE_NAME = re.compile(r"\S+\.\w{2,4}|(?:image|img|screenshot|picture|figure|untitled)?[\s\d._-]*", re.IGNORECASE)


def read_picture(blocks: Sequence[Block], at: int, place: Place, book: Notebook) -> int:
    """Reads a paragraph that holds pictures and at most a caption; returns the number of blocks that it took."""
    first, *below = source_lines(blocks[at].text)
    shown = tuple(part for part in first if isinstance(part, Picture))
    if not shown or plain(part for part in first if not isinstance(part, Picture)):
        return 0
    block = blocks[at]
    caption = below[0] if len(below) == 1 else ()
    took, end = 1, block.end
    if not below and at + 1 < len(blocks) and blocks[at + 1].kind == "paragraph" and _is_caption(blocks[at + 1].text):
        caption, took, end = blocks[at + 1].text, 2, blocks[at + 1].end
    if below and not _is_caption(caption):
        return 0
    if caption:
        kind = as_kind(place.kind, "feature")
        book.add(
            place,
            Point(
                span=book.span(block.line, end),
                kind=kind,
                label=place.label,
                text=_unslanted(caption),
                pictures=shown,
                caption=True,
            ),
        )
    else:
        _alone(block, shown, place, book)
    return took


def _alone(block: Block, shown: tuple[Picture, ...], place: Place, book: Notebook) -> None:
    """A picture that tells in words what it shows belongs to the fact above it in its section."""
    facts = book.topics[place.topic].facts
    told = tuple(picture for picture in shown if tokens(picture.alt) and not _FILE_NAME.fullmatch(picture.alt.strip()))
    if told and facts and facts[-1][1] == place.section and facts[-1][0].span.line > place.line:
        fact, section = facts[-1]
        facts[-1] = (replace(fact, pictures=(*fact.pictures, *told)), section)
        book.verdict("fact", block.line, block.end, f"picture of line {fact.span.line}")
        return
    book.noise(block, "picture without a text")
    book.report("L005", block.line, "a picture without words is on no card")


def _is_caption(text: Text) -> bool:
    """Slanted words alone, as captions are written."""
    return bool(text) and all((isinstance(part, Styled) and part.style == "em") or isinstance(part, Break) for part in text)


def _unslanted(text: Text) -> Text:
    return tuple(inner for part in text for inner in (part.parts if isinstance(part, Styled) else (part,)))
