"""Guide -> what each handout shows, as plain data: always today's guide, never what has shipped. Nothing is invented.

A part without facts is left out. `press` turns the data into HTML and PDF.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

from .lock import Lock
from .markup import fact_texts, plain
from .model import Definition, Fact, Guide, MultipleChoice, Point, Question, Row, Section, Text, Topic, Words
from .words import Vocabulary, normal, slug, vocabulary

Form = Literal["terms", "list", "notes", "steps", "code"]
# Sizes of the body in points, the largest that fits is taken; below 8 a sheet gets a second page instead.
LADDER = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0)


@dataclass(frozen=True, slots=True)
class Part:
    """A block of a sheet: a heading and rows of an optional label and a text."""

    title: str
    form: Form
    rows: tuple[tuple[Text, Text], ...]
    wide: bool = False

    @property
    def weight(self) -> int:
        """Roughly how many lines it takes in a column."""
        width = 58 if self.wide else 34
        return 2 + sum(
            max(1, ceil((len(plain(label)) * (self.form != "terms") + len(plain(text))) / width)) for label, text in self.rows
        )


@dataclass(frozen=True, slots=True)
class Table:
    """A comparison: column heads (the first is empty), rows of cells, and which row is the sheet's own topic."""

    heads: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    own: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Quiz:
    """Questions to check oneself, with their answers."""

    rows: tuple[tuple[Text, Text], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One topic on paper. `revision` is the one in which it last changed, `print` four characters of its content's hash."""

    slug: str
    number: int
    name: str
    kicker: str
    expansion: str
    what: Text
    pick: tuple[Text, ...]
    left: tuple[Part, ...]
    right: tuple[Part, ...]
    tables: tuple[Table, ...]
    quiz: tuple[tuple[Text, Text], ...]
    revision: int
    mark: str
    step: int  # where on the ladder to begin


@dataclass(frozen=True, slots=True)
class Book:
    """All sheets of a guide."""

    title: str
    language: str
    author: str
    licence: str
    words: Mapping[str, str]
    sheets: tuple[Sheet, ...]
    paper: str = "a4"
    accent: str = ""  # a colour in place of the style sheet's own


def book(guide: Guide, lock: Lock) -> Book:
    """The cheat sheets of a guide. The lock tells in which revision each sheet last changed."""
    words = vocabulary(guide.language, guide.words)
    slugs = _slugs(guide.topics)
    revisions = _revisions(lock)
    sheets = tuple(
        _sheet(topic, number, slugs[number - 1], guide, revisions, words) for number, topic in enumerate(guide.topics, 1)
    )
    told = {name: words.sheet(name) for name in words.data["sheet"] if "{" not in words.data["sheet"][name]}
    own = guide.settings
    return Book(guide.title, guide.language, own.author, own.licence, told, sheets, own.paper or "a4", own.accent)


def changed_sheets(guide: Guide, lock: Lock) -> tuple[tuple[int, str], ...]:
    """Number and name of the sheets that the latest revision changed: those to print again."""
    latest, of = lock.revision, _revisions(lock)
    return tuple((number, topic.name) for number, topic in enumerate(guide.topics, 1) if of.get(normal(topic.name), 0) == latest)


def _slugs(topics: Sequence[Topic]) -> list[str]:
    """File names of the sheets: equal ones are numbered."""
    seen: dict[str, int] = {}
    out = []
    for topic in topics:
        name = slug(topic.name)
        name = f"{name}-sheet" if _RESERVED.fullmatch(name) else name
        seen[name] = seen.get(name, 0) + 1
        out.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return out


def _sheet(topic: Topic, number: int, name: str, guide: Guide, revisions: Mapping[str, int], words: Vocabulary) -> Sheet:
    what, rest = _what(topic)
    pick, quiz = _questions(topic)
    parts = [part for section in topic.sections for part in _parts(section, rest, words)]
    tables = tuple(_tables(topic))
    left, right = _columns(parts)
    told = [topic.name, *(text for fact in topic.facts for text in fact_texts(fact))]
    return Sheet(
        slug=name, number=number, name=topic.name, kicker=topic.category or guide.title, expansion=topic.expansion, what=what,
        pick=pick, left=left, right=right, tables=tables, quiz=quiz, revision=revisions.get(normal(topic.name), 0),
        mark=hashlib.sha256("\x1f".join(told).encode()).hexdigest()[:4], step=_step(what, pick, left, right, tables, quiz),
    )  # fmt: skip


def _what(topic: Topic) -> tuple[Text, list[Fact]]:
    """The definition that stands under the name, and the facts that are told below."""
    facts = list(topic.facts)
    first = next((fact for fact in facts if isinstance(fact, Definition) and not fact.term), None)
    return (first.text, [fact for fact in facts if fact is not first]) if first else ((), facts)


def _questions(topic: Topic) -> tuple[tuple[Text, ...], tuple[tuple[Text, Text], ...]]:
    """Scenarios that this topic answers, with its reasons to be chosen; and the questions to check oneself with."""
    names = {normal(name) for name in (topic.name, topic.title, *topic.aliases)}
    pick: list[Text] = [
        fact.text for fact in topic.facts if isinstance(fact, Point) and fact.kind == "when_to_use" and not fact.label
    ]
    quiz: list[tuple[Text, Text]] = []
    for fact in topic.facts:
        if isinstance(fact, Question):
            scenario = not plain(fact.question).endswith(("?", "？", "؟"))
            if scenario and normal(plain(fact.answer)) in names:
                pick.append(fact.question)
            else:
                quiz.append((fact.question, fact.answer))
        elif isinstance(fact, MultipleChoice):
            options: Text = (
                *fact.question,
                *(part for option in fact.options for part in (Words(f"  {option.key}) "), *option.text)),
            )
            quiz.append((options, (Words("; ".join(option.key for option in fact.options if option.correct)),)))
    return tuple(pick), tuple(quiz)


_FORMS: Mapping[str, Form] = {"note": "notes", "pricing": "notes", "limit": "notes", "step": "steps", "code": "code"}
# Names that Windows keeps for devices.
_RESERVED = re.compile(r"con|prn|aux|nul|(?:com|lpt)\d")
_NARROW = frozenset({"use_case", "when_to_use", "note", "pricing", "limit"})


def _parts(section: Section, told: Sequence[Fact], words: Vocabulary) -> list[Part]:
    """The blocks of a section: what has a label as term and meaning, the rest as a list; its own kind of form where it has one."""
    facts = [fact for fact in section.facts if isinstance(fact, Point | Definition) and fact in told and fact.kind != "comparison"]
    facts = [fact for fact in facts if not (fact.kind == "when_to_use" and isinstance(fact, Point) and not fact.label)]
    if not facts:
        return []
    kind = section.kind if section.kind not in ("", "question", "definition", "comparison", "terms") else facts[0].kind
    title = section.name or words.sheet(kind)
    rows = tuple((_label(fact, section), fact.text) for fact in facts)
    narrow = kind in _NARROW
    form = _FORMS.get(kind)
    if form:
        return [Part(title, form, rows, wide=not narrow)]
    terms = tuple(row for row in rows if plain(row[0]))
    bare = tuple(row for row in rows if not plain(row[0]))
    parts = [Part(title, "terms", terms, wide=not narrow)] if terms else []
    return [*parts, *([Part("" if terms else title, "list", bare, wide=not narrow)] if bare else [])]


def _label(fact: Point | Definition, section: Section) -> Text:
    """A fact's label, unless it only repeats the heading above it."""
    label = fact.label if isinstance(fact, Point) else fact.term
    return () if normal(plain(label)) == normal(section.name) else label


def _columns(parts: Sequence[Part]) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Wide parts to the left, narrow ones to the right; nothing to the right where the left would stand empty."""
    left = [part for part in parts if part.wide]
    right = [part for part in parts if not part.wide]
    if not left:
        return tuple(right), ()
    lists = [part for part in left if part.form == "list" and part.title]
    while lists and sum(p.weight for p in left) > 1.6 * sum(p.weight for p in right) + 4 and len(left) > 1:
        moved = lists.pop()
        left.remove(moved)
        right.append(moved)
    return tuple(left), tuple(right)


def _tables(topic: Topic) -> list[Table]:
    """What the guide sets against this topic: labelled comparisons as two columns, table rows under their heads."""
    names = {normal(name) for name in (topic.name, topic.title, *topic.aliases)}
    points = [fact for fact in topic.facts if isinstance(fact, Point) and fact.kind == "comparison"]
    tables = []
    if points:
        own = tuple(normal(plain(fact.label)) in names for fact in points)
        tables.append(Table((), tuple((fact.label, fact.text) for fact in points), own))
    by_heads: dict[tuple[Text, ...], list[Row]] = {}
    for fact in topic.facts:
        if isinstance(fact, Row):
            by_heads.setdefault(tuple(head for head, _ in fact.cells), []).append(fact)
    for heads, rows in by_heads.items():
        cells = tuple((row.label, *(cell for _, cell in row.cells)) for row in rows)
        tables.append(Table(((), *heads), cells, tuple(normal(plain(row.label)) in names for row in rows)))
    return tables


def _revisions(lock: Lock) -> dict[str, int]:
    """The highest revision of each topic's facts, those that have gone from it included; by the topic's plain name."""
    of: dict[str, int] = {}
    for fact in lock.facts:
        for name, revision in ((fact.topic, fact.revision), (fact.topic, fact.gone), *fact.left.items()):
            of[name] = max(of.get(name, 0), revision)
    return of


def _step(
    what: Text, pick: Sequence[Text], left: Sequence[Part], right: Sequence[Part], tables: Sequence[Table], quiz: object
) -> int:
    """Where on the ladder the sheet will probably fit, by the lines that it takes. `press` corrects it."""
    lines = ceil(len(plain(what)) / 95) + ceil(sum(ceil(len(plain(text)) / 46) for text in pick) / 2) * 1.2
    lines += max(sum(part.weight for part in left), sum(part.weight for part in right)) * 1.3
    lines += sum(2 + sum(ceil(sum(len(plain(cell)) for cell in row) / 90) * 1.4 for row in table.rows) for table in tables)
    assert isinstance(quiz, tuple)
    lines += sum(ceil(len(plain(question)) / 100) + ceil(len(plain(answer)) / 110) * 0.8 for question, answer in quiz)
    room = (44, 48, 53, 58, 64, 72)
    return next((step for step, most in enumerate(room) if lines <= most), len(room) - 1)
