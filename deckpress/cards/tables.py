"""Cards of the rows of a table: what stands in each of their cells, and two cells that give each other away."""

import re
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from ..markup import plain
from ..model import Candidate, Fact, Gap, Inline, Quote, Row, Section, Styled, Text, Topic, Words
from ..words import normal, tokens, without_accents
from .answers import has_objects
from .lists import items_of, said
from .parts import asking, called, in_place, is_number
from .subject import Subject

_FORMULA = re.compile(r"(?=.*\d)(?:[A-Z][a-z]?\d*){2,}")
_EMPTY = frozenset({"-", "–", "—", "n/a", "N/A", "…"})  # cells that say nothing
_ROOT = 5  # letters that begin a word which other words have in them
_BRIEF = 2  # words of a cell that only says how much
_ROWS = 3  # of a column from which one tells the kind of its cells
_SET = 4  # things in a cell that are too many for one answer


def cells(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """A row of a table: what stands in each of its cells, one at a time, the others shown."""
    if not isinstance(fact, Row):
        return
    kinds = {head: {subject.words.section_kind(plain(head)), subject.words.label_kind(plain(head))} for head, _ in fact.cells}
    filled = [(head, cell) for head, cell in fact.cells if plain(cell) and plain(cell).strip() not in _EMPTY]
    shown = [(head, cell) for head, cell in filled if "note" not in kinds[head]][:5]  # an example gives the others away
    notes = [cell for head, cell in filled if "note" in kinds[head]]
    sides = plain(fact.label).split(" / ")  # one of two lists may be the longer one
    aside = len(sides) > 1 and {normal(plain(head)) for head, _ in fact.cells} <= set(map(normal, sides))
    section = subject.section_of.get(fact.id)
    place = in_place(fact, topic, subject, "") or f"{called(topic)} — "
    if section and section.name and section.kind == "comparison" and not subject.names_topic(said(section.name), topic):
        place = f"{section.name} — "  # "Who does what" below one of the things compared
    if is_number(plain(fact.label)) and plain(fact.corner):  # "2" alone says nothing: "Generation 2"
        place += f"{plain(fact.corner)} "
    prompt: list[Inline | Gap] = [Words(place), Styled("strong", fact.label)]
    gaps = 0
    if len(shown) == 2 and all(_is_degree(cell, subject) for _, cell in shown):  # who sees one of them knows the other
        yield _both_asked(fact, place, shown, topic)
    for head, cell in shown:
        prompt += [Words("\n"), *head, Words(" " if plain(head).endswith(("?", "？")) else ": ")]
        beside = " ".join(plain(other) for other in (fact.label, *(other for _, other in shown if other is not cell)))
        short = 0 < len(tokens(plain(cell))) <= 12 and not has_objects(cell)
        short = short and len(items_of(cell, subject)) < _SET
        disputed = len(subject.cells.get((normal(plain(fact.label)), normal(plain(head))), ())) > 1 and not _within_one(
            fact, section
        )
        open_to_others = disputed or _fits_elsewhere(fact, head, section) or _given_away(cell, fact.label, beside, subject)
        open_to_others = open_to_others or _said_beside(cell, [other for _, other in shown if other is not cell], subject)
        own = set(subject.stems(cell))
        named = bool(own) and own <= subject.own_words(topic) | subject.vendor  # "CDP" below "CDP timers"
        hidden = gaps < 4 and short and not (open_to_others or named or _is_odd(fact, head, cell, section, subject))
        gaps += hidden
        prompt += [Gap(cell)] if hidden else list(cell)
    if gaps:
        yield Candidate(
            rule="cloze", type="cloze", slot="cloze", facts=(fact.id,), group=fact.id, topic=topic.key, prompt=tuple(prompt),
            refused="two lists side by side" if aside else "", extra=tuple(Quote(fact.id, cell) for cell in notes),
        )  # fmt: skip


def _both_asked(fact: Row, place: str, shown: Sequence[tuple[Text, Text]], topic: Topic) -> Candidate:
    """One question for a row whose two cells give each other away: "SNS vs SQS — Message storage: SNS? SQS?"."""
    prompt: list[Inline] = [Words(place), Styled("strong", fact.label), Words("\n")]
    answer: list[Inline] = []
    for at, (head, cell) in enumerate(shown):
        prompt += [Words(" · ")] * (at > 0) + [*head, Words("?")]
        answer += [Words(" · ")] * (at > 0) + [*head, Words(": "), *cell]
    return asking("compare", fact, topic, tuple(prompt), tuple(answer))


def _is_degree(cell: Text, subject: Subject) -> bool:
    """Whether a cell only says yes or no, or how much: "Lower"."""
    told = tokens(plain(cell))
    return bool(told) and told[0] in subject.words.listed("words", "degree") and len(told) <= _BRIEF


def _is_odd(fact: Row, head: Text, cell: Text, section: Section | None, subject: Subject) -> bool:
    """Whether the other rows have a figure below a head, and this one something else: "Default prefix: multicast"."""
    rows = [row for row in (section.facts if section else ()) if isinstance(row, Row) and row is not fact]
    others = [plain(there) for row in rows for name, there in row.cells if plain(name) == plain(head) and plain(there).strip()]
    figures = sum(any(map(str.isdigit, told)) for told in others)
    odd = len(others) >= _ROWS and 4 * figures >= 3 * len(others) and not any(map(str.isdigit, plain(cell)))
    return odd and not _is_none(cell, subject)


def _is_none(cell: Text, subject: Subject) -> bool:
    """Whether a cell says that there is no figure: "none", "unlimited"."""
    listed = subject.words.listed
    without = listed("words", "negation") | listed("words", "yes_no") | listed("words", "unlimited")
    return not without.isdisjoint(tokens(plain(cell)))


def _within_one(fact: Row, section: Section | None) -> bool:
    """Whether a table has several rows of one name: their cells are told apart by the others."""
    rows = [row for row in (section.facts if section else ()) if isinstance(row, Row)]
    return sum(normal(plain(row.label)) == normal(plain(fact.label)) for row in rows) > 1


def _fits_elsewhere(fact: Row, head: Text, section: Section | None) -> bool:
    """Whether another row of the same name is the same but for the cell below a head: its value would be as right."""
    mates = [
        row
        for row in (section.facts if section else ())
        if isinstance(row, Row) and row is not fact and normal(plain(row.label)) == normal(plain(fact.label))
    ]
    return any(_others(row, head) == _others(fact, head) for row in mates)


def _others(row: Row, head: Text) -> dict[str, str]:
    """What stands below the other heads of a row."""
    return {plain(other): normal(plain(cell)) for other, cell in row.cells if plain(other) != plain(head)}


def _said_beside(cell: Text, others: Sequence[Text], subject: Subject) -> bool:
    """Whether another cell of the row has its mark, "S1" beside "S1=1", its word before a bracket, or what it counts."""
    told = tokens(plain(cell))
    beside = {word for other in others for word in re.findall(r"\w+", plain(other).lower())}
    mark = len(told) == 1 and any(map(str.isdigit, told[0])) and any(map(str.isalpha, told[0]))
    first = re.fullmatch(r"([^\W\d]+)\s*\([^()]*\)", plain(cell).strip()) is not None
    first = first and told[0] not in subject.stop | subject.words.listed("words", "yes_no")
    if (mark or first) and told[0] in beside:
        return True
    own, *there = [normalize("NFKC", plain(one)).strip() for one in (cell, *others)]
    if _FORMULA.fullmatch(own):
        return _counts(own) <= set(there)  # "C₂H₆" beside 2 and 6
    return own.isdigit() and any(_FORMULA.fullmatch(one) and own in _counts(one) for one in there)


def _counts(formula: str) -> set[str]:
    """How many atoms of each kind a formula has."""
    return {found[1] or "1" for found in re.finditer(r"[A-Z][a-z]?(\d*)", formula)}


def _given_away(cell: Text, label: Text, beside: str, subject: Subject) -> bool:
    """Whether half of a cell's words begin words that are shown beside it: "Cold" beside "Coldline", "-yne" beside "alkyne".

    So do all its words in the row's label, "U" of the Mann-Whitney U test, and two numbers beside it.
    """
    told, there = plain(cell).strip(), tokens(without_accents(beside))
    numbers = {word for word in tokens(told) if word.isdigit()}
    if set(tokens(told)) <= set(tokens(plain(label))) or (len(numbers) > 1 and numbers <= set(there)):
        return True
    ending = told.removeprefix("-")
    initials = "".join(word[0] for word in tokens(told))
    if len(initials) > 1 and initials in there and initials not in tokens(plain(label)):  # "Diabetes insipidus" beside "Central DI"
        return True
    inside = [word[:_ROOT] for word in map(without_accents, subject.stems(cell)) if len(word) >= _ROOT]
    if inside and 2 * sum(any(root in word for word in there) for root in inside) > len(subject.stems(cell)):
        return True  # "↓ Pituitary" beside "Hypopituitarism"
    own = {without_accents(word)[:4] for word in subject.stems(cell) if len(word) > 2 and not word.isdigit()}
    if ending != told and ending.isalpha() and any(word.endswith(ending) for word in there):
        return True
    if not {word for word in tokens(told) if any(char.isdigit() for char in word)} <= set(there):
        return False  # "4 minutes" beside "2 minutes"
    return bool(own) and 2 * sum(any(word.startswith(root) for word in there) for root in own) >= len(own)
