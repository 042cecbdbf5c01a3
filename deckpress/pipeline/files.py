"""Files: reading guides and locks, writing whole or not at all, pages kept between builds, and what a build may remove."""

import contextlib
import hashlib
import json
import os
import re
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote

from ..diagnostics import Diagnostic, Span
from ..lock import Lock
from ..lock.text import load
from ..model import Guide
from ..words import problems, slug

_PICTURES = frozenset((".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif"))
_BIGGEST = 8_000_000  # bytes of a picture that goes to a phone
_KEPT = ".deckpress-pages"
_OF_DECK = (".apkg", "-retired.txt", "-changes.txt")


def shown(path: Path) -> str:
    """A path as it is printed: from here where that is shorter, with forward slashes."""
    with contextlib.suppress(ValueError):
        return path.resolve().relative_to(Path.cwd()).as_posix()
    return path.as_posix()


def read_guide(path: Path) -> tuple[str | None, list[Diagnostic]]:
    """A guide's text; None where it cannot be had, with the reason."""
    try:
        return path.read_text("utf-8"), []
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        return None, [Diagnostic("G002", Span(shown(path), line), "the file is not UTF-8 text")]
    except (OSError, ValueError) as error:
        return None, [Diagnostic("G001", Span(shown(path), 1), f"cannot be read: {getattr(error, 'strerror', None) or error}")]


def own_words(path: Path) -> tuple[str, list[Diagnostic]]:
    """What the author adds to the words of a language, in words.toml beside the guide; "" where it cannot be used."""
    place = path.resolve().parent / "words.toml"
    try:
        text = place.read_text("utf-8") if place.is_file() else ""
    except (OSError, ValueError) as error:
        return "", [Diagnostic("M005", Span(shown(place), 1), f"cannot be read: {error}")]
    wrong = [Diagnostic("M005", Span(shown(place), line), message) for line, message in problems(text)]
    return "" if wrong else text, wrong


def answer_files(path: Path, names: Sequence[str]) -> tuple[dict[str, str], list[Diagnostic]]:
    """The texts of the files that a guide names as those of its answers; one that is not there, or not in its folder, is said."""
    folder = path.resolve().parent
    texts: dict[str, str] = {}
    found = []
    for name in names:
        target = folder / unquote(name)
        try:
            texts[name] = target.read_text("utf-8") if _inside(target, folder) else ""
        except (OSError, ValueError):
            texts[name] = ""
        if not texts[name]:
            found.append(Diagnostic("L004", Span(shown(path), 1), f"the file of the answers “{name}” is not in the guide's folder"))
    return texts, found


def missing_pictures(path: Path, guide: Guide) -> list[Diagnostic]:
    """One finding for the pictures that are not there, one for those that lie elsewhere: they are told in words."""
    folder = path.resolve().parent
    gone, elsewhere = [], []
    for source, span in guide.pictures:
        target = folder / unquote(source.split("#")[0])
        if re.match(r"[a-z][a-z0-9+.-]*:|//", source, re.IGNORECASE) or not _inside(target, folder):
            elsewhere.append((source, span))
        elif not target.is_file():
            gone.append((source, span))
    found = []
    for code, listed, what in (("L002", gone, "not there"), ("L003", elsewhere, "not in the guide's folder")):
        if listed:
            source, span = listed[0]
            more = f" (and {len(listed) - 1} more)" if len(listed) > 1 else ""
            found.append(Diagnostic(code, span, f"the picture “{source[:80]}” is {what}{more}"))
    return found


def pictures_in(path: Path, guide: Guide) -> tuple[dict[str, str], dict[str, bytes]]:
    """The pictures of a guide that can travel with its deck: names by their sources, bytes by their names.

    A name holds a hash of the picture: Anki keeps one file a name, whichever deck it comes from.
    """
    folder = path.resolve().parent
    names: dict[str, str] = {}
    data: dict[str, bytes] = {}
    for source, _ in guide.pictures:
        target = folder / unquote(source.split("#")[0])
        if (
            re.match(r"[a-z][a-z0-9+.-]*:|//", source, re.IGNORECASE)
            or target.suffix.lower() not in _PICTURES
            or not _inside(target, folder)
        ):
            continue
        with contextlib.suppress(OSError, ValueError):
            held = target.read_bytes() if target.is_file() and target.stat().st_size <= _BIGGEST else b""
            if held:
                names[source] = f"{slug(target.stem)}-{hashlib.sha256(held).hexdigest()[:8]}{target.suffix.lower()}"
                data[names[source]] = held
    return names, data


