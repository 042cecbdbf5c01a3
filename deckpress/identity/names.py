"""The names and numbers of a fact: who rewords a line keeps them, who replaces it does not."""

import re
from functools import lru_cache

from ..words import CAPITALS, normal, tokens
from .heads import Known, Piece, is_topic, numbers_in

OTHER_NAMES, OTHER_LABEL = 0.75, 0.92  # likeness that is needed where names have changed; where numbers have, too
_SHORT_YEAR = 2  # figures
_YEAR = re.compile(r"1\d{3}|20\d{2}")
UNIT = re.compile(r"(?<=\d) ?(?:[KMGTP]i?B|[kMG]?Hz|[kMG]?Wh?|[kMmh]?Pa|k?J|mmHg|m?mol|[kmµμnc]?[gmslLV]|d[lL]|h)\b")
# Names: capitals within a sentence, mixed letters, abbreviations, letters with numbers, and what programs are written with.
NAMES = re.compile(
    rf"(?<=[\w,;:)] )[{CAPITALS}][\w-]+|\b\w*[a-z]\w*[A-Z]\w*\b|\b[{CAPITALS}][{CAPITALS}0-9]+s?\b|\b[A-Za-z]+\d+\w*\b"
    r"|\b\w+(?:\.\w+)*\(|\b[a-z_]\w*(?:\.[a-z_]\w+)+\b"
)


def names_differ(one: Piece, other: Piece, common: frozenset[str], words: Known) -> float:
    """The likeness that is needed where names have come while others have gone, 0 where they have not.

    It then speaks of something else. An abbreviation and its words are one name; another number alone is none.
    """
    here, there = (names_in(" ".join(piece.texts), words.capital_nouns and not one.asks) - common for piece in (one, other))
    spelled = [" ".join(piece.texts) for piece in (one, other)]
    come = {name for name in here - there if not _spelled_out(name, spelled[1])}
    gone = {name for name in there - here if not _spelled_out(name, spelled[0])}
    if numbers_changed(one, other) and (come or gone):
        return OTHER_LABEL
    asked_otherwise = one.asks and (come or gone) and is_topic(one)  # the answer tells nothing of which question it is
    return OTHER_NAMES if (come and gone) or asked_otherwise else 0.0


def numbers_changed(one: Piece, other: Piece) -> bool:
    """Whether numbers have come while others have gone."""
    here, there = (numbers_in(" ".join(piece.texts)) for piece in (one, other))
    figures = {number for number in here & there if len(number) > 1 and not _YEAR.fullmatch(number)}
    if (
        not one.asks
        and max(len(one.texts), len(other.texts)) < 3
        and len(figures) >= 2 * max(len(here - there), len(there - here)) - 1 > 0
    ):
        return False  # a year may stand in two facts, "250 mg" hardly; a task or a row has other figures besides
    come = {number for number in here - there if not any(_shortened(number, was) for was in there)}
    return bool(come and {was for was in there - here if not any(_shortened(was, number) for number in here)})


def _shortened(one: str, other: str) -> bool:
    """Whether two years are one, written in full or not: "1981 to 1989", "1981-89"."""
    short, long = sorted((one, other), key=len)
    return len(short) == _SHORT_YEAR and bool(_YEAR.fullmatch(long)) and long.endswith(short)


def bare(words: str, common: frozenset[str]) -> str:
    """A text without the names that many facts of the guide have."""
    return normal(" ".join(word for word in words.split() if word.strip(".,;:()") not in common) or words)


@lru_cache(maxsize=1 << 15)
def names_in(text: str, capital_nouns: bool = False) -> set[str]:
    """Names of a text; where nearly every word begins with a capital, or every noun does, that makes none."""
    text = UNIT.sub("", text)
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3][1:]
    capitals = sum(word[0].isupper() for word in words)
    found = set(NAMES.findall(text))
    return {name for name in found if name[1:] != name[1:].lower()} if capital_nouns or 4 * capitals > 3 * len(words) else found


def _spelled_out(name: str, text: str) -> bool:
    """Whether a name stands in a text in other letters, or as the words that it abbreviates."""
    told = tokens(text)
    if normal(name) in told or any(word.startswith(normal(name)[:5]) for word in told if len(name) > 5):
        return True
    letters = [word[0] for word in told] if name.isupper() else []
    return name.isupper() and normal(name) in "".join(letters)
