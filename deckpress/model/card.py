"""What a guide's facts could be asked as, and the notes that ship: frozen records."""

from dataclasses import dataclass
from typing import Literal

from .guide import Inline, Option, Text

NoteType = Literal["term", "ask", "cloze", "choice"]
Slot = Literal["term", "ask", "ask2", "cloze", "choice"]


@dataclass(frozen=True, slots=True)
class Gap:
    """A deletion of a cloze: what is hidden and the hint that is shown for it."""

    text: Text
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """What a card repeats of a fact (its id), in the guide's words."""

    fact: str
    text: Text


@dataclass(frozen=True, slots=True)
class Rival:
    """A wrong option: what it says, the fact that it comes from, why it is wrong; `refused` where it may be right."""

    fact: str
    text: Text
    reason: Text = ()
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A card that could be made, as structure: no HTML, and no memory of what has shipped.

    `prompt` is what is asked. For a cloze it is the whole text, in order, with a Gap where something is hidden. `lead` and
    `follow` are phrases of the program before and after it; what stands between them is then a quotation. `extra`, `look_alikes`
    and `rivals` are all that could be shown, the best first: `shipping` keeps what has shipped.
    """

    rule: str
    type: NoteType
    slot: Slot
    facts: tuple[str, ...]  # ids of the facts that it asks
    group: str  # id under which it is known: the first fact's
    topic: str  # topic key
    prompt: tuple[Inline | Gap, ...]
    answer: Text = ()
    lead: str = ""
    follow: str = ""
    reverse: Text = ()  # a term's second card: the text that is shown, () for none
    reverse_prompt: str = ""
    reverse_answer: Text = ()
    one_way: str = ""  # why there is no second card
    # Of a card that several facts share: each fact with what it puts there, what stands before and between them, and how many of
    # them and how many letters there is room for.
    parts: tuple[tuple[str, tuple[Inline | Gap, ...]], ...] = ()
    opening: Text = ()
    joint: str = " · "
    room: tuple[int, int] = (6, 170)
    options: tuple[Option, ...] = ()
    fixed: bool = False  # the options stand in the author's order: their letters or "all of the above" depend on it
    rivals: tuple[Rival, ...] = ()
    extra: tuple[Quote, ...] = ()
    look_alikes: tuple[Quote, ...] = ()
    around: tuple[str, ...] = ()  # ids of other facts that the prompt itself is made of, such as the step before
    answer_is_topic: bool = False
    beside: bool = False  # a card in addition to the fact's first one
    apt: bool = True  # False: offered only so that what has shipped in this slot can go on
    refused: str = ""  # why a guard refuses it
    fillable: bool = True  # whether front and answer have words at all: Anki drops a note without them silently


@dataclass(frozen=True, slots=True)
class FactCards:
    """What `cards` offers for a fact: candidates in rank order; the fact whose card tells it too; why it has none of its own."""

    fact: str
    candidates: tuple[Candidate, ...] = ()
    extra_of: str = ""
    no_card: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A note as it ships: rendered fields and tags, with the identity that Anki knows it by."""

    key: str
    guid: str
    type: NoteType
    rule: str
    facts: tuple[str, ...]
    topic: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    cards: tuple[int, ...]  # ordinals of the cards that Anki will make of it
    note_id: int
    card_id: int  # the first card's id; the others follow
    time: int  # seconds: when its fields or tags last changed
    due: int  # place in the order in which new cards are shown
