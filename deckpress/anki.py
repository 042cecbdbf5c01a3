"""Notes and note types -> the bytes of an .apkg. The only door to genanki.

genanki stamps every note with the build time and makes ids from the clock; both would cost learners their own edits and make two
builds differ. Here time and ids come from the lock, a subclass each, and the sqlite file and the zip are made byte for byte equal.
"""

import hashlib
import io
import itertools
import json
import re
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from .assets import template
from .lock import Header, TypeStamp, with_values
from .model import Note, NoteType
from .notetypes import SHAPES

LOCK_MEMBER = "deckpress.lock.json"
NOTHING: Mapping[str, bytes] = MappingProxyType({})
_PICTURE = re.compile(r'<img src="([^"]+)"')


class BadNoteError(ValueError):
    """A bug of ours: a note that Anki would drop or that would make its database panic."""


@dataclass(frozen=True, slots=True)
class TypeFiles:
    """The templates and the style sheet of one note type, as text."""

    style: str
    cards: tuple[tuple[str, str, str], ...]  # name, front, back

    @property
    def hash(self) -> str:
        """Tells whether the look has changed."""
        return hashlib.sha256("\x1f".join((self.style, *itertools.chain.from_iterable(self.cards))).encode()).hexdigest()[:16]


def type_files(own: Path | None = None) -> dict[NoteType, TypeFiles]:
    """The card templates of every note type; a user's own files come first."""
    style = template("anki/style.css", own)
    return {
        name: TypeFiles(
            style,
            tuple(
                (card, template(f"anki/{name}/{card}-front.html", own), template(f"anki/{name}/{card}-back.html", own))
                for card in shape.cards
            ),
        )
        for name, shape in SHAPES.items()
    }


def stamped(header: Header, files: dict[NoteType, TypeFiles], now: int) -> Header:
    """The header with a new time for each note type whose look has changed."""
    types = dict(header.types)
    for name, file in files.items():
        was = types.get(name)
        if was is None or was.hash != file.hash:
            types[name] = TypeStamp(file.hash, max(was.time + 1, now) if was else now)
    return with_values(header, types=types, deck_time=header.deck_time or now)


def schema() -> str:
    """Hash of what is frozen: names, ids and order of fields and templates."""
    told = [(name, shape.title, shape.fields, shape.cards, shape.cloze) for name, shape in SHAPES.items()]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


def package(
    notes: Sequence[Note],
    header: Header,
    files: dict[NoteType, TypeFiles],
    about: str,
    lock_text: str,
    media: Mapping[str, bytes] = NOTHING,
) -> bytes:
    """The .apkg: one deck, its notes in order, their pictures, and a copy of the lock that Anki does not look at."""
    _check(notes)
    import genanki  # 70 ms

    class TimedModel(genanki.Model):  # type: ignore[misc]
        """A note type with a time of its own, and numeric ids on fields and templates so that renames arrive."""

        stamp = 0

        @property
        def _req(self) -> list[Any]:
            """Which field a front needs. Anki makes its own list on import; genanki's is slow and wrong for `{{^X}}`."""
            return [[ord_, "any", [0]] for ord_ in range(len(self.templates))]

        def to_json(self, timestamp: float, deck_id: int) -> dict[str, Any]:  # noqa: ARG002
            return dict(super().to_json(self.stamp, deck_id))

    class TimedNote(genanki.Note):  # type: ignore[misc]
        """A note whose time and ids come from the lock, and whose cards are those that were decided."""

        source: Note

        @property
        def cards(self) -> list[Any]:
            return [genanki.Card(ord_) for ord_ in self.source.cards]

        def write_to_db(self, cursor: Any, timestamp: float, deck_id: int, id_gen: Iterator[int]) -> None:  # noqa: ARG002
            ids = itertools.chain([self.source.note_id], itertools.count(self.source.card_id))
            super().write_to_db(cursor, self.source.time, deck_id, ids)

    class TimedDeck(genanki.Deck):  # type: ignore[misc]
        """A deck that does not count today's cards."""

        def to_json(self) -> dict[str, Any]:
            return dict(super().to_json()) | {
                "mod": header.deck_time, "lrnToday": [0, 0], "newToday": [0, 0], "revToday": [0, 0], "timeToday": [0, 0],
            }  # fmt: skip

    models = {}
    for name, shape in SHAPES.items():
        model = TimedModel(
            _number(header.uid, name),
            f"{header.family} · {shape.title}",
            fields=[{"name": field, "id": _number(name, field)} for field in shape.fields],
            templates=[
                {"name": card, "qfmt": front, "afmt": back, "id": _number(name, card)} for card, front, back in files[name].cards
            ],
            css=files[name].style,
            model_type=genanki.Model.CLOZE if shape.cloze else genanki.Model.FRONT_BACK,
        )
        model.stamp = header.types[name].time
        models[name] = model
    deck = TimedDeck(header.deck_id, header.deck, about)
    for note in notes:
        made = TimedNote(model=models[note.type], fields=list(note.fields), tags=list(note.tags), guid=note.guid, due=note.due)
        made.source = note
        deck.add_note(made)
    shown = {name for note in notes for field in note.fields for name in _PICTURE.findall(field)}
    used = sorted(shown & media.keys())
    return _zip(
        {
            "collection.anki2": _database(genanki.Package([deck]), header.deck_time),
            "media": json.dumps({str(at): name for at, name in enumerate(used)}).encode(),
            LOCK_MEMBER: lock_text.encode(),
            **{str(at): media[name] for at, name in enumerate(used)},
        }
    )


def _number(*names: str) -> int:
    """A stable id for a note type, a field or a template: a plausible time in milliseconds."""
    digest = hashlib.sha256("\x1f".join(names).encode()).digest()
    return 1_325_376_000_000 + int.from_bytes(digest[:8], "big") % 315_000_000_000


def _check(notes: Sequence[Note]) -> None:
    """Refuses what Anki would take silently and lose: doubled GUIDs, id 0, a note without a first field or without cards."""
    guids = [note.guid for note in notes]
    if len(set(guids)) < len(guids) or not all(guids):
        raise BadNoteError("two notes have the same GUID, or one has none")
    for note in notes:
        if note.note_id <= 0 or note.time <= 0 or not note.cards or not note.fields[0].strip():
            raise BadNoteError(f"note {note.key} would be lost on import")


def _database(package: Any, stamp: int) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "collection.anki2"
        connection = sqlite3.connect(path)
        package.write_to_db(connection.cursor(), stamp, itertools.count(stamp * 1000))
        connection.commit()
        connection.execute("vacuum")
        connection.close()
        data = bytearray(path.read_bytes())
    # The header counts changes and names the sqlite version: the one part that differs between two equal databases.
    data[24:28] = data[92:96] = (1).to_bytes(4, "big")
    data[96:100] = (3040000).to_bytes(4, "big")
    return bytes(data)


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(members):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr, info.compress_type = 3, 0o644 << 16, zipfile.ZIP_DEFLATED
            archive.writestr(info, members[name], compresslevel=6)
    return out.getvalue()
