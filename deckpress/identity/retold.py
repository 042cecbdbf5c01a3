"""Lines that say again what was said: under the label that they had, or most of it under another one."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from ..words import tokens
from .heads import Known, Piece, is_topic, parts_of, root_of, shared_words
from .names import OTHER_NAMES, names_differ, numbers_changed
from .signs import Context, denies, leads, loses_its_numbers, one_word_for_another, other_numbers, reworded, tells_enough

HERE, FEW = 4, 2  # facts of a topic that have a word, at most, for it to tell something: under the label that it had, or another
MANY = 3  # such words that lines under two labels share, at least; or lines of one label in two topics
MOST = 0.5  # share of the words of the shorter one that both have then
SOME, NEARLY_ALL = 2, 0.66  # of so large a share so many words will do


def words_of_topics(everything: Iterable[Piece], guide: Context) -> Callable[[str], Mapping[str, int]]:
    """For each topic, when it is asked for: how many of its facts have a word behind their labels."""
    of_topic: dict[str, list[Piece]] = defaultdict(list)
    for piece in everything:
        of_topic[piece.topic].append(piece)
    return cache(lambda topic: Counter(word for piece in of_topic[topic] for word in parts_of(piece.body, guide.words)))


def says_the_same(one: Piece, other: Piece, uses: Mapping[str, int], guide: Context) -> bool:
    """Whether two lines of one label share a word that few facts of the topic have: who puts another fact there has other words.

    Rows share two, for the heads of their columns bring some about.
    """
    is_row = max(len(one.texts), len(other.texts)) > 2
    if one.asks or one.name in guide.words.generic or (is_row and not any(char.isalpha() for char in one.head)):
        return False
    if names_differ(one, other, guide.common, guide.words) > OTHER_NAMES or other_numbers(one, other):
        return False
    enough = MANY if leads(other, guide) or one.topic != other.topic else 2 if is_row else 1
    here, there = (parts_of(piece.body, guide.words) for piece in (one, other))
    return sum(uses.get(was, 0) <= HERE for was in shared_words(there, here)) >= enough and tells_enough(one, other, guide)


def retold_pairs(
    new: Mapping[int, Piece],
    old: Mapping[str, Piece],
    uses: Callable[[str], Mapping[str, int]],
    apart: Callable[[int, str], bool],
    guide: Context,
) -> list[tuple[int, str]]:
    """Lines of one topic under another label, or none, that say what was said: most of the words, and three that only they have.

    "Central diabetes insipidus: ADH deficiency (trauma, …), responds to desmopressin", "Central DI: too little ADH, e.g. after …".
    """
    told: dict[tuple[int, str], int] = {}
    words_of = {id_: parts_of(piece.body, guide.words) for id_, piece in old.items()}
    rare: dict[tuple[str, str], list[str]] = defaultdict(list)  # topic and beginning of a rare word -> the old lines that have it
    for id_, piece in old.items():
        for word in words_of[id_]:
            if uses(piece.topic).get(word, 0) <= FEW:
                rare[piece.topic, root_of(word)].append(id_)
    for index, piece in new.items():
        here = parts_of(piece.body, guide.words)
        near = Counter(id_ for root in set(map(root_of, here)) for id_ in rare.get((piece.topic, root), ()))
        for id_, count in near.items():
            if count >= SOME and (few := _told_again(here, words_of[id_], uses(piece.topic))):
                told[index, id_] = few if _may_be_one(piece, old[id_], guide) else 0
    best: dict[object, list[int]] = defaultdict(list)
    for pair, few in told.items():
        best[pair[0]].append(few)
        best[pair[1]].append(few)
    return [
        pair
        for pair, few in sorted(told.items())
        if few and all(sum(other > few - 2 for other in best[side]) == 1 for side in pair) and not apart(*pair)
    ]


def _told_again(here: frozenset[str], there: frozenset[str], uses: Mapping[str, int]) -> int:
    """How many words that few lines have two lines share, where that is much of them; else 0."""
    shared = shared_words(there, here)
    few = sum(uses.get(word, 0) <= FEW for word in shared)
    share = len(shared) / max(1, min(len(here), len(there)))
    return few if share >= MOST and few >= (MANY if share < NEARLY_ALL else SOME) else 0


def _may_be_one(one: Piece, other: Piece, guide: Context) -> bool:
    """Whether nothing speaks against it: other labels, numbers or names, or a denial without other words."""
    if not _comparable(one, other, guide) or numbers_changed(one, other) or loses_its_numbers(one, other):
        return False
    named = names_differ(one, other, guide.common, guide.words)
    spoken = named or denies(one, guide) != denies(other, guide)
    return named <= OTHER_NAMES and not (spoken and not reworded(one, other, guide))


def _comparable(one: Piece, other: Piece, guide: Context) -> bool:
    """Whether both ask, and not for a topic nor for another thing; or both tell, no rows, under labels that may be one."""
    if one.asks or other.asks:
        asked = one.asks and other.asks and not is_topic(one) and not is_topic(other)
        return asked and not one_word_for_another(one.head, other.head, guide)
    return max(len(one.texts), len(other.texts)) < 3 and _renamed(one, other, guide.words)


def _renamed(one: Piece, other: Piece, words: Known) -> bool:
    """Whether one label may be the other, put otherwise: they share a word, and do more than exchange one for another.

    "Treatment of DKA" may be "Managing DKA"; "oligotrophic lake" is no "eutrophic lake".
    """
    if not one.head or not other.head or not words.generic.isdisjoint({one.name, other.name}):
        return True
    if _abbreviates(one.head, other.head) or _abbreviates(other.head, one.head):
        return True
    here, there = (tokens(piece.name) for piece in (one, other))
    twins = len(here) == len(there) and sum(word != was for word, was in zip(here, there, strict=True)) == 1
    heads, texts = (
        [parts_of(text, words) for text in side] for side in ((one.head, other.head), (" ".join(one.texts), " ".join(other.texts)))
    )
    return not twins and bool(shared_words(heads[0], texts[1]) or shared_words(heads[1], texts[0]))


def _abbreviates(short: str, long: str) -> bool:
    """Whether capitals stand for letters of a word, in their order: "PTU", "propylthiouracil"."""
    if not (short.isalpha() and short.isupper() and len(short) > 1 and " " not in long) or long[:1].lower() != short[:1].lower():
        return False
    letters = iter(long.lower())
    return all(letter in letters for letter in short.lower())
