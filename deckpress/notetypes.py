"""The four note types: names and fields, frozen by the first release.

A field or a card template that is added, removed or reordered later makes every note of every learner "conflicting": Anki then
never updates it again. So spare fields and a switched-off spare template are here from the first day, and a test holds the hash.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from .model import NoteType

_COMMON = (
    "Topic", "Guide", "Section", "Extra", "LookAlike", "Source", "Kind", "Language", "Direction", "Speech", "NoteKey", "FactIds",
    "Spare1", "Spare2", "Spare3", "Spare4",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shape:
    """A note type: its own fields come first (the very first is what Anki's browser shows), then the common ones."""

    title: str
    own: tuple[str, ...]
    cards: tuple[str, ...]  # names of the card templates; their files are templates/anki/TYPE/NAME-front.html and -back.html
    cloze: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """All fields in order."""
        return self.own + _COMMON


SHAPES: Mapping[NoteType, Shape] = {
    "term": Shape("Term", ("Question", "Answer", "Reverse", "ReverseQuestion", "ReverseAnswer"), ("define", "identify", "spare")),
    "ask": Shape("Ask", ("Question", "Answer", "HideTopic"), ("ask", "spare")),
    "cloze": Shape("Cloze", ("Text", "HideTopic"), ("cloze",), cloze=True),
    "choice": Shape("Choice", ("Question", "Options", "Answer", "Explanation", "HideTopic"), ("choice", "spare")),
}
