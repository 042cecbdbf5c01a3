"""Other topics beside the one that is the answer: those it is confused with, and those that are safely wrong.

A choice card is made of a situation only where every wrong option is wrong by the guide: better none than two right answers.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from math import fsum

from ..inline import raw, sentences
from ..markup import fact_texts, plain, without_end_stop
from ..model import Candidate, Fact, Mask, Question, Quote, Rival, Text, Topic, Words
from ..numbers import numbers_in
from ..words import Vocabulary, normal, tokens
from .answers import definition_of, head, short_answer
from .lists import said
from .subject import Subject

# Share of a question that the whole of a sibling's section may cover; overlap with the sibling's own questions; siblings that
# may be unsafe before the family is too dense to ask at all.
COVER, OVERLAP, DENSE = 0.20, 0.40, 4
ALIKE = 0.3  # Jaccard of two questions with different answers from which neither can have options
_SITUATION = 4  # words of a situation
FEWEST = 2
LONGEST = 2.2  # times the longest wrong option, from which the right one shows by its length


@dataclass(frozen=True, slots=True)
class Family:
    """Which topics the guide sets against each other, the questions by the topic that answers them, and all stems of a topic."""

    subject: Subject
    against: Mapping[str, tuple[str, ...]]
    questions: Mapping[str, tuple[Question, ...]]  # by topic key; "" for those with another answer
    stems: Mapping[str, frozenset[str]]
    asked: Mapping[str, frozenset[str]]  # id of a question -> its stems
    asking: Mapping[str, tuple[Question, ...]]  # stem -> the questions that have it
    likeness: dict[tuple[str, str], float] = field(default_factory=dict)  # of two topics, once it was asked for


def family(subject: Subject) -> Family:
    """Counts once what all questions need."""
    questions: dict[str, list[Question]] = defaultdict(list)
    for fact in subject.facts.values():
        if isinstance(fact, Question):
            named = subject.topic_named(fact.answer)
            questions[named.key if named else ""].append(fact)
    asked = {fact.id: frozenset(subject.stems(fact.question)) for told in questions.values() for fact in told}
    asking: dict[str, list[Question]] = defaultdict(list)
    for fact in (question for told in questions.values() for question in told):
        for word in asked[fact.id]:
            asking[word].append(fact)
    stems = {
        topic.key: frozenset(word for fact in topic.facts for word in subject.lines[fact.id]) for topic in subject.topics.values()
    }
    against: dict[str, dict[str, None]] = defaultdict(dict)
    for one, other in (*_contrasts(subject), *_same_value(questions, subject)):
        against[one][other] = None
        against[other][one] = None
    told = {key: tuple(sorted(others, key=lambda other: (len(against[other]), other))) for key, others in against.items()}
    by_topic = {key: tuple(answered) for key, answered in questions.items()}
    return Family(subject, told, by_topic, stems, asked, {word: tuple(there) for word, there in asking.items()})


def _contrasts(subject: Subject) -> Iterator[tuple[str, str]]:
    """Topics of which the guide says in one line how they differ, three at most."""
    difference = subject.words.listed("words", "difference") | subject.words.listed("words", "compared")
    for topic in subject.topics.values():
        for fact in topic.facts:
            told = set(tokens(" ".join(fact_texts(fact)[:1]))) | set(tokens(" ".join(fact_texts(fact)))[:4])
            if fact.kind == "comparison" or told & difference:
                named = [other for other in subject.topics.values() if other is not topic and _names(fact, other, subject)]
                yield from ((topic.key, other.key) for other in named if len(named) <= 3)


def _names(fact: Fact, topic: Topic, subject: Subject) -> bool:
    return subject.names_topic((Words(" ".join(fact_texts(fact))),), topic)


def _same_value(questions: Mapping[str, Sequence[Question]], subject: Subject) -> Iterator[tuple[str, str]]:
    """Topics that answer questions with the same number and one more word in common."""
    seen: dict[str, list[tuple[str, set[str]]]] = defaultdict(list)
    for key, asked in questions.items():
        for fact in asked if key else ():
            words = {word for word in subject.stems(fact.question) if word.isalpha()}
            for number in numbers_in(raw(fact.question), subject.words):
                yield from ((key, other) for other, theirs in seen[number.value] if other != key and words & theirs)
                seen[number.value].append((key, words))


def with_siblings(candidate: Candidate, fact: Fact, home: Family) -> Candidate:
    """The candidate with the look-alikes of the topic that is its answer."""
    subject = home.subject
    topic = subject.topics[candidate.topic]
    if candidate.rule in ("scenario", "question", "choice"):
        named = subject.topic_named(fact.answer) if isinstance(fact, Question) else None
    else:
        named = topic if candidate.rule in ("define", "identify") and candidate.answer_is_topic else None
    named = None if candidate.rule == "define" and candidate.reverse_answer != said(topic.name) else named
    if named is None:
        return candidate
    quotes = [_short(subject.topics[key], subject) for key in home.against.get(named.key, ())]
    return replace(candidate, look_alikes=tuple(quote for quote in quotes if quote and quote.fact not in candidate.facts))


def _short(topic: Topic, subject: Subject) -> Quote | None:
    """A topic in a few words, as a look-alike."""
    what = _what(topic, subject)
    lead = f"{subject.words.phrase('look_alike', topic=topic.name)}: "
    return Quote(what[0], (Words(lead), *what[1])) if what else None


def _what(topic: Topic, subject: Subject) -> tuple[str, Text] | None:
    short = short_answer(topic, subject)
    if short:
        return short.id, without_end_stop(short.text)
    found = definition_of(topic)
    return (found.id, without_end_stop(head(sentences(found.text)[0], subject))) if found else None


def choices(fact: Fact, asked: Candidate, home: Family) -> Iterator[Candidate]:
    """A choice card beside a situation: the right answer among those that are surely wrong."""
    masked = any(isinstance(part, Mask) and part.hidden for part in asked.prompt)
    subject = home.subject
    if not isinstance(fact, Question) or asked.rule != "scenario" or masked or not (subject.offers or subject.identifiable):
        return
    if len(tokens(plain(fact.question))) < _SITUATION:  # "Lift & shift" is a keyword and no situation
        return
    named = subject.topic_named(fact.answer)
    if named is None and not subject.offers:  # the answers of a guide's situations are of one kind only where topics are
        return
    rivals = _topics(fact, named, home) if named else _answers(fact, home)
    safe = [rival for rival in rivals if not rival.refused]
    if named:
        close = [rival for rival in safe if subject.topic_of[rival.fact] in home.against.get(named.key, ())]
        safe = close if len(close) >= FEWEST else safe
        rivals = [*safe, *(rival for rival in rivals if rival not in safe)]
        rivals = [rival if rival in safe else replace(rival, refused=rival.refused or "others are nearer") for rival in rivals]
    yield replace(
        asked, rule="choice", type="choice", slot="choice", beside=True, rivals=tuple(rivals),
        refused=asked.refused or _against(fact, named, safe, rivals, home),
    )  # fmt: skip


def _against(fact: Question, named: Topic | None, safe: Sequence[Rival], rivals: Sequence[Rival], home: Family) -> str:
    """Why no choice card is made of a situation at all."""
    subject = home.subject
    unsafe = sum(rival.refused not in ("", "others are nearer") for rival in rivals)
    words = set(subject.stems(fact.question))
    if len(safe) < FEWEST:
        return "fewer than two options are surely wrong"
    if named and unsafe >= DENSE:
        return "too many topics might be right as well"
    if shows := _shows(fact, named, safe, subject):
        return shows
    for other in _sharing(fact, home):
        alike = _overlap(words, home.asked[other.id]) >= OVERLAP and _jaccard(words, home.asked[other.id]) >= ALIKE
        if alike and not _same_answer(fact, other, subject):
            return f"line {other.span.line} asks nearly the same, with another answer"
    if named:
        for key in home.against.get(named.key, ()):
            if _shares_a_number(fact, home.questions.get(key, ()), subject.words):
                return f"{subject.topics[key].name} is asked about with the same number"
    return ""


def _shows(fact: Question, named: Topic | None, safe: Sequence[Rival], subject: Subject) -> str:
    """Why the right option can be told from the others by its words alone."""
    if named and len(named.name) > LONGEST * max(len(plain(rival.text)) for rival in safe):
        return "the right option is by far the longest"
    both = (set(subject.stems(fact.answer)) - subject.plain - subject.vendor) & set(subject.stems(fact.question))
    if both and not any(both & set(subject.stems(rival.text)) for rival in safe):
        return "a word of the question stands in the right option alone"
    return ""


def _shares_a_number(fact: Question, others: Sequence[Question], words: Vocabulary) -> bool:
    own = {number.value for number in numbers_in(raw(fact.question), words)}
    return any(own & {number.value for number in numbers_in(raw(other.question), words)} for other in others)


def _sharing(fact: Question, home: Family) -> list[Question]:
    """The other questions that share one of a question's words, in guide order."""
    found = {other.id: other for word in home.asked[fact.id] for other in home.asking[word] if other is not fact}
    return sorted(found.values(), key=lambda other: home.subject.place_of[other.id])


