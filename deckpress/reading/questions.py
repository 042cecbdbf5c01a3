"""Recognisers of questions, one for each way in which people write them.

A recogniser takes a block, the block after it and its place; it returns how many blocks it took, 0 where it is none of its
business. All of them are tried in order.
"""

import re
from collections.abc import Sequence

from ..inline import cut, length, raw, unstyled
from ..markup import plain
from ..model import Break, Question, Styled, Text, Words
from ..words import Vocabulary, tokens
from .asking import add, keep
from .blocks import Block, all_strong, source_lines
from .labels import split_label
from .notebook import Notebook, Place
from .signs import ARROW, ASKING, ASKS, CROSS
from .stream import KEY, asks, options_within
from .text import answer_in, author_marks, heading_words, starts_as

_LEADS = re.compile(rf"\s{ARROW}\s+(?=\S)")
_ASKS = re.compile(r"\?\s+(?=\w)|[？؟]\s*(?=\S)")
_ASKED, _LONGEST = 3, 30  # words of a question, and at most of it and of its answer
_BLANK = re.compile(r"\s")
_SIGN = re.compile(rf"(?<={ASKS})\s*(?:[:：]|{ARROW}|(?<=\s)(?:[–—]|--?))\s+(?=\S)")


def read_question(blocks: Sequence[Block], at: int, place: Place, book: Notebook, words: Vocabulary) -> int:
    """Reads the question that begins at a block; returns the number of blocks that it took."""
    block = blocks[at]
    if block.kind == "heading":
        return _heading_and_text(blocks, at, place, book, words)
    if block.kind == "list":
        return _answer_alone(blocks, at, place, book, words)
    return (
        _answer_in_the_text(block, place, book, words)
        or _answer_behind_a_sign(block, place, book)
        or _answer_behind_an_arrow(block, place, book, words)
        or _situation_and_answer(block, place, book)
        or _situation_above_a_heading(blocks, at, place, book, words)
        or _answer_below(blocks, at, place, book, words)
        or _answer_alone(blocks, at, place, book, words)
        or _flashcard(block, place, book)
        or _bold_question(blocks, at, place, book)
        or _answer_behind_the_question_mark(block, place, book, words)
    )


def _heading_and_text(
    blocks: Sequence[Block], at: int, place: Place, book: Notebook, words: Vocabulary, situation: Text = (), line: int = 0
) -> int:
    """A heading that asks, and the one paragraph below it; a situation may stand above it."""
    if at + 1 < len(blocks) and blocks[at].told.rstrip().endswith(ASKING) and blocks[at + 1].kind == "paragraph":
        asked = (*situation, *((Words(" "),) if situation else ()), *words_of_heading(blocks[at].text))
        told = starts_as(blocks[at + 1].text, words, "answer") or blocks[at + 1].text
        keep(asked, told, "", (), (line or blocks[at].line, blocks[at + 1].end), place, book)
        return 2
    return 0


def _situation_above_a_heading(blocks: Sequence[Block], at: int, place: Place, book: Notebook, words: Vocabulary) -> int:
    """`## 1.`, a situation, `### Which one should be used?`, `Answer: …`: the answer tells that both are asked together."""
    if not 0 < at < len(blocks) - 2 or blocks[at - 1].kind != "heading" or blocks[at + 1].kind != "heading":
        return 0
    if blocks[at].kind != "paragraph" or not starts_as(blocks[at + 2].text, words, "answer"):
        return 0
    took = _heading_and_text(blocks, at + 1, place, book, words, blocks[at].text, blocks[at].line)
    return took + 1 if took else 0


def words_of_heading(text: Text) -> Text:
    """A heading's words without its number."""
    return (Words(heading_words(text)),)


