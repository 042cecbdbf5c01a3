"""Answer keys: the answers of numbered questions where they stand together, at the end of a guide or in a file that it names.

In: the lines below a heading "Answers", or another file's text. Out: for each number letters, words and a reason.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ..inline import cut, raw, unstyled
from ..markup import plain
from ..model import Link, Text
from ..words import Vocabulary, normal, tokens
from .blocks import Block, parse
from .normalise import normalise
from .stream import Line, Part, lines_of, part_of
from .text import heading_words

_NUMBER = re.compile(r"^\s*(?:[QqAaPpFf]?\s*)(\d{1,3})\s*[.):–-]\s*")
_LETTERS = re.compile(
    r"^[\s*(\[]*([A-Ha-h](?:\s*(?:,|&|/|;|\+|\band\b|\bund\b|\by\b|\be\b|\bet\b)\s*[A-Ha-h])*)[)\]*]*(?=\s*(?:[.):,;–—-]|\(|\Z))"
)
_BEHIND = re.compile(r"^[\s.):,;–—*-]+")
_FILES = (".md", ".markdown", ".txt")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a key tells of one number: letters of options, or words; and why."""

    line: int
    letters: str = ""
    text: Text = ()
    why: Text = ()


@dataclass(slots=True)
class Key:
    """One answer section. `line` is where it stands, 0 in another file; `name` is the heading that it stands under."""

    line: int
    name: str
    answers: dict[int, Answer] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)


def take_keys(parts: list[Part], words: Vocabulary) -> Iterator[Key]:
    """The answer sections among the lines of a heading; their lines are no part of any question after this."""
    for at, part in enumerate(parts):
        if part.kind != "answer" or plain(part.text):
            continue
        end, key = at + 1, Key(part.line.line, "")
        only_letters = normal(heading_words(part.line.text)) not in words.listed("reading", "answer_key")
        while end < len(parts) and (found := _entry(parts[end])) and not (only_letters and not found[1].letters):
            key.answers[found[0]] = found[1]
            end += 1
        if len(key.answers) >= 2:
            yield key
            for index in range(at, end):
                parts[index] = Part("other", Line((), parts[index].line.line, parts[index].line.end, heading=True))


def _entry(part: Part) -> tuple[int, Answer] | None:
    """Number and answer of a line such as `12. B`, `3) A, C: because …` or `4. Mitosis`."""
    text = part.line.text
    found = _NUMBER.match(raw(text))
    number = part.line.number or (int(found[1]) if found else 0)
    told = cut(text, found.end()) if found and not part.line.number else text
    if not number or part.line.heading or not plain(told):
        return None
    return number, answer(told, part.line.line)


def answer(told: Text, line: int) -> Answer:
    """Letters with what stands behind them as the reason; else the words themselves."""
    letters = _LETTERS.match(raw(told))
    if not letters:
        return Answer(line, text=unstyled(told))
    return Answer(line, "".join(re.findall(r"[A-H]", letters[1].upper())), why=behind(told, letters.end()))


def behind(told: Text, at: int) -> Text:
    """What stands behind a place in a text, without the signs that part it from what is before."""
    rest = cut(told, at)
    signs = _BEHIND.match(raw(rest))
    return cut(rest, signs.end()) if signs else rest


def key_file(text: str, words: Vocabulary) -> list[Key]:
    """The answers that another file tells, one key for each of its headings."""
    keys = [Key(0, "")]
    number = 0
    for block in parse(normalise(text, words)[0]):
        if block.kind == "table":
            keys[-1].answers.update(_rows(block))
            continue
        for part in (part_of(line, words) for line in lines_of([block])):
            if part.line.heading and part.kind == "other":
                keys.append(Key(0, heading_words(part.line.text)))
            else:
                number = _take(part, number, keys[-1].answers)
    return [key for key in keys if key.answers]


def _rows(block: Block) -> Iterator[tuple[int, Answer]]:
    """The rows of a table whose first cells are numbers."""
    for line, cells in block.rows[1:]:
        if len(cells) > 1 and (told := re.fullmatch(r"\D{0,3}(\d{1,3})\W?", plain(cells[0]).strip())):
            yield int(told[1]), answer(cells[1], line)


def _take(part: Part, number: int, answers: dict[int, Answer]) -> int:
    """Keeps what a line tells of the question that is at hand; returns the number of the one at hand after it."""
    if part.kind == "label" and (asked := re.search(r"\d+", raw(part.line.text))):
        return int(asked[0])
    if part.kind == "answer" and number and plain(part.text):
        answers[number] = answer(part.text, part.line.line)
    elif part.kind == "why" and (told := answers.get(number)) and plain(part.text):
        answers[number] = replace(told, why=part.text)
    elif entry := _entry(part):
        answers.setdefault(*entry)
        return entry[0]
    return number


def named_files(links: Iterable[tuple[int, object]], chosen: str, words: Vocabulary) -> tuple[str, ...]:
    """The files that a guide names as those of its answers: in its front matter, or by a link that says so."""
    if chosen:
        return (chosen,)
    known = words.listed("reading", "answer_key") | words.listed("reading", "answer")
    found = []
    for _, link in links:
        if isinstance(link, Link) and link.target.lower().split("#")[0].endswith(_FILES) and "://" not in link.target:
            told = {*tokens(plain(link.parts)), *tokens(link.target)}
            if any(len(word) > 2 and set(tokens(word)) <= told for word in known):
                found.append(link.target.split("#")[0])
    return tuple(dict.fromkeys(found))


def find(number: int, line: int, headings: Sequence[str], keys: Sequence[Key]) -> tuple[Key, Answer] | None:
    """The answer of a question: from the next key below it, else from a key of its own heading, else from the only one."""
    having = [key for key in keys if number in key.answers]
    below = [key for key in having if key.line > line]
    named = [key for key in having if not key.line and normal(key.name) in {normal(name) for name in headings if name}]
    for choice in (below[:1], named, having):
        if len(choice) == 1:
            return choice[0], choice[0].answers[number]
    return None
