"""Questions whose parts stand apart: options, an answer somewhere below, an explanation. Headings may name the parts.

Each recognised question claims its lines; the reader of facts passes over what is claimed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ..inline import cut, raw, trimmed, unstyled
from ..markup import plain, without_end_stop
from ..model import Fact, LineVerdict, MultipleChoice, Option, Question, Text, Words
from ..words import Vocabulary, normal
from .asked import claim_asked
from .blocks import Block
from .keys import Key, find, take_keys
from .notebook import Notebook, Pending, Place
from .signs import ASKING
from .stream import Part, asked, lines_of, may_ask, part_of, question_label
from .tail import tail
from .text import answer_in, author_marks, starts_as

_TOLD_ONE_BY_ONE = 5  # questions without an answer; more of them are one finding
_NUMBER = re.compile(r"^\s*(?:[Qq]\s*)?\d{1,3}\s*[.):]\s*")


def claim_questions(blocks: Sequence[Block], place: Place, book: Notebook, words: Vocabulary) -> set[int]:
    """Adds every question with options, and every `Q:`/`A:` pair; returns the lines that belong to them."""
    if not may_ask(blocks):
        return set()
    parts = [part_of(line, words) for line in lines_of(blocks)]
    book.keys += (keys := list(take_keys(parts, words)))
    claimed = _lines_of_keys(keys, book)
    # A run below "Why the others are wrong" gives reasons, not options.
    runs = [(start, end) for start, end in _option_runs(parts) if not start or parts[start - 1].kind != "why"]
    for index, (start, end) in enumerate(runs):
        stop = _question_start(parts, runs[index + 1][0], end, words) if index + 1 < len(runs) else len(parts)
        claimed |= _choice(parts, start, end, stop, place, book, words)
    claimed |= claim_asked(parts, claimed, place, book, words)
    return claimed


def _lines_of_keys(keys: Sequence[Key], book: Notebook) -> set[int]:
    lines = {line for key in keys for line in (key.line, *(answer.line for answer in key.answers.values()))}
    for line in lines:
        book.verdict("structure", line, line, "answer key")
    return lines


def _option_runs(parts: Sequence[Part]) -> Iterator[tuple[int, int]]:
    """Start and end of each run of at least two options, with keys from A on or with boxes; reasons may stand between them."""
    index = 0
    while index < len(parts):
        end, count = _run(parts, index) if parts[index].kind == "option" else (index, 0)
        if count >= 2:
            yield index, end
        index = end if count >= 2 else index + 1


def _run(parts: Sequence[Part], start: int) -> tuple[int, int]:
    """Where the options end that begin at a place, and how many they are."""
    keyed, count = bool(parts[start].key), 0
    for at in range(start, len(parts)):
        part = parts[at]
        if part.kind == "option" and bool(part.key) == keyed and (not keyed or ord(part.key) - ord("A") == count):
            count += 1
        elif part.kind != "reason":
            return at, count
    return len(parts), count


def _question_start(parts: Sequence[Part], options: int, floor: int, words: Vocabulary) -> int:
    """Where the question above a run of options begins: a label above it, else the line right above."""
    at = options - 1
    while at >= floor and parts[at].kind == "label" and not parts[at].text:
        at -= 1
    first = at
    for back in range(at, max(floor, at - 6) - 1, -1):
        if asked(words).match(parts[back].line.raw):
            return back
        if parts[back].kind in ("answer", "why", "other", "option") or answer_in(parts[back].text, words):
            break
        if parts[back].kind == "label":
            while back > floor and parts[back - 1].kind == "label":
                back -= 1  # noqa: PLW2901 - `Question 3 — networks` above `Question`
            return back
        first = back
    told = [back for back in range(first, at + 1) if parts[back].line.number]
    return told[-1] if told else at


def _choice(parts: Sequence[Part], start: int, end: int, stop: int, place: Place, book: Notebook, words: Vocabulary) -> set[int]:
    begin = _question_start(parts, start, 0, words)
    head = [
        part
        for part in parts[begin:start]
        if plain(part.text) and not (part.kind == "label" and _title_only(part, parts[begin:start]))
    ]
    question: Text = ()
    for part in head:
        question = (*question, *((Words(" "),) if question else ()), *_without_label(part.text, words))
    options, reasons = _with_reasons(parts[start:end])
    below = tail(parts, end, stop, options, words, _fold_end(parts[end - 1].line.end, book))
    lines = {part.line.line for part in parts[begin : below.end]}
    sure = below.right and options[0].key
    if not plain(question) or not (sure or _asks(question, parts[begin:start], place)):
        return set()
    span = book.span(parts[begin].line.line if not head else head[0].line.line, parts[below.end - 1].line.end)
    made = tuple(
        Option(
            part.key or chr(ord("A") + at), without_end_stop(unstyled(trimmed(part.text))), at in below.right,
            below.reasons.get(at) or reasons.get(at, ()),
        )
        for at, part in enumerate(options)
    )  # fmt: skip
    told, key, marks = author_marks(trimmed(question))
    fact = MultipleChoice(
        span=span,
        kind="multiple_choice",
        question=unstyled(told),
        options=made,
        explanation=below.explanation,
        key=key,
        marks=marks,
    )
    if below.right:
        keep_question(fact, lines, place, book)
    else:
        book.pending.append((_number(parts[begin:start]), fact, frozenset(lines), place))
    return lines


def _with_reasons(parts: Sequence[Part]) -> tuple[list[Part], dict[int, Text]]:
    """The options of a run, and for each by its index what stands below it."""
    options: list[Part] = []
    reasons: dict[int, Text] = {}
    for part in parts:
        if part.kind == "option":
            options.append(part)
        else:
            before = reasons.get(len(options) - 1, ())
            reasons[len(options) - 1] = (*before, *((Words(" "),) if before else ()), *part.text)
    return options, reasons


def _fold_end(line: int, book: Notebook) -> int:
    """The last line of the fold-out that opens right below a line, 0 where none does."""
    return next((end for start, end in book.folds if line < start <= line + 3), 0)


def _asks(question: Text, head: Sequence[Part], place: Place) -> bool:
    """Whether lettered lines without an answer are options at all: something asks, numbers a question, or leaves a gap."""
    told = plain(question)
    numbered = any(part.kind == "label" or part.line.number for part in head)
    return numbered or place.kind == "question" or any(sign in told for sign in (*ASKING, "__", "…"))


def keep_question(fact: Fact, lines: Iterable[int], place: Place, book: Notebook) -> None:
    """Adds a question that has its answer."""
    book.add(place, fact)
    for number in sorted(lines):
        book.verdicts[number] = LineVerdict(number, "fact", fact.kind.replace("_", " "))


def settle(book: Notebook) -> None:
    """Gives the questions without an answer the one that an answer key tells; reports the others, many of them as one."""
    book.pending = open_ones = [asked for asked in book.pending if not _settled(asked, book)]
    for number, fact, lines, _ in open_ones:
        if len(open_ones) <= _TOLD_ONE_BY_ONE:
            book.report("Q001", fact.span.line, f"no answer to “{plain(fact.question)[:80]}”; no card is made")
        for line in sorted(lines):
            book.verdicts[line] = LineVerdict(line, "unsure", f"question {number or ''} without an answer".replace("  ", " "))
    if len(open_ones) > _TOLD_ONE_BY_ONE:
        first = min(fact.span.line for _, fact, _, _ in open_ones)
        book.report("Q001", first, f"{len(open_ones)} questions have no answer, the first one here; no cards are made of them")
    for key in book.keys:
        for number, answer in key.answers.items():
            if key.line and number not in key.used:
                book.report("Q006", answer.line, f"the answer with number {number} belongs to no question")
                book.verdicts[answer.line] = LineVerdict(answer.line, "unsure", "answer without a question")


def _settled(asked: Pending, book: Notebook) -> bool:
    number, fact, lines, place = asked
    found = find(number, fact.span.line, (place.section, book.topics[place.topic].title), book.keys)
    if found is None:
        return False
    key, told = found
    if isinstance(fact, Question):
        if not plain(told.text):
            return False
        made: Fact = replace(fact, answer=without_end_stop(told.text), explanation=told.why)
    else:
        wanted = normal(plain(told.text))
        options = tuple(replace(o, correct=o.key in told.letters or normal(plain(o.text)) == wanted != "") for o in fact.options)
        if not any(option.correct for option in options):
            return False
        made = replace(fact, options=options, explanation=fact.explanation or told.why)
    key.used.add(number)
    keep_question(made, lines, place, book)
    return True


def _number(parts: Sequence[Part]) -> int:
    """The number of a question: of its list item, or in its label."""
    for part in parts:
        found = re.search(r"\d+", raw(part.line.text)) if part.line.heading or not part.line.number else None
        if part.line.number or found:
            return part.line.number or int(found[0] if found else 0)
    return 0


def _title_only(part: Part, others: Sequence[Part]) -> bool:
    """A label such as `Question 5 — networks` above the question itself only names it."""
    return any(other is not part and plain(other.text) for other in others)


def _without_label(text: Text, words: Vocabulary) -> Text:
    text = unstyled(text)
    told = raw(text)
    found = _NUMBER.match(told) or question_label(told, words)
    if not found and (rest := starts_as(text, words, "question")) and plain(rest):
        return rest
    return unstyled(cut(text, found.end())) if found and told[found.end() :].strip() else text
