"""What a handout is made of, as plain data: lines, parts, blocks, sheets, the book, the quiz, the cards to cut out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ..markup import first_sentence, plain
from ..model import Text, Words

Form = Literal["terms", "list", "inline", "notes", "steps", "dates", "pairs", "code", "pictures"]
Columns = Literal["wide", "near", "even"]  # the left column with three fifths, a little more than half, or half of the width
# Sizes of the body in points, the largest that fits is taken; below 8 a sheet gets a second page instead.
LADDER = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0)
LARGE = (14.0,)
MANY, LONG = 6, 24  # columns of a table, letters of a word, from which its columns share the width evenly


@dataclass(frozen=True, slots=True)
class Look:
    """How handouts are printed: paper, a wider margin for holes, large print, the guide's own colour."""

    paper: str = "a4"
    binder: bool = False
    large: bool = False
    accent: str = ""

    @property
    def ladder(self) -> tuple[float, ...]:
        """The sizes that are tried."""
        return LARGE if self.large else LADDER


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a part: its label, what is said of it, and the lead-in that it stands below; `opens` is the first one there."""

    label: Text
    texts: tuple[Text, ...]
    lead: str = ""
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A block of a topic under one heading."""

    title: str
    form: Form
    rows: tuple[Line, ...]
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under their heads, and which row is the topic's own."""

    title: str
    heads: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    own: tuple[bool, ...]

    @property
    def crowded(self) -> bool:
        """Whether its columns must share the width evenly: there are many, or words that would push the others off the page."""
        cells = [plain(cell) for row in (self.heads, *self.rows) for cell in row]
        return len(self.heads or self.rows[0]) >= MANY or any(len(word) > LONG for cell in cells for word in cell.split())


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the guide on a sheet or in the quiz; `right` are the keys of the options that are right."""

    question: Text
    answer: Text
    options: tuple[tuple[str, Text], ...] = ()
    right: tuple[str, ...] = ()
    why: Text = ()
    reasons: tuple[tuple[str, Text], ...] = ()  # of options, by their keys


@dataclass(frozen=True, slots=True)
class Block:
    """What the guide says of one topic, in the order in which it is printed. `lines` is how many it takes at the largest size."""

    slug: str
    name: str
    kicker: str
    expansion: str
    what: Text
    pick: tuple[Text, ...]
    left: tuple[Part, ...]
    right: tuple[Part, ...]
    tables: tuple[Table, ...]
    quiz: tuple[Asked, ...]
    revision: int
    mark: str
    lines: float
    glossary: bool = False
    columns: Columns = "wide"  # how wide the left column is beside the right one
    pick_title: str = ""  # what stands above the reasons to choose it

    @property
    def in_short(self) -> Text:
        """Its first sentence; where there is none, the names of the first things that are told of it."""
        if self.what:
            return first_sentence(self.what)
        names = [plain(row.label) for part in (*self.left, *self.right) for row in part.rows if row.label]
        names += [plain(row[0]) for table in self.tables for row in table.rows if row]
        return (Words(" · ".join(names[:4])),) if names else ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page, or the pages of one long topic. `step` is where on the ladder to begin."""

    slug: str
    number: int
    blocks: tuple[Block, ...]
    kicker: str
    revision: int
    mark: str
    step: int
    roomy: bool = True  # room is left for the learner's own notes

    @property
    def name(self) -> str:
        """The names of its topics."""
        return " · ".join(block.name for block in self.blocks)

    @property
    def quiz(self) -> tuple[Asked, ...]:
        """The questions of all its topics: they stand together at its foot."""
        return tuple(asked for block in self.blocks for asked in block.quiz)


@dataclass(frozen=True, slots=True)
class Book:
    """All sheets of a guide, with what leads to them. `keywords` are (initial, ((word, numbers of its sheets), …))."""

    title: str
    language: str
    direction: str
    author: str
    licence: str
    words: Mapping[str, str]
    sheets: tuple[Sheet, ...]
    keywords: tuple[tuple[str, tuple[tuple[str, tuple[int, ...]], ...]], ...] = ()
    overview: Table | None = None  # all topics side by side; the first cell names the topic
    look: Look = field(default_factory=Look)

    @property
    def blocks(self) -> tuple[tuple[Block, Sheet], ...]:
        """Every topic with its sheet, in guide order."""
        return tuple((block, sheet) for sheet in self.sheets for block in sheet.blocks)


@dataclass(frozen=True, slots=True)
class Item:
    """A question of the quiz with its number, its topic, and the sheet that tells the answer (0: none)."""

    number: int
    asked: Asked
    topic: str
    sheet: int


@dataclass(frozen=True, slots=True)
class Quiz:
    """All questions of a guide: groups of a name and their items; one without a name where they are shuffled."""

    title: str
    groups: tuple[tuple[str, tuple[Item, ...]], ...]
    words: Mapping[str, str]
    look: Look

    @property
    def items(self) -> tuple[Item, ...]:
        """All questions in their order."""
        return tuple(item for _, group in self.groups for item in group)


@dataclass(frozen=True, slots=True)
class Cut:
    """How cards to cut out are printed: how many a page, which edge the paper is flipped over, what the printer is off by."""

    per_page: Literal[8, 10] = 8
    flip: Literal["long", "short"] = "long"
    fold: bool = False
    offset_x: float = 0.0  # of the backs, in millimetres
    offset_y: float = 0.0


@dataclass(frozen=True, slots=True)
class Face:
    """One side of a card: its text, its size in points, its topic where that gives nothing away, its number."""

    text: Text
    size: float
    topic: str
    number: int


@dataclass(frozen=True, slots=True)
class PaperCard:
    """Both sides of a card."""

    front: Face
    back: Face


@dataclass(frozen=True, slots=True)
class Cutouts:
    """Pages of faces, each with the place of its cell in millimetres from the upper left corner; the size of a cell."""

    title: str
    hint: str
    pages: tuple[tuple[tuple[float, float, Face], ...], ...]
    width: float
    height: float
    look: Look
