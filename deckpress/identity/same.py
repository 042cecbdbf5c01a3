"""How alike an old and a new fact must be to be taken for one.

Measured on hand-made revisions of several guides (typos, rewordings, look-alikes, facts that took another's place). What a fact
names is worth more than how many words it shares: who reworded a line kept its names, who replaced it did not.
"""

import itertools
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from ..likeness import likeness
from ..words import normal, tokens

# Likeness from which two texts are taken for one: anywhere; in one topic; in one section of it, or with one label or answer.
ANYWHERE, IN_TOPIC, IN_SECTION, ALONE, PART_NAMED, NAMED_OTHERWISE, NAMED = 0.55, 0.45, 0.40, 0.38, 0.33, 0.45, 0.25
# More is needed where one asks and the other tells, where names or numbers have changed, where one says no.
OTHER_FORM, OTHER_NAMES, OTHER_LABEL, DENIED, OTHER_NUMBER = 0.8, 0.75, 0.92, 0.75, 0.7
UNEVEN = 0.15  # more is needed where one text is more than twice as long as the other
STRANGE = 0.15  # likeness of two texts under one label below which the label alone does not make them one
UNLIKE = 0.1  # likeness of two ends below which they name different things
# Names: capitals within a sentence, mixed letters, abbreviations, letters with numbers.
NAMES = re.compile(r"(?<=[\w,;:)] )[A-ZÀ-Þ][\w-]+|\b\w*[a-z]\w*[A-Z]\w*\b|\b[A-Z][A-Z0-9]+s?\b|\b[A-Za-z]+\d+\w*\b")
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Piece:
    """What is known of a fact on either side: topic (as it was called before), section, its texts, whether it asks."""

    topic: str
    section: str
    texts: tuple[str, ...]
    asks: bool

    @property
    def head(self) -> str:
        """Label or question."""
        return self.texts[0] if self.texts else ""

    @property
    def name(self) -> str:
        """Label or question without what brackets explain."""
        return normal(_BRACKETS.sub("", self.head)) or normal(self.head)

    @property
    def body(self) -> str:
        """What is said of it: the text, the answer, the cells."""
        return self.texts[1] if self.asks and len(self.texts) > 1 else " ".join(self.texts[1:])


@dataclass(frozen=True, slots=True)
class Known:
    """Words of the language: stop words, negations, and labels that only say what kind of line it is."""

    stop: frozenset[str]
    negation: frozenset[str]
    generic: frozenset[str]


@dataclass(frozen=True, slots=True)
class Context:
    """What is common in a guide: names that every eighth fact has; labels, answers and places with their uses on both sides."""

    common: frozenset[str]
    heads: tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]
    bodies: tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]
    places: tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]
    negation: frozenset[str]
    generic: frozenset[str]  # labels that only say what kind of line it is: "Example", "Tip"


def needed(one: Piece, other: Piece, guide: Context) -> float:
    """The likeness that this pair needs to be taken for one fact; above 1 where it can only be another."""
    if one.asks != other.asks:
        return OTHER_FORM
    if not _agree(one, other):
        return 2.0
    if not one.asks and (_other_head(one, other) or _other_row(one, other)):
        return OTHER_FORM if len(one.texts) < 3 else 1.0  # a row is what its head names, however alike the cells are
    differ = _names_differ(one, other, guide.common)
    named = one.topic == other.topic and normal(one.head) not in guide.generic
    if named and _same_and_single(one, other, guide.heads, one.name, other.name):
        return NAMED_OTHERWISE if (differ and len(one.texts) < 3) or likeness(one.body, other.body) < STRANGE else NAMED
    if not differ and not one.asks and _renamed(one.head, other.head) and _denies(one, guide) != _denies(other, guide):
        differ = OTHER_LABEL
    if differ or one.topic != other.topic:
        return differ or ANYWHERE
    return PART_NAMED if named and not one.asks and _one_inside(one.head, other.head) else _in_topic(one, other, guide)


def _in_topic(one: Piece, other: Piece, guide: Context) -> float:
    """The likeness that two facts of one topic need."""
    if _denies(one, guide) != _denies(other, guide):
        return DENIED
    if (
        one.asks
        and not _is_topic(one)
        and _same_and_single(one, other, guide.bodies, bare(one.body, guide.common), bare(other.body, guide.common))
    ):
        return NAMED
    if not one.asks and normal(_BRACKETS.sub("", one.body)) == normal(_BRACKETS.sub("", other.body)) != "":
        return NAMED  # what brackets explain came or went
    if not one.asks and _numbers_changed(one, other):
        return OTHER_NUMBER
    sizes = sorted(len(" ".join(piece.texts)) for piece in (one, other))
    answered = one.asks and _one_inside(one.body, other.body)
    more = UNEVEN if 2 * sizes[0] < sizes[1] and not answered else 0.0
    place = (one.topic, one.section)
    if one.section != other.section:
        return IN_TOPIC + more
    return more + (ALONE if guide.places[0][place] == guide.places[1][place] == 1 else IN_SECTION)


