"""Facts that were worded anew from end to end: what is left of them are the words that only they have.

"Linezolid + SSRI: serotonin syndrome" and "Linezolid is a weak MAO inhibitor: don't combine it with SSRIs (serotonin syndrome)".
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from ..words import exact
from .heads import (
    Known,
    Piece,
    foreign,
    is_topic,
    numbers_in,
    other_head,
    other_row,
    other_term,
    parts_of,
    root_of,
    same_word,
    shared_words,
)
from .names import OTHER_NAMES, names_differ, names_in, numbers_changed
from .same import Context, denies, exchanged, loses_its_numbers, strange

HERE = 4  # facts of a topic that have a word, at most, for it to tell that a line under its old label says what it said
FEW = 2  # facts that have a word, at most, for it to tell which one is meant
MANY = 3  # words with which neither another topic nor a denial speaks against it
ENOUGH = 2  # such words that two texts share, at least, for one to be the other
ALIKE = 0.25  # likeness that they have at least


def telling_pairs(
    new: Mapping[int, Piece],
    old: Mapping[str, Piece],
    everything: Sequence[Piece],
    likeness: Callable[[int, str], float],
    apart: Callable[[int, str], bool],
    guide: Context,
) -> list[tuple[int, str]]:
    """Pairs, each side at most once, that share more telling words with one another than either with anything else.

    `new` and `old` are what nothing else has paired, `everything` all facts that were known, `apart` what is known to be another.
    """
    words_new = {index: _words(piece, guide) for index, piece in new.items()}
    words_old = {id_: _words(piece, guide) for id_, piece in old.items()}
    known = _few(_words(piece, guide) for piece in everything)
    here = _few(words_new.values())
    roots: dict[str, list[tuple[str, str]]] = defaultdict(list)  # beginnings of words, with the facts that have them
    for id_, words in words_old.items():
        for word in words & known:
            roots[root_of(word)].append((word, id_))
    common: dict[tuple[int, str], tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for index, words in words_new.items():
        for word in words & here:
            for other, id_ in roots[root_of(word)]:
                if same_word(word, other):
                    common[index, id_][0].add(word)
                    common[index, id_][1].add(other)
    shared = {pair: min(map(len, both)) for pair, both in common.items()}  # two forms of one word are one
    ranked = {pair: count + likeness(*pair) for pair, count in shared.items()}
    best: dict[object, list[float]] = defaultdict(list)  # of either side, what its pairs are worth
    for pair, rank in ranked.items():
        best[pair[0]].append(rank)
        best[pair[1]].append(rank)
    return [
        (index, id_)
        for (index, id_), rank in sorted(ranked.items())
        if shared[index, id_] >= (ENOUGH if new[index].topic == old[id_].topic else MANY)
        and likeness(index, id_) >= ALIKE
        and all(sum(other > rank - 1 for other in best[side]) == 1 for side in (index, id_))
        and not apart(index, id_)
        and not _differ(new[index], old[id_], known, guide, shared[index, id_])
    ]


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
    if names_differ(one, other, guide.common, guide.words) > OTHER_NAMES:
        return False
    if one.topic != other.topic and numbers_changed(one, other):
        return False
    here, there = (parts_of(piece.body, guide.words) for piece in (one, other))
    enough = MANY if one.topic != other.topic else 2 if is_row else 1
    return sum(uses.get(was, 0) <= HERE for was in shared_words(there, here)) >= enough


def _words(piece: Piece, guide: Context) -> frozenset[str]:
    return parts_of(" ".join(piece.texts), guide.words)


def _few(texts: Iterable[frozenset[str]]) -> frozenset[str]:
    """Words that only a few texts have."""
    counts = Counter(word for words in texts for word in words)
    return frozenset(word for word, count in counts.items() if count <= FEW)


def _differ(one: Piece, other: Piece, telling: frozenset[str], guide: Context, shared: int) -> bool:
    """Whether something speaks against it: another number, label, row or answer; with few words also another name, a denial."""
    many = shared >= MANY
    named, denied = names_differ(one, other, guide.common, guide.words), denies(one, guide) != denies(other, guide)
    answered = one.asks and other.asks and not is_topic(one) and _answered_alike(one.body, other.body, guide)
    may_differ = many and (answered or not one.asks) and not (named and denied) and _reworded(one, other, guide)
    counted = (numbers_changed(one, other) or loses_its_numbers(one, other)) and not answered
    if counted or ((named or denied) and not may_differ):
        return True
    if one.asks and other.asks:
        here, there = parts_of(one.body, guide.words), parts_of(other.body, guide.words) & telling
        # The same sentences about another thing: "demand … consumers", "supply … sellers".
        turned = all(_one_word_for_another(*texts, guide) for texts in ((one.head, other.head), (one.body, other.body)))
        return turned or not any(same_word(word, was) for word in here for was in there)
    if one.asks or other.asks:
        return parts_of(one.head, guide.words).isdisjoint(parts_of(other.head, guide.words))
    if other_term(one, other, guide.words, guide.used) or other_row(one, other):
        return True
    if one.head and other.head and (strange(one, other, guide.words) or (not many and _both_exchanged(one, other, guide))):
        return True
    return _each_in_the_other(one, other, guide.words) if many else other_head(one, other, guide.words)


def _answered_alike(one: str, other: str, guide: Context) -> bool:
    """Whether two answers are the same but for small words: "women, slaves and foreigners"."""
    small = parts_of(one, guide.words) == parts_of(other, guide.words) != frozenset() and not numbers_in(one)
    return small or exact(one) == exact(other)


def _reworded(one: Piece, other: Piece, guide: Context) -> bool:
    """Whether either side has words of its own that are no names: who only changes a name or a "not" says another thing."""
    told = [" ".join(piece.texts) for piece in (one, other)]
    here, there = (parts_of(text, guide.words) for text in told)
    named, known = (parts_of(" ".join(names_in(text, guide.words.capital_nouns)), guide.words) for text in told)
    return bool(set(foreign(here, there, guide.used)) - named and set(foreign(there, here, guide.used)) - known)


def _one_word_for_another(one: str, other: str, guide: Context) -> bool:
    """Whether two texts have all words in common but one each."""
    here, there = parts_of(one, guide.words), parts_of(other, guide.words)
    return len(foreign(here, there, guide.used)) == len(foreign(there, here, guide.used)) == 1


def _both_exchanged(one: Piece, other: Piece, guide: Context) -> bool:
    """Whether words have come and others gone in the labels as in what they say."""
    return exchanged(one.head, other.head, guide) and exchanged(one.body, other.body, guide)


def _each_in_the_other(one: Piece, other: Piece, words: Known) -> bool:
    """Whether either line explains a term by that of the other one: "Papilla: … minor calyx", "Minor calyx: … papilla"."""
    if any(char.isdigit() for char in one.head + other.head):  # a date is no term
        return False
    here, there = (parts_of(piece.head, words) for piece in (one, other))
    apart = bool(here and there) and here.isdisjoint(there)
    return apart and here <= parts_of(other.body, words) and there <= parts_of(one.body, words)