def _answer_alone(blocks: Sequence[Block], at: int, place: Place, book: Notebook, words: Vocabulary) -> int:
    """What is asked, `Answer:` in a paragraph of its own, the answer in the next one; a reason may follow in the same way."""
    if at + 2 >= len(blocks) or not _only(blocks[at + 1], words, "answer") or blocks[at + 2].kind != "paragraph":
        return 0
    asked = blocks[at].text if blocks[at].kind == "paragraph" else _listed(blocks, at)
    took = 3
    why: Text = ()
    if at + 4 < len(blocks) and _only(blocks[at + 3], words, "explanation") and blocks[at + 4].kind == "paragraph":
        why, took = blocks[at + 4].text, 5
    while at + took < len(blocks) and blocks[at + took].kind == "paragraph" and re.match(rf"\s*{CROSS}", blocks[at + took].told):
        took += 1
    keep(asked, _ticked(blocks[at + 2].text), "", (), (blocks[at].line, blocks[at + 2].end), place, book, why)
    book.verdict("fact", blocks[at].line, blocks[at + took - 1].end, "question")
    return took


def _listed(blocks: Sequence[Block], at: int) -> Text:
    """The items of a list as one text."""
    items = [item.blocks[0].text for item in blocks[at].blocks if item.blocks]
    text: Text = items[0] if items else ()
    for item in items[1:]:
        text = (*text, Words("; "), *item)
    return text


def _only(block: Block, words: Vocabulary, name: str) -> bool:
    """Whether a paragraph holds nothing but a marker such as `Answer:`."""
    found = starts_as(block.text, words, name) if block.kind == "paragraph" else None
    return found is not None and not plain(found)


def _ticked(text: Text) -> Text:
    """The first line of an answer without the tick before it."""
    text = source_lines(text)[0] if source_lines(text) else text
    found = re.match(r"^[\s✅☑✔✓👉➡→]+", raw(text))
    return cut(text, found.end()) if found else text


def _bold_question(blocks: Sequence[Block], at: int, place: Place, book: Notebook) -> int:
    """A question in bold, and its answer in the rest of the paragraph or in the next one."""
    if not blocks[at].text or not isinstance(blocks[at].text[0], Styled):
        return 0
    lines = source_lines(blocks[at].text)
    if not lines or not all_strong(lines[0]) or not plain(lines[0]).rstrip(" *").endswith(ASKING):
        return 0
    if len(lines) > 1:
        rest: Text = lines[1]
        for line in lines[2:]:
            rest = (*rest, Words(" "), *line)
        keep(lines[0], rest, "", (), (blocks[at].line, blocks[at].end), place, book)
        return 1
    below = blocks[at + 1] if at + 1 < len(blocks) else None
    if below is not None and below.kind == "quote" and below.blocks:
        below = below.blocks[0]
    if below is not None and below.kind == "paragraph" and not all_strong(source_lines(below.text)[0]):
        keep(lines[0], below.text, "", (), (blocks[at].line, below.end), place, book)
        return 2
    return 0


def _answer_in_the_text(block: Block, place: Place, book: Notebook, words: Vocabulary) -> int:
    """`You need …. **Answer: EC2**`, on one line or on the next one of the same paragraph; several of them, one a line."""
    found = answer_in(block.text, words)
    if not found or not plain(found[0]) or not plain(found[1]):
        return 0
    each = [answer_in(line, words) for line in source_lines(block.text)]
    several = [parts for parts in each if parts and plain(parts[0]) and plain(parts[1])]
    if len(several) == len(each) > 1:
        for at, parts in enumerate(several, block.line):
            add(*parts, at, at, place, book, words)
        return 1
    add(found[0], found[1], block.line, block.end, place, book, words)
    return 1


def _answer_below(blocks: Sequence[Block], at: int, place: Place, book: Notebook, words: Vocabulary) -> int:
    """A question, and below it a paragraph, a quote or one list item that begins with `Answer:`; a reason may follow."""
    block, following = blocks[at], blocks[at + 1] if at + 1 < len(blocks) else None
    inner = following
    while inner is not None and inner.kind in ("list", "item", "quote") and inner.blocks:
        inner = inner.blocks[0]
    if following is None or inner is None or inner.kind != "paragraph":
        return 0
    answer = starts_as(inner.text, words, "answer")
    if not answer and (place.kind == "question" or block.told.rstrip().endswith(ASKING)):
        answer = starts_as(inner.text, words, "answer_to_question")
    if not answer or not tokens(plain(answer)):
        return 0
    why = _reason(blocks, at + 2, words)
    add(block.text, answer, block.line, (blocks[at + 2] if why else following).end, place, book, words, why)
    return 3 if why else 2


