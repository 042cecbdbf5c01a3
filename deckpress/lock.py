"""The lock: what has been shipped, so that an edit keeps a learner's history. Its text <-> records, and how it can be broken.

One JSON array, an id on a line of its own, a blank line between entries (neighbours conflict in git, these do not), sorted
by id, no totals. The last line is a sentinel, so that every entry ends in a comma and a cut-off file is seen.
"""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal, TypeVar

import msgspec

from .diagnostics import Diagnostic, Span
from .model import Candidate, Guide, Note

FORMAT = 1
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


class LockNote(msgspec.Struct, frozen=True, tag_field="entry", tag="note", omit_defaults=True):
    """A note as it was shipped. Times are seconds, ids milliseconds as Anki counts them."""

    id: str  # fact or group id and slot
    guid: str
    type: str
    slot: str
    rule: str
    facts: tuple[str, ...]
    topic: str
    inputs: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    cards: tuple[int, ...]
    note_id: int
    card_id: int
    time: int
    quotes: tuple[str, ...] = ()  # facts that its back tells besides
    look_alikes: tuple[str, ...] = ()  # facts that tell its look-alikes
    rivals: tuple[str, ...] = ()  # facts that its wrong options come from
    masks: dict[str, bool] = {}  # words of the topic's name in a quotation -> whether they are hidden
    gaps: tuple[
        tuple[int, str], ...
    ] = ()  # numbers of a cloze's deletions and what they hide, dropped ones too: a number is a card
    gone: int = 0


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


_ENCODER = msgspec.json.Encoder(order="deterministic")
_DECODER = msgspec.json.Decoder(Entry)
_MARKERS = re.compile(r"<{7}|>{7}|={7}|\|{7}")
_END = '{"entry":"end"}'
_OPENING = re.compile(r'\{"entry":"\w+","id":"[^"\\]*",')


def dump(lock: Lock) -> str:
    """The lock's text: JSON with a line of its own for each entry's id, and a blank line between entries.

    So git merges an entry that one branch has added beside one that the other has changed: a line that both have stands between.
    """
    entries: list[LockFact | LockNote | Decision] = sorted(
        [*lock.facts, *lock.notes, *lock.decisions], key=lambda entry: (entry.id, type(entry).__name__)
    )
    lines = [_ENCODER.encode(entry).decode() for entry in (lock.header, *entries)]
    lines = [_OPENING.sub(lambda opening: opening[0] + "\n", line, count=1) for line in lines]
    return "[\n\n" + "".join(f"{line},\n\n" for line in lines) + f"{_END}\n\n]\n"


def load(text: str, path: str) -> tuple[Lock | None, list[Diagnostic]]:
    """The lock in a text; None where it cannot be trusted, with the reasons and their lines."""
    wrong: list[Diagnostic] = []
    entries: list[tuple[int, Entry]] = []
    ended = False
    opening = ""
    for number, line in enumerate(text.split("\n"), 1):  # not splitlines: a word may hold U+2028
        if not opening and _OPENING.fullmatch(line.strip()):
            opening = line.strip()
            continue
        body = opening + line.strip().rstrip(",")
        opening = ""
        if _MARKERS.match(line.strip()):
            message = "the lock holds a conflict that git could not merge"
            hint = "Resolve the conflict: keep what either side added, and one of what both changed."
            return None, [Diagnostic("S001", Span(path, number), message, hint)]
        ended = ended or body == _END
        if body in ("", "[", "]", _END):
            continue
        try:
            entries.append((number, _DECODER.decode(body)))
        except msgspec.DecodeError as error:
            wrong.append(Diagnostic("S001", Span(path, number), f"this entry of the lock cannot be read ({error})"))
    headers = [entry for _, entry in entries if isinstance(entry, Header)]
    if not wrong and len(headers) != 1:
        wrong.append(Diagnostic("S001", Span(path, 1), f"the lock has {len(headers)} headers instead of one"))
    if not wrong and headers[0].format > FORMAT:
        message = f"the lock was written by a newer deckpress (format {headers[0].format}, this one knows {FORMAT})"
        return None, [Diagnostic("S001", Span(path, 1), message, "Install the newer deckpress.")]
    if not wrong and not ended:
        wrong.append(Diagnostic("S001", Span(path, text.count("\n") + 1), "the lock is cut off: its last line is missing"))
    wrong += _doubled(entries, path)
    if wrong:
        return None, wrong
    facts = tuple(entry for _, entry in entries if isinstance(entry, LockFact))
    notes = tuple(entry for _, entry in entries if isinstance(entry, LockNote))
    decisions = tuple(entry for _, entry in entries if isinstance(entry, Decision))
    return Lock(headers[0], facts, notes, decisions), []


def _doubled(entries: list[tuple[int, Entry]], path: str) -> list[Diagnostic]:
    names = [(number, name) for number, entry in entries for name in _names(entry)]
    counts = Counter(name for _, name in names)
    seen: set[str] = set()
    wrong = []
    for number, name in names:
        if counts[name] > 1 and name in seen:
            wrong.append(Diagnostic("S001", Span(path, number), f"the lock has two entries for {name}"))
        seen.add(name)
    return wrong


def _names(entry: Entry) -> tuple[str, ...]:
    match entry:
        case LockFact():
            return (f"fact {entry.id}",)
        case LockNote():
            return (f"note {entry.id}", f"GUID {entry.guid}", f"note id {entry.note_id}")
        case Decision():
            return (f"decision {entry.id}",)
    return ()
