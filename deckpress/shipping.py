"""Candidates x lock -> notes as shipped, what an import will change, and the next lock.

A shipped note is rendered anew only when its inputs changed: the words of its facts, of what it quotes, and of its topic.
Otherwise the shipped fields go out again byte for byte, and a learner's copy stays untouched (Anki leaves a note alone whose time
is not newer). What has shipped comes first and keeps its type and slot; only facts that no shipped note covers take new ones.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from .likeness import likeness
from .lock import NO_UID, Change, Header, Identified, Lock, LockFact, LockNote, Shipment, Status, with_values
from .markup import fact_texts, fact_words, fits_beside, plain, side_by_side
from .model import Candidate, Fact, FactCards, Gap, Guide, Note, Topic
from .rendering import render
from .words import normal

# Note ids are milliseconds to Anki: ten plausible years from 2012, in steps that leave room for the cards of a note.
_FIRST, _STEP, _STEPS = 1_325_376_000_000, 64, 4_930_000_000
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def ship(identified: Identified, offered: Sequence[FactCards], lock: Lock, now: int, refresh: bool = False) -> Shipment:
    """Decides what goes out. `now` is in seconds; it becomes the time of what is new or changed, and of nothing else."""
    # The slug of the first build: a renamed guide file changes no tag.
    guide = replace(identified.guide, slug=lock.header.guide)
    context = _Context(
        guide, {topic.key: topic for topic in guide.topics}, {fact.id: fact for fact in guide.facts}, lock, now, refresh,
        set(),
    )  # fmt: skip
    facts, revision, changed = _facts(identified, lock)
    notes: dict[str, LockNote] = {}
    changes: list[Change] = []
    covered: set[str] = set()
    asked = {unsure.old for unsure in identified.unsure}
    offers = {cards.fact: cards for cards in offered}
    context.find_homes(lock.notes, offers, changed)
    # What has gone may be back: the last to go comes first, and stays away where another note has taken its facts.
    for note in sorted(lock.notes, key=lambda note: (bool(note.gone), -note.gone)):
        back = note.gone and covered.isdisjoint(note.facts)
        again = context.again(note, offers) if back or not note.gone else None
        notes[note.id] = with_values(again, gone=0) if again else note
        if again:
            covered.update(again.facts)
            changes.append(_change(note, again))
        elif not note.gone and asked.isdisjoint(note.facts):  # what is unsure is neither shipped nor retired
            notes[note.id] = with_values(note, gone=revision)
            changes.append(Change(note.id, note.guid, note.facts, "retired", note.fields[0]))
    for fresh in context.fresh(offered, covered, dict(notes)):
        notes[fresh.id] = fresh
        changes.append(Change(fresh.id, fresh.guid, fresh.facts, "new", "", fresh.fields[0]))
    order = {fact.id: at for at, fact in enumerate(guide.facts)}
    live = [notes[change.key] for change in changes if change.status != "retired"]
    live.sort(key=lambda note: (min(order[fact] for fact in note.facts if fact in order), note.id))
    shipped = tuple(_note(note, at + 1) for at, note in enumerate(live))
    return Shipment(shipped, tuple(changes), Lock(lock.header, facts, tuple(notes.values())), revision, changed)


def _facts(identified: Identified, lock: Lock) -> tuple[tuple[LockFact, ...], int, frozenset[str]]:
    """The next entries of all facts, the revision, and the ids of what changed in it."""
    guide = identified.guide
    names = {topic.key: normal(topic.name) for topic in guide.topics}
    asked = {unsure.old: unsure.new for unsure in identified.unsure}
    revision = lock.revision + 1
    entries: list[LockFact] = []
    changed: set[str] = set()
    for fact in guide.facts:
        was = identified.old.get(fact.id)
        entry = LockFact(
            id=fact.id, topic=names[fact.topic], words=fact_words(fact), section=fact.section, kind=fact.kind,
            texts=fact_texts(fact), key=fact.key or (was.key if was else ""), revision=was.revision if was else revision,
            since=was.since if was else revision, left=was.left if was else {},
        )  # fmt: skip
        if was is None or was.gone or was.words != entry.words or was.topic != entry.topic:
            left = {**entry.left, was.topic: revision} if was and was.topic != entry.topic else entry.left
            entry = with_values(entry, revision=revision, left=left)
            changed.add(fact.id)
        entries.append(entry)
    here = {entry.id for entry in entries}
    for known in lock.facts:
        if known.id not in here:
            retired = known if known.gone or known.id in asked else with_values(known, gone=revision)
            retired = with_values(retired, unsettled=asked.get(known.id, ""))
            if retired != known:
                changed.add(known.id)
            entries.append(retired)
    return tuple(entries), revision if changed else lock.revision, frozenset(changed)


def _numbered(candidate: Candidate, known: tuple[tuple[int, str], ...]) -> tuple[tuple[int, ...], tuple[tuple[int, str], ...]]:
    """Numbers for the deletions of a cloze, in their order, and all that the note ever had: a number stays with what it hides."""
    texts = [plain(part.text) for part in candidate.prompt if isinstance(part, Gap)]
    if not texts:
        return (), known
    free = dict(known)
    numbers: dict[int, int] = {}
    for at, text in enumerate(texts):
        same = next((number for number, was in free.items() if normal(was) == normal(text)), 0)
        if same:
            numbers[at] = same
            del free[same]
    for at, text in enumerate(texts):
        near = max(free, key=lambda number: (likeness(free[number], text), -number), default=0)
        if at not in numbers and near and (len(texts) == len(known) == 1 or likeness(free[near], text) >= 0.5):
            numbers[at] = near
            del free[near]
    following = max([number for number, _ in known], default=0) + 1
    for at in range(len(texts)):
        if at not in numbers:
            numbers[at], following = following, following + 1
    gaps = {**dict(known), **{numbers[at]: text for at, text in enumerate(texts)}}
    return tuple(numbers[at] for at in range(len(texts))), tuple(sorted(gaps.items()))


@dataclass(frozen=True, slots=True)
class _Context:
    guide: Guide
    topics: dict[str, Topic]
    facts: dict[str, Fact]
    lock: Lock
    now: int
    refresh: bool
    homeless: set[str]  # facts that a merged note may take in: what is new, changed or back and stands on no card

    def again(self, note: LockNote, offered: Mapping[str, FactCards]) -> LockNote | None:
        """The shipped note as it goes out this time; None when its facts have left or the author wants no card."""
        living = self._living(note)
        if not living:
            return None
        candidate = self._same_slot(note, living, offered)
        if candidate is not None and candidate.parts:
            candidate = self._with_members(candidate, living)
        members = candidate.facts if candidate is not None else tuple(living)
        inputs = self._inputs(members, self.facts[members[0]].topic, note.quotes)
        if inputs == note.inputs and set(members) == set(note.facts) and not self.refresh:
            return note
        if candidate is None:
            return None if inputs != note.inputs else note
        if candidate.reverse and "both" not in self.facts[members[0]].marks:  # as many sides as it had
            candidate = replace(candidate, one_way="" if 1 in note.cards else "it has shipped with one side")
        rendered = self._render(replace(candidate, facts=members), note)
        same = (rendered.fields, rendered.tags) == (note.fields, note.tags)
        return with_values(rendered, time=note.time if same else max(note.time + 1, self.now))

    def find_homes(self, notes: Sequence[LockNote], offered: Mapping[str, FactCards], changed: frozenset[str]) -> None:
        """Finds the facts without a home: what changed and no note holds, and what was moved away from its merged note."""
        held: set[str] = set()
        left: set[str] = set()
        for note in notes:
            living = [] if note.gone else self._living(note)
            candidate = self._same_slot(note, living, offered)
            away = set(living) - {fact for fact, _ in candidate.parts} if candidate is not None and candidate.parts else set()
            held |= set(living) - away
            left |= away
        self.homeless.update(fact for fact in self.facts if fact in (changed | left) - held)

    def _living(self, note: LockNote) -> list[str]:
        return [fact for fact in note.facts if fact in self.facts and "no-card" not in self.facts[fact].marks]

    def _with_members(self, candidate: Candidate, living: Sequence[str]) -> Candidate:
        """A merged card with the bullets that it had, and with new ones of its section while they fit."""
        told = dict(candidate.parts)
        members = [fact for fact in living if fact in told]
        for fact, text in candidate.parts:
            free = fact in self.homeless and fact not in members and "no-card" not in self.facts[fact].marks
            if free and fits_beside([told[member] for member in members], text):
                members.append(fact)
        self.homeless.difference_update(members)
        return replace(candidate, facts=tuple(members), prompt=side_by_side(candidate.parts, members)) if members else candidate

    def _same_slot(self, note: LockNote, living: Sequence[str], offered: Mapping[str, FactCards]) -> Candidate | None:
        """What the note would be made of today: of its own rule if that still fits, else of any that fills its slot.

        A merged note stays with the section where most of its bullets are, and stays merged where no rule merges them any more.
        """
        fitting = [
            candidate
            for fact in living
            for candidate in (offered[fact].candidates if fact in offered else ())
            if (candidate.type, candidate.slot) == (note.type, note.slot) and candidate.fillable
        ]
        own = [candidate for candidate in fitting if candidate.rule == note.rule] or fitting[:1]

        def fit(candidate: Candidate) -> tuple[int, bool, bool]:
            told = sum(fact in living for fact, _ in candidate.parts)
            return told, normal(self.topics[candidate.topic].name) == note.topic, not candidate.refused

        best = max(own, key=fit, default=None)
        if best is None or best.parts or len(living) < 2:
            return best
        told = {c.facts[0]: tuple(part for part in c.prompt if not isinstance(part, Gap)) for c in own if c.rule == best.rule}
        parts = tuple(told.items())
        return replace(best, facts=tuple(told), parts=parts, prompt=side_by_side(parts, tuple(told)))

    def fresh(self, offered: Sequence[FactCards], covered: set[str], old: dict[str, LockNote]) -> list[LockNote]:
        """New notes for the facts that no shipped note covers."""
        notes = []
        taken, named = {note.note_id for note in old.values()}, set(old)
        for cards in offered:
            free = (_uncovered(candidate, covered) for candidate in cards.candidates if not candidate.refused)
            candidate = next((found for found in free if found), None)
            if cards.fact in covered or candidate is None:
                continue
            covered.update(candidate.facts)
            key = f"{candidate.group}:{candidate.slot}"
            while key in named:  # the name of a note with other facts
                key += "+"
            named.add(key)
            guid = self._guid(key)
            note_id = _note_id(guid, taken)
            taken.add(note_id)
            empty = LockNote(
                id=key, guid=guid, type=candidate.type, slot=candidate.slot, rule=candidate.rule, facts=(), topic="", inputs="",
                fields=(), tags=(), cards=(), note_id=note_id, card_id=note_id, time=0,
            )  # fmt: skip
            notes.append(self._render(candidate, empty))
        return notes

    def _render(self, candidate: Candidate, was: LockNote) -> LockNote:
        """The note of a candidate under the identity of `was`."""
        numbers, gaps = _numbered(candidate, was.gaps)
        quotes = _quotes(candidate, self.topics)
        fields, tags, cards = render(candidate, was.id, self.guide, self.topics[candidate.topic], self.facts, numbers)
        return with_values(
            was, rule=candidate.rule, facts=candidate.facts, topic=normal(self.topics[candidate.topic].name),
            inputs=self._inputs(candidate.facts, candidate.topic, quotes), fields=fields, tags=tags, cards=cards,
            time=self.now, quotes=quotes, gaps=gaps, gone=0,
        )  # fmt: skip

    def _inputs(self, facts: Sequence[str], topic: str, quotes: Sequence[str]) -> str:
        """Hash of the words that a note is made of: never place, kind, section, file name, template or version."""
        told = [self.topics[topic].name if topic in self.topics else ""]
        for id_ in (*facts, *quotes):
            fact = self.facts.get(id_)
            told.append(f"{fact_words_exact(fact)}{fact.marks}" if fact else "")
        return hashlib.sha256("\x1f".join(told).encode()).hexdigest()[:16]

    def _guid(self, key: str) -> str:
        if self.lock.header.uid == NO_UID:
            return ""
        digest = hashlib.sha256(f"{self.lock.header.uid}\x1f{self.lock.header.guide}\x1f{key}".encode()).digest()
        number, out = int.from_bytes(digest[:8], "big"), ""
        while number:
            number, rest = divmod(number, 62)
            out += _ALPHABET[rest]
        return out or "0"


def _uncovered(candidate: Candidate, covered: set[str]) -> Candidate | None:
    """The candidate with those bullets that stand on no card yet; None where too few are left of it."""
    if covered.isdisjoint(candidate.facts):
        return candidate
    members = tuple(fact for fact in candidate.facts if fact not in covered)
    if not candidate.parts or len(members) < 2:
        return None
    return replace(candidate, facts=members, group=members[0], prompt=side_by_side(candidate.parts, members))


def fact_words_exact(fact: Fact) -> str:
    """The texts of a fact, blanks aside: a changed comma is an edit, a moved line break is none."""
    return " ".join(" ".join(fact_texts(fact)).split())


def _quotes(candidate: Candidate, topics: dict[str, Topic]) -> tuple[str, ...]:
    """Facts that the note repeats beside its own: the definition of the topic that is its answer."""
    if not candidate.answer_is_topic or candidate.rule == "define" or not candidate.extra:
        return ()
    told = " ".join(part.text for part in candidate.answer if hasattr(part, "text"))
    for topic in topics.values():
        if topic.name == told:
            first = next((fact.id for fact in topic.facts if fact.kind == "definition"), "")
            return (first,) if first and first not in candidate.facts else ()
    return ()


def _note_id(guid: str, taken: set[int]) -> int:
    if not guid:
        return 0
    step = int.from_bytes(hashlib.sha256(guid.encode()).digest()[:8], "big") % _STEPS
    while _FIRST + step * _STEP in taken:
        step = (step + 1) % _STEPS
    return _FIRST + step * _STEP


def _change(was: LockNote, now: LockNote) -> Change:
    status: Status = "kept"
    if was.topic != now.topic:
        status = "moved"
    elif was.fields[0] != now.fields[0]:
        status = "updated_question"
    elif (was.fields, was.tags) != (now.fields, now.tags):
        status = "updated_text"
    return Change(now.id, now.guid, now.facts, status, was.fields[0], now.fields[0])


def _note(note: LockNote, due: int) -> Note:
    return Note(
        key=note.id, guid=note.guid, type=note.type, rule=note.rule, facts=note.facts, topic=note.topic,  # type: ignore[arg-type]
        fields=note.fields, tags=note.tags, cards=note.cards, note_id=note.note_id, card_id=note.card_id, time=note.time, due=due,
    )  # fmt: skip


def first_header(uid: str, guide: Guide, deck: str, family: str = "") -> Header:
    """The header of a new lock: what is fixed at the first build. `family` names the note types of all guides with that uid."""
    deck_id = _note_id(f"deck {uid} {guide.slug}", set())
    return Header(format=1, uid=uid, family=family or guide.title, guide=guide.slug, deck=deck, deck_id=deck_id, deck_time=0)


def unchanged(left: Lock, right: Lock) -> bool:
    """Whether two locks say the same."""
    return replace(left, facts=tuple(sorted(left.facts, key=_id)), notes=tuple(sorted(left.notes, key=_id))) == replace(
        right, facts=tuple(sorted(right.facts, key=_id)), notes=tuple(sorted(right.notes, key=_id))
    )


def _id(entry: LockFact | LockNote) -> str:
    return entry.id
