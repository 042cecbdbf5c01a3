"""What the guide sets side by side: a topic against its rivals, the rows of its tables, all topics on one page."""

from collections.abc import Sequence

from ..inline import cut, raw
from ..markup import first_sentence, phrase, plain
from ..model import Definition, Guide, Point, Question, Row, Section, Text, Topic, Words
from ..numbers import numbers_in
from ..words import Vocabulary, normal
from .shapes import Table
from .topics import printed

_SHORT = 110  # letters of a cell of the overview


def _names_columns(row: Row) -> bool:
    """Whether a row's label only repeats what its columns are called: two lists side by side."""
    return normal(plain(row.label)) == normal(" / ".join(plain(head) for head, _ in row.cells))


def tables_of(topic: Topic, rivals: Sequence[tuple[str, Text]], words: Vocabulary) -> list[Table]:
    """The tables of a topic under the headings of their sections, then what not to confuse it with."""
    names = {normal(name) for name in (topic.name, topic.title, *topic.aliases)}
    against: list[tuple[Text, ...]] = []
    tables: list[Table] = []
    for section in topic.sections:
        points = [fact for fact in section.facts if isinstance(fact, Point) and fact.kind == "comparison"]
        against += [(_named(fact), (*phrase(fact.text), *fact.pictures)) for fact in points]
        tables += [_table(found, section, names, words) for found in _as_written(section)]
    told = [normal(plain(row[0])) for row in (*against, *(row for table in tables for row in table.rows)) if row]
    others: list[tuple[Text, ...]] = [((Words(name),), phrase(text)) for name, text in rivals if not _among(normal(name), told)]
    if rows := (*against, *others):
        title = "" if any(table.title == words.sheet("comparison") for table in tables) else words.sheet("comparison")
        tables.append(Table(title, (), rows, tuple(normal(plain(label)) in names for label, *_ in rows)))
    return tables


def _named(fact: Point) -> Text:
    """What a comparison is with: its label, and the lead-in that it stands below."""
    if not fact.under or normal(fact.under) == normal(plain(fact.label)):
        return fact.label
    return (Words(f"{fact.under} · "), *fact.label) if fact.label else (Words(fact.under),)


def _as_written(section: Section) -> list[list[Row]]:
    """The rows of a section, those of each of the author's tables together: on lines that follow one another."""
    out: list[list[Row]] = []
    for fact in section.facts:
        if isinstance(fact, Row):
            last = out[-1][-1] if out else None
            follows = last is not None and last.corner == fact.corner and fact.span.line <= last.span.line + 1
            out[-1].append(fact) if follows else out.append([fact])
    return out


def _table(found: Sequence[Row], section: Section, names: set[str], words: Vocabulary) -> Table:
    """The rows under all columns that any of them fills. Where the rows' own names only repeat those, they are left out."""
    heads: list[Text] = []
    for row in found:
        at = 0
        for head, _ in row.cells:
            if head not in heads[at:]:
                heads.insert(at, head)
            at = heads.index(head, at) + 1
    own = tuple(normal(plain(row.label)) in names for row in found)
    title = words.sheet("comparison") if any(own) and section.kind in ("", "comparison") else section.name
    beside = all(map(_names_columns, found))
    rows: list[tuple[Text, ...]] = []
    for row in found:
        cells = [phrase(cell) for cell in _under(row, heads)]
        if row.pictures:
            cells[-1] = (*cells[-1], *row.pictures)
        rows.append((*(() if beside else (row.label,)), *cells))
    return Table(title, (*(() if beside else (found[0].corner,)), *heads), tuple(rows), own)


def _under(row: Row, heads: Sequence[Text]) -> list[Text]:
    """A row's cells, one for each head; () where it says nothing below one."""
    left = list(row.cells)
    return [left.pop(0)[1] if left and left[0][0] == head else () for head in heads]


def _among(name: str, told: Sequence[str]) -> bool:
    """Whether one of some labels is this name, or its end: "Local Zones" is AWS Local Zones."""
    return any(label and f" {name}".endswith(f" {label}") for label in told)


def overview(guide: Guide, words: Vocabulary) -> Table | None:
    """All topics side by side, where there is something to compare: what each is, when to pick it, its number."""
    rows: list[tuple[Text, Text, Text, Text]] = []
    for topic in printed(guide):
        what = next((fact.text for fact in topic.facts if isinstance(fact, Definition) and not fact.term), ())
        rows.append(((Words(topic.name),), _cut(first_sentence(what)), _cut(_reason(topic)), _number(topic, words)))
    filled = [sum(bool(plain(row[at])) for row in rows) for at in (1, 2, 3)]
    if len(rows) < 3 or 2 * filled[0] < len(rows) or 3 * max(filled[1:]) < len(rows):
        return None
    shown = [0, 1, *(at for at in (2, 3) if 3 * filled[at - 1] >= len(rows))]
    heads = ("topic", "in_short", "pick_it_for", "key_number")
    return Table(
        words.sheet("overview"), tuple((Words(words.sheet(heads[at])),) for at in shown),
        tuple(tuple(row[at] for at in shown) for row in rows), (False,) * len(rows),
    )  # fmt: skip


def _reason(topic: Topic) -> Text:
    """When to pick a topic, in the guide's own words: a situation that it answers, else what it is used for."""
    names = {normal(name) for name in (topic.name, topic.title, *topic.aliases)}
    for fact in topic.facts:
        if isinstance(fact, Question) and normal(plain(fact.answer)) in names:
            return fact.question
    told = next((fact for fact in topic.facts if isinstance(fact, Point) and fact.kind in ("when_to_use", "use_case")), None)
    if told is None:
        return ()
    own = told.label if normal(plain(told.label)) != normal(told.section) else ()
    return (*own, Words(": "), *told.text) if own else told.text


def _number(topic: Topic, words: Vocabulary) -> Text:
    """The first short statement with a number that has a unit."""
    for fact in topic.facts:
        told = plain(fact.text) if isinstance(fact, Point) and fact.kind not in ("date", "code", "step") else ""
        if isinstance(fact, Point) and len(told) <= _SHORT and any(not one.text.isdigit() for one in numbers_in(told, words)):
            return (*fact.label, Words(": "), *fact.text) if fact.label else fact.text
    return ()


def _cut(text: Text) -> Text:
    """At most a few lines: cut at a word, with an ellipsis that says so."""
    told = raw(text)
    if len(told) <= _SHORT:
        return text
    return (*cut(text, 0, len(told[:_SHORT].rsplit(" ", 1)[0].rstrip(" ,;:("))), Words(" …"))
