"""Lines that Markdown takes for the end of the list item above them, though their author began something new.

CommonMark lets a paragraph go on in the next line, at whatever column. An author who breaks lines by hand fills them first: where
the next word would have had room on the line above, nothing was broken there, and the line stands for itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ..inline import raw, trimmed
from ..markup import plain
from ..model import Break, Inline, Text
from .blocks import Block, source_lines
from .labels import split_label
from .normalise import code_lines
from .signs import COLONS, ENDS

ROOM = 60  # columns that the narrowest page of wrapped text has
_LONG = 3  # the longest line but two: one or two may be long for another reason


def unfolded(blocks: Iterable[Block], lines: Sequence[str], width: int, quoted: int) -> list[Block]:
    """The blocks with each such line behind an item of a list as a paragraph of its own, which ends the list.

    `width` and `quoted` are the columns to which the guide's prose and its quotes are filled.
    """
    out: list[Block] = []
    for block in blocks:
        if block.kind == "quote":
            out.append(replace(block, blocks=tuple(unfolded(block.blocks, lines, quoted, quoted))))
        else:
            out += _lists(block, lines, width) if block.kind == "list" else (block,)
    return out


def _lists(block: Block, lines: Sequence[str], width: int) -> Iterator[Block]:
    kept: list[Block] = []
    for item in block.blocks:
        found = _parted(item, lines, width)
        kept.append(found[0] if found else item)
        if found:
            yield from (_of_items(block, kept), found[1])
            kept = []
    if kept:
        yield _of_items(block, kept)


def _of_items(block: Block, items: Sequence[Block]) -> Block:
    return replace(block, line=items[0].line, end=items[-1].end, blocks=tuple(items))


def in_lines(block: Block) -> bool:
    """Whether each line of a paragraph's text is one of the guide: `<br>` ends a line that the guide does not end."""
    return len(source_lines(block.text)) == block.end - block.line + 1


def _kept(block: Block, lines: Sequence[str], width: int) -> int:
    """How many lines of an item's paragraph belong together, from its first one on."""
    told = source_lines(block.text)
    for at in range(1, len(told) if in_lines(block) else 1):
        if begins_anew(lines, block.line + at, width) and _is_other(told[at - 1], told[at], lines[block.line + at - 1]):
            return at
    return len(told)


def _is_other(above: Text, here: Text, line: str) -> bool:
    """Whether a line is no end of the one above it: it has a label, leads to what follows, or begins a sentence behind one.

    A capital is enough in a quote: nobody wraps lines that each have their sign. Elsewhere a name may have been wrapped.
    """
    told, before = plain(here), plain(above)
    sentence = told[:1].isupper() and (before.endswith(ENDS) or line.startswith(">"))
    return sentence or told.endswith(COLONS) or bool(split_label(here)[0])


def begins_anew(lines: Sequence[str], line: int, width: int) -> bool:
    """Whether a line (counted from 1) begins at the margin, and its first word had room on the line above it."""
    above, here = lines[line - 2].rstrip(), lines[line - 1]
    first = here.removeprefix(">").lstrip(" ") if here.startswith(">") else here
    return first[:1].strip() != "" and len(above) + 1 + len(first.split(" ", 1)[0]) <= width


def width_of(lines: Sequence[str], quoted: bool = False) -> int:
    """How many columns a guide's lines of prose are filled to, or those of its quotes."""
    code = code_lines(lines)
    prose = sorted(
        len(line)
        for at, line in enumerate(lines)
        if at not in code and not line.lstrip("> ").startswith(("|", "#")) and line.startswith(">") == quoted and "://" not in line
    )
    return max([ROOM, *prose[-_LONG : -_LONG + 1]])


def _parted(block: Block, lines: Sequence[str], width: int) -> tuple[Block, Block] | None:
    """A list without what its last innermost paragraph has too much, and that as a paragraph; None where there is nothing."""
    if block.kind in ("list", "item"):
        found = _parted(block.blocks[-1], lines, width) if block.blocks else None
        return (replace(block, end=found[0].end, blocks=(*block.blocks[:-1], found[0])), found[1]) if found else None
    if block.kind != "paragraph":
        return None
    kept = _kept(block, lines, width)
    told = source_lines(block.text)
    if kept == len(told):
        return None
    first, rest = _joined(told[:kept], hard=False), _joined(told[kept:], hard=True)
    end = block.line + kept - 1
    return (
        replace(block, end=end, text=first, told=raw(first)),
        replace(block, line=end + 1, text=rest, told=raw(rest)),
    )


def _joined(lines: Sequence[Text], hard: bool) -> Text:
    parts: list[Inline] = []
    for line in lines:
        parts += [*([Break(hard)] if parts else []), *line]
    return trimmed(tuple(parts))
