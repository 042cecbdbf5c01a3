"""The only door to files, the clock and processes: reads guide and lock, calls the stages in their order, writes what they made.

All outputs are made before the first is written, each through a temporary file and `os.replace`; the lock goes first. A build that
fails leaves yesterday's dist/ whole.
"""

import contextlib
import json
import os
import secrets
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from .bootstrap import print_libraries_missing
from .anki import package, stamped, type_files
from .cards import offer
from .checks import check
from .diagnostics import Diagnostic, Severity, Span, in_order
from .identity import identify
from .lock import NO_UID, Lock, dump, load
from .markup import escaped
from .model import FactCards, Guide
from .press import press_html, press_pdf
from .reading import read
from .sheets import book
from .shipping import Shipment, first_header, ship, unchanged

OUTPUTS = ("deck", "cheatsheets")
_KEPT = ".deckpress-pages"


@dataclass(frozen=True, slots=True)
class Options:
    """How to build; every field has the default of the command line."""

    out: Path | None = None
    only: tuple[str, ...] = OUTPUTS
    templates: Path | None = None
    refresh: bool = False
    frozen: bool = False
    cache: bool = True
    strict: bool = False


@dataclass(slots=True)
class Understood:
    """A guide with everything that is known of it before anything is made. `guide` is None where it could not be read."""

    path: Path
    guide: Guide | None = None
    lock: Lock | None = None
    next_lock: Lock | None = None
    offered: tuple[FactCards, ...] = ()
    shipment: Shipment | None = None
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def broken(self, strict: bool = False) -> bool:
        """Whether a build must stop here."""
        stop = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
        return any(found.severity in stop for found in self.diagnostics)


@dataclass(slots=True)
class Built:
    """What a build made of one guide."""

    path: Path
    diagnostics: list[Diagnostic]
    guide: Guide | None = None
    shipment: Shipment | None = None
    written: list[Path] = field(default_factory=list)
    without_print: list[str] = field(default_factory=list)  # native libraries that are missing
    failed: bool = False


def guides_in(folder: Path) -> list[Path]:
    """The guides of a folder: every Markdown file but its README."""
    return sorted(path for path in folder.glob("*.md") if path.stem.lower() != "readme")


def understand(path: Path, options: Options, minting: bool = False) -> Understood:
    """Reads a guide and its lock and takes both through identity, cards and shipping. Writes nothing."""
    found = Understood(path)
    text = _text(path, found)
    if text is None:
        return found
    guide = read(text, _shown(path), path.stem)
    found.diagnostics += guide.diagnostics
    lock = _lock(path, guide, found, minting)
    if lock is None:
        found.guide = guide
        return found
    if guide.settings.deck and guide.settings.deck != lock.header.deck:
        message = f"learners know the deck as “{lock.header.deck}”, the front matter now says “{guide.settings.deck}”"
        found.diagnostics.append(Diagnostic("S007", Span(_shown(path), 1), message))
    identified = identify(guide, lock)
    now = _now()
    if any(note.time > now for note in lock.notes):
        message = "the lock is ahead of this machine's clock; learners' own edits on notes that change now may be overwritten"
        found.diagnostics.append(Diagnostic("S003", Span(_shown(_lock_path(path)), 1), message))
    found.guide, found.lock = identified.guide, lock
    found.offered = offer(identified.guide)
    found.shipment = ship(identified, found.offered, lock, now, options.refresh)
    header = stamped(lock.header, type_files(options.templates), now)
    found.next_lock = replace(found.shipment.lock, header=header)
    found.diagnostics += [*identified.diagnostics, *check(identified.guide)]
    known = {fact.id: fact for fact in lock.facts}
    for unsure in identified.unsure:
        fact = next(fact for fact in identified.guide.facts if fact.id == unsure.new)
        message = f"may be the old “{' '.join(known[unsure.old].texts)[:60]}”; taken as new until that is settled"
        found.diagnostics.append(Diagnostic("S005", fact.span, message))
    found.diagnostics = in_order(found.diagnostics)
    return found


