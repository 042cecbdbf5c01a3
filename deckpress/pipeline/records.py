"""How to build, and what became of a guide on the way: the records that the pipeline's parts hand on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..diagnostics import Diagnostic, Severity
from ..lock import Lock, Shipment, Unsure
from ..model import FactCards, Guide
from ..sheets import Cut

OUTPUTS = ("deck", "cheatsheets", "quiz")
ALL = (*OUTPUTS, "flashcards")


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
    paper: str = ""  # "a4" or "letter"; what the guide says where it is empty
    binder: bool = False
    large: bool = False
    seed: str = ""  # shuffles the quiz
    cut: Cut = field(default_factory=Cut)  # how cards to cut out are printed


@dataclass(frozen=True, slots=True)
class Ready:
    """A guide that has gone through every stage that needs no template."""

    guide: Guide
    lock: Lock  # as it was found, or the beginning of a new one
    next_lock: Lock
    offered: tuple[FactCards, ...]
    shipment: Shipment
    unsure: tuple[Unsure, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)  # by their names in the deck
    names: Mapping[str, str] = field(default_factory=dict)  # those names by the pictures' sources in the guide


@dataclass(slots=True)
class Understood:
    """What became of a guide before anything is made; `ready` is None where the guide or its lock cannot be used."""

    path: Path
    guide: Guide | None = None
    lost: bool = False  # there was a lock once, and it is not here
    ready: Ready | None = None
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def broken(self, strict: bool = False) -> bool:
        """Whether a build must stop here."""
        stop = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
        return self.ready is None or any(found.severity in stop for found in self.diagnostics)


@dataclass(slots=True)
class Built:
    """What a build made of one guide. `ready` is None where nothing was made."""

    path: Path
    diagnostics: list[Diagnostic]
    ready: Ready | None = None
    written: list[Path] = field(default_factory=list)
    dropped: list[Path] = field(default_factory=list)  # cards to cut out of an older guide, which this build has not made
    again: tuple[tuple[int, str], ...] = ()  # number and name of the sheets that the latest revision changed
    without_print: list[str] = field(default_factory=list)  # native libraries that are missing
