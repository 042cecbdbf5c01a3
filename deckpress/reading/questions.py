"""Recognisers of questions, one for each way in which people write them.

A recogniser takes a block, the block after it and its place; it returns how many blocks it took, 0 where it is none of its
business. All of them are tried in order.
"""

from ..markup import plain, without_end_stop
from ..model import Question, Text
from ..words import Vocabulary
from .blocks import Block
from .notebook import Notebook, Place
from .text import answer_in, author_marks, cut, raw, starts_as, trimmed, unstyled

_QUESTION_MARKS = "?？؟"


def read_question(block: Block, following: Block | None, place: Place, book: Notebook, words: Vocabulary) -> int:
    """Reads a question with its answer; returns the number of blocks that it took."""
    return (
        _answer_in_the_text(block, place, book, words)
        or _answer_below(block, following, place, book, words)
        or _answer_behind_the_question_mark(block, place, book)
    )


def _answer_in_the_text(block: Block, place: Place, book: Notebook, words: Vocabulary) -> int:
    """`You need …. **Answer: EC2**`, on one line or on the next one of the same paragraph."""
    found = answer_in(block.text, words)
    if not found or not plain(found[0]) or not plain(found[1]):
        return 0
    _add(found[0], found[1], block.line, block.end, place, book, words)
    return 1


def _answer_below(block: Block, following: Block | None, place: Place, book: Notebook, words: Vocabulary) -> int:
    """A question, and below it a paragraph, a quote or one list item that begins with `Answer:`."""
    inner = following
    while inner is not None and inner.kind in ("list", "item", "quote") and inner.blocks:
        inner = inner.blocks[0]
    if following is None or inner is None or inner.kind != "paragraph":
        return 0
    answer = starts_as(inner.text, words, "answer")
    if not answer or not plain(answer):
        return 0
    _add(block.text, answer, block.line, following.end, place, book, words)
    return 2


def _answer_behind_the_question_mark(block: Block, place: Place, book: Notebook) -> int:
    """`Difference from X? X is …`, where questions stand."""
    words = raw(block.text)
    at = min((words.find(mark) for mark in _QUESTION_MARKS if mark in words), default=-1)
    if place.kind != "question" or at < 0 or not words[at + 1 :].strip():
        return 0
    body, key, marks = author_marks(cut(block.text, at + 1))
    _keep(cut(block.text, 0, at + 1), body, key, marks, (block.line, block.end), place, book)
    return 1


def _add(question: Text, answer: Text, line: int, end: int, place: Place, book: Notebook, words: Vocabulary) -> None:
    question = starts_as(question, words, "question") or question
    body, key, marks = author_marks(answer)
    _keep(question, body, key, marks, (line, end), place, book)


def _keep(
    question: Text, answer: Text, key: str, marks: tuple[str, ...], lines: tuple[int, int], place: Place, book: Notebook
) -> None:
    question, answer = unstyled(trimmed(question)), without_end_stop(unstyled(answer))
    span = book.span(*lines)
    book.add(place, Question(span=span, kind="question", question=question, answer=answer, key=key, marks=marks))


def is_open_question(block: Block, place: Place) -> bool:
    """A question without an answer: it ends with a question mark, where questions stand."""
    return place.kind == "question" and plain(block.text).endswith(tuple(_QUESTION_MARKS))


def section_of_questions(block: Block) -> bool:
    """Whether at least half of a list's items are bare questions: then its other items are questions too.

    By its shape alone "Difference: A vs B" is a label with a text.
    """
    heads = [plain(item.blocks[0].text) for item in block.blocks if item.blocks]
    return 2 * sum(head.endswith(tuple(_QUESTION_MARKS)) for head in heads) >= len(heads) > 0
