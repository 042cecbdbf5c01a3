"""Candidates x lock -> notes as shipped, what an import will change, and the next lock.

A shipped note is rendered anew only when its inputs changed: the words of its facts, of what it quotes, and of its topic.
Otherwise the shipped fields go out again byte for byte, and a learner's copy stays untouched (Anki leaves a note alone whose time
is not newer). What has shipped comes first and keeps its type and slot; only facts that no shipped note covers take new ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from .. import __version__
from ..lock import FORMAT, OWN, Change, Header, Identified, Lock, LockFact, LockNote, Shipment, Status, with_values
from ..markup import NOTHING, chapter_of, fact_texts, fact_words
from ..model import Candidate, FactCards, Guide, Note
from ..words import exact, normal
from .inputs import letters
from .notes import Context, note_id
from .order import in_order


def ship(
    identified: Identified,
    offered: Sequence[FactCards],
    lock: Lock,
    now: int,
    refresh: bool = False,
    media: Mapping[str, str] = NOTHING,
) -> Shipment:
    """Decides what goes out. `now` is in seconds; it becomes the time of what is new or changed, and of nothing else.

    `media` has the names of the pictures that travel with the deck, by their sources in the guide.
    """
    # The slug of the first build: a renamed guide file changes no tag.
    guide = replace(identified.guide, slug=lock.header.guide.partition(OWN)[0])
    context = Context(
        guide, {topic.key: topic for topic in guide.topics}, {fact.id: fact for fact in guide.facts}, lock, now, refresh,
        set(), _edited(identified), media, _of_another_version(lock), _headings(guide),
    )  # fmt: skip
    facts, revision, changed = _facts(identified, lock)
    notes: dict[str, LockNote] = {}
    changes: list[Change] = []
    covered: set[str] = set()
    asks: list[Candidate] = []
    asked = {unsure.old for unsure in identified.unsure}
    offers = {cards.fact: cards for cards in offered}
    context.find_homes(lock.notes, offers, changed)
    # What has gone may be back: the last to go comes first, and stays away where another note has taken its facts.
    for note in sorted(lock.notes, key=lambda note: (bool(note.gone), -note.gone)):
        back = note.gone and covered.isdisjoint(note.facts)
        again, candidate = context.again(note, offers) if back or not note.gone else (None, None)
        notes[note.id] = with_values(again, gone=0) if again else note
        if again:
            asks += [candidate] if candidate else []
            covered.update(again.facts)
            changes.append(_change(note, again))
        elif not note.gone and asked.isdisjoint(note.facts):  # what is unsure is neither shipped nor retired
            notes[note.id] = with_values(note, gone=revision)
            changes.append(Change(note.id, note.guid, note.facts, "retired", note.fields[0]))
    for fresh, candidate in context.fresh(offered, covered, dict(notes)):
        asks.append(candidate)
        notes[fresh.id] = fresh
        changes.append(Change(fresh.id, fresh.guid, fresh.facts, "new", "", fresh.fields[0]))
    order = {fact.id: at for at, fact in enumerate(guide.facts)}
    live = in_order(
        [notes[change.key] for change in changes if change.status != "retired"],
        order,
        {fact.id: fact.topic for fact in guide.facts},
    )
    shipped = tuple(_note(note, at + 1) for at, note in enumerate(live))
    asks.sort(key=lambda one: order[one.facts[0]])
    return Shipment(
        shipped,
        tuple(changes),
        Lock(with_values(lock.header, version=__version__), facts, tuple(notes.values())),
        revision,
        changed,
        tuple(asks),
    )


def _of_another_version(lock: Lock) -> dict[str, str]:
    """The letters of all facts as another version has read them; none where this one wrote the lock."""
    return {} if lock.header.version == __version__ else {fact.id: letters(fact.texts) for fact in lock.facts}


def _headings(guide: Guide) -> frozenset[str]:
    """Normal words of all that is written above facts, and of nothing, which stands above some."""
    names = {"", *(fact.under for fact in guide.facts)}
    for topic in guide.topics:
        names |= {topic.name, topic.title, topic.category, chapter_of(topic), *(section.name for section in topic.sections)}
    return frozenset(map(normal, names))


def _facts(identified: Identified, lock: Lock) -> tuple[tuple[LockFact, ...], int, frozenset[str]]:
    """The next entries of all facts, the revision, and the ids of what changed in it."""
    guide = identified.guide
    names = {topic.key: normal(topic.name) for topic in guide.topics}
    asked = {unsure.old: unsure.new for unsure in reversed(identified.unsure)}  # of several the likeliest, which comes first
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
        if was is None or was.gone or _said(was) != _said(entry) or was.topic != entry.topic:
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


def _edited(identified: Identified) -> frozenset[str]:
    """The facts that the lock knows with other words: a comma counts, for their notes are rendered anew for it."""
    known = identified.old
    return frozenset(fact.id for fact in identified.guide.facts if fact.id in known and known[fact.id].texts != fact_texts(fact))


def _said(fact: LockFact) -> str:
    """What a fact says to a reader: an arrow that turns is an edit, a comma is none."""
    return exact(" ".join(fact.texts))


def _change(was: LockNote, now: LockNote) -> Change:
    status: Status = "kept"
    if was.topic != now.topic:
        status = "moved"
    elif was.fields[0] != now.fields[0]:
        status = "updated_question"
    elif (was.fields, was.tags, was.shipped.time) != (now.fields, now.tags, now.shipped.time):
        status = "updated_text"
    dropped = () if was.gone else tuple(card + 1 for card in was.cards if card not in now.cards)
    return Change(now.id, now.guid, now.facts, status, was.fields[0], now.fields[0], dropped)


def _note(note: LockNote, due: int) -> Note:
    return Note(
        key=note.id, guid=note.guid, type=note.type, rule=note.rule, facts=note.facts, topic=note.topic,  # type: ignore[arg-type]
        fields=note.fields, tags=note.tags, cards=note.cards, note_id=note.note_id, card_id=note.card_id,
        time=note.shipped.time, due=due,
    )  # fmt: skip


def first_header(uid: str, guide: Guide, deck: str, family: str = "") -> Header:
    """The header of a new lock: what is fixed at the first build. `family` names the note types of all guides with that uid."""
    deck_id = note_id(f"deck {uid} {guide.slug}", set())
    return Header(
        format=FORMAT,
        uid=uid,
        family=family or guide.title,
        guide=guide.slug,
        deck=deck,
        deck_id=deck_id,
        deck_time=0,
        version=__version__,
    )


def unchanged(left: Lock, right: Lock) -> bool:
    """Whether two locks say the same."""
    return replace(left, facts=tuple(sorted(left.facts, key=_id)), notes=tuple(sorted(left.notes, key=_id))) == replace(
        right, facts=tuple(sorted(right.facts, key=_id)), notes=tuple(sorted(right.notes, key=_id))
    )


def _id(entry: LockFact | LockNote) -> str:
    return entry.id
