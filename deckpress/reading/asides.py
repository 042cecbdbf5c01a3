"""What stands around a guide and is none of it: the line that names it, what it says of itself, a farewell at its end."""

import re
from collections.abc import Sequence

from ..markup import plain
from ..model import Link
from .blocks import Block, source_lines
from .labels import split_label
from .notebook import Notebook

_CALLS = re.compile(r"https?://|www\.|\b\w+\.[a-z]{2,}/|[\U0001f300-\U0001faff\u2b50\u2764]")


def without_farewell(blocks: Sequence[Block], book: Notebook) -> list[Block]:
    """Leaves out the last words below a guide's last rule: links, thanks, good luck. What they are is said."""
    last = len(blocks)
    while last and blocks[last - 1].kind in ("paragraph", "html"):
        last -= 1
    below = [block for block in blocks[last:] if block.kind == "paragraph"]
    calls = any(_CALLS.search(plain(block.text)) or any(isinstance(part, Link) for part in block.text) for block in below)
    short = all(len(plain(block.text).split()) <= 30 and not split_label(block.text)[0] for block in below)
    if not last or blocks[last - 1].kind != "rule" or not calls or not short or len(below) > 3:
        return list(blocks)
    for block in below:
        book.noise(block, "farewell")
        book.report("F006", block.line, f"left out: {plain(block.text)[:60]}")
    return [block for block in blocks if block not in below]


def title_line(blocks: Sequence[Block]) -> Block | None:
    """The first line of a guide without a heading at its top, where it names the guide: short, alone, no sentence."""
    first = next((block for block in blocks if block.kind not in ("html", "rule")), None)
    if first is None or first.kind != "paragraph" or len(source_lines(first.text)) > 1:
        return None
    told = plain(first.text)
    named = len(told.split()) <= 10 and told[-1:] not in ".:?!,;。：？" and not split_label(first.text)[0] and told[:1].isupper()
    return first if named else None
