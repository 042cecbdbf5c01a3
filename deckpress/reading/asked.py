"""Questions behind a `Q:`: the answer behind an arrow, on the next line with its `A:` or without, or none at all."""

import re
from collections.abc import Sequence
from functools import cache

from ..inline import cut, raw, unstyled
from ..markup import plain, without_end_stop
from ..model import Question, Styled, Text, Words
from ..words import Vocabulary, tokens
from .blocks import all_strong
from .notebook import Notebook, Place
from .signs import ARROW, ASKING, ASKS
from .stream import Line, Part, asked

_ARROW = re.compile(rf"(?<={ASKS})\s*(?:{ARROW}|[–—])\s*")
_NOTHING = Part("other", Line((), 0, 0))


def claim_asked(parts: Sequence[Part], claimed: set[int], place: Place, book: Notebook, words: Vocabulary) -> set[int]:
    """Adds the questions behind a `Q:`; returns the lines that belong to them."""
    taken: set[int] = set()
    pattern = asked(words)
    for at, part in enumerate(parts):
        line = part.line
        found = pattern.match(line.raw)
        if not found or line.heading or line.line in claimed:
            continue
        below = parts[at + 1] if at + 1 < len(parts) else _NOTHING
        question = cut(line.text, found.end())
        if arrow := _ARROW.search(raw(question)):
            _keep(cut(question, 0, arrow.start()), cut(question, arrow.end()), line, line, place, book)
            taken.add(line.line)
        elif below.line.line not in claimed and (answer := _answer(part, below, question, words)) is not None:
            if tokens(plain(answer)):
                items = _items(parts, at + 1) if answer == below.line.text else []
                for item in items:  # "Which two?" and a list below it
                    answer = (*answer, Words("; "), *item.text)
                _keep(question, answer, line, items[-1] if items else below.line, place, book)
                taken |= {item.line for item in items}
            else:
                _open(question, (line.line, below.line.line), place, book)
            taken |= {line.line, below.line.line}
        elif (part.kind == "label" or all_strong(line.text)) and plain(question).endswith(ASKING):
            _open(question, (line.line,), place, book)
            taken.add(line.line)
    return taken


def _items(parts: Sequence[Part], at: int) -> list[Line]:
    """The lines of a list that go on from the item at a place, one right below the other."""
    out: list[Line] = []
    while parts[at].line.item and at + 1 < len(parts):
        below = parts[at + 1]
        if not below.line.item or below.kind != "text" or below.line.line - parts[at].line.end != 1:
            break
        out.append(below.line)
        at += 1
    return out


def _answer(part: Part, below: Part, question: Text, words: Vocabulary) -> Text | None:
    """What answers a question on the line below it; None where that line is something else."""
    found = _answered(words).match(below.line.raw)
    if found:
        return cut(below.line.text, found.end())
    if below.kind == "answer" and plain(below.text):
        return below.text
    near = 0 < below.line.line - part.line.end <= 1
    named = part.kind == "label" or isinstance(part.line.text[0], Styled)
    asks = plain(question).endswith(ASKING) or (named and not part.line.item)
    return below.line.text if asks and near and below.kind == "text" and not asked(words).match(below.line.raw) else None


@cache
def _answered(words: Vocabulary) -> re.Pattern[str]:
    """`A: …`, `A3. …`"""
    letters = "".join(sorted(word.upper() for word in words.listed("reading", "answer_to_question") if len(word) == 1))
    return re.compile(rf"^\s*[{letters}](?:\d+\s*[.:)]|\s*[:：])\s*")


def _keep(question: Text, answer: Text, first: Line, last: Line, place: Place, book: Notebook) -> None:
    asked, told = unstyled(question), without_end_stop(unstyled(answer))
    book.add(place, Question(span=book.span(first.line, last.end), kind="question", question=asked, answer=told))


def _open(question: Text, lines: tuple[int, ...], place: Place, book: Notebook) -> None:
    """A question with nothing that answers it, or with `???`."""
    fact = Question(span=book.span(lines[0], lines[-1]), kind="question", question=unstyled(question), answer=())
    book.pending.append((0, fact, frozenset(lines), place))