def _overlap(words: Set[str], theirs: Set[str]) -> float:
    return len(words & theirs) / (min(len(words), len(theirs)) or 1)


def _jaccard(words: Set[str], theirs: Set[str]) -> float:
    return len(words & theirs) / (len(words | theirs) or 1)


def _same_answer(one: Question, other: Question, subject: Subject) -> bool:
    here, there = (f" {normal(plain(question.answer))} " for question in (one, other))
    first, second = subject.topic_named(one.answer), subject.topic_named(other.answer)
    return here in there or there in here or (first is not None and first is second)


def _topics(fact: Question, answer: Topic, home: Family) -> list[Rival]:
    """The other topics, those that share most words with the answer first."""
    subject = home.subject
    rivals = []
    for topic in subject.topics.values():
        what = _what(topic, subject)
        if topic is not answer and what and not _noise(topic, subject):
            refused = _may_be_right(fact, answer, topic, home)
            rivals.append((-_shared(answer, topic, home), topic.key, Rival(what[0], said(topic.name), what[1], refused)))
    return [rival for _, _, rival in sorted(rivals, key=lambda item: item[:2])]


def _noise(topic: Topic, subject: Subject) -> bool:
    """Whether a heading names no single thing: the guide itself, or two that are told apart, "Security groups vs NACLs"."""
    apart = subject.words.listed("words", "difference") & set(tokens(topic.name))
    asks = topic.name.rstrip().endswith(("?", "？"))
    return asks or bool(apart) or normal(topic.name) == normal(subject.guide.title)


