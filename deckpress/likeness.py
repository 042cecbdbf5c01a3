"""How alike two texts are, and which facts of two revisions say the same: only where that is clear, else it is asked.

Measured on hand-made revisions of three guides (360 facts; typos, rewordings, look-alikes, facts that took another's place). What a
fact names is worth more than how many words it shares: who reworded a line kept its names, who replaced it did not.
"""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from .words import normal, stems, tokens

# Likeness from which two texts are taken for one: anywhere; in one topic; in one section of it, or with one label or answer.
ANYWHERE, IN_TOPIC, IN_SECTION, ALONE, PART_NAMED, NAMED_OTHERWISE, NAMED = 0.55, 0.45, 0.40, 0.38, 0.33, 0.45, 0.15
# More is needed where one asks and the other tells, where names or numbers have changed, where one says no.
OTHER_FORM, OTHER_NAMES, OTHER_LABEL, DENIED, OTHER_NUMBER = 0.8, 0.75, 0.92, 0.75, 0.7
MARGIN, CLEAR, PERHAPS = 0.05, 0.25, 0.30
UNEVEN = 0.15  # more is needed where one text is more than twice as long as the other
RARE, LOOKED_AT = 100, 20  # facts that share a piece for it to be worth following; old facts compared with a new one
NAME_KEPT = 0.6  # likeness of two names of one topic
PART_OF = 0.65  # share of a new text that stands in an old one, from which it is a piece of it
# Names: capitals within a sentence, mixed letters, abbreviations, letters with numbers.
_NAME = re.compile(r"(?<=[\w,;:)] )[A-ZÀ-Þ][\w-]+|\b\w*[a-z]\w*[A-Z]\w*\b|\b[A-Z][A-Z0-9]+s?\b|\b[A-Za-z]+\d+\w*\b")
Key = TypeVar("Key", int, str)
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
    def body(self) -> str:
        """What is said of it: the text, the answer, the cells."""
        return self.texts[1] if self.asks and len(self.texts) > 1 else " ".join(self.texts[1:])


def trigrams(words: Iterable[str]) -> frozenset[str]:
    """All pieces of three letters of some words, blanks at both ends of each included."""
    text = f" {' '.join(words)} "
    return frozenset(text[at : at + 3] for at in range(len(text) - 2))


@lru_cache(maxsize=1 << 15)
def _of(text: str, stop: frozenset[str] = frozenset()) -> frozenset[str]:
    return trigrams(stems(text, stop))


def likeness(one: str, other: str) -> float:
    """Dice's coefficient of two texts' pieces, 0 to 1."""
    return _dice(_of(one), _of(other))


def _dice(left: frozenset[str], right: frozenset[str]) -> float:
    return 2 * len(left & right) / max(1, len(left) + len(right))


@dataclass(frozen=True, slots=True)
class Known:
    """Words of the language: stop words, negations, and labels that only say what kind of line it is."""

    stop: frozenset[str]
    negation: frozenset[str]
    generic: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Guide:
    """What is common in a guide: names that every eighth fact has; labels, answers and places with their uses on both sides."""

    common: frozenset[str]
    heads: tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]
    bodies: tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]
    places: tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]
    negation: frozenset[str]
    generic: frozenset[str]  # labels that only say what kind of line it is: "Example", "Tip"


