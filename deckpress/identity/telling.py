"""Facts that were worded anew from end to end: what is left of them are the words that only they have.

"Linezolid + SSRI: serotonin syndrome" and "Linezolid is a weak MAO inhibitor: don't combine it with SSRIs (serotonin syndrome)".
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from .heads import Piece, other_head, other_row, other_term, parts_of, same_word
from .names import names_differ, numbers_changed
from .same import Context, denies

FEW = 2  # facts that have a word, at most, for it to tell which one is meant
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
    roots: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)  # beginnings of words, with the facts that have them
    for id_, words in words_old.items():
        for word in words & known:
            roots[old[id_].topic, _root(word)].append((word, id_))
    shared: Counter[tuple[int, str]] = Counter()
    for index, words in words_new.items():
        for word in words & here:
            holders = {id_ for other, id_ in roots[new[index].topic, _root(word)] if same_word(word, other)}
            shared.update((index, id_) for id_ in holders)
    ranked = {pair: count + likeness(*pair) for pair, count in shared.items()}
    best: dict[object, list[float]] = defaultdict(list)  # of either side, what its pairs are worth
    for pair, rank in ranked.items():
        best[pair[0]].append(rank)
        best[pair[1]].append(rank)
    return [
        (index, id_)
        for (index, id_), rank in sorted(ranked.items())
        if shared[index, id_] >= ENOUGH
        and likeness(index, id_) >= ALIKE
        and all(sum(other > rank - 1 for other in best[side]) == 1 for side in (index, id_))
        and not apart(index, id_)
        and not _differ(new[index], old[id_], known, guide)
    ]


def _root(word: str) -> str:
    """What all forms of a word begin with; with a figure in it a word has no other form."""
    return word if any(char.isdigit() for char in word) else word[:4]


def _words(piece: Piece, guide: Context) -> frozenset[str]:
    return parts_of(" ".join(piece.texts), guide.words)


def _few(texts: Iterable[frozenset[str]]) -> frozenset[str]:
    """Words that only a few texts have."""
    counts = Counter(word for words in texts for word in words)
    return frozenset(word for word, count in counts.items() if count <= FEW)


def _differ(one: Piece, other: Piece, telling: frozenset[str], guide: Context) -> bool:
    """Whether something speaks against it: another name or number, another label, row or answer, a denial."""
    if names_differ(one, other, guide.common) or numbers_changed(one, other) or denies(one, guide) != denies(other, guide):
        return True
    if one.asks and other.asks:
        here, there = parts_of(one.body, guide.words), parts_of(other.body, guide.words) & telling
        return not any(same_word(word, was) for word in here for was in there)
    if one.asks or other.asks:
        return False
    return other_term(one, other, guide.words, guide.used) or other_row(one, other) or other_head(one, other, guide.words)
