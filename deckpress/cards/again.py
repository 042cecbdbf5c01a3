"""What is asked once only: a fact that a better card of its topic tells already, a question asked twice, a value told of several.

A fact without a card of its own stands on the back of the card that covers it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..inline import raw
from ..markup import fact_texts, plain
from ..model import Candidate, Fact, Gap, MultipleChoice, Point, Question, Quote, Row, Topic, Words
from ..numbers import numbers_in
from ..words import exact, normal, stems, tokens
from .lines import is_priced
from .lists import bracket_in, has_attribute, items_in, items_of, without_brackets
from .subject import Subject, name_of
from .told import Told, beside, line_of, live
from .twice import RANK, named_twice

# Share of a fact's stems in one line from which that line tells it; of a section's bullets from which they are not asked together.
TOLD, BULLETS = 0.75, 0.6
# Overlap and Jaccard of two questions from which they are one; measured on the pairs of one guide, false alarms fall below both.
OVERLAP, JACCARD = 0.6, 0.3
_Lines = dict[str, tuple[frozenset[str], str]]  # what a fact's card tells, those on its back included: stems, words
_ROUNDS = 4  # a fact whose card was taken away may ask what another one asks


def settle(offered: Mapping[str, Sequence[Candidate]], subject: Subject) -> Told:
    """Looks at what every fact would be asked as, and finds what is asked already."""
    told = Told()
    _questions(told, subject)
    _values(told, offered, subject)
    for topic in subject.topics.values():
        _topic(topic, told, offered, subject)
    named_twice(told, offered, subject)
    _rooted(told, offered, subject)
    return told


def _rooted(told: Told, offered: Mapping[str, Sequence[Candidate]], subject: Subject) -> None:
    """Moves what stands on the back of a card that was taken away itself to the card that tells both; where none does, it asks."""
    for fact, (by, _) in list(told.by.items()):
        passed, root = {fact}, by
        while root in told.by and root not in passed:
            passed.add(root)
            root = told.by[root][0]
        if root in passed or root in told.refused or live(offered[root]) is None:
            del told.by[fact]
        elif root != by:
            told.by[fact] = (root, f"line {subject.facts[root].span.line} tells it too")
            kept = [quote for quote in told.besides.get(by, ()) if quote.fact == fact]
            told.besides.setdefault(root, []).extend(kept)


def _topic(topic: Topic, told: Told, offered: Mapping[str, Sequence[Candidate]], subject: Subject) -> None:
    carded: list[Fact] = []
    lines: _Lines = {fact.id: (subject.lines[fact.id], " ".join(fact_texts(fact))) for fact in topic.facts}
    shared: set[str] = set()  # bullets whose card was looked at with that of their section
    for fact in sorted(topic.facts, key=lambda fact: (RANK.get(fact.kind, 2), subject.place_of[fact.id])):
        made = live(offered[fact.id])
        if made is None or fact.id in told.by or fact.id in told.refused or fact.id in shared:
            continue
        if made.parts and made.rule == "identify":
            shared.update(id_ for id_, _ in made.parts)
            _bullets(made, topic, carded, lines, told, subject)
            continue
        if "card" in fact.marks or "both" in fact.marks:
            carded.append(fact)
            continue
        if not made.parts and made.rule != "step" and (by := _teller(fact, topic, carded, lines, subject)):
            told.by[fact.id] = (by.id, f"line {by.span.line} tells it too")
            lines[by.id] = (lines[by.id][0] | lines[fact.id][0], f"{lines[by.id][1]} {lines[fact.id][1]}")
            beside(told, by, fact, subject)
            continue
        carded.append(fact)
        for member in made.facts:
            if member != fact.id:
                shared.add(member)
                told.by[member] = (fact.id, f"stands on the card of line {fact.span.line}")
        for quote in made.extra if isinstance(fact, Question) else ():
            other = subject.facts[quote.fact]
            if isinstance(other, Point) and other.topic == fact.topic and len(items_of(other.text, subject)) > 2:
                told.by[other.id] = (fact.id, f"it answers the question of line {fact.span.line}")


def _bullets(made: Candidate, topic: Topic, carded: Sequence[Fact], lines: _Lines, told: Told, subject: Subject) -> None:
    """A section that mostly repeats what has cards is not asked as a whole, nor what is left of it."""
    tellers = {id_: _teller(subject.facts[id_], topic, carded, lines, subject) for id_, _ in made.parts}
    if len([by for by in tellers.values() if by]) < BULLETS * len(tellers):
        return
    for id_, by in tellers.items():
        if by and by.id != id_:
            told.by[id_] = (by.id, f"line {by.span.line} tells it too")
            beside(told, by, subject.facts[id_], subject)
        else:
            told.refused[id_] = "its section is told by other cards"


def _teller(fact: Fact, topic: Topic, carded: Sequence[Fact], lines: _Lines, subject: Subject) -> Fact | None:
    """The fact with a card, of the same topic, that says nearly all of it."""
    if isinstance(fact, Row) and _is_of_small_words(fact, subject):  # "den", "der": there is nothing to compare
        return None
    yes_no = isinstance(fact, Question) and normal(plain(fact.answer)) in subject.words.listed("words", "yes_no")
    if isinstance(fact, Question | MultipleChoice) and not yes_no:
        prices = [by for by in carded if isinstance(by, Point) and is_priced(by, subject)] if is_priced(fact, subject) else []
        answer = subject.stems(plain(fact.answer)) if isinstance(fact, Question) else []
        return next((by for by in prices if len(lines[by.id][0] & set(answer)) >= TOLD * len(set(answer))), None)
    texts = [_without_relations(fact, subject)] if isinstance(fact, Question) else list(fact_texts(fact))
    wholes = [] if isinstance(fact, Point) and has_attribute(fact.label, subject) else [" ".join(texts)]
    wholes += texts[1:2] if isinstance(fact, Point) and fact.label else []
    names = _names(" ".join(texts))
    label = subject.telling(name_of(fact), topic)
    priced = is_priced(fact, subject)
    wanted = [_wanted(_bare(whole, subject), topic, subject) for whole in wholes]
    for by in carded:
        if priced and is_priced(by, subject):
            return by
        line, said = lines[by.id]
        if name_of(by) and not label <= line:  # the same words in another order, of something else
            continue
        said_in_full = any(_covered(words, line, 2 + (at > 0)) for at, words in enumerate(wanted))
        if said_in_full and names <= _names(f"{said} {topic.title}"):
            return by
    return None


def _is_of_small_words(fact: Row, subject: Subject) -> bool:
    """Whether all cells of a row are words that tell no two lines apart, and no figures or "yes"."""
    told = {word for _, cell in fact.cells for word in tokens(plain(cell))}
    return bool(told) and all(map(str.isalpha, told)) and told <= subject.stop - subject.words.listed("words", "yes_no")


def _without_relations(fact: Question, subject: Subject) -> str:
    relation = subject.words.listed("words", "relation")
    return " ".join(word for word in plain(fact.question).split() if normal(word) not in relation)


def _bare(whole: str, subject: Subject) -> str:
    """The words without a bracket that only lists things."""
    place = bracket_in(whole)
    return without_brackets(whole) if place and len(items_in(whole, subject, *place)) > 2 else whole


def _wanted(whole: str, topic: Topic, subject: Subject) -> tuple[set[str], set[str]]:
    """The stems of a text that another line must have to say it: all of them, and without the common ones."""
    own = set(subject.stems(whole)) - subject.vendor - subject.own_words(topic)
    return own, own - subject.generic


def _covered(wanted: tuple[set[str], set[str]], line: frozenset[str], least: int) -> bool:
    """Whether three quarters of the stems stand in a line, common ones counted or not; at least so many of them."""
    return len(wanted[0] & line) >= least and any(len(words) > 1 and len(words & line) >= TOLD * len(words) for words in wanted)


def _names(words: str) -> set[str]:
    """Abbreviations, numbers, letters with numbers, arrows up and down: what a line about something else would have others of."""
    return (
        {char for char in words if char in "↑↓"}
        | {word for word in tokens(words) if any(char.isdigit() for char in word)}
        | {
            word.lower()
            for word in words.replace("/", " ").replace(",", " ").split()
            if word.isupper() and len(word) > 1 and word.isalpha()
        }
    )


def _questions(told: Told, subject: Subject) -> None:
    """Questions that ask the same: the longest is kept, and names the others; with other answers none can be told from the rest."""
    asked = [(fact, set(subject.stems(fact.question))) for fact in subject.facts.values() if isinstance(fact, Question)]
    asked.sort(key=lambda pair: (-len(pair[1]), pair[0].topic, subject.place_of[pair[0].id]))
    for at, (fact, words) in enumerate(asked):
        for longer, others in _alike(words, asked[:at]):
            if longer.id in told.by or _other_names(plain(fact.question), plain(longer.question)):
                continue
            if not _differ(fact, longer, subject):
                told.by[fact.id] = (longer.id, f"line {longer.span.line} asks the same")
                also = Words(f"{subject.words.phrase('also_asked')}: ")
                told.besides.setdefault(longer.id, []).append(Quote(fact.id, (also, *line_of(fact))))
                break
            for one, other in ((fact, longer), (longer, fact)):
                if subject.topic_named(one.answer) and len(words & others) >= TOLD * len(words):
                    told.refused[one.id] = f"line {other.span.line} asks the same, with another answer"


def _alike(words: set[str], asked: Sequence[tuple[Question, set[str]]]) -> Iterator[tuple[Question, set[str]]]:
    for fact, others in asked:
        both = len(words & others)
        if both >= OVERLAP * max(1, min(len(words), len(others))) and both >= JACCARD * len(words | others) and both > 1:
            yield fact, others


def _other_names(one: str, other: str) -> bool:
    """Whether each text has names or numbers that the other has not: then it asks of something else."""
    here, there = _names(one), _names(other)
    return bool(here - there and there - here)


def _differ(one: Question, other: Question, subject: Subject) -> bool:
    """Whether neither answer contains the other, the vendor's name aside."""
    here, there = (
        f" {' '.join(word for word in tokens(plain(question.answer)) if word not in subject.vendor)} " for question in (one, other)
    )
    return here not in there and there not in here


