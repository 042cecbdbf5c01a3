"""What stands at the beginning, at the end or in the middle of a text: numbers, marks, brackets, answers."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from ..inline import cut, length, raw, unstyled
from ..markup import plain
from ..model import Code, Styled, Text, Words
from ..words import Vocabulary, in_any_language, marker
from .signs import ASKING

_EMOJI = re.compile(r"(?:[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d]+|\d\ufe0f?\u20e3)\s*")
_NUMBER = re.compile(r"^\s*(?:\(?\d{1,3}(?:\.\d{1,3})*[.):]|\d{1,3}(?:\.\d{1,3})+)\s+")
_ORNAMENT = re.compile(r"^[-–—•]\s+(?=[^\W\d_])")  # "- Service history"
_COUNTED = re.compile(r"([A-Z]{1,5})[.)]\s+(?=\S)")
_ROMAN = [f"{tens}{ones}" for tens in ("", "X", "XX") for ones in ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")][1:]
_LETTERS = list("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_BRACKET = re.compile(r"^(?P<name>[^()]{2,}?)\s*\((?P<inside>[^()]+)\)$")
# A sign that ends a marker such as `Answer:`: most lines have none, and need no dearer look.
ENDS_MARKER = re.compile(r"[:：]|[-–—→]\s")
_BEHIND_A_SENTENCE = r"(?:(?<=[.?!:()\"”…。？！؟])\s*|^)"
_SIGNS = r"^[\s\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff\ufe0f→]*"  # pictures before a marker
_MARK = re.compile(r"\s*\{(?P<mark>#[\w-]+|card|no-card|both)\}\s*$")


def spoken(text: Text) -> str:
    """As `raw`, but what stands in code has no signs that could part a label from its text."""
    if not any(isinstance(part, Code) for part in text):
        return raw(text)
    return raw(tuple(Words("x" * len(part.text)) if isinstance(part, Code) else part for part in text))


def heading_words(text: Text) -> str:
    """A heading's words without number, emoji, emphasis and final colon."""
    words = _MARK.sub("", _EMOJI.sub("", plain(text))).strip()
    words = _NUMBER.sub("", words).strip()
    words = _ORNAMENT.sub("", words).rstrip(":").strip()
    bare = words.rstrip("*").rstrip() if " " in words else words  # a footnote's mark, but not that of "A*"
    return bare or plain(text)


def starts_with_number(text: Text) -> bool:
    """Whether a heading is numbered: "2. Mitosis"."""
    return bool(_NUMBER.match(_EMOJI.sub("", plain(text))))


def counted(names: Sequence[str]) -> list[int]:
    """How many characters count each of several names, "I. Duty", "II. Breach" or "A. …", "B. …"; a letter alone is a name's."""
    found = [_COUNTED.match(name) for name in names]
    signs = [match[1] for match in found if match]
    series = any(_in_order([known.index(sign) for sign in signs if sign in known], len(signs)) for known in (_ROMAN, _LETTERS))
    return [match.end() if match and series else 0 for match in found]


def _in_order(places: Sequence[int], count: int) -> bool:
    """Whether numbers go from 0 up one by one, each of them once or twice: "A. thaliana", "C. elegans" do not."""
    steps = {after - before for before, after in pairwise(places)}
    return len(places) == count > 1 and places[0] == 0 and 1 in steps and steps <= {0, 1}


def expansion(heading: str) -> tuple[str, str]:
    """Name and what stands in brackets behind it: "Amazon EC2 (Elastic Compute Cloud)"."""
    found = _BRACKET.match(heading)
    first = found["inside"].split(maxsplit=1)[:1] if found else []
    if not found or first[0] in {"&", "+", "/", *in_any_language("reading", "and")}:  # "Amazon EFS (and FSx)" names two
        return heading, ""
    return found["name"].rstrip(" -–—:").strip(), found["inside"].strip()


def author_marks(text: Text) -> tuple[Text, str, tuple[str, ...]]:
    """The text without `{#key}`, `{card}`, `{no-card}`, `{both}` at its end; the key; the marks."""
    if text and isinstance(text[-1], Words) and not text[-1].text.endswith(("}", " ")):
        return text, "", ()
    key, marks = "", []
    while found := _MARK.search(raw(text)):
        if found["mark"].startswith("#"):
            key = found["mark"][1:]
        else:
            marks.append(found["mark"])
        text = cut(text, 0, found.start())
    return text, key, tuple(sorted(marks))


def without_emoji(text: Text) -> Text:
    """The text without pictures at its beginning: they are there for the eye."""
    if text and isinstance(text[0], Words) and text[0].text[:1].isalnum():
        return text
    found = _EMOJI.match(raw(text).lstrip())
    lead = len(raw(text)) - len(raw(text).lstrip())
    return cut(text, lead + found.end()) if found and found.end() < len(raw(text)) - lead else text


def answer_in(text: Text, words: Vocabulary) -> tuple[Text, Text] | None:
    """Question and answer where an answer marker such as `**Answer: EC2**` stands in the text, else None."""
    told = raw(text)
    if not ENDS_MARKER.search(told):
        return None
    found = None
    lowered = told.lower()
    if any(part in lowered for part in _shortest(words)):
        found = marker(words, "answer", _BEHIND_A_SENTENCE).search(told) or _bold_marker(text, words)
    if not found and any(sign in told for sign in ASKING):
        found = marker(words, "answer_to_question", r"(?<=[?？؟][\s*\"”])").search(told)
    if not found:
        return None
    inside = told[: found.start()].endswith("(") and told.rstrip().endswith(")")
    return cut(text, 0, found.start() - inside), unstyled(cut(text, found.end(), len(told.rstrip()) - 1 if inside else None))


@cache
def _shortest(words: Vocabulary) -> tuple[str, ...]:
    """Words of which every phrase for an answer has one in it: a cheap look before the dear patterns."""
    listed = words.listed("reading", "answer")
    return tuple(word for word in sorted(listed) if not any(other in word for other in listed if other != word))


def _bold_marker(text: Text, words: Vocabulary) -> re.Match[str] | None:
    """A marker with which something bold begins, wherever that is."""
    told, at = raw(text), 0
    for part in text:
        if isinstance(part, Styled) and part.style == "strong" and (found := marker(words, "answer", "").match(told, at)):
            return found
        at += length(part)
    return None


def starts_as(text: Text, words: Vocabulary, name: str, told: str = "") -> Text | None:
    """What follows a marker such as `Answer:` at the very beginning, else None. `told`: the text's words, where they are known."""
    found = marker(words, name, _SIGNS).match(told or raw(text))
    return unstyled(cut(text, found.end())) if found else None