def near_pairs(
    new: Mapping[int, Piece], old: Mapping[str, Piece], everything: Sequence[Piece], words: Known
) -> tuple[list[tuple[int, str]], list[tuple[int, str, float]]]:
    """Pairs that are clearly the same, each side at most once; and what may be the same, with its likeness.

    `everything` are all facts that were known, matched ones too: they tell which names are common, and which label is whose.
    """
    common = _common([" ".join(piece.texts) for piece in everything])
    guide = _Guide(
        common,
        (_counted(new, old, lambda piece: normal(piece.head))[0], Counter((p.topic, normal(p.head)) for p in everything)),
        _counted(new, old, lambda piece: normal(_bare(piece.body, common))),
        _counted(new, old, lambda piece: piece.section),
        words.negation,
        words.generic,
    )
    of_new = {index: _of(_told(piece, words), words.stop) for index, piece in new.items()}
    of_old = {id_: _of(_told(piece, words), words.stop) for id_, piece in old.items()}
    scores: list[tuple[float, float, int, str]] = []
    halves: dict[str, list[int]] = defaultdict(list)  # an old text and the new ones that are pieces of it
    joined: dict[int, list[str]] = defaultdict(list)  # a new text and the old ones that have gone into it
    for index, id_ in _candidates(of_new, of_old):
        left, right = of_new[index], of_old[id_]
        both, score = len(left & right), _dice(left, right)
        if score >= PERHAPS and new[index].topic == old[id_].topic:
            halves[id_] += [index] if both >= PART_OF * len(left) else []
            joined[index] += [id_] if both >= PART_OF * len(right) else []
        if score >= NAMED and (needed := _needed(new[index], old[id_], guide)) <= 1:
            scores.append((score, needed, index, id_))
    second = {(index, id_) for id_, parts in halves.items() for index in _but_the_first(parts, new, old[id_])}
    second |= {(index, id_) for index, parts in joined.items() for id_ in _but_the_first(parts, old, new[index])}
    scores = [entry for entry in scores if entry[2:] not in second]
    scores.sort(key=lambda item: (-(item[0] - item[1]), item[2], item[3]))
    return _one_to_one(scores)


def _told(piece: Piece, words: Known) -> str:
    """All words of a fact, without a label that only says what kind of line it is."""
    return piece.body if normal(piece.head) in words.generic else " ".join(piece.texts)


def _candidates(new: Mapping[int, frozenset[str]], old: Mapping[str, frozenset[str]]) -> Iterator[tuple[int, str]]:
    """Pairs worth a closer look: for each new text the old ones that share most of its rarer pieces."""
    holders: dict[str, list[str]] = defaultdict(list)
    for id_, grams in old.items():
        for gram in grams:
            holders[gram].append(id_)
    for index, grams in new.items():
        shared: Counter[str] = Counter()
        for gram in grams:
            if len(holders.get(gram, ())) <= RARE:
                shared.update(holders.get(gram, ()))
        for id_, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:LOOKED_AT]:
            yield index, id_


def _but_the_first(parts: list[Key], pieces: Mapping[Key, Piece], whole: Piece) -> list[Key]:
    """Of the pieces that a text was split into, or was joined of, all but the one that it begins with: that one is what it was."""
    text = tokens(whole.body) or tokens(whole.head)
    pairs = list(itertools.pairwise(text))

    def begins(key: Key) -> int:
        words = set(tokens(pieces[key].body) or tokens(pieces[key].head))
        return next((at for at, (one, other) in enumerate(pairs) if one in words and other in words), len(text))

    apart = all(likeness(pieces[one].body, pieces[other].body) < 0.5 for one, other in itertools.combinations(parts, 2))
    return sorted(parts, key=begins)[1:] if apart else []


def _counted(
    new: Mapping[int, Piece], old: Mapping[str, Piece], part: Callable[[Piece], str]
) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    here, there = (Counter((piece.topic, part(piece)) for piece in pieces) for pieces in (new.values(), old.values()))
    return here, there


def _common(texts: Iterable[str]) -> frozenset[str]:
    counts: Counter[str] = Counter()
    total = 0
    for text in texts:
        counts.update(set(_NAME.findall(text)))
        total += 1
    return frozenset(name for name, count in counts.items() if count >= 3 and 8 * count >= total)


def _needed(one: Piece, other: Piece, guide: _Guide) -> float:
    """The likeness that this pair needs to be taken for one fact; above 1 where it can only be another."""
    if one.asks != other.asks:
        return OTHER_FORM
    if not _agree(one, other):
        return 2.0
    if not one.asks and (_other_head(one, other) or _other_row(one, other)):
        return OTHER_FORM if len(one.texts) < 3 else 1.0  # a row is what its head names, however alike the cells are
    differ = _names_differ(one, other, guide.common)
    named = one.topic == other.topic and normal(one.head) not in guide.generic
    if named and _same_and_single(one, other, guide.heads, one.head, other.head):
        return NAMED_OTHERWISE if differ else NAMED
    if not differ and not one.asks and _renamed(one.head, other.head) and _denies(one, guide) != _denies(other, guide):
        differ = OTHER_LABEL
    if differ or one.topic != other.topic:
        return differ or ANYWHERE
    return PART_NAMED if named and not one.asks and _one_inside(one.head, other.head) else _in_topic(one, other, guide)


