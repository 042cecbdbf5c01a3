"""Cards with a gap for each part of something listed: short lists, sequences with arrows, rows of pairs, rows of tables."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations

from ..inline import raw, sentences
from ..markup import plain, shared_by, without_end_stop
from ..model import Candidate, Definition, Fact, Gap, Inline, Point, Section, Topic, Words
from ..words import normal, tokens
from .answers import has_objects
from .gaps import statement
from .lists import (
    Item,
    bracket_in,
    common_share,
    has_verb,
    is_listing,
    is_name,
    is_open,
    items_in,
    joined_last,
    said,
    without_brackets,
)  # fmt: skip
from .parts import called, cloze, gapped, is_named, lead_in
from .statements import listed_behind, shows_a_rule
from .subject import Subject, name_of

ARROW = r"(?:→|⇒|⟶|➜|(?<!<)->|=>|-->|\s>(?!\s*[\d.])\s)"
_EQUATION = re.compile(r"[^=:;]{1,40}\s=\s([^=:;]{1,40})")
_PART = 2  # letters of an item that stand in another one by chance
_NUMBERED = re.compile(r"\(?\d{1,2}[.)]\s+")  # "1) …": the number is no part of the answer


def initial(item: str) -> str:
    """The first letter or figure of an item, whatever signs stand before it."""
    return next((char for char in item if char.isalnum()), item[:1])


def closed_list(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """A closed list of four to six short items behind a label or in a bracket: one gap an item, its first letter as a hint."""
    term = fact.term if isinstance(fact, Definition) else ()
    text = without_end_stop(fact.text) if isinstance(fact, Definition) else statement(fact, topic, subject)
    told = raw(text)
    bracket = bracket_in(told)
    labelled = bool(term) or (isinstance(fact, Point) and is_named(fact))
    if not isinstance(fact, Point | Definition) or (isinstance(fact, Definition) and not term) or has_objects(text):
        return
    if bracket and not labelled and bracket[1] + 1 >= len(told.rstrip()):
        items, heads = items_in(told, subject, *bracket), told[: bracket[0] - 1]
    elif labelled and isinstance(fact, Point) and subject.leads_in(topic, fact, fact.label):
        return  # one of the lines below "The seven steps": what it lists is no list of steps
    elif labelled:
        items, heads = items_in(told, subject), plain(name_of(fact))
    elif name_and_list := listed_behind(told, subject):  # "The four chambers are the right atrium, …"
        heads, start = name_and_list
        items = items_in(told, subject, start)
    else:
        return
    items = _without_brackets(items)
    if len(items) < 2:
        return
    items[0] = _behind_a_verb(_behind_a_sign(items[0]), items[1:], subject)
    hints = [f"{initial(item.text)}…" if len(item.text) > 2 else "" for item in items]
    hints = hints if len(set(hints)) > 1 else [""] * len(items)  # "hablo, hablas, …": one letter for all tells nothing
    refused = _against_list(fact, heads, items, subject)
    yield cloze(fact, topic, gapped(text, [(i.start, i.end) for i in items], hints), subject, refused=refused, apt=len(items) >= 4)


def _without_brackets(items: Sequence[Item]) -> list[Item]:
    """The items of a list without the brackets behind them, which explain: "fait (faire)", "-ung, -keit (die Zeitung, …)"."""
    out = []
    for item in items:
        found = re.search(r"\s*\([^()]*\)\Z", item.text)
        cut_off = found is not None and found.start() > 0
        out.append(Item(item.text[: found.start()], item.start, item.start + found.start()) if cut_off and found else item)
    return out


def _behind_a_sign(first: Item) -> Item:
    """The first thing of a list without what the list explains: '"DOGFU" = durch, ohne, gegen, für, um'."""
    before, sign, rest = first.text.rpartition(" = ")
    return Item(rest, first.start + len(before) + len(sign), first.end) if sign else first


def _behind_a_verb(first: Item, others: Sequence[Item], subject: Subject) -> Item:
    """The first thing of a list without the verb of its sentence: "Covers EC2, ELB, CloudFront and Route 53"."""
    verb, _, rest = first.text.partition(" ")
    begins = has_verb(verb[:1].lower() + verb[1:], subject)
    if not begins or not rest or any(has_verb(other.text.split(" ")[0], subject) for other in others):
        return first
    return Item(rest, first.start + len(verb) + 1, first.end)


def equations(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """Two to six pairs in a line, "a = b, c = d": what stands behind each sign is hidden."""
    text = without_end_stop(fact.text) if isinstance(fact, Definition) else statement(fact, topic, subject)
    told = raw(text)
    items = items_in(told, subject)
    found = [_EQUATION.fullmatch(item.text) for item in items]
    if has_objects(text) or not isinstance(fact, Point | Definition) or not 2 <= len(items) <= 6 or not all(found):
        return
    if sentences(text)[1]:
        return
    gaps = [(item.start + match.start(1), item.start + match.end(1)) for item, match in zip(items, found, strict=True) if match]
    gaps = [(start, end - (told[start:end].count('"') == 1 and told[end - 1] == '"')) for start, end in gaps]
    yield cloze(fact, topic, gapped(text, gaps), subject)


def sequence(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """Three to seven short things in their order, parted by arrows: one gap each, its first letter as a hint."""
    text = statement(fact, topic, subject)
    told = raw(text)
    cuts = list(re.finditer(rf"\s*{ARROW}\s*", told))
    if not isinstance(fact, Point) or not 2 <= len(cuts) <= 6 or has_objects(text):
        return
    begin = told.rfind(": ", 0, cuts[0].start()) + 2 if ": " in told[: cuts[0].start()] else 0  # "order of drugs: 1) …"
    starts, ends = [begin, *(found.end() for found in cuts)], [*(found.start() for found in cuts), len(told.rstrip(" ."))]
    starts = [start + (found.end() if (found := _NUMBERED.match(told[start:])) else 0) for start in starts]
    items = [told[start:end] for start, end in zip(starts, ends, strict=True)]
    short = all(item and len(tokens(bare := without_brackets(item))) <= 4 and "," not in bare for item in items)
    joints = subject.words.listed("reading", "and") | subject.words.listed("words", "or") | subject.words.listed("words", "but")
    short = short and not sentences(text)[1] and all(joints.isdisjoint(tokens(without_brackets(item))) for item in items)
    lead = f" {normal(plain(lead_in(fact, topic, subject)))} "
    gaps = [(start, end) for start, end, item in zip(starts, ends, items, strict=True) if f" {normal(item)} " not in lead]
    hints = [f"{initial(told[start:end])}…" for start, end in gaps]
    if gaps:
        yield cloze(fact, topic, gapped(text, gaps, hints), subject, apt=short)


def _against_list(fact: Point | Definition, heads: str, items: Sequence[Item], subject: Subject) -> str:
    """Why a list is not asked item by item."""
    words = [item.text for item in items]
    between = raw(fact.text)[items[0].start : items[-1].end]
    if is_open(fact.text, subject) or shows_a_rule(heads, subject):
        return "the list is open, or shows a rule"
    letters = all(len(word) == 1 and word.isalpha() for word in words)  # "A, B, C, D": who sees three knows the fourth
    several = sentences(said(between))[1] or ("," in between and ";" in without_brackets(between))
    if letters or several:  # "…, compression. Examples: JPEG, …"
        return "a row of letters, or several lists in one line"
    short = all(
        len(tokens(without_brackets(word))) <= 3 and (len(tokens(word)) == 1 or not _is_clause(word, subject)) for word in words
    )
    joints = subject.words.listed("reading", "and") | subject.words.listed("words", "or")
    either = not subject.words.listed("words", "or").isdisjoint(tokens(between))  # "taken once or twice weekly" is one thing
    short = short and (not either or all(is_name(word, subject) or len(tokens(without_brackets(word))) == 1 for word in words))
    *most, last_one = words
    remark = joints.isdisjoint(tokens(between)) and all(is_name(word, subject) for word in most) and not is_name(last_one, subject)
    short = short and not remark  # "Owner, Editor, Viewer, very broad"
    if not 4 <= len(items) <= 6 or not short or not joined_last(between, subject):
        return "no list of four to six short items"
    return _told_of_others(fact, heads, words, subject)


def _told_of_others(fact: Point | Definition, heads: str, words: list[str], subject: Subject) -> str:
    """Whether other topics have what is listed, or an item stands twice."""
    attribute = subject.words.listed("words", "attribute")
    last = tokens(heads)[-1:]
    if (isinstance(fact, Point) and is_listing(fact, subject)) or (last and last[0] in attribute and len(tokens(heads)) > 1):
        return "what it lists is told of many topics"
    if 2 * common_share(words, subject) >= 1:
        return "what it lists is told of several topics"
    told = [normal(word) for word in words]
    inside = any(f" {one} " in f" {other} " for one, other in permutations(told, 2) if one)
    inside = inside or any(one.isupper() and len(one) > _PART and one in other for one, other in permutations(words, 2))  # "fMRI"
    return "two of its items are the same" if inside or len(set(told)) < len(told) else ""


def _is_clause(item: str, subject: Subject) -> bool:
    """Whether an item is a part of a sentence: "where vessels enter"."""
    joining = subject.words.listed("words", "clause") | subject.words.listed("words", "relative")
    return has_verb(item, subject) or not joining.isdisjoint(tokens(item))


def rows(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """A comparison of two to five labelled lines: all of them on one note, one hidden at a time, the others are the contrast."""
    section = subject.section_of.get(fact.id)
    mates = _rows(section) if section else []
    if fact not in mates:
        return
    parts = _parts(mates, subject)
    if not any(isinstance(part, Gap) for _, row in parts for part in row):
        return
    facts = tuple(mate.id for mate in mates)
    made = Candidate(
        rule="cloze", type="cloze", slot="cloze", facts=facts, group=facts[0], topic=topic.key, prompt=(), parts=parts,
        opening=(Words(f"{called(topic)} — {section.name if section else ''}\n"),), joint="\n", room=(5, 300),
        refused="" if len(mates) <= 5 else "too many rows for one card",
    )  # fmt: skip
    yield shared_by(made, facts)


def _parts(rows: Sequence[Point], subject: Subject) -> tuple[tuple[str, tuple[Inline | Gap, ...]], ...]:
    """The rows of a comparison with their gaps, made once for all of its facts."""
    if rows[0].id not in subject.rows:
        users = Counter(word for row in rows for word in set(subject.stems(row.text)))
        subject.rows[rows[0].id] = tuple((row.id, (*row.label, Words(": "), *_row_end(row, users, subject))) for row in rows)
    return subject.rows[rows[0].id]


def _row_end(row: Point, users: Mapping[str, int], subject: Subject) -> tuple[Inline | Gap, ...]:
    """What a row says: hidden, unless its own label and the rows beside it say two thirds of it already."""
    text = without_end_stop(row.text)
    own, label = set(subject.stems(text)), set(subject.stems(row.label))
    shown = [word for word in own if users[word] > 1 or word in label]
    return text if 3 * len(shown) >= 2 * len(own) > 0 else (Gap(text),)


def _rows(section: Section) -> list[Point]:
    """The labelled lines of a comparison, where there is nothing else in its section."""
    if section.kind != "comparison":
        return []
    found = [fact for fact in section.facts if isinstance(fact, Point) and fact.label and "no-card" not in fact.marks]
    short = all(len(tokens(plain(fact.text))) <= 12 and not has_objects(fact.text) for fact in found)
    return found if len(found) == len(section.facts) >= 2 and short else []
