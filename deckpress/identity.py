"""Facts x lock -> the same facts with ids. Pure, and never guessing: what is unsure is a new fact, and is said.

The passes, each on what the ones before left over: the author's key; the same words in the same topic; the same words anywhere,
unique on both sides (moves, renamed headings); the nearest text by shared letters, clearly ahead of the next best.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from .diagnostics import Diagnostic
from .lock import Identified, Lock, LockFact, Unsure
from .markup import fact_words, plain
from .model import Fact, Guide, Question
from .words import normal, stems, vocabulary

# Measured on hand-edited revisions of a guide of 147 facts: at .55 and .05 no fact took over another one's history.
NEAR, MARGIN, PERHAPS = 0.55, 0.05, 0.40


@dataclass(slots=True)
class _Passes:
    """New facts (by index) and old ones (by id) that are still without a partner."""

    new: dict[int, tuple[str, str, Fact]]  # index -> topic, words, fact
    old: dict[str, LockFact]
    found: dict[int, str] = field(default_factory=dict)

    def take(self, index: int, old: str) -> None:
        self.found[index] = old
        del self.new[index], self.old[old]

    def unique(self, of_new: Callable[[str, str], object], of_old: Callable[[LockFact], object]) -> None:
        """Pairs what is equal and stands only once on both sides."""
        new, old = defaultdict(list), defaultdict(list)
        for index, (topic, words, _) in self.new.items():
            new[of_new(topic, words)].append(index)
        for id_, fact in self.old.items():
            old[of_old(fact)].append(id_)
        for name, indexes in new.items():
            if len(indexes) == 1 and len(old.get(name, ())) == 1:
                self.take(indexes[0], old[name][0])


def identify(guide: Guide, lock: Lock) -> Identified:
    """Gives every fact its id: the one it had, or a new one made of its words at first sight."""
    names = {topic.key: normal(topic.name) for topic in guide.topics}
    facts = guide.facts
    new = {index: (names[fact.topic], fact_words(fact), fact) for index, fact in enumerate(facts)}
    passes = _Passes(new, {fact.id: fact for fact in lock.facts if not fact.gone})
    diagnostics = _by_key(passes)
    _same_words(passes)
    near = _nearest(passes, guide.language)
    retired = _Passes(passes.new, {fact.id: fact for fact in lock.facts if fact.gone})
    retired.unique(lambda topic, words: (topic, words), lambda old: (old.topic, old.words))
    retired.unique(lambda _, words: words, lambda old: old.words)
    ids = {**passes.found, **retired.found}
    ids |= _new_ids(passes.new, ids, lock)
    known = {fact.id: fact for fact in lock.facts}
    return Identified(
        guide=_with_ids(guide, ids),
        old={id_: known[id_] for id_ in ids.values() if id_ in known},
        unsure=tuple(Unsure(old, ids[index], score) for index, old, score in near if index in passes.new),
        diagnostics=tuple(diagnostics),
    )


def _by_key(passes: _Passes) -> list[Diagnostic]:
    wrong = []
    seen: dict[str, Fact] = {}
    known = {fact.key: id_ for id_, fact in passes.old.items() if fact.key}
    for index, (_, _, fact) in list(passes.new.items()):
        if not fact.key:
            continue
        if fact.key in seen:
            message = f"the key “{fact.key}” stands in line {seen[fact.key].span.line} already"
            wrong.append(Diagnostic("K001", fact.span, message))
        elif fact.key in known:
            passes.take(index, known[fact.key])
        seen.setdefault(fact.key, fact)
    return wrong


def _same_words(passes: _Passes) -> None:
    passes.unique(lambda topic, words: (topic, words), lambda old: (old.topic, old.words))
    topics = {topic for topic, _, _ in passes.new.values()}
    before = dict(passes.new)
    old = dict(passes.old)
    passes.unique(lambda _, words: words, lambda fact: fact.words)
    # A renamed topic: most of its unique facts came from one old topic, so the others did too.
    votes: dict[str, Counter[str]] = {topic: Counter() for topic in topics}
    for index, id_ in passes.found.items():
        if index in before and id_ in old:
            votes[before[index][0]][old[id_].topic] += 1
    renamed = {topic: count.most_common(1)[0][0] for topic, count in votes.items() if count}
    passes.unique(lambda topic, words: (renamed.get(topic, topic), words), lambda fact: (fact.topic, fact.words))


def _trigrams(words: Iterable[str]) -> frozenset[str]:
    text = f" {' '.join(words)} "
    return frozenset(text[at : at + 3] for at in range(len(text) - 2))


def _nearest(passes: _Passes, language: str) -> list[tuple[int, str, float]]:
    """One-to-one, greedy, best first; returns what was near but not near enough, or not clearly nearest."""
    stop = vocabulary(language).listed("words", "stop")
    grams = {id_: _trigrams(stems(fact.words, stop)) for id_, fact in passes.old.items()}
    holders: dict[str, list[str]] = defaultdict(list)
    for id_, of_old in grams.items():
        for gram in of_old:
            holders[gram].append(id_)
    scores: list[tuple[float, int, str]] = []
    for index, (_, words, fact) in passes.new.items():
        of_new = _trigrams(stems(words, stop))
        shared = Counter(id_ for gram in of_new for id_ in holders.get(gram, ()))
        for id_, count in shared.items():
            score = 2 * count / (len(of_new) + len(grams[id_]))
            if score >= PERHAPS and (_answers_agree(fact, passes.old[id_]) or score < NEAR):
                scores.append((score, index, id_))
    scores.sort(key=lambda item: (-item[0], item[1], item[2]))
    unsure = []
    for score, index, id_ in scores:
        if index not in passes.new or id_ not in passes.old:
            continue
        rivals = [s for s, i, o in scores if (i == index) != (o == id_) and i in passes.new and o in passes.old]
        if score >= NEAR and all(score - rival >= MARGIN for rival in rivals):
            passes.take(index, id_)
        else:
            unsure.append((index, id_, score))
    return [(index, id_, score) for index, id_, score in unsure if index in passes.new and id_ in passes.old]


def _answers_agree(fact: Fact, old: LockFact) -> bool:
    """Another answer is another fact, however alike the questions are."""
    if not isinstance(fact, Question) or len(old.texts) < 2:
        return True
    new, was = normal(plain(fact.answer)), normal(old.texts[1])
    return f" {new} " in f" {was} " or f" {was} " in f" {new} "


def _new_ids(new: dict[int, tuple[str, str, Fact]], found: dict[int, str], lock: Lock) -> dict[int, str]:
    taken = {fact.id for fact in lock.facts}
    ids = {}
    for index, (topic, words, _) in sorted(new.items()):
        if index in found:
            continue
        text = "\x1f".join((lock.header.uid, lock.header.guide, topic, words))
        first = hashlib.sha256(text.encode()).hexdigest()[:12]
        id_, count = first, 1
        while id_ in taken:
            count += 1
            id_ = f"{first}-{count}"
        taken.add(id_)
        ids[index] = id_
    return ids


def _with_ids(guide: Guide, ids: dict[int, str]) -> Guide:
    numbers = iter(range(len(ids)))
    topics = []
    for topic in guide.topics:
        sections = []
        for section in topic.sections:
            facts = tuple(replace(fact, id=ids[next(numbers)]) for fact in section.facts)
            sections.append(replace(section, facts=facts))
        topics.append(replace(topic, sections=tuple(sections)))
    return replace(guide, topics=tuple(topics))
