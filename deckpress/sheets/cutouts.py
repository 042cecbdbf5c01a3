"""The cards of a deck as paper: fronts and backs, placed so that each back lies behind its front."""

from collections.abc import Iterator, Sequence
from math import ceil

from ..formulas import drawn
from ..inline import raw
from ..model import Break, Candidate, Code, Formula, Gap, Guide, Inline, Picture, Styled, Text, Words
from ..words import vocabulary
from .shapes import Cut, Cutouts, Face, Look, PaperCard

PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}  # millimetres
MARGIN, TOP = 10.0, 14.0  # around the cards: printers need it, and the first line stands above them
_SIZES = (15.0, 13.0, 11.5, 10.0, 9.0, 8.0, 7.2)  # points, the largest at which a text fits its cell
_LARGE = (20.0, 18.0, 16.0, 14.0)
_EM, _LINE, _PAD = 0.48, 1.3, 5.0  # width of a letter and height of a line in em; millimetres inside a cell
_CODE, _PICTURE = 0.62, 26.0  # width of a letter of code in em; millimetres that a picture takes
_MM = 0.3528  # of a point
_HIDDEN = "_____"


def cutouts_of(guide: Guide, asks: Sequence[Candidate], cut: Cut, look: Look) -> tuple[Cutouts, tuple[int, ...]]:
    """The cards of a deck on their pages, and the lines of those whose text fits no cell. A situation stands there once."""
    words = vocabulary(guide.language, guide.words)
    lines = {fact.id: fact.span.line for fact in guide.facts}
    topics = {topic.key: topic for topic in guide.topics}
    width, height = _cell(cut, look)
    cards, without = list[PaperCard](), list[int]()
    for made in (one for one in asks if not one.rivals):
        for front, back in _sides(made):
            sizes = [_size(text, width, height, _LARGE if look.large else _SIZES) for text in (front, back)]
            if None in sizes:
                without.append(lines[made.facts[0]])
                continue
            name, number = topics[made.topic].name, len(cards) + 1
            asked = Face(front, sizes[0] or 0.0, "" if made.answer_is_topic else name, number)
            cards.append(PaperCard(asked, Face(back, sizes[1] or 0.0, name, number)))
    hint = words.sheet("print_fold" if cut.fold else f"print_{cut.flip}")
    pages = tuple(_pages(cards, cut, look))
    return Cutouts(guide.title, hint, pages, width, height, look), tuple(without)


def _sides(made: Candidate) -> Iterator[tuple[Text, Text]]:
    """Front and back of each card that a candidate is: one for each gap of a statement."""
    prompt: tuple[Inline | Gap, ...] = made.prompt
    gaps = [part for part in prompt if isinstance(part, Gap)]
    if not gaps:
        asked = _plainly(prompt, None)
        front: Text = (*((Words(f"{made.lead}\n"),) if made.lead else ()), *asked)
        front = (*front, Words(f"\n{made.follow}")) if made.follow else front
        for option in made.options:
            front = (*front, Words(f"\n{option.key}  "), *option.text)
        yield front, _answer(made)
        if made.reverse and not made.one_way:  # asked the other way round, too, as in the deck
            yield (Words(f"{made.reverse_prompt}\n"), *_plainly(made.reverse, None)), made.reverse_answer
        return
    for gap in gaps:
        yield _plainly(prompt, gap), gap.text


def _answer(made: Candidate) -> Text:
    """What stands on the back; of a multiple choice the keys of the right options before their words."""
    right = [option for option in made.options if option.correct]
    if not right:
        return made.answer
    return tuple(
        part
        for at, option in enumerate(right)
        for part in (Words(("\n" if at else "") + f"{option.key}  "), *option.text)
    )  # fmt: skip


def _plainly(prompt: Sequence[Inline | Gap], hidden: Gap | None) -> Text:
    out: list[Inline] = []
    for part in prompt:
        if not isinstance(part, Gap):
            out.append(part)
        elif part is hidden:
            out.append(Styled("strong", (Words(_HIDDEN),)))
        else:
            out += part.text
    return tuple(out)


