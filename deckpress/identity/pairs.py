"""Which facts of two revisions say the same: only where that is clear, else it is asked."""

import heapq
import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from ..likeness import dice, grams, likeness
from ..words import normal, tokens
from .heads import Known, Piece, parts_of
from .names import NAMES, OTHER_LABEL, bare
from .retold import retold_pairs, says_the_same, words_of_topics
from .same import NAMED, needed
from .signs import Context, begins_otherwise, ends_otherwise
from .telling import telling_pairs

MARGIN, CLEAR, PERHAPS = 0.05, 0.25, 0.30
RARE, LOOKED_AT = 60, 12  # facts that share a piece for it to be worth following; old facts compared with a new one
PART_OF = 0.65  # share of a new text that stands in an old one, from which it is a piece of it
Key = TypeVar("Key", int, str)


def near_pairs(
    new: Mapping[int, Piece], old: Mapping[str, Piece], everything: Sequence[Piece], words: Known
) -> tuple[list[tuple[int, str]], list[tuple[int, str, float]]]:
    """Pairs that are clearly the same, each side at most once; and what may be the same, with its likeness.

    `everything` are all facts that were known, matched ones too: they tell which names are common, and which label is whose.
    """
    guide = _context(new, old, everything, words)
    of_new = {index: grams(_told(piece, words), words.stop) for index, piece in new.items()}
    of_old = {id_: grams(_told(piece, words), words.stop) for id_, piece in old.items()}
    scores, second = _weighed(new, old, of_new, of_old, guide)

    def doubtful(index: int, id_: str) -> bool:
        alike, one, other = dice(of_new[index], of_old[id_]), new[index], old[id_]
        return alike < OTHER_LABEL and (begins_otherwise(one, other, alike, guide) or ends_otherwise(one, other, guide))

    pairs, unsure = _one_to_one(scores, doubtful)
    pairs += telling_pairs(
        *_open(new, old, pairs),
        everything,
        lambda index, id_: dice(of_new[index], of_old[id_]),
        lambda index, id_: (index, id_) in second or doubtful(index, id_),
        guide,
    )
    uses = words_of_topics(everything, guide)
    pairs += retold_pairs(*_open(new, old, pairs), uses, lambda index, id_: (index, id_) in second or doubtful(index, id_), guide)
    for anywhere in (False, True):
        pairs += [
            (index, id_)
            for index, id_ in _of_one_label(*_open(new, old, pairs), anywhere)
            if (index, id_) not in second
            and not doubtful(index, id_)
            and says_the_same(new[index], old[id_], uses(old[id_].topic), guide)
        ]
    return pairs, unsure


def _open(
    new: Mapping[int, Piece], old: Mapping[str, Piece], pairs: Sequence[tuple[int, str]]
) -> tuple[dict[int, Piece], dict[str, Piece]]:
    """What is still without a partner on either side."""
    taken_new, taken_old = {index for index, _ in pairs}, {id_ for _, id_ in pairs}
    return (
        {index: piece for index, piece in new.items() if index not in taken_new},
        {id_: piece for id_, piece in old.items() if id_ not in taken_old},
    )


def _context(new: Mapping[int, Piece], old: Mapping[str, Piece], everything: Sequence[Piece], words: Known) -> Context:
    common = _common([" ".join(piece.texts) for piece in everything])
    return Context(
        common,
        (_counted(new, old, lambda piece: piece.name)[0], Counter((piece.topic, piece.name) for piece in everything)),
        _counted(new, old, lambda piece: normal(bare(piece.body, common))),
        _counted(new, old, lambda piece: piece.section),
        Counter(word for piece in everything for word in parts_of(" ".join(piece.texts), words)),
        words,
    )


def _weighed(
    new: Mapping[int, Piece],
    old: Mapping[str, Piece],
    of_new: Mapping[int, frozenset[str]],
    of_old: Mapping[str, frozenset[str]],
    guide: Context,
) -> tuple[list[tuple[float, float, int, str]], set[tuple[int, str]]]:
    """Likeness, what is needed, and both sides of pairs that may be one fact, the best first; and pairs that are only parts."""
    scores: list[tuple[float, float, int, str]] = []
    halves: dict[str, list[int]] = defaultdict(list)  # an old text and the new ones that are pieces of it
    joined: dict[int, list[str]] = defaultdict(list)  # a new text and the old ones that have gone into it
    for index, id_ in _candidates(of_new, of_old):
        left, right = of_new[index], of_old[id_]
        both = len(left & right)
        score = 2 * both / max(1, len(left) + len(right))
        if score >= PERHAPS and new[index].topic == old[id_].topic:
            halves[id_] += [index] if both >= PART_OF * len(left) else []
            joined[index] += [id_] if both >= PART_OF * len(right) else []
        if score >= NAMED and (at_least := needed(new[index], old[id_], guide)) <= 1:
            scores.append((score, at_least, index, id_))
    second = {(index, id_) for id_, parts in halves.items() for index in _but_the_first(parts, new, old[id_])}
    second |= {(index, id_) for index, parts in joined.items() for id_ in _but_the_first(parts, old, new[index])}
    scores = [entry for entry in scores if entry[2:] not in second]
    return sorted(scores, key=lambda item: (-(item[0] - item[1]), item[2], item[3])), second


