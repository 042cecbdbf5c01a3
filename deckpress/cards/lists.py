"""Lists that stand in a line: their items, their brackets, and what is told of too many topics to ask about one."""

import re
from dataclasses import dataclass
from functools import cache

from ..inline import raw
from ..markup import plain
from ..model import Fact, Point, Text, Words
from ..words import CAPITALS, Vocabulary, known_languages, normal, small_words, tokens
from .subject import Subject, name_of

_SHORT_LIST = 12  # labels of a list that are looked at together
_SMALL = re.compile(rf"(?<!\w)[^\W\d_{CAPITALS}][^\W\d_]*")
_MIXED = re.compile(rf"\d|\b\w*[a-z]\w*[A-Z]|\b[{CAPITALS}]{{2,}}")
_CAPITAL = re.compile(rf"(?<!\w)[{CAPITALS}]\w+")
_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list and where it stands in the raw words of the text."""

    text: str
    start: int
    end: int


@cache
def _signs(words: Vocabulary) -> re.Pattern[str]:
    joints = "|".join(map(re.escape, sorted(words.listed("reading", "and") | words.listed("words", "or"))))
    return re.compile(rf"\s*(?:,(?!\d)|[;、，；])\s*(?:(?:{joints})\s+)?|\s+(?:{joints})\s+")  # "2,500" is one number


def items_in(told: str, subject: Subject, start: int = 0, stop: int | None = None) -> list[Item]:
    """The items of a list between two places. Brackets stay whole; the last "and" or "or" parts items as a comma does."""
    end = len(told.rstrip(" .")) if stop is None else stop
    signs = _signs(subject.words)
    inside = [(found.start(), found.end()) for found in _BRACKETS.finditer(told) if found.start() >= start]
    cuts = [found for found in signs.finditer(told, start, end) if not any(a < found.start() < b for a, b in inside)]
    glue = (subject.words.listed("words", "relation") | subject.stop) - subject.determiners
    items, at = list[Item](), start
    for found in [*cuts, None]:
        upto = found.start() if found else end
        first = tokens(told[at:upto])[:1]
        if items and first and first[0] in glue and len(tokens(told[at:upto])) > 1:
            items[-1] = Item(told[items[-1].start : upto].strip(), items[-1].start, upto)  # "MySQL, with backups" is one
        elif told[at:upto].strip():
            lead = len(told[at:upto]) - len(told[at:upto].lstrip())
            items.append(Item(told[at:upto].strip(), at + lead, upto))
        at = found.end() if found else end
    return items


def items_of(text: Text, subject: Subject) -> list[str]:
    """The items of a text, as words."""
    return [item.text for item in items_in(raw(text), subject)]


def listed(text: Text, subject: Subject) -> list[str]:
    """The items of a text, or of the list in its only bracket where that is longer."""
    told = raw(text)
    items = [item.text for item in items_in(told, subject)]
    place = bracket_in(told)
    inside = [item.text for item in items_in(told, subject, *place)] if place else []
    return inside if len(inside) > max(2, len(items)) else items


def names_several(label: str, subject: Subject) -> bool:
    """Whether a name is for several things: "Security & Compliance", "dev/test"."""
    return bool(_joined(subject.words).search(label))


@cache
def _joined(words: Vocabulary) -> re.Pattern[str]:
    joints = "|".join(map(re.escape, sorted(words.listed("reading", "and"))))
    return re.compile(rf"\s(?:[&+/]|{joints})\s|(?<=[^\W\d]{{2}}[a-zß-ÿ])/(?=[^\W\d]{{2}}[a-zß-ÿ])")  # not in "TCP/IP"


def has_attribute(label: Text, subject: Subject) -> bool:
    """Whether a label begins or ends with a word that names an attribute of anything: "Security", "Monitoring & Alerts"."""
    told = tokens(plain(label))
    attribute, classes = (subject.words.listed("words", name) for name in ("attribute", "classes"))
    return bool(told) and told[-1] not in classes and bool({told[0], told[-1]} & attribute)


def parted_by_comma(told: str) -> bool:
    """Whether the last two items have a comma between them and no "and"."""
    return bool(re.search(r"[,;、，；]", told))


def joined_last(told: str, subject: Subject) -> bool:
    """Whether "and" or "or" stands before the last item only: "A, B and C", not "A and B rise, C falls"."""
    joints = subject.words.listed("reading", "and") | subject.words.listed("words", "or")
    before, _, last = without_brackets(told).rpartition(",")
    return joints.isdisjoint(tokens(before)) and sum(word in joints for word in tokens(last)) <= 1


def announces(label: Text, subject: Subject) -> bool:
    """Whether a label announces several things: a plural at its end, a class of things, or an attribute of anything."""
    told = tokens(plain(label))
    classes = subject.words.listed("words", "classes")
    return any(is_plural(word, subject) for word in told[-1:]) or not classes.isdisjoint(told) or has_attribute(label, subject)


def is_plural(word: str, subject: Subject) -> bool:
    """Whether a word ends as the language's plurals do, and in no genitive; never where its file does not say how they end."""
    words = subject.words.data["words"]
    if word.endswith(tuple(subject.words.listed("words", "genitive"))):
        return False
    return bool(words["plural"]) and word.lower().endswith(words["plural"]) and not word.lower().endswith(tuple(words["no_plural"]))