def _may_be_right(fact: Question, answer: Topic, sibling: Topic, home: Family) -> str:
    subject = home.subject
    if subject.names_topic(fact.question, sibling):
        return "the question names it"
    for one, other in ((answer, sibling), (sibling, answer)):
        what = definition_of(one)
        if what and subject.names_topic(what.text, other):
            return "a partner of the answer"
        if set(tokens(one.name)) <= set(tokens(other.name)):
            return "its name holds the answer's"
    if subject.cover(fact.question, home.stems[sibling.key]) >= COVER:
        return "the guide says much of the question of it"
    words = set(subject.stems(fact.question))
    if any(_overlap(words, home.asked[other.id]) >= OVERLAP for other in home.questions.get(sibling.key, ())):
        return "a question like this has it as its answer"
    return ""


def _shared(one: Topic, other: Topic, home: Family) -> float:
    """Jaccard of two topics' words, by how much they tell."""
    pair = (min(one.key, other.key), max(one.key, other.key))
    if pair not in home.likeness:
        here, there = (home.stems[key] for key in pair)
        both, whole = (fsum(map(home.subject.weight, words)) for words in (here & there, here | there))
        home.likeness[pair] = both / (whole or 1.0)
    return home.likeness[pair]


def _answers(fact: Question, home: Family) -> list[Rival]:
    """The answers of the guide's other situations that are no topics either: those of the same kind share a word with it."""
    subject = home.subject
    own = _bare(fact.answer, subject)
    words = set(subject.stems(fact.question))
    rivals: dict[str, Rival] = {}
    for other in home.questions.get("", ()):
        told = _bare(other.answer, subject)
        if other is fact or re.search(r"[?？]\s*$", plain(other.question)) or own == told or len(tokens(plain(other.answer))) > 6:
            continue
        refused = ""
        if not own & told:
            refused = "it is something of another kind"
        elif own <= told or told <= own:
            refused = "one answer holds the other"
        elif f" {normal(plain(other.answer))} " in f" {normal(plain(fact.question))} ":
            refused = "the question names it"
        elif _overlap(words, home.asked[other.id]) >= OVERLAP:
            refused = "a question like this has it as its answer"
        rivals.setdefault(normal(plain(other.answer)), Rival(other.id, other.answer, other.question, refused))
    return sorted(rivals.values(), key=lambda rival: (-len(own & _bare(rival.text, subject)), normal(plain(rival.text))))


def _bare(answer: Text, subject: Subject) -> frozenset[str]:
    return frozenset(word for word in subject.stems(answer) if word not in subject.vendor)
