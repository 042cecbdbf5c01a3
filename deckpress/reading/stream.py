"""The blocks under a heading as a flat stream of lines, and what each line is to a question: option, answer, reason, label."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ..inline import cut, raw
from ..markup import plain
from ..model import Break, Text, Words
from ..words import Vocabulary, normal
from .blocks import Block, all_strong, source_lines
from .signs import ASKING, ASKS, CROSS
from .signs import TICK as RIGHT
from .text import ENDS_MARKER, heading_words, starts_as

KEY = re.compile(r"^\s*[(\[]?([A-Ha-h])(?:[.)\]:]|\)\.)\s+")
_BOX = re.compile(r"^\s*\[([ xX✓✔])\]\s+")
TICK = re.compile(r"^[\s✅☑✔✓👉➡→*]+")
# How a line begins that may be an option, or a question with `Q:`: most lines of most guides do not.
_MAY_ASK = re.compile(r"^[\s✅☑✔*]*(?:[(\[]?[A-Ha-h][)\].:]|\[[ xX✓✔]\]|[A-Z]\d*\s*[.:)])\s")

_TICKED = re.compile(rf"^\s*{RIGHT}")
_RIGHT, _WRONG = re.compile(rf"^\s*{RIGHT}\s*|\s*{RIGHT}\s*$"), re.compile(rf"^\s*{CROSS}\s*")
_RIGHT_BEHIND = re.compile(rf"\s*{RIGHT}[\s.]*$")
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)\s*\Z")
_NEXT_KEY = re.compile(r"(?:^|\s)[(\[]?([A-Ha-h])[.)\]]\s+(?=\S)")
_DASH = re.compile(r"\s+[—–]\s+")
_ASIDE = re.compile(r"\s*\([^()]+\)[.\s]*")
_SOLVED = re.compile(r"^\W*(?P<label>[^\W\d_]+)\W*[:：]\W*(?P<key>[A-Ha-h])[).\s*]*$")
_LABELLED = re.compile(r"\W*\w+(?:\s\w+){0,2}\s*[:：]")


@dataclass(slots=True)
class Line:
    """One line of the stream; `raw` is its text as plain words."""

    text: Text
    line: int
    end: int
    heading: bool = False
    item: bool = False
    number: int = 0
    raw: str = ""
    marked: str = ""  # "right" or "wrong": an item of a list in which signs tell the right ones
    under: bool = False  # it stands below such an item


@dataclass(slots=True)
class Part:
    """What a line is to a question: `option`, `reason` below one, `answer`, `why`, `label` (names a question), `text`, `other`."""

    kind: str
    line: Line
    text: Text = ()
    key: str = ""
    right: bool = False


def asks(told: str) -> bool:
    """Whether words end with a question mark; "(choose two)" may stand behind it."""
    return any(sign in told for sign in ASKING) and _IN_BRACKETS.sub("", told).rstrip(" *").endswith(ASKING)


def may_ask(blocks: Sequence[Block]) -> bool:
    """Whether a question can stand here at all: a cheap look before the dear one."""
    for block in blocks:
        if block.kind in ("heading", "table") or all_strong(block.text) or (block.kind == "list" and _tells_by_signs(block)):
            return True
        single = len(block.text) == 1 or Break not in map(type, block.text)
        begins = _MAY_ASK.match(block.told) if single else any(_MAY_ASK.match(raw(text)) for text in source_lines(block.text))
        if begins or may_ask(block.blocks):
            return True
    return False


def lines_of(blocks: Sequence[Block]) -> Iterator[Line]:
    """The flat stream of a node's blocks, innermost text by text."""
    for block in blocks:
        if block.kind == "paragraph":
            yield from _texts(block)
        elif block.kind == "heading":
            yield Line(block.text, block.line, block.end, heading=True, raw=block.told)
        elif block.kind == "list" and _tells_by_signs(block):
            yield from _signed(block)
        elif block.kind == "item" and block.blocks and block.blocks[0].kind == "paragraph":
            yield from _texts(block.blocks[0], item=True, number=block.number)
            option = len(block.blocks) > 1 and bool(KEY.match(block.blocks[0].told))
            for line in lines_of(block.blocks[1:]):
                line.under = option
                yield line
        elif block.kind == "table":
            yield from _rows(block)
        elif block.blocks:
            yield from lines_of(block.blocks)
        elif block.kind != "html":
            yield Line((), block.line, block.end)