def _of_one_label(new: Mapping[int, Piece], old: Mapping[str, Piece], anywhere: bool = False) -> list[tuple[int, str]]:
    """Pairs that bear the only such label of their topic on both sides, or of the guide, whatever stands behind it."""
    of_new, of_old = _by_name(new, anywhere), _by_name(old, anywhere)
    return [(of_new[name][0], of_old[name][0]) for name in of_new if len(of_new[name]) == 1 == len(of_old.get(name, ()))]


def of_one_name(new: Mapping[int, Piece], old: Mapping[str, Piece]) -> list[tuple[int, str, float]]:
    """Of what has no partner: what bears the only such label of its topic on both sides, with its likeness.

    However little they have in common: else a learner would have two cards with one front.
    """
    alone = _of_one_label(new, old)
    return [(index, id_, likeness(" ".join(new[index].texts), " ".join(old[id_].texts))) for index, id_ in alone]


def _by_name(pieces: Mapping[Key, Piece], anywhere: bool) -> dict[object, list[Key]]:
    found: dict[object, list[Key]] = defaultdict(list)
    for key, piece in pieces.items():
        if piece.head:
            found["" if anywhere else piece.topic, piece.name, piece.asks].append(key)
    return found


def _told(piece: Piece, words: Known) -> str:
    """All words of a fact, without a label that only says what kind of line it is."""
    return piece.body if normal(piece.head) in words.generic else " ".join(piece.texts)


def _candidates(new: Mapping[int, frozenset[str]], old: Mapping[str, frozenset[str]]) -> Iterator[tuple[int, str]]:
    """Pairs worth a closer look: for each new text the old ones that share most of its rarer pieces."""
    holders: dict[str, list[str]] = defaultdict(list)
    for id_, of_text in old.items():
        for gram in of_text:
            holders[gram].append(id_)
    for index, of_text in new.items():
        shared: Counter[str] = Counter()
        for gram in of_text:
            if len(holders.get(gram, ())) <= RARE:
                shared.update(holders.get(gram, ()))
        for _, id_ in heapq.nsmallest(LOOKED_AT, ((-count, id_) for id_, count in shared.items())):
            yield index, id_


def _but_the_first(parts: list[Key], pieces: Mapping[Key, Piece], whole: Piece) -> list[Key]:
    """Of the pieces that a text was split into, or was joined of, all but one: what it begins with is what it was.

    Of those that were joined and are as near, one that has a card goes before one that has none: only it has a history to lose.
    """
    text = tokens(whole.body) or tokens(whole.head)
    pairs = list(itertools.pairwise(text))

    near = {key: likeness(pieces[key].body, whole.body) for key in parts}
    nearest = max(near.values(), default=0.0)

    def begins(key: Key) -> tuple[bool, int]:
        words = set(tokens(pieces[key].body) or tokens(pieces[key].head))
        at = next((at for at, (one, other) in enumerate(pairs) if one in words and (other in words or len(words) == 1)), len(text))
        return not (pieces[key].learned and near[key] > nearest - MARGIN), at

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
        counts.update(set(NAMES.findall(text)))
        total += 1
    return frozenset(name for name, count in counts.items() if count >= 3 and 8 * count >= total)


def _one_to_one(
    scores: list[tuple[float, float, int, str]], doubtful: Callable[[int, str], bool]
) -> tuple[list[tuple[int, str]], list[tuple[int, str, float]]]:
    """Best first; one that is doubtful or not clearly ahead of the next best on both sides is unsure."""
    pairs: list[tuple[int, str]] = []
    unsure: list[tuple[int, str, float]] = []
    taken_new: set[int] = set()
    taken_old: set[str] = set()
    of_new: dict[int, list[tuple[float, float, str]]] = defaultdict(list)
    of_old: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    for score, at_least, index, id_ in scores:
        of_new[index].append((score, score - at_least, id_))
        of_old[id_].append((score, score - at_least, index))
    for score, at_least, index, id_ in scores:
        if index in taken_new or id_ in taken_old:
            continue
        over = score - at_least
        rivals = [(s, above) for s, above, o in of_new[index] if o != id_ and o not in taken_old]
        rivals += [(s, above) for s, above, i in of_old[id_] if i != index and i not in taken_new]
        ahead = all(over - above >= MARGIN or score - s >= CLEAR for s, above in rivals)
        if over >= 0 and ahead and not doubtful(index, id_):
            pairs.append((index, id_))
            taken_new.add(index)
            taken_old.add(id_)
        elif score >= PERHAPS:
            unsure.append((index, id_, score))
    return pairs, unsure
