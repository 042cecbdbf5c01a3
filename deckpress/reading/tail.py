"""What stands below the options of a question: which are right, why, and why the others are not.

It ends where something else begins: a heading, a rule, a table, or text that neither an answer nor an explanation announces.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from ..inline import cut, raw, unstyled
from ..markup import plain
from ..model import Text, Words
from ..words import Vocabulary, normal
from .blocks import all_strong
from .keys import answer, behind
from .stream import KEY, TICK, Part, asked

_KEYS_ONLY = re.compile(r"^[\s(]*[A-Ha-h](?:\)?(?:\s*(?:,|&|/|;|\+|and|und|y|e|et|og)\s*|\s+)\(?[A-Ha-h])*[).\s]*$")


@dataclass(slots=True)
class Tail:
    """The index behind what belongs to the answer, the indexes of the right options, the explanation, a reason an option."""

    end: int
    right: set[int]
    why: list[Text] = field(default_factory=list)
    reasons: dict[int, Text] = field(default_factory=dict)
    waiting: bool = False  # for the answer, which a line of its own has announced
    explaining: bool = False
    expecting: bool = False  # for the explanation's first text

    @property
    def explanation(self) -> Text:
        """All of the explanation as one text."""
        text: Text = ()
        for part in self.why:
            text = (*text, *((Words(" "),) if text else ()), *part)
        return text


def tail(parts: Sequence[Part], end: int, stop: int, options: Sequence[Part], words: Vocabulary, fold: int = 0) -> Tail:
    """Reads from behind the options on, at most up to the next question (`stop`). `fold` is the last line of a fold-out there."""
    found = Tail(end, {at for at, option in enumerate(options) if option.right})
    before = parts[end - 1].line.end
    for at in range(end, stop):
        part = parts[at]
        apart = part.line.line > before + 1
        if at > end and (
            asked(words).match(part.line.raw) or (0 < fold < part.line.line and found.right and part.kind not in ("answer", "why"))
        ):
            break
        if at > end and part.line.number and part.kind == "text" and found.right:  # the next item of a numbered list asks anew
            break
        if part.kind == "label" and (plain(part.text) or not found.explaining):
            break
        if part.kind == "other" and (part.line.heading or not found.expecting):
            break
        if part.line.line <= fold and found.right and part.kind in ("text", "option"):  # all of the fold-out belongs to the answer
            found.why.append(part.line.text)
        elif not _take(part, apart, found, options, words, last=stop == len(parts)):
            break
        if found.right or found.waiting or part.kind in ("answer", "why") or _in_brackets(part):
            found.end = at + 1
        before = part.line.end
    found.right = {at for at in found.right if 0 <= at < len(options)}
    return found


def _in_brackets(part: Part) -> bool:
    """An aside about the question above it, such as that nobody knows the answer."""
    told = part.line.raw.strip()
    return told.startswith("(") and told.endswith(")")


def _take(part: Part, apart: bool, found: Tail, options: Sequence[Part], words: Vocabulary, last: bool) -> bool:
    """Keeps what a line tells; False where it belongs to something else."""
    if part.kind == "answer":
        told = which(part.text, options)
        found.right |= told
        found.waiting, found.explaining = not plain(part.text), False
        found.why += (
            [why] if len(told) == 1 and min(told) < len(options) and (why := _behind(part.text, options[min(told)])) else []
        )
        return True
    if part.kind == "why":
        found.explaining, found.expecting = True, not plain(part.text)
        found.why += [part.text] if plain(part.text) else []
        return True
    if found.waiting and part.kind in ("text", "option"):
        found.right |= {ord(part.key) - ord("A")} if part.key else which(part.text, options)
        found.waiting = False
        return True
    return not found.right or part.kind == "other" or _commented(part, apart, found, options, words, last)


def _commented(part: Part, apart: bool, found: Tail, options: Sequence[Part], words: Vocabulary, last: bool) -> bool:
    """Keeps what a line below the answer says of it: of one option, or as an explanation that goes on."""
    if reason := _reason(part, len(options), words):
        found.reasons.setdefault(*reason)
        return True
    if all_strong(part.text) or (apart and not found.expecting and (last or not found.explaining)):
        return False
    found.why.append(part.text)
    found.explaining, found.expecting = True, False
    return True


def _reason(part: Part, count: int, words: Vocabulary) -> tuple[int, Text] | None:
    """`A) is no service` or `B is wrong because …` below an answer: the option and what is said of it."""
    if part.kind == "option" and part.key and ord(part.key) - ord("A") < count:
        return ord(part.key) - ord("A"), part.text
    found = _judged(words).match(raw(part.text))
    return (
        (ord(found[1].upper()) - ord("A"), cut(part.text, found.start(2))) if found and ord(found[1]) - ord("A") < count else None
    )


@cache
def _judged(words: Vocabulary) -> re.Pattern[str]:
    """A letter and a phrase that judges it."""
    phrases = "|".join(sorted(map(re.escape, words.listed("reading", "judged")), key=len, reverse=True))
    return re.compile(rf"^\W*(?:\w+\s+)?([A-H])\W*\s+((?:{phrases})\b)")


def _behind(told: Text, option: Part) -> Text:
    """What stands behind an answer's letter, and behind the option's own words where a sign parts them: why it is right."""
    why = answer(told, 0).why
    own = re.escape(plain(option.text).rstrip(" ."))
    if again := re.match(rf"{own}\s*(?=[-–—:;,.(]|\Z)", raw(why), re.IGNORECASE):
        why = behind(why, again.end())
    inside = re.fullmatch(r"\((.+)\)\.?", raw(why))
    why = cut(why, inside.start(1), inside.end(1)) if inside else why
    return why if len(plain(why).split()) > 1 else ()


def which(answer: Text, options: Sequence[Part]) -> set[int]:
    """Which options an answer names: by their keys, or by their words."""
    told = TICK.sub("", raw(unstyled(answer))).strip()
    if _KEYS_ONLY.match(told):
        return {ord(key.upper()) - ord("A") for key in re.findall(r"\b[A-Ha-h]\b", told)}
    if found := KEY.match(told):
        return {ord(found[1].upper()) - ord("A")}
    if found := re.match(r"^([A-H])(?:\s*[-–—:,]\s|\s+\()", told):
        return {ord(found[1]) - ord("A")}
    wanted = normal(told)
    return {at for at, option in enumerate(options) if wanted and normal(plain(option.text)) == wanted}