def _values(told: Told, offered: Mapping[str, Sequence[Candidate]], subject: Subject) -> None:
    """A value that several topics claim is asked once; the back says of what else the guide says it."""
    seen: dict[str, list[Fact]] = {}
    for fact in sorted(subject.facts.values(), key=lambda fact: fact.topic):  # whatever the order of the topics is
        made = live(offered[fact.id])
        value = _value(made, subject) if made else ""
        if not value:
            continue
        first = next((other for other in seen.get(value, []) if _share(fact, other, subject)), None)
        if first is None or first.topic == fact.topic:
            seen.setdefault(value, []).append(fact)
            continue
        told.by[fact.id] = (first.id, f"the guide says the same of {subject.topics[first.topic].name} in line {first.span.line}")
        same = subject.words.phrase("same_of", topics=subject.topics[fact.topic].name)
        told.besides.setdefault(first.id, []).append(Quote(fact.id, (Words(same),)))


def _value(made: Candidate, subject: Subject) -> str:
    gaps = [part for part in made.prompt if isinstance(part, Gap)]
    found = numbers_in(raw(gaps[0].text), subject.words) if len(gaps) == 1 else []
    told = plain(gaps[0].text) if gaps else ""
    figure = any(char.isdigit() for char in re.sub(r"\([^()]*\)", "", told))  # "↓ (1°)" is no value
    return found[0].value if found and figure and normal(found[0].text) == normal(told) else ""