def _reason(blocks: Sequence[Block], at: int, words: Vocabulary) -> Text:
    """The explanation in a paragraph behind an answer, `Reason: …`."""
    found = starts_as(blocks[at].text, words, "explanation") if at < len(blocks) and blocks[at].kind == "paragraph" else None
    return found or ()


def _flashcard(block: Block, place: Place, book: Notebook) -> int:
    """`What is X? :: It is Y`, the way of some flashcard programs."""
    if "::" not in block.told:
        return 0
    lines = source_lines(block.text)
    parts = [raw(line).partition("::") for line in lines]
    told = parts if parts[0][1] else parts[1:]
    if not told or not all(sign and asked.strip() for asked, sign, _ in told):
        return 0
    if place.kind != "question" and not all(asked.rstrip().endswith(ASKING) for asked, _, _ in told):
        return 0
    for at, (line, (asked, sign, _)) in enumerate(zip(lines, parts, strict=True), block.line):
        body, key, marks = author_marks(cut(line, len(asked) + len(sign)))
        if not sign:
            book.verdict("structure", at, at, "lead-in")
        elif plain(body):
            keep(cut(line, 0, len(asked)), body, key, marks, (at, at), place, book)
        else:
            fact = Question(span=book.span(at), kind="question", question=unstyled(cut(line, 0, len(asked))), answer=())
            book.pending.append((0, fact, frozenset({at}), place))
    return 1


def _answer_behind_a_sign(block: Block, place: Place, book: Notebook) -> int:
    """`Why? → Because`, `May it be nested?: No`: a sign between question mark and answer, on one line; or one such line each."""
    told = block.told
    if not any(sign in told for sign in ASKING):
        return 0
    lines = [(at, line) for at, line in enumerate(source_lines(block.text), block.line) if plain(line)]
    signs = [_SIGN.search(raw(line)) for _, line in lines]
    if len(lines) == 1:
        signs, lines = [_SIGN.search(told) or _bold_behind(block)], [(block.line, block.text)]
    if not all(sign and "?" not in raw(line)[sign.end() :] for sign, (_, line) in zip(signs, lines, strict=True)):
        return 0
    for sign, (at, line) in zip(signs, lines, strict=True):
        if sign:
            body, key, marks = author_marks(cut(line, sign.end()))
            keep(cut(line, 0, sign.start()), body, key, marks, (at, at if len(lines) > 1 else block.end), place, book)
    return 1


def _answer_behind_an_arrow(block: Block, place: Place, book: Notebook, words: Vocabulary) -> int:
    """A question or, where questions stand, a situation; its last line begins with an arrow and answers."""
    lines = source_lines(block.text)
    arrow = re.match(rf"\s*{ARROW}\s*(?=\S)", raw(lines[-1])) if len(lines) > 1 else None
    asks_something = plain(lines[-2]).rstrip(" *").endswith(ASKING) if arrow else False
    if not arrow or not (asks_something or place.kind == "question") or any(split_label(line, "→")[0] for line in lines[:-1]):
        return 0
    question = lines[0]
    for line in lines[1:-1]:
        question = (*question, Words(" "), *line)
    add(question, cut(lines[-1], arrow.end()), block.line, block.end, place, book, words)
    return 1


def _situation_and_answer(block: Block, place: Place, book: Notebook) -> int:
    """Where questions stand: `Twenty servers share the same files → EFS`; what stands in brackets behind is the reason."""
    found = _LEADS.search(block.told) if place.kind == "question" and Break not in map(type, block.text) else None
    if not found or _LEADS.search(block.told, found.end()):
        return 0
    asked, told = cut(block.text, 0, found.start()), cut(block.text, found.end())
    bracket = re.search(r"\s*\(([^()]*)\)\s*$", raw(told))
    why = cut(told, bracket.start(1), bracket.end(1)) if bracket else ()
    answer = cut(told, 0, bracket.start()) if bracket else told
    if not len(tokens(plain(asked))) >= 5 > len(tokens(plain(answer))) > 0 or split_label(asked)[0]:
        return 0
    body, key, marks = author_marks(answer)
    keep(asked, body, key, marks, (block.line, block.end), place, book, why)
    return 1


