"""How much room things take on paper, estimated in lines of the largest size. `press` corrects what the estimate gets wrong."""

from collections.abc import Mapping, Sequence
from math import ceil

from ..markup import plain
from ..model import Code, Formula, Picture, Text, Words
from .shapes import LADDER, Asked, Block, Columns, Look, Part, Table

FULL, HALF, LEFT, RIGHT = 104, 49, 60, 36  # letters in a line: of the whole width, of half of it, of the two columns
WIDTHS: Mapping[Columns, tuple[int, int]] = {"wide": (LEFT, RIGHT), "near": (54, 42), "even": (HALF, HALF)}
LETTER, BINDER = 0.93, 0.94  # of that the share that Letter has, which is shorter; and A4 with a margin for holes
CALM = 0.9  # filled so far a page is calm, and has lines for the learner's own notes
PAGE = 60.0  # lines of a page at the largest size, its footer aside
_TERM = 0.71  # share of a row of terms that its meaning has
_PICTURE = 11.0
_FORMULA = 2.4  # lines that a formula of its own takes, and one more for each of its rows


def _rows(text: Text, width: float) -> float:
    """Lines that a text takes; a picture and a block of code take their own."""
    pictures = sum(isinstance(part, Picture) for part in text)
    code = sum(part.text.count("\n") for part in text if isinstance(part, Code) and part.block)
    formulas = sum(_FORMULA + part.source.count("\\\\") for part in text if isinstance(part, Formula) and part.block)
    return max(1, ceil(len(plain(text)) / width)) + code + formulas + pictures * _PICTURE


def lines_of_part(part: Part, width: float = 0) -> float:
    """Lines of a part, its heading included."""
    width = width or (LEFT if part.wide else RIGHT)
    head = 1.7 if part.title else 0.5
    leads = sum(row.opens for row in part.rows) * 1.2
    match part.form:
        case "terms" | "dates":
            share = _TERM if part.form == "terms" else 0.84
            sides = (
                (sum(_rows(text, width * share) for text in row.texts), len(plain(row.label)) / width * 4) for row in part.rows
            )
            return head + leads + sum(max(text, ceil(label)) * 1.02 + 0.36 for text, label in sides)
        case "pairs":
            return head + leads + sum(1.25 for _ in part.rows) / 2
        case "inline":
            return head + ceil(sum(len(plain(text)) + 3 for row in part.rows for text in row.texts) / width)
        case "pictures":
            return head + len(part.rows) * _PICTURE
        case "code":
            return head + sum(
                _rows(text, width * 0.9) * 1.05 + (0.9 if plain(row.label) else 0.4) for row in part.rows for text in row.texts
            )
    rows = (_rows((*row.label, *text), width * 0.95) + 0.2 for row in part.rows for text in row.texts)
    return head + leads + sum(rows) + (0.7 if part.form == "notes" else 0)


def lines_of_table(table: Table) -> float:
    """Lines of a table over the whole width."""
    count = max((len(row) for row in table.rows), default=1)
    width = FULL * 1.15 / count
    rows = sum(max(_rows(cell, width) for cell in row) * 1.02 + 0.4 for row in table.rows)
    return 1.7 * bool(table.title) + 1.5 * bool(table.heads) + rows + 0.7


def lines_of_quiz(quiz: Sequence[Asked]) -> float:
    """Lines of the questions at the foot of a sheet, with their answers."""
    if not quiz:
        return 0.0
    asked = sum(_rows(one.question, FULL) + 0.16 + (_options(one) if one.options else 0) for one in quiz)
    answers = ceil(sum(len(plain(one.answer)) + 5 for one in quiz) / 130) * 0.8
    return 2.6 + asked + answers


def _options(asked: Asked) -> float:
    return ceil(sum(len(plain(text)) + 5 for _, text in asked.options) / FULL)


def lines_of_block(
    what: Text, pick: Sequence[Text], left: Sequence[Part], right: Sequence[Part], tables: Sequence[Table], quiz: Sequence[Asked],
    glossary: bool, columns: Columns,
) -> float:  # fmt: skip
    """Lines of a topic at the largest size."""
    lines = 3.6 + (ceil(len(plain(what)) / 88) * 1.2 if what else 0)
    lines += 1.9 + sum(_rows(text, FULL / 2) + 0.2 for text in pick) / (2 if len(pick) > 1 else 1) if pick else 0
    if glossary:
        lines += sum(lines_of_part(part, FULL / 2) for part in left) / 2
    elif right:
        lines += lines_of_columns(left, right, columns)
    else:
        lines += sum(lines_of_part(part, FULL) for part in left)
    return lines + sum(map(lines_of_table, tables)) + lines_of_quiz(quiz)


def page_of(look: Look) -> float:
    """Lines of a page of that paper at the largest size."""
    return PAGE * (LETTER if look.paper == "letter" else 1.0) * (BINDER if look.binder else 1.0)


def lines_of_columns(left: Sequence[Part], right: Sequence[Part], columns: Columns) -> float:
    """Lines of the higher of two columns."""
    widths = WIDTHS[columns]
    return max(sum(lines_of_part(part, width) for part in side) for side, width in zip((left, right), widths, strict=True))


def step_for(lines: float, page: float) -> int:
    """Where on the ladder so many lines will probably fit and leave some room: a smaller size gives more and longer lines."""
    return next((step for step in range(len(LADDER)) if lines <= CALM * room_at(step, page)), len(LADDER) - 1)


def room_at(step: int, page: float) -> float:
    """How many lines of the largest size a page holds at a step of the ladder."""
    return page * float((LADDER[0] / LADDER[step]) ** 1.8)


def lines_of_index(blocks: Sequence[Block], keywords: int) -> float:
    """Lines of the table of contents and the keywords below it."""
    contents = sum(max(_rows(block.in_short, 68), _rows((Words(block.name),), 24)) + 0.6 for block in blocks)
    return 6 + contents + (2.5 + keywords / 4 * 0.82 if keywords else 0)
