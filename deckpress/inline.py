"""Cutting inline trees: positions in a text's plain words are positions in the tree; emphasis is kept on both sides of a cut."""

import re
from collections.abc import Callable, Iterator
from functools import cache

from .model import Code, Formula, Inline, Link, Mask, Picture, Styled, Text, Words
from .words import in_any_language

# A full stop ends a sentence before what no small letter or figure begins with, and not behind a letter or a short form.
_SENTENCE = re.compile(r"(?<=[\w)\]”\"\U0001d453]{2})\.\s+(?=[\"“(«]?[^\W\d_])|[。！？]\s*(?=\S)")
_FORMULA = "\U0001d453"  # a letter that stands for a formula: its signs are none of the sentence's


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
        case Mask(words):
            return words
    return " "


@cache
def _short_form() -> re.Pattern[str]:
    """A letter, or a word that is cut short, before a full stop that ends no sentence."""
    forms = sorted((re.escape(form).replace("\\ ", r"\s?") for form in in_any_language("words", "short_forms")), reverse=True)
    return re.compile(rf"(?:\b\w|\b(?:{'|'.join(forms)}))\Z")


def is_short_form(before: str) -> bool:
    """Whether the full stop behind some words ends no sentence: "vs.", "Dr.", "J."."""
    return _short_form().search(before) is not None


def _is_day(told: str, stop: re.Match[str]) -> bool:
    """Whether a full stop stands between a day and its month: "27./28. Februar"."""
    month = re.match(r"[^\W\d_]{3,}", told[stop.end() :])
    day = re.search(r"(?<!\d)\d{1,2}\Z", told[: stop.start()])
    return month is not None and day is not None and month[0].lower() in in_any_language("reading", "dotted_months")


def sentences(text: Text) -> tuple[Text, Text]:
    """The first sentence, and the rest."""
    told = raw(text)
    for found in _SENTENCE.finditer(told):
        if found[0][0] != ".":
            return cut(text, 0, found.start() + 1), cut(text, found.end())
        if told.count("(", 0, found.start()) > told.count(")", 0, found.start()):  # "(E. W. Smith. Later …)" is one piece
            continue
        closed = told[: found.start()].endswith(")")  # "… (petit → petite). heureux → heureuse"
        small = told[found.end() :].lstrip('"“(«')[:1].islower() and not closed
        if not small and not is_short_form(told[: found.start()]) and not _is_day(told, found):
            return cut(text, 0, found.start() + 1), cut(text, found.end())
    return text, ()


def cut(text: Text, start: int, end: int | None = None) -> Text:
    """The part of a text between two positions of its plain words; emphasis is kept on both sides of a cut."""
    if len(text) == 1 and type(text[0]) is Words:  # most texts
        told = text[0].text[start:end].strip()
        return (Words(told),) if told else ()
    return trimmed(tuple(_pieces(text, start, end if end is not None else 1 << 60, cut)))


def between(text: Text, start: int, end: int) -> Text:
    """The same with the blanks at its ends, to be put together again."""
    return tuple(_pieces(text, start, end, between))


def _pieces(text: Text, start: int, end: int, inner: Callable[[Text, int, int], Text]) -> Iterator[Inline]:
    at = 0
    for part in text:
        size = length(part)
        low, high = max(start - at, 0), min(end - at, size)
        if low < high or (size == 0 and start <= at < end):
            yield _part(part, low, high, inner) if (low, high) != (0, size) else part
        at += size


def _part(part: Inline, low: int, high: int, inner: Callable[[Text, int, int], Text]) -> Inline:
    match part:
        case Words(text):
            return Words(text[low:high])
        case Code(text, block, language):
            return Code(text[low:high], block, language)
        case Styled(style, parts):
            return Styled(style, inner(parts, low, high))
        case Link(target, parts):
            return Link(target, inner(parts, low, high))
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
