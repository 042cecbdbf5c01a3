"""The lock's text <-> records, and every way in which it can be broken.

One JSON array, sorted by id, no totals. Its lines are cut so that git merges what two authors do: an id stands on a line of its
own, and so does each paragraph of a note's fields and each of its stamps, with a blank line between (neighbours conflict in git,
these do not). The last line is a sentinel, so that every entry ends in a comma and a cut-off file is seen.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import msgspec

from ..diagnostics import Diagnostic, Span
from . import FORMAT, Decision, Entry, Header, Lock, LockFact, LockNote, with_values

_ENCODER = msgspec.json.Encoder(order="deterministic")
_MARKERS = re.compile(r"<{7}|>{7}|={7}|\|{7}")
_START = '{"entry":"'
_END = '{"entry":"end"}'
_OPENING = re.compile(r'\{"entry":"\w+","id":"[^"\\]*",')
_PARAGRAPH = re.compile(r"(?<=</p>)|(?<= · )|(?<=<br>)|(?<=</li>)")  # ends that a line of the lock may have within a field
_LONG = 12  # characters from which a piece of a field gets a line of its own


def dump(lock: Lock) -> str:
    """The lock's text. Where two branches add or change neighbours, a line that both have stands between."""
    entries: list[LockFact | LockNote | Decision] = sorted(
        [*lock.facts, *lock.notes, *lock.decisions], key=lambda entry: (entry.id, type(entry).__name__)
    )
    lines = [_written(entry) for entry in (with_values(lock.header, format=FORMAT), *entries)]
    lines = [_OPENING.sub(lambda opening: opening[0] + "\n", line, count=1) for line in lines]
    return "[\n\n" + "".join(f"{line},\n\n" for line in lines) + f"{_END}\n\n]\n"


def _written(entry: Entry) -> str:
    """An entry as JSON: a note's paragraphs and stamps on lines of their own."""
    if not isinstance(entry, LockNote):
        return _json(entry)
    fields = ",".join(map(_pieces, entry.fields)).removeprefix("\n\n")
    stamps = ",\n\n".join(f"{_json(fact)}:{_json(stamp)}" for fact, stamp in sorted(entry.stamps.items()))
    start = _json(with_values(entry, fields=(), stamps={})).removesuffix("}")
    return f'{start},\n\n"fields":[\n\n{fields}],\n\n"stamps":{{\n\n{stamps}}}}}'


def _pieces(field: str) -> str:
    """A field as JSON: a text, or a list of the lines that it is put together of."""
    pieces = [piece for piece in _PARAGRAPH.split(field) if piece]
    told = ",".join(("\n\n" if len(piece) >= _LONG else "") + _json(piece) for piece in pieces)
    return f"[{told}]" if len(pieces) > 1 else told or '""'


def _json(value: object) -> str:
    return _ENCODER.encode(value).decode()


def _read(text: str) -> Entry:
    """The entry in a text; raises a DecodeError where it is none."""
    raw = msgspec.json.decode(text)
    if isinstance(raw, dict) and isinstance(raw.get("fields"), list):
        raw["fields"] = ["".join(map(str, field)) if isinstance(field, list) else field for field in raw["fields"]]
    entry: Entry = msgspec.convert(raw, Entry)
    return entry


def _split(text: str) -> Iterator[tuple[int, str]]:
    """The entries in a lock's text, each with the number of its first line."""
    lines = text.split("\n")  # not splitlines: a word may hold U+2028
    starts = [at for at, line in enumerate(lines) if line.startswith(_START) or line.strip() == "]"]
    for start, end in pairwise([0, *starts, len(lines)]):
        if body := "".join(line.strip() for line in lines[start:end]).removesuffix(","):
            yield start + 1, body


def load(text: str, path: str) -> tuple[Lock | None, list[Diagnostic]]:
    """The lock in a text; None where it cannot be trusted, with the reasons and their lines."""
    wrong: list[Diagnostic] = []
    entries: list[tuple[int, Entry]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if _MARKERS.match(line.strip()):
            message = "the lock holds a conflict that git could not merge"
            hint = "Resolve the conflict: keep what either side added, and one of what both changed."
            return None, [Diagnostic("S001", Span(path, number), message, hint)]
    bodies = list(_split(text))
    ended = any(body == _END for _, body in bodies)
    for number, body in bodies:
        if body in ("[", "]", _END):
            continue
        try:
            entries.append((number, _read(body)))
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