def _cell(cut: Cut, look: Look) -> tuple[float, float]:
    """Width and height of a card in millimetres."""
    width, height = PAPERS[look.paper]
    return (width - 2 * MARGIN) / 2, (height - TOP - MARGIN) / _rows(cut, look)


def _rows(cut: Cut, look: Look) -> int:
    """Rows of cards on a page: large print has four cards, whatever was asked for."""
    return 2 if look.large else cut.per_page // 2


def _size(text: Text, width: float, height: float, sizes: Sequence[float]) -> float | None:
    """The size at which a text fits a cell, its first and last line left to topic and number."""
    broken = sum(isinstance(part, Break) and part.hard for part in text)
    pictures = sum(isinstance(part, Picture) for part in text)
    room = height - 2 * _PAD - 9 - pictures * _PICTURE
    letter = _CODE if any(isinstance(part, Code) and part.block for part in text) else _EM
    formulas = [made for part in text if isinstance(part, Formula) and (made := drawn(part.source, part.block))]
    high = sum(max(0.0, made.height / _LINE - 1) for made in formulas)
    told = raw(tuple(Words("m" * ceil(_wide(part) / letter)) if isinstance(part, Formula) else part for part in text))
    if any(made.width * sizes[-1] * _MM > width - 2 * _PAD for made in formulas):
        return None
    for size in sizes:
        per_line = (width - 2 * _PAD) / (size * _MM * letter)
        lines = broken + high + sum(_lines(paragraph, per_line) for paragraph in told.split("\n"))
        if lines * size * _MM * _LINE <= room:
            return size
    return None


def _wide(formula: Formula) -> float:
    """Width of a formula in em, or that of its source where it cannot be drawn."""
    made = drawn(formula.source, formula.block)
    return made.width if made else _CODE * len(formula.source)


def _lines(words: str, per_line: float) -> int:
    """Lines that words take when they are broken between them, and within them where one is longer than a line."""
    lines, at = 1, 0.0
    for word in words.split():
        length = len(word) * (2.0 if any(ord(char) > 0x2E80 for char in word) else 1.0)
        if at and at + 1 + length > per_line:
            lines, at = lines + 1, 0.0
        lines += int(length // per_line)
        at += length % per_line + (1 if at else 0)
    return lines


def _pages(cards: Sequence[PaperCard], cut: Cut, look: Look) -> Iterator[tuple[tuple[float, float, Face], ...]]:
    """The pages: each the faces on it with the place of their cells, in millimetres from the upper left corner."""
    width, height = _cell(cut, look)
    wide, _ = PAPERS[look.paper]
    rows = _rows(cut, look)
    count = rows if cut.fold else 2 * rows
    for start in range(0, len(cards), count):
        sheet = cards[start : start + count]
        if cut.fold:  # front to the left, back to the right of the fold
            yield tuple(
                place for row, card in enumerate(sheet)
                for place in ((MARGIN, TOP + row * height, card.front), (wide - MARGIN - width, TOP + row * height, card.back))
            )  # fmt: skip
            continue
        places = [(MARGIN + at % 2 * width, TOP + at // 2 * height) for at in range(len(sheet))]
        yield tuple((x, y, card.front) for (x, y), card in zip(places, sheet, strict=True))
        yield tuple((*_behind(x, y, cut, look, width, height), card.back) for (x, y), card in zip(places, sheet, strict=True))


def _behind(x: float, y: float, cut: Cut, look: Look, width: float, height: float) -> tuple[float, float]:
    """The place of a back: mirrored in the edge over which the paper is flipped, moved by what the printer is off."""
    wide, high = PAPERS[look.paper]
    if cut.flip == "short":
        return x + cut.offset_x, high - y - height + cut.offset_y
    return wide - x - width + cut.offset_x, y + cut.offset_y
