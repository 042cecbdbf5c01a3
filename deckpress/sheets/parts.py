"""The facts of a section -> parts: terms, lists, notes, steps, dates, pairs, code, pictures; and their two columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from ..markup import phrase, plain
from ..model import Definition, Fact, Point, Section, Text
from ..words import Vocabulary, normal
from .shapes import Form, Line, Part
from .sizes import FULL, HALF, lines_of_part

_FORMS: Mapping[str, Form] = {
    "note": "notes", "pricing": "notes", "limit": "notes", "step": "steps", "code": "code", "date": "dates", "pair": "pairs",
}  # fmt: skip
_NARROW = frozenset({"use_case", "when_to_use", "note", "pricing", "limit"})
_SENTENCE = 7  # words of a label from which it is a sentence
_LIGHT, _HEAVY = 5, 20  # lines of a right column that is not worth one; of a left one that is worth two


def parts_of(section: Section, told: Sequence[Fact], words: Vocabulary) -> list[Part]:
    """The parts of a section: what has a label as term and meaning, the rest as a list; its own kind of form where it has one."""
    here = {id(fact) for fact in told}
    facts = [
        fact for fact in section.facts if isinstance(fact, Point | Definition) and id(fact) in here and fact.kind != "comparison"
    ]
    facts = [fact for fact in facts if not (fact.kind == "when_to_use" and isinstance(fact, Point) and not fact.label)]
    out: list[Part] = []
    for (form, narrow), group in groupby(facts, key=lambda fact: _form(fact, section)):
        mates = list(group)
        title = _title(section, mates[0], words) if not out else ""
        out += _split(title, form, tuple(_opened(list(_lines(mates, section)), section.name)), wide=not narrow)
    return out


def _form(fact: Point | Definition, section: Section) -> tuple[Form, bool]:
    """How a fact is set, and whether it stands in the narrow column."""
    kind = section.kind if section.kind not in ("", "question", "definition", "comparison", "terms") else fact.kind
    if isinstance(fact, Point) and fact.caption and fact.pictures:
        return "pictures", False
    if fact.kind == "code":
        return "code", False
    return _FORMS.get(kind, "terms"), kind in _NARROW


def _title(section: Section, fact: Fact, words: Vocabulary) -> str:
    """The heading of a section; where it has none, what its lines are, unless they are simply what is said of the topic."""
    kind = section.kind or fact.kind
    return section.name or ("" if kind in ("feature", "definition", "") else words.sheet(kind))


def _lines(facts: Sequence[Point | Definition], section: Section) -> Iterator[Line]:
    """The lines of some facts: those of one label together, that label as the lead-in where others stand below it too."""
    leads = {normal(fact.under) for fact in facts if fact.under}
    labels = {normal(plain(label)) for fact in facts if (label := _label(fact, section))}
    told = [fact for fact in facts if _label(fact, section) or fact.pictures or normal(plain(fact.text)) not in labels]
    for label, group in groupby(told, key=lambda fact: _label(fact, section)):
        mates = list(group)
        if len(plain(label).split()) > _SENTENCE:  # a sentence with lines below it leads to them
            yield from (Line((), (_told(fact),), plain(label)) for fact in mates)
        elif label and normal(plain(label)) in leads and (len(mates) > 1 or not _above(mates[0], facts)):
            yield from (Line((), (fact.text,), plain(label)) for fact in mates)
        elif label and len(mates) > 1:
            yield Line(label, tuple(fact.text for fact in mates), mates[0].under)
        else:
            yield from (Line(label, (_told(fact),), fact.under) for fact in mates)


def _above(fact: Point | Definition, facts: Sequence[Point | Definition]) -> bool:
    """Whether what stands below a label stands below this fact, and not beside it."""
    label = normal(plain(fact.label if isinstance(fact, Point) else fact.term))
    return all(other.span.col > fact.span.col for other in facts if normal(other.under) == label)


def _opened(rows: list[Line], title: str) -> Iterator[Line]:
    """The lines, the first one below each lead-in marked, unless the line before it or the heading says the lead-in already."""
    for before, row in zip([None, *rows], rows, strict=False):
        said = normal(row.lead) == normal(title) or (before is not None and row.lead in (before.lead, plain(before.label)))
        yield replace(row, opens=bool(row.lead) and not said)


def _told(fact: Point | Definition) -> Text:
    """The text with the pictures below it."""
    return (*phrase(fact.text), *fact.pictures)


def _label(fact: Point | Definition, section: Section) -> Text:
    """A fact's label, unless it only repeats the heading above it."""
    label = fact.label if isinstance(fact, Point) else fact.term
    return () if normal(plain(label)) == normal(section.name) else label


def _split(title: str, form: Form, rows: tuple[Line, ...], wide: bool) -> list[Part]:
    """One part; of terms those without a label are a list behind the others, unless a lead-in holds them together."""
    if form != "terms":
        return [Part(title, form, rows, wide)]
    bare = tuple(row for row in rows if not plain(row.label) and not row.lead)
    terms = tuple(row for row in rows if plain(row.label) or row.lead)
    parts = [Part(title, "terms", terms, wide)] if terms else []
    return [*parts, *([Part("" if terms else title, "list", bare, wide)] if bare else [])]


def two_columns(parts: Sequence[Part]) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Wide parts to the left, narrow ones to the right.

    Nothing goes to the right where the left would stand empty or the right nearly so: a short list is then one line at the end.
    """
    left = [part for part in parts if part.wide]
    right = [part for part in parts if not part.wide]
    if not left:
        return tuple(right), ()
    lists = [part for part in left if part.form == "list" and part.title]
    while lists and right and _weight(left) > 1.6 * _weight(right) + 4 and len(left) > 1:
        moved = lists.pop()
        left.remove(moved)
        right.append(moved)
    if right and _weight(right) <= _LIGHT and _weight(left) > 1.8 * _weight(right):
        left, right = [*left, *(_inline(part) for part in right)], []
    return tuple(left), tuple(right)


def halves(parts: Sequence[Part]) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Many short lines that would fill one wide column, in two of one width; () on the right where they would not."""
    whole = sum(lines_of_part(part, FULL) for part in parts)
    if len(parts) < 2 or whole < _HEAVY:
        return tuple(parts), ()
    weights = [lines_of_part(part, HALF) for part in parts]
    cut = min(range(1, len(parts)), key=lambda at: abs(sum(weights[:at]) - sum(weights[at:])))
    tall = max(sum(weights[:cut]), sum(weights[cut:]))
    return (tuple(parts[:cut]), tuple(parts[cut:])) if tall < 0.72 * whole else (tuple(parts), ())


def _weight(parts: Sequence[Part]) -> float:
    return sum(lines_of_part(part) for part in parts)


def _inline(part: Part) -> Part:
    """A list as one running line, where its rows are short."""
    short = part.form == "terms" and all(not plain(row.label) for row in part.rows)
    lists = part.form == "list" or short
    return Part(part.title, "inline" if lists else part.form, part.rows, wide=True)
