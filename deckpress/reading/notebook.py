"""What a reading collects on its way through a guide: facts by topic and section, a verdict a line, diagnostics."""

from dataclasses import dataclass, field, replace

from ..diagnostics import Diagnostic, Span
from ..markup import plain
from ..model import Definition, Fact, Kind, LineVerdict, MultipleChoice, Question, Text, Verdict
from .blocks import Block, column
from .keys import Key
from .signs import BRACKETS, ENDS

_LEAD = 8  # words of a lead-in that still names what is below it


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands: its topic and section, and the label that a lead-in gives to what is below it."""

    topic: int  # index in Notebook.topics
    section: str = ""
    kind: str = ""
    label: Text = ()
    line: int = 0  # of the section's heading
    open_definition: bool = False  # the next text is what the topic is
    bold: bool = False  # the section began with a bold line, so the next bold line begins another one
    strong: bool = False  # the lead-in was in bold: the next paragraph that begins with a bold label ends what it speaks of
    sign: str = ""  # what parts label and text in the list that is being read
    loose: bool = False  # the label is a plain line, neither in bold nor with a colon
    above: Text = ()  # what the lead-in itself stands below: "Ramipril" above "side effects"

    def closed(self) -> "Place":
        """The same place once something has been said: what follows is no longer what the topic is."""
        return replace(self, open_definition=False) if self.open_definition else self


@dataclass(slots=True)
class Found:
    """One occurrence of a topic: a heading, and the facts that stand under it."""

    title: str
    category: str
    span: Span
    outside: bool  # before the guide's title: a pasted answer above the guide
    above: tuple[str, ...] = ()  # all headings above it, without the guide's own
    facts: list[tuple[Fact, str]] = field(default_factory=list)  # with the name of its section


@dataclass(slots=True)
class Notebook:
    """The growing result. `lines` are the guide's source lines."""

    path: str
    lines: list[str]
    width: int  # columns to which its quotes are filled
    topics: list[Found] = field(default_factory=list)
    verdicts: dict[int, LineVerdict] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)  # answers that stand together, in this guide or in a file that it names
    pending: list["Pending"] = field(default_factory=list)  # questions that are still without an answer
    claimed: set[int] = field(default_factory=set)  # lines that belong to a question
    folds: list[tuple[int, int]] = field(default_factory=list)  # first and last line of each fold-out
    kinds: dict[tuple[int, str], str] = field(default_factory=dict)  # (topic, section) -> kind of the section

    def span(self, line: int, end: int = 0) -> Span:
        """A span whose column is where the words of its first line begin."""
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return Span(self.path, line, column(text), max(line, end))

    def verdict(self, verdict: Verdict, line: int, end: int, reason: str) -> None:
        """Says what the non-blank lines of a range are; a verdict that stands is kept."""
        for number in range(line, min(end, len(self.lines)) + 1):
            if number not in self.verdicts and self.lines[number - 1].strip():
                self.verdicts[number] = LineVerdict(number, verdict, reason)

    def structure(self, block: Block, reason: str) -> None:
        """The block gives the guide its shape and says nothing to learn."""
        self.verdict("structure", block.line, block.end, reason)

    def noise(self, block: Block, reason: str) -> None:
        """The block is left out on purpose."""
        self.verdict("noise", block.line, block.end, reason)

    def unsure(self, line: int, end: int, reason: str) -> None:
        """The lines were not understood, or miss a part."""
        self.verdict("unsure", line, end, reason)

    def report(self, code: str, line: int, message: str) -> None:
        """Adds a diagnostic."""
        self.diagnostics.append(Diagnostic(code, self.span(line), message))

    def add(self, place: Place, fact: Fact) -> None:
        """Adds a fact to its topic and section; what has a name of its own keeps the lead-in that it stands below."""
        named = fact.term if isinstance(fact, Definition) else () if isinstance(fact, Question | MultipleChoice) else fact.label
        told = plain(place.label).rstrip(" :?：？")
        if plain(named) == plain(place.label):
            told = plain(place.above).rstrip(" :?：？")
        if told and told[-1] not in ENDS and named and (under := _short(told)):
            fact = replace(fact, under=under)
        self.topics[place.topic].facts.append((fact, place.section))
        self.kinds.setdefault((place.topic, place.section), place.kind)
        self.verdict("fact", fact.span.line, fact.span.last, fact.kind)


# The number of a question (0: none), what is asked, its lines, its place.
Pending = tuple[int, MultipleChoice | Question, frozenset[int], Place]


def as_kind(kind: str, default: Kind) -> Kind:
    """The kind that a section name stands for; `question` is decided by the text, not by the section."""
    kinds: dict[str, Kind] = {
        "definition": default, "feature": "feature", "use_case": "use_case", "when_to_use": "when_to_use",
        "comparison": "comparison", "question": "note", "note": "note", "pricing": "pricing", "limit": "limit",
        "terms": "feature", "step": "step", "date": "date", "pair": "pair", "code": "code",
    }  # fmt: skip
    return kinds.get(kind, default)


def _short(lead: str) -> str:
    """A lead-in that names what is below it, without its brackets where it is too long with them."""
    name = lead if len(lead.split()) <= _LEAD else BRACKETS.sub("", lead).strip()
    return name if len(name.split()) <= _LEAD else ""
