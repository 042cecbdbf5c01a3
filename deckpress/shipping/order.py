"""The order in which new cards are shown: what things are first, then topic by topic, then situations mixed over the topics.

Blocked at first contact, interleaved for telling apart; look-alikes never side by side, a choice long after its question.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain, zip_longest

from ..lock import LockNote


def in_order(notes: Sequence[LockNote], place: Mapping[str, int], topic_of: Mapping[str, str]) -> list[LockNote]:
    """The notes as a learner should meet them. `place` is a fact's place in the guide, `topic_of` its topic."""
    ranked = sorted(notes, key=lambda note: (_place(note, place), note.id))
    passes: dict[int, list[LockNote]] = defaultdict(list)
    for note in ranked:
        passes[_pass(note)].append(note)
    first = _apart(passes[0], topic_of)
    told = [*first, *passes[1], *_turns(passes[2], topic_of)]
    return _choices_late(told, passes[3])


def _pass(note: LockNote) -> int:
    if note.rule == "define":
        return 0
    if note.type == "choice":
        return 3
    return 2 if note.rule in ("scenario", "question") or len(note.facts) > 1 else 1


def _place(note: LockNote, place: Mapping[str, int]) -> int:
    return min((place[fact] for fact in note.facts if fact in place), default=0)


def _apart(notes: Sequence[LockNote], topic_of: Mapping[str, str]) -> list[LockNote]:
    """Definitions in the guide's order, with another one between two look-alikes where there is one."""
    left, out = list(notes), list[LockNote]()
    while left:
        at = next((at for at, note in enumerate(left) if not out or not _alike(out[-1], note, topic_of)), 0)
        out.append(left.pop(at))
    return out


def _alike(one: LockNote, other: LockNote, topic_of: Mapping[str, str]) -> bool:
    near = {topic_of.get(fact, "") for note in (one, other) for fact in note.look_alikes}
    topics = {topic_of.get(note.facts[0], "") for note in (one, other)}
    return len(topics) > 1 and not near.isdisjoint(topics)


def _turns(notes: Sequence[LockNote], topic_of: Mapping[str, str]) -> list[LockNote]:
    """One of each topic, then the next of each."""
    rows: dict[str, list[LockNote]] = defaultdict(list)
    for note in notes:
        rows[topic_of.get(note.facts[0], "")].append(note)
    return [note for note in chain.from_iterable(zip_longest(*rows.values())) if note is not None]


def _choices_late(told: Sequence[LockNote], choices: Sequence[LockNote]) -> list[LockNote]:
    """Choices behind everything else, in the order in which their questions were asked: as far from them as the deck is long."""
    at_of = {fact: at for at, note in enumerate(told) for fact in note.facts}
    return [*told, *sorted(choices, key=lambda note: at_of.get(note.facts[0], len(told)))]