def build(paths: Sequence[Path], options: Options) -> list[Built]:
    """Builds guides one after the other. Errors of one guide do not keep the others from being made."""
    doubled = {path.stem for path in paths if [other.stem for other in paths].count(path.stem) > 1}
    built = []
    for path in paths:
        if path.stem in doubled:
            message = f"two guides are called {path.name}; their files in dist/ would overwrite each other"
            built.append(Built(path, [Diagnostic("G003", Span(_shown(path), 1), message)], failed=True))
        else:
            built.append(_build(path, options))
    return built


def _build(path: Path, options: Options) -> Built:
    found = understand(path, options, minting=True)
    result = Built(path, found.diagnostics, found.guide, found.shipment)
    writes_lock = "deck" in options.only
    if found.broken(options.strict) or found.guide is None or found.shipment is None or found.next_lock is None or found.lock is None:
        result.failed = True
        return result
    changed = not unchanged(found.next_lock, found.lock) or not _lock_path(path).exists()
    if options.frozen and writes_lock and changed:
        message = "the lock does not know what this guide says now"
        result.diagnostics.append(Diagnostic("S004", Span(_shown(_lock_path(path)), 1), message))
        result.failed = True
        return result
    out = options.out or path.parent.parent / "dist"
    files = _make(found, options, out, result)
    if any(d.severity is Severity.ERROR for d in result.diagnostics):
        result.failed = True
        return result
    _write_all(found, files, out, writes_lock and changed, result)
    return result


def _make(found: Understood, options: Options, out: Path, result: Built) -> dict[str, bytes]:
    """Every output in memory, by its name in dist/."""
    assert found.guide and found.shipment and found.next_lock
    files: dict[str, bytes] = {}
    slug = found.guide.slug
    if "deck" in options.only:
        text = dump(found.next_lock)
        about = _description(found.guide, found.shipment)
        files[f"{slug}.apkg"] = package(found.shipment.notes, found.next_lock.header, type_files(options.templates), about, text)
        retired = _retired(found.next_lock)
        if retired:
            files[f"{slug}-retired.txt"] = retired.encode()
    if "cheatsheets" in options.only:
        sheets = book(found.guide, found.next_lock)
        result.without_print = print_libraries_missing()
        if result.without_print:
            pressed = press_html(sheets, options.templates, _shown(found.path))
        else:
            kept = _kept_pages(out, slug) if options.cache else {}
            pressed = press_pdf(sheets, options.templates, _shown(found.path), kept, found.path.resolve().parent)
            if options.cache and pressed.pages.keys() != kept.keys():
                _keep_pages(out, slug, pressed.pages)
        files |= {f"{slug}{name}": data for name, data in pressed.files.items()}
        result.diagnostics += pressed.diagnostics
    return files


def _description(guide: Guide, shipment: Shipment) -> str:
    cards = sum(len(note.cards) for note in shipment.notes)
    parts = [guide.title, guide.settings.author, guide.settings.licence, f"{len(shipment.notes)} notes, {cards} cards"]
    return escaped(" · ".join(part for part in parts if part))


def _retired(lock: Lock) -> str:
    """The one search that finds the cards of retired facts in Anki's browser."""
    gone = sorted(note.id for note in lock.notes if note.gone)
    if not gone:
        return ""
    search = " OR ".join(f'"NoteKey:{key}"' for key in gone)
    return f"These notes are no longer in the guide. Paste this line into the search box of Anki's browser, then suspend or delete them:\n\n{search}\n"


# --- files -------------------------------------------------------------------------------------------------------


def _shown(path: Path) -> str:
    """A path as it is shown and written: from here where that is shorter, with forward slashes."""
    with contextlib.suppress(ValueError):
        return path.resolve().relative_to(Path.cwd()).as_posix()
    return path.as_posix()


def _text(path: Path, found: Understood) -> str | None:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        found.diagnostics.append(Diagnostic("G002", Span(_shown(path), line), "the file is not UTF-8 text"))
    except OSError as error:
        found.diagnostics.append(Diagnostic("G001", Span(_shown(path), 1), f"cannot be read: {error.strerror}"))
    return None


def _lock_path(path: Path) -> Path:
    return path.with_suffix(".lock.json")


