"""The lock: what has been shipped, so that an edit keeps a learner's history. Its records; text.py reads and writes them."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import Literal, TypeVar

import msgspec

from ..diagnostics import Diagnostic
from ..model import Candidate, Guide, Note

FORMAT = 2  # 1 had each entry on one line
NO_UID = "0" * 32  # ids before the first build


OWN = "~"  # between a guide's name in the lock and the random letters that make its cards its own


class TypeStamp(msgspec.Struct, frozen=True):
    """When a note type's templates or CSS last changed, in seconds, with the hash that tells."""

    hash: str
    time: int


class Header(msgspec.Struct, frozen=True, tag_field="entry", tag="lock"):
    """What belongs to the whole guide.

    `uid` is 128 random bits, `family` names the note types; `guide` is the first slug, with random letters of its own behind
    `OWN` where the uid is that of another guide in the folder.
    """

    format: int
    uid: str
    family: str
    guide: str
    deck: str
    deck_id: int
    deck_time: int
    types: dict[str, TypeStamp] = {}
    version: str = ""  # of the deckpress that wrote it: another one may read the same guide otherwise


class LockFact(msgspec.Struct, frozen=True, tag_field="entry", tag="fact", omit_defaults=True):
    """A fact as it was last built, on a card or only on a sheet."""

    id: str
    topic: str
    words: str
    section: str = ""
    kind: str = ""
    texts: tuple[str, ...] = ()
    key: str = ""
    revision: int = 1  # of its last change
    since: int = 1  # the revision in which it was first seen
    gone: int = 0  # the revision in which it was retired, 0 while it lives
    left: dict[str, int] = {}  # topics that it has left -> the revision of that
    unsettled: str = ""  # id of the fact that may be it: neither shipped nor retired until that is settled


class Stamp(msgspec.Struct, frozen=True, array_like=True):
    """When a note was rendered, in seconds (0: never), from which inputs, and what came of it; both as hashes."""

    time: int = 0
    inputs: str = ""
    shown: str = ""


def shown(fields: tuple[str, ...], tags: tuple[str, ...]) -> str:
    """A hash of what a note shows."""
    return hashlib.sha256("\x1f".join((*fields, *tags)).encode()).hexdigest()[:12]


class LockNote(msgspec.Struct, frozen=True, tag_field="entry", tag="note", omit_defaults=True):
    """A note as it was shipped. Times are seconds, ids milliseconds as Anki counts them.

    A rendering leaves its stamp on the facts whose words have changed, or on the note as a whole (`inputs`, `time`, `shown`) where
    it had another reason. So two branches that change other facts of one note change other lines of the lock.
    """

    id: str  # fact or group id and slot
    guid: str
    type: str
    slot: str
    rule: str
    facts: tuple[str, ...]
    topic: str
    inputs: str
    tags: tuple[str, ...]
    cards: tuple[int, ...]
    note_id: int
    card_id: int
    time: int
    shown: str = ""
    fields: tuple[str, ...] = ()
    stamps: dict[str, Stamp] = {}  # by the id of each fact that it tells
    quotes: tuple[str, ...] = ()  # facts that its back tells besides
    look_alikes: tuple[str, ...] = ()  # facts that tell its look-alikes
    rivals: tuple[str, ...] = ()  # facts that its wrong options come from
    chapter: str = ""  # what it was rendered below, where its topic's name alone says too little
    masks: dict[str, bool] = {}  # words of the topic's name in a quotation -> whether they are hidden
    gaps: tuple[
        tuple[int, str], ...
    ] = ()  # numbers of a cloze's deletions and what they hide, dropped ones too: a number is a card
    gone: int = 0

    @property
    def shipped(self) -> Stamp:
        """The newest stamp: that of the fields, and the time that Anki sees."""
        return max(self._every_stamp, key=lambda stamp: stamp.time)

    @property
    def merged(self) -> bool:
        """Whether two branches have rendered it, neither knowing of the other: then its fields are those of no build."""
        told = self.shipped.shown
        return told not in ("", shown(self.fields, self.tags))

    @property
    def _every_stamp(self) -> tuple[Stamp, ...]:
        return (Stamp(self.time, self.inputs, self.shown), *self.stamps.values())


class Decision(msgspec.Struct, frozen=True, tag_field="entry", tag="decision", omit_defaults=True):
    """What the author said of an unsure fact: `old` is `new`; without a `new` it is retired, without an `old` it is new."""

    id: str
    old: str = ""
    new: str = ""


Entry = Header | LockFact | LockNote | Decision
AnyEntry = TypeVar("AnyEntry", Header, LockFact, LockNote)


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock in memory."""

    header: Header
    facts: tuple[LockFact, ...] = ()
    notes: tuple[LockNote, ...] = ()
    decisions: tuple[Decision, ...] = ()  # for the next build, which carries them out

    @property
    def revision(self) -> int:
        """The highest revision of its entries, 0 before the first build."""
        told = [revision for fact in self.facts for revision in (fact.revision, fact.gone, *fact.left.values())]
        return max(told, default=0)


@dataclass(frozen=True, slots=True)
class Unsure:
    """A new fact that may be an old one: asked, never guessed."""

    old: str
    new: str
    score: float


@dataclass(frozen=True, slots=True)
class Identified:
    """The guide with an id on every fact. `old` is by id what the lock knew of a fact, retired ones that came back included."""

    guide: Guide
    old: dict[str, LockFact]
    unsure: tuple[Unsure, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


Status = Literal["kept", "updated_text", "updated_question", "moved", "new", "retired"]


@dataclass(frozen=True, slots=True)
class Change:
    """What the next import does to one note; `dropped` are the numbers of its cards that have nothing to ask any more."""

    key: str
    guid: str
    facts: tuple[str, ...]
    status: Status
    old: str = ""
    new: str = ""
    dropped: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Shipment:
    """Everything that a build hands on. `revision` is the guide's after this build."""

    notes: tuple[Note, ...]
    changes: tuple[Change, ...]
    lock: Lock
    revision: int
    changed_facts: frozenset[str]
    asks: tuple[Candidate, ...]  # what the notes ask today, in the order of the guide: cards as structure, for paper

    def counts(self) -> dict[str, int]:
        """Notes by status."""
        found = Counter(change.status for change in self.changes)
        names: tuple[Status, ...] = ("kept", "updated_text", "updated_question", "moved", "new", "retired")
        return {name: found.get(name, 0) for name in names}


def with_values(entry: AnyEntry, **values: object) -> AnyEntry:
    """The same entry with other values."""
    return msgspec.structs.replace(entry, **values)
