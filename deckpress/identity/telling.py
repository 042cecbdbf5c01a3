"""Facts that were worded anew from end to end: what is left of them are the words that only they have.

"Linezolid + SSRI: serotonin syndrome" and "Linezolid is a weak MAO inhibitor: don't combine it with SSRIs (serotonin syndrome)".
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from ..words import exact
from .heads import (
    Known,
    Piece,
    is_topic,
    numbers_in,
    other_head,
    other_row,
    other_term,
    parts_of,
    root_of,
    same_word,
)
from .names import names_differ, numbers_changed
from .signs import (
    Context,
    denies,
    exchanged,
    leads,
    longer_label,
    loses_its_numbers,
    one_word_for_another,
    other_numbers,
    reworded,
    strange,
)

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


def _words(piece: Piece, guide: Context) -> frozenset[str]:
    """The words of a fact that count; a label that leads to several lines tells nothing of one of them."""
    return parts_of(piece.body if leads(piece, guide) else " ".join(piece.texts), guide.words)


def _few(texts: Iterable[frozenset[str]]) -> frozenset[str]:
    """Words that only a few texts have."""
    counts = Counter(word for words in texts for word in words)
    return frozenset(word for word, count in counts.items() if count <= FEW)


def _differ(one: Piece, other: Piece, telling: frozenset[str], guide: Context, shared: int) -> bool:
    """Whether something speaks against it: another number, label, row or answer; with few words also another name, a denial."""
    many = shared >= MANY
    named, denied = names_differ(one, other, guide.common, guide.words), denies(one, guide) != denies(other, guide)
    answered = one.asks and other.asks and not is_topic(one) and _answered_alike(one.body, other.body, guide)
    may_differ = many and (answered or not one.asks) and not (named and denied) and reworded(one, other, guide)
    counted = (numbers_changed(one, other) or loses_its_numbers(one, other)) and not answered
    of_one_label = one.name == other.name and not one.asks
    if counted or ((named or denied) and not may_differ) or (not many and of_one_label and other_numbers(one, other)):
        return True
    if one.asks and other.asks:
        here, there = parts_of(one.body, guide.words), parts_of(other.body, guide.words) & telling
        # The same sentences about another thing: "demand … consumers", "supply … sellers".
        turned = one_word_for_another(one.head, other.head, guide) and exchanged(one.body, other.body, guide)
        return turned or not any(same_word(word, was) for word in here for was in there)
    if one.asks or other.asks:
        return parts_of(one.head, guide.words).isdisjoint(parts_of(other.head, guide.words))
    if other_term(one, other, guide.words, guide.used) or other_row(one, other) or (not many and longer_label(one, other, guide)):
        return True
    if one.head and other.head and (strange(one, other, guide.words) or (not many and _both_exchanged(one, other, guide))):
        return True
    return _each_in_the_other(one, other, guide.words) if many else other_head(one, other, guide.words)


def _answered_alike(one: str, other: str, guide: Context) -> bool:
    """Whether two answers are the same but for small words: "women, slaves and foreigners"."""
    small = parts_of(one, guide.words) == parts_of(other, guide.words) != frozenset() and not numbers_in(one)
    return small or exact(one) == exact(other)


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