def announces_attribute(label: Text, subject: Subject) -> bool:
    """Whether a label only makes sense with its topic: "Dose", "Causes", "DNS name of a service"."""
    told = tokens(plain(label))
    if " ".join(told) in subject.words.listed("words", "alone"):
        return True
    joined = len(told) > 2 and not subject.words.listed("reading", "joints").isdisjoint(told[1:-1])
    return joined or has_attribute(label, subject) or (bool(told) and told[-1] in subject.words.listed("words", "classes"))


def is_attribute(fact: Fact, label: Text, subject: Subject) -> bool:
    """Whether a label names an attribute of its topic: by its own words, or because most labels of its short list do."""
    if announces_attribute(label, subject):
        return True
    section = subject.section_of.get(fact.id)
    mates = [named for other in (section.facts if section else ()) if (named := name_of(other))]
    if not 2 < len(mates) <= _SHORT_LIST:
        return False
    return 2 * sum(announces_attribute(mate, subject) for mate in mates) >= len(mates)


def is_name(words: str, subject: Subject) -> bool:
    """Whether a name, an abbreviation, a number or code stands in it."""
    capitals = subject.words.data["words"]["capital_nouns"]
    mixed = _MIXED.search(words)
    return bool(mixed or (not capitals and _CAPITAL.search(words)))


def bracket_in(told: str) -> tuple[int, int] | None:
    """Where what stands in the only bracket of a text begins and ends."""
    found = list(_BRACKETS.finditer(told))
    return (found[0].start() + 1, found[0].end() - 1) if len(found) == 1 and found[0].end() - found[0].start() > 2 else None


def in_brackets(told: str) -> list[str]:
    """What stands in brackets, each with them."""
    return _BRACKETS.findall(told)


def without_brackets(told: str) -> str:
    """The words outside brackets."""
    return " ".join(_BRACKETS.sub(" ", told).split())


def common_share(items: list[str], subject: Subject) -> float:
    """Share of the items that are told of three topics or more: such a list says nothing about one of them."""
    told = [[word for word in subject.stems(item) if word not in subject.vendor] for item in items]
    often = [words for words in told if words and all(subject.df.get(word, 0) >= 3 for word in words)]
    return len(often) / len(items) if items else 0.0


def is_listing(fact: Point, subject: Subject) -> bool:
    """Whether its label only announces what it works with: "Integration: S3, IAM"."""
    listing = subject.words.listed("words", "listing")
    label = normal(plain(fact.label))
    return label in listing or label.rsplit(" ", 1)[-1] in listing


def is_open(text: Text, subject: Subject) -> bool:
    """Whether a list ends in "and so on": then nobody can tell all of it."""
    told = plain(text).casefold()
    marks = subject.words.listed("words", "open_list")
    return any(re.search(rf"(?<!\w){re.escape(mark)}(?!(?<=\w)\w)", told) for mark in marks)  # "etc" is not in "etcd"


def has_verb(words: str, subject: Subject) -> bool:
    """Whether a finite verb of the language's list is among the words: they are a clause, no name. "May" is a month."""
    return not subject.words.listed("words", "verb").isdisjoint(word for word in _SMALL.findall(words))


def in_other_language(told: str, subject: Subject) -> bool:
    """Whether some words are a sentence of another language that is known.

    A third of them are its small words, and none is one of the guide's that it has not, too. In English "die", "war", "plus" alone
    show nothing.
    """
    words = set(tokens(without_brackets(told)))
    own = subject.stop | subject.words.listed("words", "relation") | subject.words.listed("words", "verb")
    here = small_words(subject.words.language) | subject.words.listed("words", "both_languages")
    others = (small_words(code) for code in known_languages() if code != subject.words.language)
    found = ((words & small, small) for small in others)
    return len(words) > 2 and any(
        hits - here and 3 * len(hits) >= len(words) and not (words & own) - small for hits, small in found
    )


def said(words: str) -> Text:
    """Words as a text."""
    return (Words(words),) if words else ()
