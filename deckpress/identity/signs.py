"""What speaks for and against two lines being one fact: a denial, other numbers, another beginning or end, an exchanged word."""

import itertools
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from ..likeness import likeness
from ..words import stems, tokens
from .heads import BRACKETS, Known, Piece, foreign, numbers_in, one_inside, parts_of, shared_words, tells_amounts
from .names import names_in, numbers_changed

STRANGE = 0.15  # likeness of two texts under one label below which the label alone does not make them one
BEGINS = 0.55  # likeness of two lines from which they may begin with other words
ENOUGH = 0.75  # what shared words tell, at least, for lines under one label to be one
UNLIKE = 0.1  # likeness of two ends below which they name different things


@dataclass(frozen=True, slots=True)
class Context:
    """What is common in a guide: names that every eighth fact has; labels, answers and places with their uses on both sides."""

    common: frozenset[str]
    heads: tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]
    bodies: tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]
    places: tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]
    used: Mapping[str, int]  # stems of all that was known, with the number of facts that have them
    words: Known


def denies(piece: Piece, guide: Context) -> bool:
    """Whether it says that something is not so."""
    return not guide.words.negation.isdisjoint(tokens(" ".join(piece.texts)))


def loses_its_numbers(one: Piece, other: Piece) -> bool:
    """Whether one line is about its numbers and the other, below a label that the first has not, has none."""
    here, there = (bool(numbers_in(" ".join(piece.texts))) for piece in (one, other))
    return here != there and bool(one.head) != bool(other.head)


def other_numbers(one: Piece, other: Piece) -> bool:
    """Whether numbers have come and others gone, or only one of two lines is about numbers."""
    return numbers_changed(one, other) or tells_amounts(one.body) != tells_amounts(other.body)


def leads(piece: Piece, guide: Context) -> bool:
    """Whether its label stands above several lines."""
    return bool(piece.head) and not piece.asks and guide.heads[1][piece.topic, piece.name] > 1


def longer_label(one: Piece, other: Piece, guide: Context) -> bool:
    """Whether a label has words that the known one lacks: a named pipe is no pipe, unless the rest says that it is."""
    return bool(other.head) and bool(parts_of(BRACKETS.sub("", one.head), guide.words) - parts_of(other.head, guide.words))


def tells_enough(one: Piece, other: Piece, guide: Context) -> bool:
    """Whether the words that two lines under one label share make them one."""
    return _weight(one, other, guide) >= ENOUGH


def _weight(one: Piece, other: Piece, guide: Context) -> float:
    """What the words tell that two lines share, labels aside: each the more the fewer facts of the guide have it."""
    known = parts_of(f"{one.head} {other.head} {other.topic}", guide.words)
    here, there = (parts_of(piece.body, guide.words) for piece in (one, other))
    here, there = here - shared_words(here, known), there - shared_words(there, known)
    return math.fsum(1 / max(1, guide.used.get(word, 0)) for word in shared_words(there, here))


def say_other_things(one: Piece, other: Piece) -> bool:
    """Whether hardly a letter of two texts is the same, labels aside."""
    return likeness(one.body, other.body) < STRANGE and not one_inside(one.body, other.body)


def strange(one: Piece, other: Piece, words: Known) -> bool:
    """Whether two lines have nothing in common but words of their labels; what is one thing in two languages goes by its label."""
    if (one.pair or other.pair) and one.name == other.name:
        return False
    if not say_other_things(one, other):
        return False
    heads = [parts_of(piece.head, words) for piece in (one, other)]
    here, there = (parts_of(" ".join(piece.texts), words) for piece in (one, other))
    return not shared_words(here - heads[0], there) and not shared_words(here & heads[0], there - heads[1])


def exchanged(one: str, other: str, guide: Context) -> bool:
    """Whether words have come and others gone that are no form of one another: "demand", "supply"."""
    here, there = parts_of(one, guide.words), parts_of(other, guide.words)
    return bool(foreign(here, there, guide.used) and foreign(there, here, guide.used))


def one_word_for_another(one: str, other: str, guide: Context) -> bool:
    """Whether two texts have all words in common but one each."""
    here, there = parts_of(one, guide.words), parts_of(other, guide.words)
    return len(foreign(here, there, guide.used)) == len(foreign(there, here, guide.used)) == 1


def reworded(one: Piece, other: Piece, guide: Context) -> bool:
    """Whether either side has words of its own that are no names: who only changes a name or a "not" says another thing."""
    told = [" ".join(piece.texts) for piece in (one, other)]
    here, there = (parts_of(text, guide.words) for text in told)
    named, known = (parts_of(" ".join(names_in(text, guide.words.capital_nouns)), guide.words) for text in told)
    return bool(set(foreign(here, there, guide.used)) - named and set(foreign(there, here, guide.used)) - known)


def ends_otherwise(one: Piece, other: Piece, guide: Context) -> bool:
    """Whether both say the same up to a point, and then each something of its own: "runs below the artery", "… below the duct"."""
    here, there = (tokens(BRACKETS.sub("", piece.body)) for piece in (one, other))  # what brackets add may change
    same = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(here, there, strict=False)))
    rest, was = here[same:], there[same:]
    letters = ["".join(word[0] for word in words) for words in (rest, was)]
    abbreviated = any(word in letters[1] for word in rest if len(word) > 1) or any(
        word in letters[0] for word in was if len(word) > 1
    )
    if one.asks or abbreviated or numbers_changed(one, other):
        return False
    short = max(len(rest), len(was)) <= same or not told_by_its_label(other, guide)
    return short and same >= 3 and min(len(rest), len(was)) >= 2 and likeness(" ".join(rest), " ".join(was)) < UNLIKE


def told_by_its_label(piece: Piece, guide: Context) -> bool:
    """Whether it is a row, or has a label that no other line of its topic bears."""
    return len(piece.texts) > 2 or (bool(piece.head) and guide.heads[1][piece.topic, piece.name] == 1)


def begins_otherwise(one: Piece, other: Piece, alike: float, guide: Context) -> bool:
    """Whether two lines begin each with a word that the other has not: they speak of two things.

    "Init containers run before the app containers", "Sidecar containers run beside the app containers". That counts where they
    have no labels; where one label leads to several lines, only if numbers have changed as well. Two lines that are `alike`
    enough may begin otherwise, unless they have a word for every word.
    """
    of_one_lead = one.name == other.name and leads(other, guide) and numbers_changed(one, other)
    if one.asks or other.asks or ((one.head or other.head) and not of_one_lead):
        return False
    if alike >= BEGINS and len(tokens(one.body)) != len(tokens(other.body)):
        return False
    here, there = (stems(piece.body, guide.words.stop | guide.words.negation) for piece in (one, other))
    return bool(here and there) and not shared_words(here[:1], there) and not shared_words(there[:1], here)
