"""One line of words -> one fact: its label, its kind, or why it is none. And the place of what stands below a lead-in."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ..inline import raw, unstyled
from ..markup import plain
from ..model import Break, Definition, Kind, Link, Picture, Point, Styled, Text, Words
from ..words import Vocabulary, normal
from .blocks import Block, all_strong
from .labels import chooses, common_sign, is_pair, is_time, split_label, split_pair
from .notebook import Notebook, Place, as_kind
from .signs import ARROW, COLONS
from .text import author_marks, heading_words, without_emoji

_ATTRIBUTES = ("use_case", "pricing", "limit")  # kinds that a second label gives
_NAME = 5  # words of a lead-in that is the name of what is defined below it
_POINTER = 60  # letters of a pointer to another entry
_ADDRESS = re.compile(r"<?(?:https?://|www\.)\S+>?[.)]?")


def add_point(text: Text, line: int, end: int, place: Place, book: Notebook, words: Vocabulary) -> None:
    """Adds the fact that a line tells: a definition, a point with or without a label; what is none gets its reason."""
    body, key, marks = author_marks(without_emoji(text))
    body, shown = _without_pictures(body)
    label, rest = split_pair(body) if place.kind == "pair" else split_label(body, place.sign)
    inner, text_behind = split_label(rest) if label and place.kind != "pair" else ((), rest)
    if inner and words.section_kind(plain(inner)) in _ATTRIBUTES:  # "CRR - Use cases: compliance"
        label, rest = (*label, Words(" – "), *inner), text_behind
    if nothing := _no_fact(label, rest, place, words):
        book.verdict("noise", line, end, nothing)
        return
    span = book.span(line, end)
    led = bool(label) and bool(re.match(rf"[:\s]*{ARROW}", raw(body)[len(raw(label)) :]))
    of_label = words.label_kind(plain(label)) if label else ""
    if of_label == "definition" or (place.open_definition and not label):
        above = plain(place.label)  # "Def: …" below a bold name
        named = bool(label) and len(above.split()) <= _NAME and not words.label_kind(above) and not words.section_kind(above)
        own = unstyled(place.label) if named else ()
        book.add(place, Definition(span=span, kind="definition", term=own, text=rest, key=key, marks=marks, pictures=shown))
        return
    if label and place.kind in ("", "terms", "feature") and is_time(plain(label), words):
        book.add(place, Point(span=span, kind="date", label=unstyled(label), text=rest, key=key, marks=marks, pictures=shown))
        return
    if label and place.kind == "terms" and place.sign != "→" and _leads_to(body, label, rest):
        book.add(place, Point(span=span, kind="pair", label=unstyled(label), text=rest, key=key, marks=marks, pictures=shown))
        return
    section = words.section_kind(plain(label)) if label and place.kind in ("", "terms") else ""
    if place.kind == "terms" and label and not section and not of_label:
        book.add(
            place,
            Definition(
                span=span, kind="definition", term=unstyled(label), text=rest, key=key, marks=marks, pictures=shown, arrow=led
            ),
        )
        return
    if section and section not in ("definition", "code"):
        place = replace(place, section=heading_words(label), kind=section)
    lent, label = not label and bool(place.label), label or place.label
    point = Point(
        span=span, kind=_kind(place.kind, of_label), label=unstyled(label), text=rest, key=key, marks=marks, pictures=shown
    )
    book.add(place, replace(point, arrow=led, lent=lent, loose=lent and place.loose))


def _no_fact(label: Text, rest: Text, place: Place, words: Vocabulary) -> str:
    """Why a line tells nothing: an address, a note to oneself, a pointer to another entry; "" where it does."""
    told = plain(rest)
    linked = only_links(rest) and (told.startswith("http") or sum(isinstance(part, Link) for part in rest) > 1)
    if _ADDRESS.fullmatch(raw(rest).strip()) or (label and linked):
        return "link without a text"
    if label and normal(plain(label)) in words.listed("reading", "todo"):
        return "about the notes themselves"
    short = len(told) < _POINTER and len(told.split()) <= _NAME
    return "reference to another entry" if label and place.kind != "pair" and short and words.starts_with(told, "see") else ""


def _leads_to(body: Text, label: Text, rest: Text) -> bool:
    """Whether an arrow parts a line of two names among lines with other signs: one leads to the other, and is not what it is."""
    sign = raw(body)[len(raw(label)) :].lstrip()
    return bool(re.match(ARROW, sign)) and len(raw(rest).split()) <= _NAME and len(raw(label).split()) <= _NAME


def _without_pictures(text: Text) -> tuple[Text, tuple[Picture, ...]]:
    """A text without the pictures on the lines below its words, and these."""
    parts = list(text)
    shown: list[Picture] = []
    while len(parts) > 1 and (isinstance(parts[-1], Picture | Break) or not raw((parts[-1],)).strip()):
        part = parts.pop()
        shown += [part] if isinstance(part, Picture) else []
    return (tuple(parts), tuple(reversed(shown))) if shown else (text, ())


def _kind(section: str, of_label: str) -> Kind:
    kind = as_kind(section, "feature")
    if of_label == "note":  # a tip is a tip wherever it stands
        return "note"
    if section not in ("", "question"):
        return kind
    return as_kind(of_label, kind) if of_label else kind


def of_lines(texts: Sequence[Text], alone: Sequence[Text], place: Place, words: Vocabulary, ordered: bool = False) -> Place:
    """The place of lines that stand together: what parts them; pairs of short names; terms, where most have a label.

    `texts` are the first lines of all of them, `alone` those with nothing below; the section's own kind comes first.
    """
    place = replace(place, sign=common_sign(texts))
    if place.kind not in ("", "pair"):
        return place
    if len(texts) >= 2 and not ordered and all(is_pair(text) for text in texts) and _differ(texts):
        return replace(place, kind="pair", open_definition=False)
    if place.kind or place.label:
        return place
    if place.sign == "→" and chooses(texts):
        return replace(place, kind="when_to_use", open_definition=False)
    labels = [plain(label) for text in alone if (label := split_label(text, place.sign)[0])]
    told = any(words.section_kind(label) not in ("", "definition") for label in labels)  # "Price": what is said of one thing
    if len(labels) >= 2 and 3 * len(labels) >= 2 * len(texts) and not told:
        return replace(place, kind="terms", open_definition=False)
    return place


def _differ(texts: Sequence[Text]) -> bool:
    """Whether each side of the pairs stands only once: what two lines lead to cannot be asked the other way round."""
    sides = [[normal(plain(split_pair(text)[at])) for text in texts] for at in (0, 1)]
    return all(len(set(names)) == len(names) for names in sides)


def only_links(text: Text) -> bool:
    """Links and pictures with nothing but separators between them."""
    rest = [part for part in text if not isinstance(part, Link | Picture | Break)]
    return len(rest) < len(text) and not plain(rest).strip(" |·•-–—>»/,.:[]()")


def under(text: Text, place: Place, words: Vocabulary) -> Place:
    """The place of what stands below a lead-in or a bold line: a section where its words are known, else a label."""
    name = heading_words(text)
    kind = words.section_kind(name)
    bold = all_strong(text)
    if kind:
        # "Order of the arteries:" says more than its kind, and is a label too.
        label: Text = () if bold or normal(name) in words.sections or kind != "step" else (Words(name),)
        outer = place.label if place.label and not bold and kind not in ("definition", "question") else ()
        label = label or outer  # "Benefits" below the bold name of one of several things
        says_more = len(place.section.split()) > len(name.split()) + 1  # "Phases:" below "Phases of building a team"
        named = place.section if place.section and (says_more or not words.section_kind(place.section)) else name
        return replace(place, section=named, kind=kind, label=label, open_definition=kind == "definition", bold=bold)
    if bold and place.bold:
        return replace(place, section=name, kind="", label=(Words(name),), open_definition=False, strong=True)
    loose = not bold and not plain(text).rstrip().endswith(COLONS)
    return replace(place, label=(Words(name),), open_definition=False, strong=bold, loose=loose)


def unfinished(block: Block, book: Notebook) -> None:
    """A label with nothing behind it and nothing below."""
    book.report("F003", block.line, f"“{plain(block.text)[:60]}” announces something, and nothing follows")
    book.unsure(block.line, block.end, "label without a text")


def is_strong_label(line: Text, sign: str = "") -> bool:
    """A line that begins with a bold label is a statement of its own, though no blank line parts it from the next."""
    return bool(line) and isinstance(line[0], Styled) and line[0].style == "strong" and bool(split_label(line, sign)[0])