def _bold_behind(block: Block) -> re.Match[str] | None:
    """The blank between a question mark and an answer in bold: `True or false? **False**, they …`."""
    at = 0
    for part in block.text:
        if isinstance(part, Styled) and part.style == "strong" and at and (found := _BLANK.fullmatch(block.told, at - 1, at)):
            return found if block.told[: at - 1].rstrip().endswith(ASKING) else None
        at += length(part)
    return None


def _answer_behind_the_question_mark(block: Block, place: Place, book: Notebook, words: Vocabulary) -> int:
    """`Difference from X? X is …`, where questions stand; elsewhere only behind "Why", "When", "Who …"."""
    found = _ASKS.search(block.told)
    if not found or (place.kind != "question" and not _is_asked_and_answered(block, found.start(), words)):
        return 0
    at = found.start()
    body, key, marks = author_marks(cut(block.text, at + 1))
    if plain(body):
        book.report("Q003", block.line, f"what stands behind “{block.told[: at + 1].strip()[:60]}” is taken for its answer")
    keep(cut(block.text, 0, at + 1), body, key, marks, (block.line, block.end), place, book)
    return 1


def _is_asked_and_answered(block: Block, at: int, words: Vocabulary) -> bool:
    """Whether a line asks with a question word and answers in a few words; a paragraph that only begins so goes on.

    Not a question to the reader, "Why should you care?", nor one that an order, a yes or a nobody follows.
    """
    asked, answer = block.told[:at], block.told[at + 1 :]
    short = _ASKED <= len(tokens(asked)) <= _LONGEST and 0 < len(tokens(answer)) <= _LONGEST
    if not short or not words.starts_with(asked, "interrogative") or any(sign in answer for sign in ASKING):
        return False
    return not (
        _is_to_the_reader(asked, words) or _is_no_answer(answer, words) or options_within(block.told) or split_label(block.text)[0]
    )


def _is_to_the_reader(asked: str, words: Vocabulary) -> bool:
    """Whether a question is put for its sound: "What if …", "Why should we …", "When, then, …"."""
    told = tokens(asked)
    cut_short = "," in " ".join(asked.split()[:_ASKED]) or told[1] in words.listed("words", "clause")
    return cut_short or not words.listed("reading", "reader").isdisjoint(told)


def _is_no_answer(answer: str, words: Vocabulary) -> bool:
    """Whether what stands behind a question sets a task, "… Briefly describe", orders, offers options, or says yes or nobody."""
    told = tokens(answer)
    task = not words.listed("words", "task").isdisjoint(told[:2]) or words.starts_with(answer, "orders")
    says = told[0] in words.listed("words", "yes_no") | words.listed("words", "negation")
    return task or says or KEY.match(answer.lstrip()) is not None


def is_open_question(block: Block, place: Place) -> bool:
    """A question without an answer: it ends with a question mark, and where no questions stand nothing parts it."""
    if not asks(block.told):
        return False
    return place.kind == "question" or (len(block.told.split()) >= 4 and not split_label(block.text)[0])


def answered_by_a_key(block: Block, book: Notebook) -> bool:
    """Whether an answer section further down has an answer in words for each number of this list."""
    numbers = {item.number for item in block.blocks}
    return block.ordered and any(
        key.line > block.end and numbers <= {number for number, told in key.answers.items() if told.text} for key in book.keys
    )


def section_of_questions(block: Block) -> bool:
    """Whether at least half of a list's items are bare questions: then its other items are questions too.

    By its shape alone "Difference: A vs B" is a label with a text.
    """
    heads = [item.blocks[0].told.rstrip() for item in block.blocks if item.blocks]
    return 2 * sum(head.endswith(ASKING) for head in heads) >= len(heads) > 0