def _in_topic(one: Piece, other: Piece, guide: _Guide) -> float:
    """The likeness that two facts of one topic need."""
    if _denies(one, guide) != _denies(other, guide):
        return DENIED
    if (
        one.asks
        and not _is_topic(one)
        and _same_and_single(one, other, guide.bodies, _bare(one.body, guide.common), _bare(other.body, guide.common))
    ):
        return NAMED
    if not one.asks and _numbers_changed(one, other):
        return OTHER_NUMBER
    sizes = sorted(len(" ".join(piece.texts)) for piece in (one, other))
    more = UNEVEN if 2 * sizes[0] < sizes[1] else 0.0
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


def _denies(piece: Piece, guide: _Guide) -> bool:
    """Whether it says that something is not so."""
    return not guide.negation.isdisjoint(tokens(" ".join(piece.texts)))


def _bare(words: str, common: frozenset[str]) -> str:
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
        return new in was or was in new or likeness(one.body, other.body) >= 0.6
    return not _other_head(one, other) or likeness(one.body, other.body) >= 0.6


def _other_head(one: Piece, other: Piece) -> bool:
    """Whether labels, terms or the heads of rows have nothing to do with one another."""
    return bool(one.head and other.head) and normal(one.head) != normal(other.head) and likeness(one.head, other.head) < 0.25


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
    return len(one.texts) > 2 and normal(one.head) != normal(other.head) and normal(one.body) != normal(other.body)


def _numbers_changed(one: Piece, other: Piece) -> bool:
    """Whether numbers have come while others have gone."""
    here, there = (set(_NUMBER.findall(" ".join(piece.texts))) for piece in (one, other))
    return bool(here - there and there - here)


@lru_cache(maxsize=1 << 15)
def _names_in(text: str) -> set[str]:
    """Names of a text; where nearly every word begins with a capital, that makes none."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3][1:]
    capitals = sum(word[0].isupper() for word in words)
    found = set(_NAME.findall(text))
    return {name for name in found if name[1:] != name[1:].lower()} if 4 * capitals > 3 * len(words) else found


def _spelled_out(name: str, text: str) -> bool:
    """Whether a name stands in a text in other letters, or as the words that it abbreviates."""
    told = tokens(text)
    if normal(name) in told or any(word.startswith(normal(name)[:5]) for word in told if len(name) > 5):
        return True
    letters = [word[0] for word in told] if name.isupper() else []
    return name.isupper() and normal(name) in "".join(letters)


def _one_to_one(scores: list[tuple[float, float, int, str]]) -> tuple[list[tuple[int, str]], list[tuple[int, str, float]]]:
    """Best first; one that is not clearly ahead of the next best on both sides is unsure."""
    pairs: list[tuple[int, str]] = []
    unsure: list[tuple[int, str, float]] = []
    taken_new: set[int] = set()
    taken_old: set[str] = set()
    of_new: dict[int, list[tuple[float, float, str]]] = defaultdict(list)
    of_old: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    for score, needed, index, id_ in scores:
        of_new[index].append((score, score - needed, id_))
        of_old[id_].append((score, score - needed, index))
    for score, needed, index, id_ in scores:
        if index in taken_new or id_ in taken_old:
            continue
        over = score - needed
        rivals = [(s, above) for s, above, o in of_new[index] if o != id_ and o not in taken_old]
        rivals += [(s, above) for s, above, i in of_old[id_] if i != index and i not in taken_new]
        if over >= 0 and all(over - above >= MARGIN or score - s >= CLEAR for s, above in rivals):
            pairs.append((index, id_))
            taken_new.add(index)
            taken_old.add(id_)
        elif score >= PERHAPS:
            unsure.append((index, id_, score))
    return pairs, unsure
