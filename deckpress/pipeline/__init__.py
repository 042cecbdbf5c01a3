"""The only door to files, the clock and processes: reads guide and lock, calls the stages in their order, writes what they made.

All outputs are made before the first is written, each through a temporary file and `os.replace`; the lock goes first. A build
that fails leaves yesterday's dist/ whole.
"""

import os
import secrets
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ..anki import package, stamped, type_files
from ..cards import offer
from ..checks import check
from ..diagnostics import Diagnostic, Severity, Span, in_order
from ..identity import identify
from ..lock import NO_UID, OWN, Identified, Lock
from ..lock.text import dump, load
from ..model import Guide
from ..reading import read
from ..report import changes_text, deck_text, retired_text
from ..sheets import Cut, changed_sheets
from ..shipping import first_header, ship, unchanged
from .files import (
    answer_files,
    lock_path,
    missing_pictures,
    neighbour,
    own_words,
    pictures_in,
    read_guide,
    read_lock,
    replace_file,
    shown,
    write_outputs,
)
from .history import Settled, guide_of, has_place, lost, recover, settle
from .printing import book_of, printed
from .records import ALL, OUTPUTS, Built, Options, Ready, Understood

__all__ = [
    "ALL",
    "OUTPUTS",
    "Built",
    "Cut",
    "Options",
    "Ready",
    "Settled",
    "Understood",
    "accept",
    "build",
    "guide_of",
    "guides_in",
    "recover",
    "understand",
]


def guides_in(folder: Path) -> list[Path]:
    """The guides of a folder: every Markdown file but its README."""
    return sorted(path for path in folder.glob("*.md") if path.stem.lower() != "readme")


def understand(path: Path, options: Options, minting: bool = False) -> Understood:
    """Reads a guide and its lock and takes both through identity, cards and shipping. Writes nothing.

    `minting` gives a guide that has no lock yet an identity of its own; without it ids come from an all-zero uid.
    """
    found = Understood(path)
    text, wrong = read_guide(path)
    found.diagnostics += wrong
    if text is None:
        return found
    found.guide = _read(path, text, found.diagnostics)
    found.diagnostics += found.guide.diagnostics
    lock, wrong = read_lock(path)
    found.diagnostics += wrong
    if lock is None and not wrong:
        signs = lost(path, found.guide, options.out or default_out(path))
        found.lost = bool(signs)
        found.diagnostics += signs
    emptied = lock is not None and not found.guide.facts and any(not note.gone for note in lock.notes)
    if emptied:  # a save that failed, most likely
        message = "nothing to learn is left in this guide, and its deck has cards; nothing was built"
        found.diagnostics.append(Diagnostic("S012", Span(shown(path), 1), message))
    elif not wrong and not (found.lost and minting):
        found.ready = _stages(path, found.guide, lock or _new_lock(path, found.guide, minting), options, found.diagnostics)
        found.guide = found.ready.guide
    found.diagnostics = in_order(found.diagnostics)
    return found


def _read(path: Path, text: str, diagnostics: list[Diagnostic]) -> Guide:
    """The guide as it is understood with the author's own words, and with the answers in the files that it names."""
    words, wrong = own_words(path)
    guide = read(text, shown(path), path.stem, own_words=words)
    if guide.names:
        others, missing = answer_files(path, guide.names)
        guide = read(text, shown(path), path.stem, others, words)
        wrong += missing
    diagnostics += wrong
    return guide


def _stages(path: Path, guide: Guide, lock: Lock, options: Options, diagnostics: list[Diagnostic]) -> Ready:
    now = _now()
    identified = identify(guide, lock)
    names, pictures = pictures_in(path, guide)
    offered = offer(identified.guide, frozenset(names))
    shipment = ship(identified, offered, lock, now, options.refresh, names)
    header = stamped(shipment.lock.header, type_files(options.templates), now)
    diagnostics += [*identified.diagnostics, *check(identified.guide), *_unsure(identified, lock), *_doubts(path, guide, lock, now)]
    diagnostics += missing_pictures(path, guide)
    return Ready(
        identified.guide, lock, replace(shipment.lock, header=header), offered, shipment, identified.unsure, pictures, names
    )


def _unsure(identified: Identified, lock: Lock) -> list[Diagnostic]:
    known = {fact.id: " ".join(fact.texts) for fact in lock.facts}
    places = {fact.id: fact.span for fact in identified.guide.facts}
    return [
        Diagnostic("S005", places[unsure.new], f"may be the old “{known[unsure.old][:60]}”; taken as new until that is settled")
        for unsure in identified.unsure
    ]


def _doubts(path: Path, guide: Guide, lock: Lock, now: int) -> list[Diagnostic]:
    """What lock and guide, or lock and clock, disagree on."""
    found = []
    if guide.settings.deck and guide.settings.deck != lock.header.deck:
        message = f"learners know the deck as “{lock.header.deck}”, the front matter now says “{guide.settings.deck}”"
        found.append(Diagnostic("S007", Span(shown(path), 1), message))
    if any(note.shipped.time > now for note in lock.notes):
        message = "the lock is ahead of this machine's clock; learners' own edits on notes that change now may be overwritten"
        found.append(Diagnostic("S003", Span(shown(lock_path(path)), 1), message))
    return found