def _inside(target: Path, folder: Path) -> bool:
    try:
        return target.resolve().is_relative_to(folder)
    except (OSError, ValueError):
        return False


def lock_path(path: Path) -> Path:
    """Where a guide's lock stands."""
    return path.with_suffix(".lock.json")


def read_lock(path: Path) -> tuple[Lock | None, list[Diagnostic]]:
    """The lock beside a guide; None without a reason where there is none, None with reasons where it is broken."""
    place = lock_path(path)
    if not place.exists():
        return None, []
    try:
        return load(place.read_text("utf-8"), shown(place))
    except (OSError, UnicodeDecodeError) as error:
        return None, [Diagnostic("S001", Span(shown(place), 1), f"the lock cannot be read: {error}")]


def neighbour(path: Path) -> tuple[str, str, set[str]]:
    """Uid and family of the other locks in the folder, which a guide first built there takes, and the guides' names in them."""
    uid, family, names = "", "", set[str]()
    for place in sorted(path.parent.glob("*.lock.json")):
        with contextlib.suppress(OSError, UnicodeDecodeError):
            lock, _ = load(place.read_text("utf-8"), place.name)
            if lock:
                uid, family = uid or lock.header.uid, family or lock.header.family
                names |= {lock.header.guide}
    return uid, family, names


def replace_file(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".tmp")
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


def write_outputs(out: Path, slug: str, files: Mapping[str, bytes], only: Sequence[str]) -> tuple[list[Path], list[Path]]:
    """Puts the files of a guide into the folder; removes what an earlier build made of the same sort, and this one does not.

    Returns what is there now, and the cards to cut out that were removed: of an older guide, since nobody asked for them anew.
    """
    before = listed(out)
    written = []
    for name, data in files.items():
        target = out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists() or target.read_bytes() != data:
            replace_file(target, data)
        written.append(target)
    whole = {"deck", "cheatsheets"} <= {*only}  # then cards to cut out that it does not make are of an older guide
    stale = {name for name in before.get(slug, []) if (of := _output_of(name)) in only or (whole and of == "flashcards")}
    dropped = []
    for name in sorted(stale - files.keys()):
        path = out / name
        if path.resolve().is_relative_to(out.resolve()) and path.exists():
            path.unlink()
            dropped += [path] if _output_of(name) == "flashcards" else []
    after = before | {slug: sorted({*before.get(slug, []), *files} - (stale - files.keys()))}
    if after != before:
        text = json.dumps(after, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
        replace_file(_list_path(out), text.encode())
    return written, dropped


def _output_of(name: str) -> str:
    """What a file in dist/ is part of."""
    if name.endswith(_OF_DECK):
        return "deck"
    return next((of for of in ("quiz", "flashcards") if name.endswith((f"-{of}.pdf", f"-{of}.html"))), "cheatsheets")


def _list_path(out: Path) -> Path:
    return out / ".deckpress-files.json"


def listed(out: Path) -> dict[str, list[str]]:
    """What earlier builds put into the folder, by guide: only these files are ever removed."""
    with contextlib.suppress(OSError, ValueError):
        return dict(json.loads(_list_path(out).read_text("utf-8")))
    return {}


def kept_pages(out: Path, slug: str) -> dict[str, bytes]:
    """Pages of earlier builds by file name, which is the hash of what they were made from."""
    folder = out.parent / _KEPT / slug
    with contextlib.suppress(OSError):
        return {page.name: page.read_bytes() for page in folder.iterdir() if page.suffix in (".pdf", ".json")}
    return {}


def keep_pages(out: Path, slug: str, pages: Mapping[str, bytes]) -> None:
    """Keeps exactly these pages. Losing them costs time, nothing else."""
    folder = out.parent / _KEPT / slug
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        for page in folder.iterdir():
            if page.name not in pages:
                page.unlink()
        for name, data in pages.items():
            if not (folder / name).exists():
                replace_file(folder / name, data)
