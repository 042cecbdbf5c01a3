"""How alike two texts are: Dice's coefficient of their pieces of three letters."""

from collections.abc import Iterable
from functools import lru_cache

from .words import stems


def trigrams(words: Iterable[str]) -> frozenset[str]:
    """All pieces of three letters of some words, blanks at both ends of each included."""
    text = f" {' '.join(words)} "
    return frozenset(text[at : at + 3] for at in range(len(text) - 2))


@lru_cache(maxsize=1 << 15)
def grams(text: str, stop: frozenset[str] = frozenset()) -> frozenset[str]:
    """The pieces of a text's stems, without stop words."""
    return trigrams(stems(text, stop))


def likeness(one: str, other: str) -> float:
    """Dice's coefficient of two texts' pieces, 0 to 1."""
    return dice(grams(one), grams(other))


def dice(left: frozenset[str], right: frozenset[str]) -> float:
    """What two sets share, 0 to 1."""
    return 2 * len(left & right) / max(1, len(left) + len(right))