def _texts(block: Block, item: bool = False, number: int = 0) -> Iterator[Line]:
    """The source lines of a paragraph; only its first one carries the item's number."""
    lines = source_lines(block.text)
    for offset, text in enumerate(lines):
        told = block.told if len(lines) == 1 else raw(text)
        inline = _inline_options(told) if told[:3].strip(" ([")[:1] in ("A", "a") else ()
        dash = _before_a_reason(told, inline)
        for start, end in inline:
            part = cut(text, start, min(end, dash.start()) if dash else end)
            yield Line(part, block.line + offset, block.line + offset, item=True, raw=raw(part))
        if dash:
            why = cut(text, dash.end())
            yield Line(why, block.line + offset, block.line + offset, raw=raw(why))
        if told.strip() and not inline:
            yield Line(text, block.line + offset, block.line + offset, item=item, number=0 if offset else number, raw=told)


def _before_a_reason(told: str, inline: Sequence[tuple[int, int]]) -> re.Match[str] | None:
    """The dash behind the last of some options on one line, where it alone goes on behind one: a reason follows."""
    dashes = [_DASH.search(told, start, end) for start, end in inline]
    return dashes[-1] if dashes and not any(dashes[:-1]) else None


def _inline_options(told: str) -> list[tuple[int, int]]:
    """Where each option of `A) Uruguay B) Bolivia C) Peru` begins and ends, all on one line; [] for any other line."""
    found = options_within(told)
    return found if len(found) > 2 and found[0][0] <= 1 else []


def options_within(told: str) -> list[tuple[int, int]]:
    """Where each lettered option begins and ends that stands in a line, the letters in their order; [] where there are none."""
    found = list(_NEXT_KEY.finditer(told))
    keys = "".join(key[1].upper() for key in found)
    if len(keys) < 2 or not "ABCDEFGH".startswith(keys):
        return []
    return [(key.start(), found[at + 1].start() if at + 1 < len(found) else len(told)) for at, key in enumerate(found)]


def _tells_by_signs(block: Block) -> bool:
    """Whether signs before or behind the items of a list part right ones from wrong ones."""
    heads = [item.blocks[0].told for item in block.blocks if item.blocks]
    right = [bool(_RIGHT.search(head)) for head in heads]
    wrong = [bool(_WRONG.match(head)) for head in heads]
    behind = not any(_TICKED.match(head) for head in heads)  # only the right one carries a sign
    some = any(right) and not all(right)  # a list of things that are done is no question
    return 2 <= len(heads) <= 8 and some and (behind or all(r or w for r, w in zip(right, wrong, strict=True)))


def _signed(block: Block) -> Iterator[Line]:
    for item in block.blocks:
        if not item.blocks:
            continue
        head = item.blocks[0]
        whole, below = _before_a_label(head)
        told = raw(whole)
        sign = _RIGHT.search(told) or _WRONG.match(told)
        text = whole if not sign else cut(whole, sign.end()) if not sign.start() else cut(whole, 0, sign.start())
        marked = "right" if _RIGHT.search(told) else "wrong"
        yield Line(text, head.line, head.end - len(below), item=True, raw=raw(text), marked=marked)
        for at, labelled in enumerate(below, head.end - len(below) + 1):
            line = Line(labelled, at, at, raw=raw(labelled))
            line.under = item is not block.blocks[-1]
            yield line
        for line in lines_of(item.blocks[1:]):
            line.under = True
            yield line


