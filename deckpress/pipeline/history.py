"""What is done to a lock but building it: decisions (`accept`), a lost one got back (`recover`), signs of a lost one."""

import os
import subprocess
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..anki import LOCK_MEMBER
from ..diagnostics import Diagnostic, Span
from ..lock import OWN, Decision, Lock, Unsure
from ..lock.text import dump, load
from ..markup import fact_words
from ..model import Guide
from .files import listed, lock_path, replace_file, shown


@dataclass(slots=True)
class Settled:
    """What `accept` or `recover` did; `written` is None where nothing was."""

    diagnostics: list[Diagnostic] = field(default_factory=list)
    written: Path | None = None
    decisions: tuple[Decision, ...] = ()


def settle(
    path: Path, guide: Guide, lock: Lock, unsure: Sequence[Unsure], pairs: Sequence[str], every: str = "", undo: bool = False
) -> Settled:
    """Adds the author's decisions to the lock, which the next build carries out; or takes them away again.

    `pairs` are `OLD=NEW`, `OLD=` or `=NEW` with ids as `plan` prints them; `every` is "same" or "new" for all that is unsure.
    """
    done = Settled()
    place = lock_path(path)
    if not place.exists():
        done.diagnostics.append(Diagnostic("S009", Span(shown(place), 1), "there is no lock yet, so there is nothing to settle"))
        return done
    if undo:
        named = set(pairs)
        kept = tuple(d for d in lock.decisions if named and f"{d.old}={d.new}" not in named)
    else:
        wanted = [*pairs, *_for_all(unsure, every)]
        done.diagnostics += _unknown(wanted, guide, lock, place)
        kept = lock.decisions
        for pair in wanted:  # the author's last word on a fact counts
            old, new = pair.split("=", 1) if "=" in pair else (pair, "")
            kept = (*(d for d in kept if not (old and d.old == old) and not (new and d.new == new)), _decision(old, new))
    if not done.diagnostics:
        done.decisions, done.written = kept, place
        if kept != lock.decisions:
            replace_file(place, dump(replace(lock, decisions=kept)).encode())
    return done


def _decision(old: str, new: str) -> Decision:
    return Decision(f"decision {old}={new}", old, new)


def _for_all(unsure: Sequence[Unsure], every: str) -> list[str]:
    if every == "new":
        return [pair for found in unsure for pair in (f"{found.old}=", f"={found.new}")]
    pairs: dict[str, str] = {}
    for found in sorted(unsure, key=lambda found: -found.score) if every == "same" else ():
        if found.old not in pairs and found.new not in pairs.values():
            pairs[found.old] = found.new
    return [f"{old}={new}" for old, new in pairs.items()]


def _unknown(pairs: Sequence[str], guide: Guide, lock: Lock, place: Path) -> list[Diagnostic]:
    """Ids that neither the lock nor the guide has."""
    old = {fact.id for fact in lock.facts}
    new = {fact.id for fact in guide.facts} | old
    wrong = []
    for pair in pairs:
        before, sign, now = pair.partition("=")
        bad = pair if not sign or pair == "=" else before if before and before not in old else now if now and now not in new else ""
        if bad:
            wrong.append(
                Diagnostic("S009", Span(shown(place), 1), f"“{bad}” is no id that `plan` prints; write OLD=NEW, OLD= or =NEW")
            )
    return wrong


def recover(deck: Path, guide: Path) -> Settled:
    """Writes the lock that a package carries beside a guide, never over another one."""
    done = Settled()
    place = lock_path(guide)
    try:
        with zipfile.ZipFile(deck) as archive:
            text = archive.read(LOCK_MEMBER).decode("utf-8") if LOCK_MEMBER in archive.namelist() else ""
    except (OSError, zipfile.BadZipFile, UnicodeDecodeError) as error:
        done.diagnostics.append(Diagnostic("S010", Span(shown(deck), 1), f"no Anki package can be read here: {error}"))
        return done
    if not text:
        message = "Anki itself wrote this package: it has the cards, but not which line of the guide each one is of"
        done.diagnostics.append(Diagnostic("S010", Span(shown(deck), 1), message))
        return done
    lock, wrong = load(text, f"{shown(deck)}:{LOCK_MEMBER}")
    done.diagnostics += wrong
    if place.exists():
        message = "there is a lock already; move it away first if it is not the right one"
        done.diagnostics.append(Diagnostic("S010", Span(shown(place), 1), message))
    if lock is not None and not done.diagnostics:
        replace_file(place, text.encode())
        done.written = place
    return done


