"""Cutting inline trees: where a pattern of plain words matches, what stands before a text or behind a question."""

import re
from functools import cache

from ..markup import plain
from ..model import Code, Formula, Inline, Link, Picture, Styled, Text, Words
from ..words import Vocabulary, marker
from .signs import ASKING

_EMOJI = re.compile(r"[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d]+\s*")
_NUMBER = re.compile(r"^\s*(?:\(?\d{1,3}(?:\.\d{1,3})*[.):]|\d{1,3}(?:\.\d{1,3})+)\s+")
_BRACKET = re.compile(r"^(?P<name>[^()]{2,}?)\s*\((?P<inside>[^()]+)\)$")
# A sign that ends a marker such as `Answer:`: most lines have none, and need no dearer look.
ENDS_MARKER = re.compile(r"[:：]|[-–—→]\s")
_BEHIND_A_SENTENCE = r"(?:(?<=[.?!:()\"”…。？！؟])\s*|^)"
_SIGNS = r"^[\s\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff\ufe0f→]*"  # pictures before a marker
_FORMULA = "\U0001d453"  # a letter that stands for a formula: its signs are none of the sentence's
_MARK = re.compile(r"\s*\{(?P<mark>#[\w-]+|card|no-card|both)\}\s*$")


def length(part: Inline) -> int:
    """Characters of plain words in one part."""
    if type(part) is Words:
        return len(part.text)
    return len(_raw(part))


def raw(text: Text) -> str:
    """The plain words with every blank where it stands: positions in it are positions for `cut`."""
    if len(text) == 1 and type(text[0]) is Words:
        return text[0].text
    return "".join([part.text if type(part) is Words else _raw(part) for part in text])


def _raw(part: Inline) -> str:
    match part:
        case Words(words) | Code(words):
            return words
        case Styled(_, parts) | Link(_, parts):
            return raw(parts)
        case Picture(_, alt):
            return alt
        case Formula():
            return _FORMULA
    return " "


def spoken(text: Text) -> str:
    """As `raw`, but what stands in code has no signs that could part a label from its text."""
    if not any(isinstance(part, Code) for part in text):
        return raw(text)
    return raw(tuple(Words("x" * len(part.text)) if isinstance(part, Code) else part for part in text))


def cut(text: Text, start: int, end: int | None = None) -> Text:
    """The part of a text between two positions of its plain words; emphasis is kept on both sides of a cut."""
    if len(text) == 1 and type(text[0]) is Words:  # most texts
        told = text[0].text[start:end].strip()
        return (Words(told),) if told else ()
    out: list[Inline] = []
    at = 0
    stop = end if end is not None else 1 << 60
    for part in text:
        size = length(part)
        low, high = max(start - at, 0), min(stop - at, size)
        if low < high or (size == 0 and start <= at < stop):
            out.append(_part(part, low, high) if (low, high) != (0, size) else part)
        at += size
    return trimmed(tuple(out))


def _part(part: Inline, low: int, high: int) -> Inline:
    match part:
        case Words(text):
            return Words(text[low:high])
        case Code(text):
            return Code(text[low:high])
        case Styled(style, parts):
            return Styled(style, cut(parts, low, high))
        case Link(target, parts):
            return Link(target, cut(parts, low, high))
    return part


def trimmed(text: Text) -> Text:
    """Without blanks at both ends and without empty parts."""
    if len(text) == 1 and isinstance(text[0], Words):
        shorter = text[0].text.strip()
        return text if shorter == text[0].text and shorter else (Words(shorter),) if shorter else ()
    parts = list(text)
    for place, strip in ((0, str.lstrip), (-1, str.rstrip)):
        while parts:
            part = parts[place]
            if isinstance(part, Words):
                shorter = strip(part.text)
                if not shorter:
                    parts.pop(place)
                    continue
                parts[place] = Words(shorter)
            elif (isinstance(part, Styled | Link) and not raw(part.parts).strip()) or not isinstance(
                part, Styled | Link | Code | Picture | Formula
            ):
                parts.pop(place)
                continue
            break
    return tuple(parts)


def unstyled(text: Text) -> Text:
    """A label or an answer without the emphasis around the whole of it."""
    while len(text) == 1 and isinstance(text[0], Styled):
        text = text[0].parts
    return text


def heading_words(text: Text) -> str:
    """A heading's words without number, emoji, emphasis and final colon."""
    words = _MARK.sub("", _EMOJI.sub("", plain(text))).strip()
    words = _NUMBER.sub("", words).strip()
    return words.rstrip(":").strip() or plain(text)


def starts_with_number(text: Text) -> bool:
    """Whether a heading is numbered: "2. Mitosis"."""
    return bool(_NUMBER.match(_EMOJI.sub("", plain(text))))


def expansion(heading: str) -> tuple[str, str]:
    """Name and what stands in brackets behind it: "Amazon EC2 (Elastic Compute Cloud)"."""
    found = _BRACKET.match(heading)
    return (found["name"].strip(), found["inside"].strip()) if found else (heading, "")


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