def _before_a_label(block: Block) -> tuple[Text, list[Text]]:
    """An option's words, and the lines right below it that are none of them: one with a label, "Why: …", one all in brackets."""
    lines = source_lines(block.text)
    other = [at for at, line in enumerate(lines) if at and (_LABELLED.match(raw(line)) or _ASIDE.fullmatch(raw(line)))]
    at = other[0] if other else len(lines)
    if at == len(lines):
        return block.text, []
    return cut(block.text, 0, sum(len(raw(line)) + 1 for line in lines[:at])), list(lines[at:])


def _rows(block: Block) -> Iterator[Line]:
    """The rows of a table; where first cells are letters, each is an option and the head is passed over."""
    lettered = [bool(cells) and bool(re.fullmatch(r"\s*[A-Ha-h]\s*", plain(cells[0]))) for _, cells in block.rows]
    for (line, cells), own in zip(block.rows, lettered, strict=True):
        if own and len(cells) >= 2:
            told = (Words(f"{plain(cells[0]).strip()}) "), *cells[1])
            yield Line(told, line, line, item=True, raw=raw(told))
        elif not any(lettered):
            yield Line((), line, line)


def part_of(line: Line, words: Vocabulary) -> Part:
    """What a line is to a question."""
    if not line.raw.strip():
        return Part("other", line)
    if line.heading:
        return _heading(line, words)
    if line.under:
        return Part("reason", line, line.text)
    if solved := _solves(line, words):
        return Part("answer", line, cut(line.text, solved.start("key")))
    option = _option(line)
    if option and (sign := _RIGHT_BEHIND.search(raw(option.text)) or _judged_right(words).search(raw(option.text))):
        option.text, option.right = cut(option.text, 0, sign.start()), True
    if option and (votes := _voted(words).search(raw(option.text))):
        option.text = cut(option.text, 0, votes.start())
    return option or _marked(line, words) or Part("text", line, line.text)


def _solves(line: Line, words: Vocabulary) -> re.Match[str] | None:
    """`Lösung: c`, `A: b)` below the options: no option with a letter, nor a label. "A: B" may be one."""
    found = None if line.marked else _SOLVED.match(line.raw)
    if not found or (len(found["label"]) == 1 and found["key"].isupper()):
        return None
    named = words.listed("reading", "answer_to_question") | words.listed("reading", "solved")
    return found if normal(found["label"]) in named else None


@cache
def _voted(words: Vocabulary) -> re.Pattern[str]:
    """`Most Voted` at the end of an option."""
    return re.compile(
        rf"\s*[(\[]?(?:{'|'.join(map(re.escape, sorted(words.listed('reading', 'voted'))))})[)\]]?\s*$", re.IGNORECASE
    )


@cache
def _judged_right(words: Vocabulary) -> re.Pattern[str]:
    """`(correct)`, `← right answer` behind an option."""
    right = "|".join(map(re.escape, sorted(words.listed("reading", "right"))))
    answer = "|".join(map(re.escape, sorted(words.listed("reading", "answer"), key=len, reverse=True)))
    return re.compile(rf"\s*(?:\(|\[|←|<-+)\s*(?:(?:{right})(?:\s(?:{answer}))?|{answer})\s*[!.]?[)\]]?\s*$", re.IGNORECASE)


def _option(line: Line) -> Part | None:
    """`A) …`, `- b. …`, `[x] …`, `✅ C. …`."""
    told = line.raw
    if line.marked:
        key = KEY.match(told)
        bare = cut(line.text, key.end()) if key else line.text
        return Part("option", line, bare, key[1].upper() if key else "", right=line.marked == "right")
    ticked = TICK.match(told) if _TICKED.match(told) else None
    bare = cut(line.text, ticked.end()) if ticked else line.text
    if line.item and (box := _BOX.match(told)):
        rest = cut(line.text, box.end())
        key = KEY.match(raw(rest))
        return Part("option", line, cut(rest, key.end()) if key else rest, key[1].upper() if key else "", right=box[1] != " ")
    if found := KEY.match(raw(bare) if ticked else told):
        return Part("option", line, cut(bare, found.end()), found[1].upper(), right=ticked is not None)
    return None