def guide_of(deck: Path, folder: Path) -> Path:
    """The guide that a package was made of: by its lock's name for it in a folder, else beside the package."""
    lock = _carried(deck)
    slug = deck.stem if lock is None or (folder / f"{deck.stem}.md").exists() else lock.header.guide.partition(OWN)[0]
    return folder / f"{slug}.md" if folder.is_dir() else deck.parent / f"{slug}.md"


def lost(path: Path, guide: Guide, out: Path) -> list[Diagnostic]:
    """Signs that a guide without a lock had one: a lock that lost its guide, a deck that was built, version control."""
    place = lock_path(path)
    if orphan := _renamed(path, guide):
        hint = f"If so, rename {orphan.name} to {place.name}; the deck and its cards then stay what they are."
        return [
            Diagnostic("S008", Span(shown(place), 1), f"is {shown(orphan)} this guide's lock, from before it was renamed?", hint)
        ]
    deck = f"{path.stem}.apkg"
    if deck in listed(out).get(path.stem, []) and (out / deck).exists() and _is_of(out / deck, guide):
        hint = f"Run `python3 build.py recover {shown(out / deck)}`; or delete that deck if no learner has it yet."
        return [Diagnostic("S008", Span(shown(place), 1), "a deck of this guide was built before, and its lock is gone", hint)]
    if _tracked(place):
        hint = f"Run `git checkout -- {place.name}` in the guide's folder; or `git rm {place.name}` if no learner has the deck yet."
        return [Diagnostic("S008", Span(shown(place), 1), "version control has a lock for this guide, and it is not here", hint)]
    return []


def _renamed(path: Path, guide: Guide) -> Path | None:
    """A lock in the folder whose guide is not there, and that knows at least half of this one's facts."""
    for place in sorted(path.resolve().parent.glob("*.lock.json")):
        if place.with_name(place.name.removesuffix(".lock.json") + ".md").exists():
            continue
        try:
            lock, _ = load(place.read_text("utf-8"), place.name)
        except (OSError, UnicodeDecodeError):
            continue
        if lock and guide.facts and 2 * _known(lock, guide) >= len(guide.facts):
            return place
    return None


def _is_of(deck: Path, guide: Guide) -> bool:
    """Whether a package was made of this guide: it knows a fact of it, or what it knows cannot be read."""
    lock = _carried(deck)
    return lock is None or not lock.facts or not guide.facts or _known(lock, guide) > 0


def _known(lock: Lock, guide: Guide) -> int:
    """How many of a guide's facts a lock knows, by their words."""
    known = {fact.words for fact in lock.facts}
    return sum(fact_words(fact) in known for fact in guide.facts)


def _carried(deck: Path) -> Lock | None:
    """The lock in a package; None where it has none that can be read."""
    try:
        with zipfile.ZipFile(deck) as archive:
            return load(archive.read(LOCK_MEMBER).decode("utf-8"), deck.name)[0]
    except (OSError, KeyError, zipfile.BadZipFile, UnicodeDecodeError):
        return None


def _tracked(place: Path) -> bool:
    """Whether git has the file in its index; no git, no answer."""
    command = ["git", "ls-files", "--error-unmatch", place.name]
    try:
        done = subprocess.run(command, cwd=place.parent, capture_output=True, check=False, timeout=10)  # noqa: S603 - asks git
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0


def has_place(path: Path) -> bool:
    """Whether a file can be written beside the guide."""
    return os.access(path.resolve().parent, os.W_OK)
