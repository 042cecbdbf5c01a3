"""A guide as it was understood: frozen records, no behaviour beyond looking at themselves.

A Guide holds topics, a topic sections, a section facts; text is a small inline tree that `reading` makes once and only
`markup` turns into HTML or plain words.
"""

from dataclasses import dataclass
from typing import Literal

from ..diagnostics import Diagnostic, Span

# --- inline text -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Words:
    """Plain words, exactly as they are to be read: never escaped, never Markdown."""

    text: str


@dataclass(frozen=True, slots=True)
class Styled:
    """Emphasis: `em`, `strong`, `strike`; `mark` where the author asks for a gap."""

    style: Literal["em", "strong", "strike", "mark"]
    parts: "Text"


@dataclass(frozen=True, slots=True)
class Code:
    """A piece of code in a line, or a `block` of its own in a language ("python", "" where the guide does not say)."""

    text: str
    block: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link: what it says and where it points. Only http(s) and mailto targets ever leave the program."""

    target: str
    parts: "Text"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by its path as the guide writes it, with what it shows in words."""

    source: str
    alt: str


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as TeX; `block` where it stands on a line of its own."""

    source: str
    block: bool = False


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a source line; `hard` where the author asked for a line break."""

    hard: bool


@dataclass(frozen=True, slots=True)
class Mask:
    """A word of a topic's own name in a quotation that asks for the topic: hidden where it would tell the answer."""

    text: str
    hidden: bool = True


Inline = Words | Styled | Code | Link | Picture | Formula | Break | Mask
Text = tuple[Inline, ...]

# --- facts -------------------------------------------------------------------------------------------------------

Kind = Literal[
    "definition", "feature", "use_case", "when_to_use", "comparison", "question", "multiple_choice",
    "step", "date", "pair", "note", "pricing", "limit", "code",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Common:
    span: Span
    topic: str = ""  # key of the topic that it belongs to
    section: str = ""  # heading of the section as it is written, "" straight under the topic
    kind: Kind = "feature"
    id: str = ""  # 12 hex digits once `identity` has seen it
    key: str = ""  # the author's {#key}
    marks: tuple[str, ...] = ()  # the author's {card}, {no-card}, {both}
    also: tuple[int, ...] = ()  # lines where the guide says the same again
    pictures: tuple[Picture, ...] = ()  # that stand alone below it and show it
    under: str = ""  # the lead-in that it stands below, where it has a label of its own
    heads: tuple[str, ...] = ()  # of a row of two columns: what the columns are called
    arrow: bool = False  # an arrow leads from its label to its text


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition(_Common):
    """What the topic (or, in a glossary, the term) is."""

    text: Text
    term: Text = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Point(_Common):
    """A statement, with its label where it has one."""

    text: Text
    label: Text = ()
    lent: bool = False  # its label is what the line or the lead-in above it is about
    loose: bool = False  # its label is a plain line that it stands below, and no label that the author wrote
    caption: bool = False  # the text says what its pictures show


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(_Common):
    """A question or a scenario, with its answer."""

    question: Text
    answer: Text
    explanation: Text = ()


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a multiple choice question."""

    key: str
    text: Text
    correct: bool
    reason: Text = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MultipleChoice(_Common):
    """A question with options, one or more of them right."""

    question: Text
    options: tuple[Option, ...]
    explanation: Text = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(_Common):
    """A table row of three or more columns: what it is about, and a cell for each other column."""

    label: Text
    cells: tuple[tuple[Text, Text], ...]  # (column header, cell)
    corner: Text = ()  # what the first column is called


Fact = Definition | Point | Question | MultipleChoice | Row


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a topic. `kind` is what its heading says by the vocabulary, "" where it says nothing known."""

    name: str
    kind: str
    span: Span
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """A thing that the guide teaches.

    `title` is its heading without numbers and emphasis, `name` the short form that cards and sheets use ("Amazon EC2"),
    `expansion` what stood in brackets behind it; `key` is equal for two spellings of the same thing.
    """

    key: str
    title: str
    name: str
    expansion: str
    aliases: tuple[str, ...]
    category: str  # the heading above it, if that is not the title
    span: Span
    sections: tuple[Section, ...] = ()
    above: tuple[str, ...] = ()  # all headings above it, the outermost first, without the guide's own
    dependent: bool = False  # its name says nothing without the heading above it: "Common triggers", "Pricing models"

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All facts of the topic in the order of its sections."""
        return tuple(fact for section in self.sections for fact in section.facts)


Verdict = Literal["fact", "structure", "noise", "unsure"]


@dataclass(frozen=True, slots=True)
class LineVerdict:
    """What became of one non-blank line, and why."""

    line: int
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What a guide's front matter may say. Everything is optional."""

    title: str = ""
    language: str = ""
    author: str = ""
    licence: str = ""
    exam: str = ""  # a day as 2027-03-31, or the exam's name
    days: int = 0  # until the exam; 0 where the guide does not say
    deck: str = ""
    tags: tuple[str, ...] = ()
    item: str = ""
    topic_level: int = 0  # level of the headings that name topics; 0: found from content
    answers: str = ""  # the file that answers this one's questions
    cards: str = "rules"  # or "every-fact"
    speech: str = "no"
    paper: str = ""  # "a4" or "letter"
    accent: str = ""  # a colour


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide as it was understood."""

    path: str
    slug: str
    title: str
    language: str
    item: str  # what one topic is called in a question ("Which service …?")
    settings: Settings
    topics: tuple[Topic, ...]
    verdicts: tuple[LineVerdict, ...]
    diagnostics: tuple[Diagnostic, ...]
    pictures: tuple[tuple[str, Span], ...] = ()  # as the guide names them
    formulas: int = 0
    words: str = ""  # the author's own words for sections and cards, as TOML (words.vocabulary)
    open_questions: tuple[str, ...] = ()  # questions that nothing answers: they make no facts
    names: tuple[str, ...] = ()  # files that hold the answers of its questions, where they are still wanted

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All facts in guide order."""
        return tuple(fact for topic in self.topics for fact in topic.facts)