def _renamed(one: str, other: str) -> bool:
    """Whether words of a label have come and others gone, which are no other spelling of those."""
    here, there = set(tokens(one)), set(tokens(other))
    come, gone = here - there, there - here
    come = {word for word in come if not any(likeness(word, old) >= 0.5 for old in gone)}
    return bool(come and gone)


def _one_inside(one: str, other: str) -> bool:
    """Whether one label has all words of the other and more: "Services" and "Services on board"."""
    here, there = set(tokens(one)), set(tokens(other))
    return bool(here and there) and (here < there or there < here)


def _is_topic(piece: Piece) -> bool:
    """Whether the answer is the topic itself: then other questions have it too."""
    return set(tokens(piece.body)) <= set(piece.topic.split(" "))


def _denies(piece: Piece, guide: Context) -> bool:
    """Whether it says that something is not so."""
    return not guide.negation.isdisjoint(tokens(" ".join(piece.texts)))


def bare(words: str, common: frozenset[str]) -> str:
    """A text without the names that many facts of the guide have."""
    return normal(" ".join(word for word in words.split() if word.strip(".,;:()") not in common) or words)


def _same_and_single(
    one: Piece, other: Piece, counts: tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]], here: str, there: str
) -> bool:
    """Whether label or answer is the same, and no other fact of the topic that is still open has it."""
    left, right = (one.topic, normal(here)), (other.topic, normal(there))
    return bool(left[1]) and left == right and counts[0][left] == 1 and counts[1][right] == 1


def _agree(one: Piece, other: Piece) -> bool:
    """Another answer is another fact, however alike the questions are; another label too, unless the texts are alike."""
    if one.asks:
        new, was = f" {normal(one.body)} ", f" {normal(other.body)} "
        names, before = _names_in(one.body), _names_in(other.body)
        enough = 0.45 if len(names) > 1 and names == before else 0.6
        return new in was or was in new or likeness(one.body, other.body) >= enough
    return not _other_head(one, other) or likeness(one.body, other.body) >= 0.6


def _other_head(one: Piece, other: Piece) -> bool:
    """Whether labels, terms or the heads of rows have nothing to do with one another."""
    if not one.head or not other.head or normal(one.head) == normal(other.head) or _one_inside(one.head, other.head):
        return False
    return likeness(one.head, other.head) < 0.25


def _names_differ(one: Piece, other: Piece, common: frozenset[str]) -> float:
    """The likeness that is needed where names have come while others have gone, 0 where they have not.

    It then speaks of something else. An abbreviation and its words are one name; another number alone is none.
    """
    here, there = (_names_in(" ".join(piece.texts)) - common for piece in (one, other))
    spelled = [" ".join(piece.texts) for piece in (one, other)]
    come = {name for name in here - there if not _spelled_out(name, spelled[1])}
    gone = {name for name in there - here if not _spelled_out(name, spelled[0])}
    if _numbers_changed(one, other) and (come or gone):
        return OTHER_LABEL
    asked_otherwise = one.asks and (come or gone) and _is_topic(one)  # the answer tells nothing of which question it is
    return OTHER_NAMES if (come and gone) or asked_otherwise else 0.0


def _other_row(one: Piece, other: Piece) -> bool:
    """Whether head and cells have changed: "Thin descending limb" and "Thin ascending limb"."""
    if len(one.texts) < 3 or normal(one.body) == normal(other.body):
        return False
    return normal(one.head) != normal(other.head) and not _one_inside(one.head, other.head)


def ends_otherwise(one: Piece, other: Piece) -> bool:
    """Whether both say the same up to a point, and then each something of its own: "runs below the artery", "… below the duct"."""
    here, there = tokens(one.body), tokens(other.body)
    same = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(here, there, strict=False)))
    rest, was = here[same:], there[same:]
    letters = ["".join(word[0] for word in words) for words in (rest, was)]
    abbreviated = any(word in letters[1] for word in rest if len(word) > 1) or any(
        word in letters[0] for word in was if len(word) > 1
    )
    if one.asks or abbreviated or _numbers_changed(one, other):
        return False
    return same >= 3 and 2 <= len(rest) <= same and 2 <= len(was) <= same and likeness(" ".join(rest), " ".join(was)) < UNLIKE


def _numbers_changed(one: Piece, other: Piece) -> bool:
    """Whether numbers have come while others have gone."""
    here, there = (set(_NUMBER.findall(" ".join(piece.texts))) for piece in (one, other))
    return bool(here - there and there - here)


@lru_cache(maxsize=1 << 15)
def _names_in(text: str) -> set[str]:
    """Names of a text; where nearly every word begins with a capital, that makes none."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3][1:]
    capitals = sum(word[0].isupper() for word in words)
    found = set(NAMES.findall(text))
    return {name for name in found if name[1:] != name[1:].lower()} if 4 * capitals > 3 * len(words) else found


def _spelled_out(name: str, text: str) -> bool:
    """Whether a name stands in a text in other letters, or as the words that it abbreviates."""
    told = tokens(text)
    if normal(name) in told or any(word.startswith(normal(name)[:5]) for word in told if len(name) > 5):
        return True
    letters = [word[0] for word in told] if name.isupper() else []
    return name.isupper() and normal(name) in "".join(letters)
