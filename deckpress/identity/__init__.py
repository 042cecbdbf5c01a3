"""Facts x lock -> the same facts with ids. Pure, and never guessing: what is unsure is a new fact, and is said.

The passes, each on what the ones before left over: what the author has decided; the author's key; the same words in the same
topic; the same words anywhere, unique on both sides (moves, renamed headings); the same question; a text that has gone and is
back; the nearest text.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from ..diagnostics import Diagnostic
from ..likeness import likeness
from ..lock import Identified, Lock, LockFact, Unsure
from ..markup import fact_texts, fact_words
from ..model import Fact, Guide
from ..words import exact, normal, tokens, vocabulary
from .heads import Known, Piece, one_inside, says_much
from .pairs import near_pairs, of_one_name

_BODY, _LETTERS = 3, 16  # words behind a label by which a fact is known; letters of two of them
NAME_KEPT = 0.6  # likeness of two names of one topic
_WHAT_IT_IS = "definition of its topic"


@dataclass(slots=True)
class _Passes:
    """New facts (by index) and old ones (by id) that are still without a partner."""

    new: dict[int, tuple[str, str, Fact]]  # index -> topic, words, fact
    old: dict[str, LockFact]
    found: dict[int, str] = field(default_factory=dict)

    def take(self, index: int, old: str) -> None:
        self.found[index] = old
        del self.new[index], self.old[old]

    def unique(self, of_new: Callable[[str, str, Fact], object], of_old: Callable[[LockFact], object]) -> None:
        """Pairs what is equal and stands only once on both sides; None pairs nothing."""
        new, old = defaultdict(list), defaultdict(list)
        for index, (topic, words, fact) in self.new.items():
            new[of_new(topic, words, fact)].append(index)
        for id_, known in self.old.items():
            old[of_old(known)].append(id_)
        for name, indexes in new.items():
            if name is not None and len(indexes) == 1 and len(old.get(name, ())) == 1:
                self.take(indexes[0], old[name][0])


def identify(guide: Guide, lock: Lock) -> Identified:
    """Gives every fact its id: the one it had, or a new one made of its words at first sight."""
    names = {topic.key: normal(topic.name) for topic in guide.topics}
    facts = guide.facts
    new = {index: (names[fact.topic], fact_words(fact), fact) for index, fact in enumerate(facts)}
    passes = _Passes(new, {fact.id: fact for fact in lock.facts if not fact.gone})
    declared_new = _decided(passes, lock)
    diagnostics = _by_key(passes)
    renamed = _same_words(passes, lock.facts)
    decided = set(passes.found.values())
    retired = _Passes(passes.new, {fact.id: fact for fact in lock.facts if fact.gone and fact.id not in decided})
    retired.unique(lambda topic, words, _: (topic, words), lambda old: (old.topic, old.words))
    retired.unique(lambda _, words, __: words, lambda old: old.words)
    near = _nearest(passes, guide.language, renamed, declared_new, lock)
    ids = {**passes.found, **retired.found}
    ids |= _new_ids(passes.new, ids, lock)
    known = {fact.id: fact for fact in lock.facts}
    return Identified(
        guide=_with_ids(guide, ids),
        old={id_: known[id_] for id_ in ids.values() if id_ in known},
        unsure=(
            *(Unsure(old, ids[index], score) for index, old, score in near if index in passes.new),
            *_waiting(passes, ids, near),
        ),
        diagnostics=tuple(diagnostics),
    )


def _waiting(passes: _Passes, ids: dict[int, str], near: list[tuple[int, str, float]]) -> list[Unsure]:
    """What was unsure at an earlier build and has not been settled: the old fact still waits."""
    here = set(ids.values())
    asked = {old for _, old, _ in near}
    return [Unsure(old.id, old.unsettled, 0.0) for old in passes.old.values() if old.unsettled in here and old.id not in asked]


def _by_key(passes: _Passes) -> list[Diagnostic]:
    wrong = []
    seen: dict[str, Fact] = {}
    said = {(topic, words) for topic, words, fact in passes.new.values() if not fact.key}
    known = {fact.key: id_ for id_, fact in passes.old.items() if fact.key}
    for index, (_, _, fact) in list(passes.new.items()):
        if not fact.key:
            continue
        if fact.key in seen:
            message = f"the key “{fact.key}” stands in line {seen[fact.key].span.line} already"
            wrong.append(Diagnostic("K001", fact.span, message))
        elif fact.key in known:
            was = passes.old[known[fact.key]]
            if (was.topic, was.words) in said:
                wrong.append(Diagnostic("K002", fact.span, f"the key “{fact.key}” has left a line that still stands"))
            passes.take(index, was.id)
        seen.setdefault(fact.key, fact)
    return wrong


def _decided(passes: _Passes, lock: Lock) -> set[int]:
    """Carries out what the author has decided; returns the facts that were declared new."""
    if not lock.decisions:
        return set()
    known = {fact.id: fact for fact in lock.facts}
    words = {fact.id: (fact.topic, fact.words) for fact in lock.facts}
    by_id: dict[str, int] = {}
    for index, (topic, told, _) in passes.new.items():
        by_id.setdefault(_first_id(lock, topic, told), index)
    by_words = {(topic, told): index for index, (topic, told, _) in passes.new.items()}
    declared: set[int] = set()
    for decision in lock.decisions:
        first = by_id.get(decision.new, by_id.get(decision.new.partition("-")[0], -1))
        index = by_words.get(words.get(decision.new, ("", "")), first)
        if decision.old in known and index in passes.new and decision.old not in passes.found.values():
            passes.old.setdefault(decision.old, known[decision.old])  # the author may call back what was retired
        if decision.old in passes.old and index in passes.new:
            passes.take(index, decision.old)
            passes.old.pop(decision.new, None)
        elif decision.old and not decision.new:
            passes.old.pop(decision.old, None)
        elif index in passes.new:
            declared.add(index)
    return declared


def _same_words(passes: _Passes, lock_facts: Sequence[LockFact]) -> dict[str, str]:
    """Pairs equal texts and equal questions; returns for each topic what it was called before."""
    every = {topic for topic, _, _ in passes.new.values()}
    passes.unique(lambda topic, words, _: (topic, words), lambda old: (old.topic, old.words))
    topics = {topic for topic, _, _ in passes.new.values()}
    before, old = dict(passes.new), dict(passes.old)
    passes.unique(lambda _, words, __: words, lambda fact: fact.words)
    # A renamed topic: most of its unique facts came from one old topic, so the others did too.
    votes: dict[str, Counter[str]] = {topic: Counter() for topic in topics}
    for index, id_ in passes.found.items():
        if index in before and id_ in old:
            votes[before[index][0]][old[id_].topic] += 1
    known = {fact.topic for fact in lock_facts if not fact.gone}
    renamed = _by_name(every, known)
    renamed |= {topic: count.most_common(1)[0][0] for topic, count in votes.items() if count and topic not in known}
    passes.unique(lambda topic, words, _: (renamed.get(topic, topic), words), lambda fact: (fact.topic, fact.words))
    # A label that was renamed or dropped: the text below it is the same.
    passes.unique(
        lambda topic, _, fact: (renamed.get(topic, topic), told) if (told := _told(fact_texts(fact), fact.kind)) else None,
        lambda fact: (fact.topic, told) if (told := _told(fact.texts, fact.kind)) else None,
    )
    passes.unique(
        lambda topic, _, fact: (renamed.get(topic, topic), asked) if (asked := _asked(fact_texts(fact), fact.kind)) else None,
        lambda fact: (fact.topic, asked) if (asked := _asked(fact.texts, fact.kind)) else None,
    )
    # A question that has moved: it is known by what it asks and by its answer.
    passes.unique(lambda _, __, fact: _answered(fact_texts(fact), fact.kind), lambda fact: _answered(fact.texts, fact.kind))
    return renamed


def _by_name(now: set[str], before: set[str]) -> dict[str, str]:
    """Topics whose name is new, with the one that has gone and whose name is most like it: "Fargate", once "AWS Fargate"."""
    come, gone = sorted(now - before), sorted(before - now)
    found = {}
    for name in come:
        words = set(name.split(" "))
        inside = [old for old in gone if words <= set(old.split(" ")) or set(old.split(" ")) <= words]
        near = inside or [old for old in gone if likeness(old, name) >= NAME_KEPT]
        if len(near) == 1:
            found[name] = near[0]
    return found


def _asked(texts: tuple[str, ...], kind: str) -> str:
    """What a question asks: whoever learned it keeps it when its answer is mended."""
    return normal(texts[0]) if kind in ("question", "multiple_choice") and texts else ""


def _answered(texts: tuple[str, ...], kind: str) -> tuple[str, str] | None:
    """What a question asks, with its answer; None for what asks nothing."""
    asked = _asked(texts, kind)
    return (asked, normal(Piece("", "", texts, asks=True).body)) if asked else None


def _told(texts: tuple[str, ...], kind: str) -> str:
    """What is said behind a label or in the cells of a row, where it says enough to be known by."""
    if kind in ("question", "multiple_choice"):
        return ""
    cells = _without_heads(texts)[1:] if kind == "comparison" else texts[1:]
    told = " ".join(cells)
    enough = says_much(cells) if len(cells) > 1 else len(tokens(told)) >= _BODY or (" " in told and len(told) >= _LETTERS)
    return exact(told) if enough else ""


def _nearest(
    passes: _Passes, language: str, renamed: dict[str, str], declared_new: set[int], lock: Lock
) -> list[tuple[int, str, float]]:
    """One-to-one, best first; returns what was near but not near enough, or not clearly nearest.

    What no card asked is not worth a question: no history hangs on it.
    """
    words = vocabulary(language)
    learned = {fact for note in lock.notes if not note.gone for fact in note.facts}
    new = {
        index: _piece(fact_texts(fact), fact.kind, fact.section, renamed.get(topic, topic))
        for index, (topic, _, fact) in passes.new.items()
        if index not in declared_new
    }
    old = {
        id_: replace(_piece(fact.texts, fact.kind, fact.section, fact.topic), learned=id_ in learned)
        for id_, fact in passes.old.items()
    }
    _grown(new, old, {fact.topic for fact in lock.facts if not fact.gone} | set(renamed))
    everything = [_piece(fact.texts, fact.kind, fact.section, fact.topic) for fact in lock.facts if not fact.gone]
    of_language = Known(
        words.listed("words", "stop") | words.listed("words", "small"),
        words.listed("words", "negation"),
        frozenset(words.labels),
        words.data["words"]["capital_nouns"],
    )
    pairs, unsure = near_pairs(new, old, everything, of_language)
    for index, id_ in pairs:
        passes.take(index, id_)
    asked = [(index, id_, score) for index, id_, score in unsure if index in passes.new and id_ in passes.old]
    known_new, known_old = {index for index, _, _ in asked}, {id_ for _, id_, _ in asked}
    asked += of_one_name(
        {index: piece for index, piece in new.items() if index in passes.new and index not in known_new},
        {id_: piece for id_, piece in old.items() if id_ in passes.old and id_ not in known_old},
    )
    return [pair for pair in asked if pair[1] in learned]


def _grown(new: dict[int, Piece], old: dict[str, Piece], known: set[str]) -> None:
    """Looks at what defines a new topic as the line that it was: "Network Firewall: …" below WAF has grown into a topic."""
    grown: dict[int, Piece] = {}
    for index, piece in new.items():
        if piece.head == _WHAT_IT_IS and piece.topic not in known:
            lines = [was for was in old.values() if was.head != _WHAT_IT_IS and not was.asks and one_inside(was.head, piece.topic)]
            if len(lines) == 1:
                grown[index] = lines[0]
    for index, line in grown.items():
        if sum(line is other for other in grown.values()) == 1:
            new[index] = replace(new[index], topic=line.topic, texts=(line.head, *new[index].texts[1:]))


def _piece(texts: tuple[str, ...], kind: str, section: str, topic: str) -> Piece:
    asks = kind in ("question", "multiple_choice")
    if kind == "definition" and not section and texts and not texts[0]:
        texts = (_WHAT_IT_IS, *texts[1:])  # a topic has one, and it answers the same question however it is worded
    if kind == "comparison":  # what a column is called is no part of what its cells say
        texts = _without_heads(texts)
    return Piece(topic, normal(section), texts, asks, pair=kind == "pair")


def _without_heads(texts: tuple[str, ...]) -> tuple[str, ...]:
    """A row's texts without the heads of its columns."""
    return (*texts[:1], *(cell.partition(": ")[2] or cell for cell in texts[1:]))


def _first_id(lock: Lock, topic: str, words: str) -> str:
    text = "\x1f".join((lock.header.uid, lock.header.guide, topic, words))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _new_ids(new: dict[int, tuple[str, str, Fact]], found: dict[int, str], lock: Lock) -> dict[int, str]:
    taken = {fact.id for fact in lock.facts}
    ids = {}
    for index, (topic, words, _) in sorted(new.items()):
        if index in found:
            continue
        first = _first_id(lock, topic, words)
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