def _share(one: Fact, other: Fact, subject: Subject) -> bool:
    """Whether two lines have a word in common beside the number."""
    here, there = (set(stems(" ".join(fact_texts(fact)), subject.stop)) for fact in (one, other))
    return any(not word[0].isdigit() and word.isalpha() and len(word) > 2 for word in here & there)


def apart(offered: Mapping[str, Sequence[Candidate]], subject: Subject) -> dict[str, list[Candidate]]:
    """The candidates without questions in the very words of another: none can be answered where the answers differ."""
    out = {fact: list(candidates) for fact, candidates in offered.items()}
    order = sorted(out, key=lambda fact: (subject.topic_of[fact], subject.place_of[fact]))  # whatever the order of the topics is
    for _ in range(_ROUNDS):
        asked: dict[str, list[tuple[str, Candidate]]] = {}
        for fact in order:
            first = live(out[fact])
            if first is not None and first.type != "choice" and first.group == fact and "card" not in subject.facts[fact].marks:
                asked.setdefault(_front(first), []).append((fact, first))
        doubles = [same for same in asked.values() if len(same) > 1]
        for same in doubles:
            alike = len({_back(one) for _, one in same}) == 1
            line = subject.facts[same[0][0]].span.line
            for fact, one in same[alike:]:
                why = f"line {line} asks it in the same words" if fact != same[0][0] else "another line asks it in the same words"
                out[fact] = [replace(other, refused=why) if other is one else other for other in out[fact]]
        if not doubles:
            break
    return out


def _front(candidate: Candidate) -> str:
    shown = plain(Words("[...]") if isinstance(part, Gap) else part for part in candidate.prompt)
    return " ".join((normal(candidate.lead), exact(shown), normal(candidate.follow)))


def _back(candidate: Candidate) -> str:
    gaps = (normal(plain(part.text)) for part in candidate.prompt if isinstance(part, Gap))
    return " ".join((*gaps, normal(plain(candidate.answer))))


def with_besides(candidates: Sequence[Candidate], quotes: Sequence[Quote]) -> list[Candidate]:
    """The candidates with what their backs tell besides."""
    return [replace(one, extra=(*one.extra, *(quote for quote in quotes if quote.fact not in one.facts))) for one in candidates]
