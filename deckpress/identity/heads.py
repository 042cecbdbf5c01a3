"""What a fact is called: its label, the term it explains, the head of its row; and when two of them name different things."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from ..likeness import likeness
from ..words import exact, normal, stems, tokens

HEADS = 0.25  # likeness of two labels below which they have nothing to do with one another
CELLS = 4  # words of three letters and more in the cells of a row by which it is known
WHOLE = 8  # letters of a name that stands in another one, written as one word or as two
CELL = 0.4  # likeness of two cells from which one is the other, worded anew
SAME = 0.9  # share of their words that two texts have in common which say the same
_QUESTION = 3  # texts of a plain question: it, its answer, its explanation
SMALL = 3  # letters of a word that initials may leave out
TERM = 3  # words of a term: a longer label is a sentence that leads to several lines
ROOT = 0.6  # share of a word that another one must begin with to be a form of it
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_AMOUNT = re.compile(r"(?<![^\W_])\d")  # not in "P1", "B12"
BRACKETS = re.compile(r"\s*\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Piece:
    """What is known of a fact on either side: topic (as it was called before), section, its texts, whether it asks."""

    topic: str
    section: str
    texts: tuple[str, ...]
    asks: bool
    learned: bool = False  # whether a card asks it
    pair: bool = False  # whether it names one thing in two languages, or by two names

    @property
    def head(self) -> str:
        """Label or question."""
        return self.texts[0] if self.texts else ""

    @property
    def name(self) -> str:
        """Label or question without what brackets explain."""
        return normal(BRACKETS.sub("", self.head)) or normal(self.head)

    @property
    def body(self) -> str:
        """What is said of it: the text, the answer (of options the right ones), the cells."""
        options = self.texts[1:] if self.asks and len(self.texts) > _QUESTION else ()
        right = [text[1:] for text in options if text.startswith("*")]
        if self.asks and not right:
            return self.texts[1] if len(self.texts) > 1 else ""
        return " ".join(right or self.texts[1:])


@dataclass(frozen=True, slots=True)
class Known:
    """Words of the language: stop words, negations, and labels that only say what kind of line it is; how it writes nouns."""

    stop: frozenset[str]
    negation: frozenset[str]
    generic: frozenset[str]
    capital_nouns: bool = False  # every noun begins with a capital: then capitals tell no names


def other_head(one: Piece, other: Piece, words: Known) -> bool:
    """Whether labels, terms or the heads of rows have nothing to do with one another, nor with what the other one says."""
    return apart(one.head, other.head, words) and not _head_inside(one, other) and not _head_inside(other, one)


def apart(one: str, other: str, words: Known) -> bool:
    """Whether two labels share nothing that counts."""
    if not one or not other or normal(one) == normal(other) or one_inside(one, other):
        return False
    here, there = (" ".join(sorted(parts_of(head, words))) for head in (one, other))
    return likeness(one, other) < HEADS and likeness(here, there) < HEADS


def _head_inside(one: Piece, other: Piece) -> bool:
    """Whether all words of a label stand in the other one's text: what was said below another label has one of its own."""
    head = _all_parts(one.head)
    return bool(head) and len(one.texts) < 3 and head <= _all_parts(" ".join(other.texts[1:]))


def one_inside(one: str, other: str) -> bool:
    """Whether one label has all words of the other, or is its initials: "Services" and "Services on board"."""
    here, there = _all_parts(one), _all_parts(other)
    inside = bool(here and there) and (here <= there or there <= here)
    return inside or _in_one_word(one, other) or _in_one_word(other, one) or _initials(one, other) or _initials(other, one)


def _in_one_word(short: str, long: str) -> bool:
    """Whether a name is whole words of another one, written as one or as several: "API server", "kube-apiserver".

    A part of a word is none: "symmetric key" is not in "asymmetric key".
    """
    words = tokens(_split(BRACKETS.sub("", long)))
    joined = "".join(tokens(_split(BRACKETS.sub("", short))))
    whole, ends = "".join(words), {0, *accumulate(map(len, words))}  # where words begin and end in it
    return len(joined) >= WHOLE and any(whole.startswith(joined, at) and at + len(joined) in ends for at in ends)


def _initials(short: str, long: str) -> bool:
    """Whether a label is the first letters of another one, small words aside or not: "AVD", "Azure Virtual Desktop"."""
    words = [word for word in tokens(_split(BRACKETS.sub("", long))) if word[0].isalpha()]
    letters = short.strip()
    told = {"".join(word[0] for word in words if len(word) > least) for least in (0, SMALL)}
    return len(letters) > 1 and letters.isupper() and letters.lower() in told


