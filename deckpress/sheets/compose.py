"""Blocks -> sheets: a rich topic has its own, small neighbours share one, in guide order, so that no page stands half empty."""

import hashlib
from collections.abc import Sequence

from .shapes import Block, Look, Sheet
from .sizes import page_of, room_at, step_for

_TIGHT = 1.25  # how much more than a page at the largest size may share one: it is set smaller then
_SHARED = 2.2  # lines that a topic saves on a shared sheet, whose footer and place stand once
ROOMY = 0.88  # filled no more than so there are lines for the learner's own notes
_RICH = 0.82  # filled so far a topic has its own sheet


def sheets_of(blocks: Sequence[Block], title: str, look: Look) -> tuple[Sheet, ...]:
    """The sheets of a book: of all ways to share them the one that leaves least room and squeezes least."""
    page = page_of(look)
    groups = [[block] for block in blocks] if look.large else _groups(blocks, page)
    out = []
    for number, group in enumerate(groups, 1):
        lines = _together(group)
        step = 0 if look.large else step_for(lines, page)
        same = {block.kicker for block in group}
        marks = "".join(block.mark for block in group)
        out.append(
            Sheet(
                slug=_slug(group),
                number=number,
                blocks=tuple(group),
                kicker=same.pop() if len(same) == 1 else title,
                revision=max(block.revision for block in group),
                step=step,
                roomy=lines < ROOMY * room_at(step, page),
                mark=group[0].mark if len(group) == 1 else hashlib.sha256(marks.encode()).hexdigest()[:4],
            )
        )
    return tuple(out)


def _groups(blocks: Sequence[Block], page: float) -> list[list[Block]]:
    """The cheapest partition of the blocks into neighbours that share a page (dynamic programming over the last one's start)."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(blocks) + 1):
        options = []
        for start in range(end - 1, max(-1, end - 9), -1):
            cost = _cost(blocks[start:end], page)
            if cost is None:
                break
            options.append((best[start][0] + cost, start))
        best.append(min(options))
    out: list[list[Block]] = []
    end = len(blocks)
    while end:
        start = best[end][1]
        out.insert(0, list(blocks[start:end]))
        end = start
    return out


def _cost(group: Sequence[Block], page: float) -> float | None:
    """How bad a page of these topics is; None where they cannot share one."""
    fill = _together(group) / page
    if len(group) > 1 and (fill > _TIGHT or any(block.glossary or block.lines > _RICH * page for block in group)):
        return None
    empty, squeezed = max(0.0, 1 - fill), max(0.0, min(fill, _TIGHT + 0.3) - 1)
    return empty**2 + squeezed**2 + 0.04 * len(group) + 0.1


def _together(group: Sequence[Block]) -> float:
    return sum(block.lines for block in group) - _SHARED * (len(group) - 1)


def _slug(group: Sequence[Block]) -> str:
    """The file name of a sheet: its topics, or the first of many."""
    joined = "+".join(block.slug for block in group)
    return joined if len(group) == 1 or len(joined.encode()) <= 80 else f"{group[0].slug}+{len(group) - 1}"