def _marked(line: Line, words: Vocabulary) -> Part | None:
    """A line that begins with `Explanation:`, `Answer:` or `Q:`, or that holds nothing but such a word in bold."""
    text = line.text
    bold = normal(plain(text)) if all_strong(text) else ""
    lettered = len(line.raw) < 60 and line.raw.rstrip(" .*)")[-1:] in "ABCDEFGHabcdefgh"
    if not bold and not lettered and not ENDS_MARKER.search(line.raw):
        return None
    for kind, name in (("why", "explanation"), ("answer", "answer"), ("answer", "right")):
        rest = starts_as(text, words, name, line.raw)
        if rest is not None and not (name == "answer" and re.match(r"^\s*\**\s*a\s*[:.]", raw(text), re.IGNORECASE)):
            return Part(kind, line, rest)
        if bold in words.listed("reading", name):
            return Part(kind, line)
    if lettered and (found := _is_answer(words).match(line.raw)):
        return Part("answer", line, cut(text, found.start(1)))
    asked = starts_as(text, words, "question", line.raw)
    return Part("label", line, asked) if asked is not None and plain(asked) else None


def _heading(line: Line, words: Vocabulary) -> Part:
    told = normal(heading_words(line.text))
    for kind, whole, begins in _part_names(words):
        if told in whole or told.startswith(begins):
            return Part(kind, line)
    found = starts_as(line.text, words, "question")
    if found is not None or is_question_heading(line.text, words) or asks(line.raw):
        return Part("label", line, line.text)
    return Part("other", line)


@cache
def _part_names(words: Vocabulary) -> tuple[tuple[str, frozenset[str], tuple[str, ...]], ...]:
    """For each kind of part the headings that name it, whole, and how others that do begin."""
    found = []
    for kind, name in (("answer", "answer"), ("why", "explanation"), ("label", "options"), ("label", "question")):
        listed = frozenset(normal(word) for word in words.listed("reading", name))
        begins = tuple(f"{word} " for word in sorted(listed) if kind != "label" and len(word) > 2)
        found.append((kind, listed, begins))
    return tuple(found)


def is_question_heading(text: Text, words: Vocabulary) -> bool:
    """`Question 5`, `Q5.`, `Pregunta 5`, with or without a title behind it."""
    return bool(_numbered(words).match(plain(text)))


@cache
def _is_answer(words: Vocabulary) -> re.Pattern[str]:
    """`The correct answer is C`: a phrase for the answer, a short word, letters of options."""
    phrases = "|".join(sorted(map(re.escape, words.listed("reading", "answer")), key=len, reverse=True))
    return re.compile(
        rf"^\W*(?:\w{{1,3}}\s+)?(?:{phrases})\s+\w{{1,3}}\s+(\(?[A-H]\b(?:\W+(?:\w{{1,3}}\W+)?[A-H]\b)*)\W*$", re.IGNORECASE
    )


@cache
def asked(words: Vocabulary) -> re.Pattern[str]:
    """`Q7. …`, `Q: …`; a letter with a full stop alone only before a question, or every abbreviation would ask."""
    letters = "".join(sorted(word.upper() for word in words.listed("reading", "question") if len(word) == 1))
    return re.compile(rf"^\s*(?:[{letters}]\d+\s*[.:)]|[{letters}]\s*:|Q\.(?=.*{ASKS}))\s+(?=\S)")


def question_label(told: str, words: Vocabulary) -> re.Match[str] | None:
    """`Question 5` or `Q5` at the beginning of a line, with what parts it from the words behind it."""
    return _labelled(words).match(told)


@cache
def _labelled(words: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"{_numbered(words).pattern}\s*[.:)–—-]*\s*", re.IGNORECASE)


@cache
def _numbered(words: Vocabulary) -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, words.listed("reading", "question")), key=len, reverse=True))
    return re.compile(rf"^\W*(?:{names})\s*\.?\s*\d+\b", re.IGNORECASE)