def other_term(one: Piece, other: Piece, words: Known, used: Collection[str]) -> bool:
    """Whether two short labels name different things, however alike they look: "Amensalism" and "Commensalism".

    Words have come and others gone that are no form of one another and stand nowhere in the other fact. Who only renames a label
    says the rest as before. `used` are the guide's words: it tells "offeror" from "offeree" where it has both.
    """
    if one.head == other.head or one_inside(one.head, other.head) or not words.generic.isdisjoint({one.name, other.name}):
        return False
    here, there = parts_of(one.head, words), parts_of(other.head, words)
    if not 0 < len(here) <= TERM or not 0 < len(there) <= TERM or _same_words(one.body, other.body, words):
        return False
    come = foreign(here, parts_of(" ".join(other.texts), words), used)
    gone = foreign(there, parts_of(" ".join(one.texts), words), used)
    return bool(come and gone)


def _same_words(one: str, other: str, words: Known) -> bool:
    """Whether two texts are made of the same words, all but one in ten."""
    here, there = parts_of(one, words), parts_of(other, words)
    return 2 * len(here & there) >= SAME * (len(here) + len(there))


def other_row(one: Piece, other: Piece) -> bool:
    """Whether a row is about something else: "Thin descending limb" and "Thin ascending limb", or most cells say other things.

    Only cells that say much make a row with another head the same one: "high / normal", "low" stand in many rows.
    """
    if min(len(one.texts), len(other.texts)) < 3:
        return False
    same = exact(one.body) == exact(other.body)
    if normal(one.head) != normal(other.head) and not one_inside(one.head, other.head):
        return not same or not (says_much(one.texts[1:]) or _share_a_word(one.head, other.head))
    if same:
        return False
    kept = sum(any(_same_cell(cell, was) for was in other.texts[1:]) for cell in one.texts[1:])
    return 2 * kept < len(one.texts) - 1


def _share_a_word(one: str, other: str) -> bool:
    """Whether two heads have a form of one word: "Developer-focused", "Aimed at developers"."""
    return any(same_word(word, there) for word in _all_parts(one) if len(word) > 3 for there in _all_parts(other))


def says_much(cells: Iterable[str]) -> bool:
    """Whether the cells of a row have words enough to know it by, whatever it is called."""
    return len({word for cell in cells for word in tokens(cell) if len(word) > 2}) >= CELLS


def _same_cell(one: str, other: str) -> bool:
    """Whether a cell says what another one said, in other words or with another number: "18 g", "22 g"."""
    here, there = (NUMBER.sub("0", cell) for cell in (one, other))
    return likeness(one, other) >= CELL or (here == there != one)


@lru_cache(maxsize=1 << 16)
def same_word(one: str, other: str) -> bool:
    """Whether two stems are forms of one word, or one is the other misspelt: a letter more, or two of them swapped.

    Another letter makes another word: "adduction", "abduction".
    """
    if one == other or one[:1] != other[:1] or any(char.isdigit() for char in one + other):
        return one == other
    short, long = sorted((one, other), key=len)
    same = next((at for at, char in enumerate(short) if char != long[at]), len(short))
    if same >= max(4, ROOT * len(long)):
        return True
    if len(short) < 5:
        return False
    swapped = long[:same] + long[same + 1 : same + 2] + long[same : same + 1] + long[same + 2 :]
    return short in (long[:same] + long[same + 1 :], swapped)


@lru_cache(maxsize=1 << 16)
def root_of(word: str) -> str:
    """What all forms of a word begin with; with a figure in it a word has no other form."""
    return word if any(char.isdigit() for char in word) else word[:4]


def shared_words(words: Iterable[str], others: Iterable[str]) -> set[str]:
    """Those words that stand among the others in some form."""
    roots: dict[str, list[str]] = {}
    for other in others:
        roots.setdefault(root_of(other), []).append(other)
    return {word for word in words if any(same_word(word, other) for other in roots.get(root_of(word), ()))}


@lru_cache(maxsize=1 << 15)
def numbers_in(text: str) -> frozenset[str]:
    """The numbers of a text."""
    return frozenset(NUMBER.findall(text))


def tells_amounts(text: str) -> bool:
    """Whether a text is about numbers; those in names are none."""
    return _AMOUNT.search(text) is not None


@lru_cache(maxsize=1 << 15)
def parts_of(text: str, words: Known) -> frozenset[str]:
    """Stems of the words that count, those of compounds each for itself."""
    return frozenset(stems(_split(text), words.stop | words.negation))


@lru_cache(maxsize=1 << 15)
def _all_parts(text: str) -> frozenset[str]:
    return frozenset(stems(_split(text)))


def _split(text: str) -> str:
    """A text with its compounds in parts: "kube-scheduler", "nodeAffinity"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=\w)[-/](?=\w)", " ", text)


def foreign(words: Iterable[str], told: frozenset[str], used: Collection[str]) -> list[str]:
    """Words that stand nowhere in what is told, in no form; of two that the guide uses neither is a form of the other."""
    return [
        word
        for word in words
        if word not in told and not any(same_word(word, other) and not (word in used and other in used) for other in told)
    ]


def is_topic(piece: Piece) -> bool:
    """Whether the answer is the topic itself: then other questions have it too."""
    return set(tokens(piece.body)) <= set(piece.topic.split(" "))
