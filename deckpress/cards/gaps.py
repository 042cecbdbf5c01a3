"""Cards with a gap in a statement: where the author marks one, terms with a gloss, numbers, brackets, ends."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..inline import length, raw, sentences
from ..markup import fact_texts, plain, without_end_stop
from ..model import Candidate, Definition, Fact, Gap, Inline, Link, Point, Quote, Styled, Text, Topic
from ..numbers import Number, numbers_in, without_figures
from ..words import normal, stem, tokens
from .answers import defines, has_objects
from .lists import (
    bracket_in,
    has_attribute,
    has_verb,
    is_listing,
    is_name,
    is_open,
    items_in,
    names_several,
    parted_by_comma,
    without_brackets,
)  # fmt: skip
from .parts import cloze, gapped, is_named
from .subject import Subject, name_of

LONG_TEXT = 100  # characters of a text from which only one of its sentences is asked
_LOOKED_AT = 200  # lines that have a word, at most, to see whether a figure belongs to it
_BEFORE = 2  # words before an end that is no name, one where a label stands there too
_SAME = 2  # words of a bracket that says a number once more
_WORDS = 24  # of a statement whose numbers are asked for
ENOUGH = 4  # words beside the gap by which a sentence is understood
YEAR = re.compile(r"1\d{3}|20\d\d")
_FIGURES = re.compile(r"(?<![A-Za-z\d])\d+(?:[.,]\d+)*")
_SIGNS = re.compile(r"[(→⇒;:=]|->")  # behind these something else begins
_GLOSS = re.compile(r"(?P<term>[^(),]{2,50}?)\s*\([^()]+\)\.?\Z")


def statement(fact: Fact, topic: Topic, subject: Subject) -> Text:
    """What a fact states: its text; where it says what the topic is, the sentences behind the first."""
    if isinstance(fact, Point):
        return without_end_stop(fact.text) if fact.kind not in ("code", "pair", "date") else ()
    if isinstance(fact, Definition) and not fact.term:
        return without_end_stop(sentences(fact.text)[1] if defines(fact, topic, subject) else fact.text)
    return ()


def made_of(
    fact: Fact, topic: Topic, subject: Subject, gaps: Sequence[tuple[int, int]], refused: str = "", apt: bool = True
) -> Candidate:
    """A card of a statement with gaps at these places; of what a topic is it stands beside the first one."""
    text = statement(fact, topic, subject)
    asked, places = in_its_sentence(text, gaps, subject)
    hints = [without_figures(raw(asked)[start:end]) for start, end in places]  # "… ms": which quantity is wanted
    return replace(
        cloze(fact, topic, gapped(asked, places, hints), subject, refused=refused, apt=apt),
        beside=isinstance(fact, Definition) and defines(fact, topic, subject),
        extra=(Quote(fact.id, text),) if asked != text else (),
    )


def in_its_sentence(text: Text, gaps: Sequence[tuple[int, int]], subject: Subject) -> tuple[Text, list[tuple[int, int]]]:
    """Of a long text the sentence with all the gaps, where it can be understood by itself."""
    whole, at, rest = raw(text), 0, text
    while len(whole) > LONG_TEXT and raw(rest):
        first, rest = sentences(rest)
        at = whole.index(raw(first), at)
        if all(at <= start and end <= at + len(raw(first)) for start, end in gaps):
            small = subject.words.listed("words", "pronoun") | subject.words.listed("words", "pointing")
            gaps_len = sum(len(tokens(whole[start:end])) for start, end in gaps)
            alone = len(tokens(raw(first))) - gaps_len >= ENOUGH and (not at or small.isdisjoint(whole_words(raw(first))[:4]))
            first = without_end_stop(first)
            return (first, [(start - at, end - at) for start, end in gaps]) if alone else (text, list(gaps))
        at += len(raw(first))
    return text, list(gaps)


def whole_words(told: str) -> list[str]:
    """The words of a text without what an apostrophe joins to them: "it's" is "it"."""
    return [re.split("['’]", word)[0] for word in tokens(told)]


def marked(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """Gaps where the author wants them: `==mark==`."""
    text = getattr(fact, "text", ())
    if gaps := list(_marks(text, 0)):
        yield cloze(fact, topic, _unmarked(gapped(text, gaps)), subject)


def has_marks(fact: Fact) -> bool:
    """Whether the author says what is to be asked for: no guard knows better."""
    return any(True for _ in _marks(getattr(fact, "text", ()), 0))


def _marks(text: Text, at: int) -> Iterator[tuple[int, int]]:
    """Where marked words stand, also within what is bold or linked."""
    for part in text:
        if isinstance(part, Styled) and part.style == "mark":
            yield at, at + length(part)
        elif isinstance(part, Styled | Link):
            yield from _marks(part.parts, at)
        at += length(part)


def _unmarked(parts: Sequence[Inline | Gap]) -> tuple[Inline | Gap, ...]:
    return tuple(Gap(_plain_mark(part.text), part.hint) if isinstance(part, Gap) else part for part in parts)


def _plain_mark(text: Text) -> Text:
    """Marked words without their mark, whatever else they are in."""
    out: list[Inline] = []
    for part in text:
        if isinstance(part, Styled):
            inner = _plain_mark(part.parts)
            out += inner if part.style == "mark" else [replace(part, parts=inner)]
        else:
            out.append(part)
    return tuple(out)


def glosses(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """`term (gloss), term (gloss)`: the terms are hidden, their glosses tell which."""
    text = statement(fact, topic, subject)
    told = raw(text)
    if told.count("(") < 2 or has_objects(text):
        return
    items = items_in(told, subject)
    found = [_GLOSS.match(item.text) for item in items]
    if not 2 <= len(items) <= 6 or not all(found) or any(match and len(tokens(match["term"])) > 6 for match in found):
        return
    gaps, broken = [], False  # "TP / (TP + FN)", "When details (…) are given"
    clauses = subject.words.listed("words", "clause")
    for item, match in zip(items, found, strict=True):
        term = match["term"] if match else ""
        skip = _behind_relation(term, subject)
        ends = subject.stop | subject.words.listed("words", "verb")
        if not ends.isdisjoint(tokens(term)[-1:]):  # "variable costs do (…)"
            return
        broken = broken or bool(re.search(r"[=/÷×*+−-]\s*\Z", term)) or not clauses.isdisjoint(tokens(term))
        gaps.append((item.start + skip, item.start + len(term)))
    yield made_of(fact, topic, subject, gaps, "its brackets explain no names" if broken else "")


def _behind_relation(term: str, subject: Subject) -> int:
    """Where a name begins behind "Compared with", "Types include": after its last relation word or verb, or another sentence."""
    relation = subject.words.listed("words", "relation") | subject.words.listed("words", "verb")
    ends = [found.end() for found in re.finditer(r"[\w'’-]+\s+", term) if found[0].strip().lower() in relation]
    ends += [found.end() for found in re.finditer(r"[.;:]\s+", term)]
    return max(ends, default=0)


def _counts_a_list(told: str, number: Number, subject: Subject) -> bool:
    """Whether a number only says how many things a bracket behind it lists: "3 lobes (upper, middle, lower)"."""
    beside = bracket_in(told)
    listed = len(items_in(told, subject, *beside)) if beside and beside[0] > number.end else 0
    return listed > 1 and number.text == str(listed)


def number(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """A number with its unit, in a short statement: one gap."""
    text = statement(fact, topic, subject)
    found = numbers_in(raw(text), subject.words, subject.stop | subject.words.listed("words", "verb"))
    beside = bracket_in(raw(text))  # what stands in a bracket explains the number outside: "99.999999999 % (11 nines)"
    found = [one for one in found if not _in_a_name(raw(text), one, subject)]
    outside = [one for one in found if not beside or one.end <= beside[0] or one.start >= beside[1]]
    if not found or has_objects(text):
        return
    explained = len(outside) == 1 < len(found)
    found = outside if explained else found
    # A number without a unit beside it would leave open which one is asked for.
    figures = _FIGURES.findall(without_brackets(raw(text)) if explained else raw(text))
    known = figures == [figure for one in found for figure in _FIGURES.findall(one.text)]
    if len(found) == 1 and _counts_a_list(raw(text), found[0], subject):
        return
    several = len(found) <= 3 and len({one.value for one in found}) == len(found)
    apt = known and several and len(tokens(raw(text))) <= _WORDS
    shown = [one for one in found if not any(_within(one, other) for other in found)]  # "0 to 35 days, 0 switches them off"
    places = [(one.start + _approximate(one.text), one.end) for one in (shown if apt else found[:1])]
    if explained and beside and _says_it_again(raw(text), places[0][1], beside):
        places = [(places[0][0], beside[1] + 1)]
    yield made_of(fact, topic, subject, places, apt=apt)


def _in_a_name(told: str, number: Number, subject: Subject) -> bool:
    """Whether a figure ends a name: "Route 53", "Article 5"."""
    before = re.search(r"([^\W\d_][\w-]*)\s\Z", told[: number.start])
    if not before or not before[1][0].isupper() or not number.text.isdigit():
        return False
    name = f"{before[1]} {number.text}"
    lines = subject.users.get(stem(before[1].casefold()), ())
    often = sum(name in " ".join(fact_texts(subject.facts[line])) for line in lines[:_LOOKED_AT]) > 1
    inside = before.start() > 0 and told[: before.start()].rstrip()[-1:] not in ".:;!?"
    return often or (inside and not subject.words.data["words"]["capital_nouns"])


def _within(one: Number, other: Number) -> bool:
    """Whether another number of the statement, a span, has all figures of one: who sees it has read the answer."""
    mine, others = set(_FIGURES.findall(one.text)), set(_FIGURES.findall(other.text))
    return mine < others


def _says_it_again(told: str, end: int, beside: tuple[int, int]) -> bool:
    """Whether a bracket of a word or two right behind a number says it once more: "99.999999999 % (11 nines)"."""
    right_behind = told[end : beside[0]].strip() == "(" and len(tokens(told[slice(*beside)])) <= _SAME
    figure = re.fullmatch(r"[\d.,]+\s?%?", told[slice(*beside)]) is not None  # "11 nines (99.999999999 %)"
    return right_behind or (figure and len(told[end : beside[0]].split()) <= _SAME)


def _approximate(number: str) -> int:
    """Letters of a sign that only says "about": it is no part of what one recalls."""
    found = re.match(r"[~≈]\s*", number)
    return found.end() if found else 0


def tail(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """The end of a statement behind a relation word, where it names something: "monitoring via CloudWatch"."""
    text = statement(fact, topic, subject)
    told = raw(text)
    place = tail_of(told, subject)[0]
    if place and not has_objects(text) and not is_open(text, subject):
        words = tokens(told[place:])
        own = [
            word for word in tokens(told[place:].lower()) if stem(word) not in subject.vendor and stem(word) not in subject.generic
        ]
        named = is_name(" ".join(word for word in told[place:].split() if stem(word.lower()) not in subject.vendor), subject)
        before = subject.stems(told[:place])
        refused = "" if own or named or len(words) > 2 else "its end says nothing of its own"
        yield made_of(
            fact,
            topic,
            subject,
            [(place, len(told.rstrip(" .!?;:…")))],
            refused,
            apt=bool(before) and (named or len(before) >= _BEFORE - bool(name_of(fact))) and loose(fact, topic, subject),
        )


def _whole(words: str) -> bool:
    """Whether brackets and quotation marks of a piece are closed within it."""
    return words.count("(") == words.count(")") and words.count('"') % 2 == 0 and words.count("“") == words.count("”")


def loose(fact: Fact, topic: Topic, subject: Subject) -> bool:
    """Whether the label, if there is one, leaves the text to be asked: an attribute, two things, or that of several lines."""
    if not isinstance(fact, Point) or not is_named(fact):
        return True
    shared = subject.is_shared(topic, fact.label) or subject.labels.get(normal(plain(fact.label)), 0) > 1
    known = normal(plain(fact.label)) in subject.words.labels
    return (
        shared
        or known
        or has_attribute(fact.label, subject)
        or is_listing(fact, subject)
        or names_several(plain(fact.label), subject)
    )


def _is_statement(words: str, subject: Subject) -> bool:
    """Whether a small word stands between two names, and is none that joins them: "July threatens Paris"."""
    small = subject.stop | subject.words.listed("words", "relation") | subject.words.listed("reading", "joints")
    told = re.findall(r"[\w'’-]+", words)
    inner = [word for word in told[1:-1] if word.islower() and word not in small]
    capitals = subject.words.data["words"]["capital_nouns"]
    return not capitals and bool(inner) and len(told) == 3 and told[0][:1].isupper() and told[-1][:1].isupper()


def _with_a_date(words: str, subject: Subject) -> bool:
    """Whether a year stands beside other words than a month."""
    months = subject.words.listed("reading", "months") | subject.words.listed("reading", "around_dates")
    told = tokens(words)
    return any(word not in months and not word.isdigit() for word in told) and any(YEAR.fullmatch(word) for word in told)


def _side_by_side(items: Sequence[str], subject: Subject) -> bool:
    """Whether some things are named alike: all with an article or none, all with a capital where every noun has one."""
    articles = subject.words.listed("reading", "articles")
    with_article = {item.split(" ")[0].lower() in articles for item in items}
    nouns = not subject.words.data["words"]["capital_nouns"] or all(
        item[:1] != item[:1].lower() or not item[:1].isalpha() for item in items
    )
    return len(with_article) == 1 and nouns


def _runs_on(end: str, relation: frozenset[str], joints: frozenset[str], single: bool) -> bool:
    """Whether an end is more than one phrase: another sentence, "and out of AWS", "console for delivery"."""
    words = [word.lower() for word in re.findall(r"[\w'’-]+", end)]
    joined_on = bool(words) and words[0] in joints
    return joined_on or re.search(r"[.!?]\s", end) is not None or (single and not relation.isdisjoint(words[1:]))


def tail_of(told: str, subject: Subject) -> tuple[int, bool]:
    """Where the end begins that is asked for: behind the last relation word with one to four words, or a short list, behind it."""
    relation = subject.words.listed("words", "relation") | subject.words.listed("words", "being")
    ends = [found.end() for found in re.finditer(r"[\w'’-]+\s+", told) if found[0].strip().lower() in relation]
    articles = subject.words.listed("reading", "articles")
    joints = subject.words.listed("reading", "and")
    rate, pronouns = (subject.words.listed("words", name) for name in ("rate", "pronoun"))
    pronouns = pronouns | subject.words.listed("words", "demonstrative")
    for at in reversed(ends):
        before = told[:at].lower().split()
        if before[-1] in rate and any(char.isdigit() for word in before[-3:-1] for char in word):
            continue  # "90 USD per kWh": the unit is no answer
        first = re.match(r"[\w'’-]+\s+", told[at:])
        start = at + first.end() if first and first[0].strip().lower() in articles else at
        items = [item.text for item in items_in(told, subject, start)]
        alike = len({is_name(item, subject) for item in items}) == 1
        joined = len(items) > 2 or not parted_by_comma(told[start:])  # "by mouth, stroke unit" is no list
        most = 2 if len(items) > 2 or all(is_name(item, subject) for item in items) else 1  # "the master and cost little"
        small = all(len(tokens(item)) <= most for item in items) and "," not in told[:start]
        listed = 2 <= len(items) <= 3 and joined and alike and small
        of = before[-1] in subject.words.listed("words", "possession")
        if of and len(items) == 2 and joints.isdisjoint(tokens(told[:at])) and not joints.isdisjoint(tokens(told[start:])):
            continue  # "Revisiones de arquitectura y recomendaciones": what the second one goes with is open
        single = len(items) == 1 and 1 <= len(tokens(told[start:])) <= 4 and "," not in told[start:]
        clause = not pronouns.isdisjoint(tokens(told[start:])) or has_verb(told[start:], subject)  # "in Bertrand they choose"
        asking = subject.words.listed("words", "explains") | subject.words.listed("words", "clause")
        if _runs_on(told[start:], relation - rate, joints, single):
            continue
        ends_open = not asking.isdisjoint(tokens(told[start:])[-1:])  # "is feasible and when"
        clause = clause or ends_open or not asking.isdisjoint(tokens(told[start:])[:1])  # "which is why it's das Mädchen"
        clause = clause or (listed and not _side_by_side(items, subject))
        dated = _with_a_date(told[start:], subject)  # "brought into western zones June 1948": which of both is wanted?
        if clause or dated or _SIGNS.search(told, start) or not (listed or single) or _is_statement(told[start:], subject):
            continue
        if (any(is_name(item, subject) for item in items) or listed) and _whole(told[start:]):
            return start, listed
    return 0, False