def _lock(path: Path, guide: Guide, found: Understood, minting: bool) -> Lock | None:
    """The lock beside the guide, or a new one; None where it is broken."""
    place = _lock_path(path)
    if place.exists():
        try:
            lock, wrong = load(place.read_text("utf-8"), _shown(place))
        except (OSError, UnicodeDecodeError) as error:
            lock, wrong = None, [Diagnostic("S001", Span(_shown(place), 1), f"the lock cannot be read: {error}")]
        found.diagnostics += wrong
        return lock
    uid = _neighbours_uid(path) or secrets.token_hex(16) if minting else NO_UID
    return Lock(first_header(uid, guide, guide.settings.deck or guide.title))


def _neighbours_uid(path: Path) -> str:
    """A guide first built in a folder where another lock stands takes that lock's uid: the note types belong to the folder."""
    for place in sorted(path.parent.glob("*.lock.json")):
        with contextlib.suppress(OSError, UnicodeDecodeError):
            lock, _ = load(place.read_text("utf-8"), place.name)
            if lock:
                return lock.header.uid
    return ""


def _now() -> int:
    told = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(told) if told.isdigit() else int(time.time())


def _kept_pages(out: Path, slug: str) -> dict[str, bytes]:
    """Pages of earlier builds, by the hash of what they were made from."""
    folder = out.parent / _KEPT / slug
    if not folder.is_dir():
        return {}
    return {page.stem: page.read_bytes() for page in folder.glob("*.pdf")}


def _keep_pages(out: Path, slug: str, pages: Mapping[str, bytes]) -> None:
    """Keeps exactly these pages. Losing them costs time, nothing else."""
    folder = out.parent / _KEPT / slug
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        for page in folder.glob("*.pdf"):
            if page.stem not in pages:
                page.unlink()
        for name, data in pages.items():
            if not (folder / f"{name}.pdf").exists():
                _replace(folder / f"{name}.pdf", data)


def _write_all(found: Understood, files: dict[str, bytes], out: Path, writes_lock: bool, result: Built) -> None:
    assert found.guide and found.next_lock
    place = _lock_path(found.path)
    try:
        if writes_lock:
            _replace(place, dump(found.next_lock).encode())
    except OSError as error:
        message = f"there is no place for the lock ({error.strerror}); learners' history will not survive the next edit"
        result.diagnostics.append(Diagnostic("S006", Span(_shown(place), 1), message))
    try:
        known = _known_files(out, found.guide.slug)
        for name, data in files.items():
            target = out / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.exists() or target.read_bytes() != data:
                _replace(target, data)
            result.written.append(target)
        _forget(out, found.guide.slug, known - files.keys(), files)
    except OSError as error:
        result.diagnostics.append(Diagnostic("G001", Span(_shown(out), 1), f"cannot be written: {error.strerror}", "Make room or choose another folder with --out."))
        result.failed = True


def _list_path(out: Path) -> Path:
    return out / ".deckpress-files.json"


def _known_files(out: Path, slug: str) -> set[str]:
    """What earlier builds of this guide put into dist/: only these are ever removed."""
    with contextlib.suppress(OSError, ValueError):
        return set(json.loads(_list_path(out).read_text("utf-8")).get(slug, []))
    return set()


def _forget(out: Path, slug: str, stale: set[str], files: Mapping[str, bytes]) -> None:
    """Removes files that this build no longer makes, and notes which ones it made."""
    for name in sorted(stale):
        path = (out / name).resolve()
        if path.is_relative_to(out.resolve()):
            path.unlink(missing_ok=True)
    every: dict[str, list[str]] = {}
    with contextlib.suppress(OSError, ValueError):
        every = json.loads(_list_path(out).read_text("utf-8"))
    every[slug] = sorted(files)
    text = json.dumps(every, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    if not _list_path(out).exists() or _list_path(out).read_text("utf-8") != text:
        _replace(_list_path(out), text.encode())


def _replace(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        if sys.platform != "win32":
            mask = os.umask(0)
            os.umask(mask)
            Path(name).chmod(0o666 & ~mask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