def _new_lock(path: Path, guide: Guide, minting: bool) -> Lock:
    deck = guide.settings.deck or guide.title
    if not minting:
        return Lock(first_header(NO_UID, guide, deck))
    uid, family, names = neighbour(path)
    slug, count = guide.slug, 1
    while slug in {name.partition(OWN)[0] for name in names}:  # a guide that was renamed since has shipped under this name
        count += 1
        slug = f"{guide.slug}-{count}"
    if uid:  # the folder's note types, but cards of its own: others have this folder too, and write a guide of the same name
        slug = f"{slug}{OWN}{secrets.token_hex(4)}"
    return Lock(first_header(uid or secrets.token_hex(16), replace(guide, slug=slug), deck, family))


def _now() -> int:
    told = os.environ.get("SOURCE_DATE_EPOCH", "")
    return max(1, int(told) if told.isdigit() else int(time.time()))


def build(paths: Sequence[Path], options: Options) -> list[Built]:
    """Builds guides one after the other. Errors of one guide do not keep the others from being made."""
    names = [path.stem for path in paths]
    built = []
    for path in paths:
        if names.count(path.stem) > 1:
            message = f"two guides are called {path.name}; their files in dist/ would overwrite each other"
            built.append(Built(path, [Diagnostic("G003", Span(shown(path), 1), message)]))
        else:
            built.append(_build(path, options))
    return built


def _build(path: Path, options: Options) -> Built:
    found = understand(path, options, minting=True)
    result = Built(path, found.diagnostics)
    ready = found.ready
    if ready is None or found.broken(options.strict):
        return result
    place = lock_path(path)
    changed = "deck" in options.only and (not place.exists() or not unchanged(ready.next_lock, ready.lock))
    homeless = changed and not has_place(path)
    if homeless:
        result.diagnostics.append(_no_place(place))
        if place.exists():
            return result
    if changed and options.frozen:
        message = "the lock does not know what this guide says now"
        result.diagnostics.append(Diagnostic("S004", Span(shown(place), 1), message))
        return result
    out = options.out or default_out(path)
    files = _make(ready, options, out, result)
    if any(found.severity is Severity.ERROR for found in result.diagnostics):
        return result
    try:
        if changed and not homeless:
            replace_file(place, _sound(ready.next_lock).encode())
    except OSError as error:  # nothing is shipped that the lock does not know
        result.diagnostics.append(Diagnostic("S011", Span(shown(place), 1), f"the lock cannot be written: {error.strerror}"))
        return result
    try:
        result.written, result.dropped = write_outputs(out, ready.guide.slug, files, options.only)
        result.ready = ready
    except OSError as error:
        advice = "Make room there, or choose another folder with --out."
        result.diagnostics.append(Diagnostic("G001", Span(shown(out), 1), f"cannot be written: {error.strerror}", advice))
    return result


def _sound(lock: Lock) -> str:
    """The text of a lock that can be read again: a broken one would cost learners their history."""
    text = dump(lock)
    again, wrong = load(text, "the next lock")
    if again is None:
        raise ValueError(f"the next lock would be broken: {wrong}")
    return text


def _no_place(place: Path) -> Diagnostic:
    if place.exists():
        return Diagnostic("S011", Span(shown(place), 1), "the lock would change, and its folder cannot be written to")
    message = "there is no place for the lock beside the guide: learners' history will not survive the next edit"
    return Diagnostic("S006", Span(shown(place), 1), message)


def default_out(path: Path) -> Path:
    """Where a guide's files go when nobody says: dist/ beside the folder that it is in."""
    return path.resolve().parent.parent / "dist"


def accept(path: Path, pairs: Sequence[str], every: str = "", undo: bool = False) -> Settled:
    """Settles what `plan` is unsure of: writes the author's decisions into the lock, or takes them away again."""
    found = understand(path, Options())
    if found.ready is None:
        return Settled([d for d in found.diagnostics if d.severity is Severity.ERROR])
    return settle(path, found.ready.guide, found.ready.lock, found.ready.unsure, pairs, every, undo)


def _make(ready: Ready, options: Options, out: Path, result: Built) -> dict[str, bytes]:
    """Every output in memory, by its name in dist/."""
    files: dict[str, bytes] = {}
    slug = ready.guide.slug
    sheets = book_of(ready, options)
    result.again = changed_sheets(sheets, ready.next_lock.revision)
    if "deck" in options.only:
        lock = ready.next_lock
        about = deck_text(ready.guide, ready.shipment, lock.header.deck_time)
        files[f"{slug}.apkg"] = package(
            ready.shipment.notes, lock.header, type_files(options.templates), about, dump(lock), ready.pictures
        )
        if retired := retired_text(lock):
            files[f"{slug}-retired.txt"] = retired.encode()
        files[f"{slug}-changes.txt"] = changes_text(ready.guide, lock, result.again).encode()
    return files | printed(ready, sheets, options, out, result)
