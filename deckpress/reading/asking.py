"""How a question that was recognised becomes a fact: without its number, with its options where its answer is a letter of them."""

import re
from collections.abc import Sequence

from ..inline import cut, raw, trimmed, unstyled
from ..markup import plain, without_end_stop
from ..model import MultipleChoice, Option, Question, Text
from ..words import Vocabulary
from .blocks import Block
from .labels import split_label
from .notebook import Notebook, Place
from .signs import ASKING, BOX
from .stream import KEY, options_within
from .text import author_marks, starts_as

_NUMBERED = re.compile(r"^\s*(?:[Qq]\s*)?\d{1,3}[.):]\s+")


def answered_below(head: Block, below: Sequence[Block], book: Notebook, place: Place) -> bool:
    """`- Why?` with its answer as the only item below it: read as one question.

    Not a line with a label, "Hint: …", a step, a box to tick or an option: they need not answer.
    """
    items = below[0].blocks if len(below) == 1 and below[0].kind == "list" and not below[0].ordered else ()
    told = items[0].blocks[0] if len(items) == 1 and len(items[0].blocks) == 1 else None
    if told is None or told.kind != "paragraph" or told.told.rstrip().endswith(ASKING):
        return False
    if KEY.match(told.told) or BOX.match(told.told) or split_label(told.text)[0]:
        return False
    keep(head.text, told.text, "", (), (head.line, told.end), place, book)
    return True


def add(question: Text, answer: Text, line: int, end: int, place: Place, book: Notebook, words: Vocabulary, why: Text = ()) -> None:
    """Adds a question; what only says that it is one, "Question 3:", goes, and the author's marks behind its answer count."""
    question = starts_as(question, words, "question") or question
    body, key, marks = author_marks(answer)
    keep(question, body, key, marks, (line, end), place, book, why)


def keep(
    question: Text,
    answer: Text,
    key: str,
    marks: tuple[str, ...],
    lines: tuple[int, int],
    place: Place,
    book: Notebook,
    why: Text = (),
) -> None:
    """Adds a question that stands on some lines, or a multiple choice where its text has the options."""
    asked, of_question, more = author_marks(trimmed(question))
    if numbered := _NUMBERED.match(raw(asked)):
        asked = cut(asked, numbered.end())
    question, answer = unstyled(asked), without_end_stop(unstyled(answer))
    span = book.span(*lines)
    if options := _options(question, answer):
        at = options_within(raw(question))[0][0]
        asked = unstyled(trimmed(cut(question, 0, at)))
        book.add(place, MultipleChoice(span=span, kind="multiple_choice", question=asked, options=options, explanation=why))
        return
    fact = Question(
        span=span, kind="question", question=question, answer=answer, explanation=why, key=key or of_question, marks=(*marks, *more)
    )
    book.add(place, fact)


def _options(question: Text, answer: Text) -> tuple[Option, ...]:
    """The options of `Who pays? A) the bank B) the customer` where the answer is a letter of them."""
    letter = re.fullmatch(r"\(?([A-Ha-h])\)?\.?", plain(answer).strip())
    places = options_within(raw(question)) if letter else []
    if not letter or not places or places[0][0] < 2 or ord(letter[1].upper()) - ord("A") >= len(places):
        return ()
    texts = [cut(question, start, end) for start, end in places]
    bare = [without_end_stop(trimmed(cut(text, found.end()))) for text in texts if (found := KEY.match(raw(text)))]
    right = ord(letter[1].upper()) - ord("A")
    return tuple(Option(chr(ord("A") + at), unstyled(text), at == right) for at, text in enumerate(bare))
