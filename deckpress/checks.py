"""Guide -> diagnostics: what an author would want to mend. A registry of small generators, one a check.

What reading itself stumbles over (a question without an answer, a fragment) is said there; here stand the checks that need the
whole guide.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator

from .assets import covered
from .diagnostics import Diagnostic
from .markup import fact_texts, fact_words, plain
from .model import Definition, Guide, Point, Question, Topic
from .words import normal, stem, stems, tokens, vocabulary

Check = Callable[[Guide], Iterator[Diagnostic]]
CHECKS: dict[str, Check] = {}
_UNITS = r"%|ms|seconds?|minutes?|hours?|days?|[KMGTP]i?B"
_NUMBER = re.compile(rf"(?<![\w.,])(?:[<>≤≥~]|sub-|under |below |less than )?\s?\d[\d.,]*\s?(?:{_UNITS})(?!\w)")


def register(code: str) -> Callable[[Check], Check]:
    """Registers a check under the code of what it finds."""

    def keep(function: Check) -> Check:
        CHECKS[code] = function
        return function

    return keep


def check(guide: Guide) -> list[Diagnostic]:
    """All findings of all checks."""
    return [found for function in CHECKS.values() for found in function(guide)]


def _questions(guide: Guide) -> list[Question]:
    return [fact for fact in guide.facts if isinstance(fact, Question)]


def _agree(one: Question, other: Question) -> bool:
    """Whether one answer contains the other."""
    here, there = f" {normal(plain(one.answer))} ", f" {normal(plain(other.answer))} "
    return here in there or there in here


@register("Q002")
def answers_differ(guide: Guide) -> Iterator[Diagnostic]:
    """The same question with different answers: a card of it could not be answered."""
    seen: dict[str, Question] = {}
    for fact in _questions(guide):
        first = seen.setdefault(normal(plain(fact.question)), fact)
        if not _agree(fact, first):
            yield Diagnostic("Q002", fact.span, f"the same question as in line {first.span.line}, with another answer")


@register("Q004")
def questions_alike(guide: Guide) -> Iterator[Diagnostic]:
    """Two questions of nearly the same words with different answers: a learner will take one for the other.

    Alike: most of the shorter one's words (.6), and a good part of all words (.35); measured by hand on one guide of 26 questions.
    """
    stop = vocabulary(guide.language, guide.words).listed("words", "stop")
    asked = [(fact, frozenset(stems(plain(fact.question), stop))) for fact in _questions(guide)]
    users: dict[str, list[int]] = defaultdict(list)
    for at, (fact, words) in enumerate(asked):
        near = {other for word in words if len(users[word]) < 50 for other in users[word]}
        for word in words:
            users[word].append(at)
        for other in sorted(near):
            before, known = asked[other]
            both = len(words & known)
            alike = both >= 0.6 * min(len(words), len(known)) and both >= 0.35 * len(words | known) and both >= 3
            if alike and not _agree(fact, before) and normal(plain(fact.question)) != normal(plain(before.question)):
                yield Diagnostic("Q004", fact.span, f"much like the question in line {before.span.line}, which has another answer")


@register("Q005")
def answer_in_question(guide: Guide) -> Iterator[Diagnostic]:
    """The name that is asked for, or its one telling word, stands in the question."""
    shared = _shared_words(guide)
    used: dict[str, set[str]] = defaultdict(set)
    for fact in guide.facts:
        for word in {stem(word) for text in fact_texts(fact) for word in tokens(text)}:
            used[word].add(fact.topic)
    names = {normal(name): topic for topic in guide.topics for name in (topic.name, topic.title, *topic.aliases)}
    for fact in _questions(guide):
        topic = names.get(normal(plain(fact.answer)))
        if topic is None:
            continue
        own = {stem(word) for word in tokens(topic.name) if word not in shared and len(used[stem(word)]) <= 2 and len(word) > 2}
        said = own & {stem(word) for word in tokens(plain(fact.question))}
        if said:
            yield Diagnostic("Q005", fact.span, f"the question has a word of its answer “{topic.name}” in it")


def _shared_words(guide: Guide) -> set[str]:
    """Words of several topic names, such as a maker's."""
    counts: dict[str, int] = defaultdict(int)
    for topic in guide.topics:
        for word in set(tokens(topic.name)):
            counts[word] += 1
    return {word for word, count in counts.items() if count >= 2}


@register("N001")
def number_of_many(guide: Guide) -> Iterator[Diagnostic]:
    """One number with its unit that three topics or more claim."""
    claims: dict[str, list[tuple[str, Diagnostic]]] = defaultdict(list)
    names = {topic.key: topic.name for topic in guide.topics}
    for fact in guide.facts:
        for found in _NUMBER.finditer(" ".join(fact_texts(fact))):
            number = re.sub(r"^(?:sub-|under|below|less than|<)", "", re.sub(r"\s", "", found[0].strip().lower()))
            claims[number].append((fact.topic, Diagnostic("N001", fact.span, found[0].strip())))
    for found_at in claims.values():
        topics = list(dict.fromkeys(topic for topic, _ in found_at))
        if len(topics) >= 3:
            first = found_at[0][1]
            told = ", ".join(names[topic] for topic in topics)
            yield Diagnostic("N001", first.span, f"“{first.message}” is said of {len(topics)} topics: {told}")


@register("N002")
def claim_of_many(guide: Guide) -> Iterator[Diagnostic]:
    """The same words said of several topics."""
    seen: dict[str, tuple[int, str]] = {}
    names = {topic.key: topic.name for topic in guide.topics}
    for fact in guide.facts:
        words = fact_words(fact)
        line, topic = seen.setdefault(words, (fact.span.line, fact.topic))
        if topic != fact.topic and len(words.split()) >= 3:
            yield Diagnostic("N002", fact.span, f"line {line} says the same of {names[topic]}")


@register("T005")
def two_names(guide: Guide) -> Iterator[Diagnostic]:
    """A topic that goes by another first word elsewhere: "Amazon ECR" below a heading "AWS … (ECR)"; once a topic."""
    makers = {word for word in _shared_words(guide) if any(tokens(topic.name)[:1] == [word] for topic in guide.topics)}
    known: dict[str, tuple[str, Topic]] = {}
    for topic in guide.topics:
        first = tokens(topic.name)[:1]
        if first and first[0] in makers:
            for name in _bare_names(topic, makers):
                known.setdefault(normal(name), (first[0], topic))
    if len(makers) < 2 or not known:
        return
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, sorted(makers)))})\s+([\w-]+(?:\s+[\w-]+)?)", re.IGNORECASE)
    said: set[str] = set()
    for fact in guide.facts:
        for found in pattern.finditer(" ".join(fact_texts(fact))):
            names = (normal(found[2]), normal(found[2]).split(" ")[0])
            hits = [known[name] for name in names if len(name) > 1 and name in known]
            for maker, topic in hits[:1]:
                if maker == found[1].lower() or topic.key in said:
                    continue
                said.add(topic.key)
                told = f"{found[1]} {found[2].split()[0]}"
                yield Diagnostic("T005", fact.span, f"“{told}” here, “{topic.title}” in the heading of line {topic.span.line}")


def _bare_names(topic: Topic, makers: set[str]) -> list[str]:
    names = (topic.name, topic.expansion, *topic.aliases)
    return list(dict.fromkeys(" ".join(word for word in name.split() if word.lower() not in makers) for name in names if name))


@register("T006")
def missing_section(guide: Guide) -> Iterator[Diagnostic]:
    """A kind of section that all topics have but this one; only where at least five topics show what is usual."""
    rich = [topic for topic in guide.topics if len(topic.facts) >= 3]
    kinds = {topic.key: {section.kind for section in topic.sections if section.kind} for topic in rich}
    for kind in sorted({kind for found in kinds.values() for kind in found}):
        lacking = [topic for topic in rich if kind not in kinds[topic.key]]
        if len(rich) >= 5 and len(lacking) == 1:
            name = next(section.name for topic in rich for section in topic.sections if section.kind == kind)
            yield Diagnostic("T006", lacking[0].span, f"“{lacking[0].name}” alone has no section such as “{name}”")


@register("P006")
def foreign_script(guide: Guide) -> Iterator[Diagnostic]:
    """Letters that the typeface of the sheets does not have; once a script, with its first place."""
    said: set[str] = set()
    for fact in guide.facts:
        for char in {char for text in fact_texts(fact) if not text.isascii() for char in text}:
            script = unicodedata.name(char, "").split(" ")[0] if char.isalpha() and ord(char) not in covered() else ""
            if script and script not in said:
                said.add(script)
                yield Diagnostic(
                    "P006", fact.span, f"the typeface of the sheets has no {script.capitalize()} letters such as “{char}”"
                )


@register("F007")
def open_emphasis(guide: Guide) -> Iterator[Diagnostic]:
    """Two stars that never close stand on the card as they are."""
    for fact in guide.facts:
        if any("**" in text for text in fact_texts(fact)) and fact.kind != "code":
            yield Diagnostic("F007", fact.span, "two stars without their other half")


@register("Q007")
def only_yes_or_no(guide: Guide) -> Iterator[Diagnostic]:
    """A question that is answered by yes or no alone: a coin does half as well."""
    words = vocabulary(guide.language, guide.words).listed("words", "yes_no")
    for fact in _questions(guide):
        if normal(plain(fact.answer)) in words and not fact.explanation:
            yield Diagnostic("Q007", fact.span, f"the answer is only “{plain(fact.answer)}”")


@register("F008")
def echo(guide: Guide) -> Iterator[Diagnostic]:
    """A text that says no more than its label: "Automatic scaling: scales automatically"."""
    stop = vocabulary(guide.language, guide.words).listed("words", "stop")
    for fact in guide.facts:
        label = fact.label if isinstance(fact, Point) else fact.term if isinstance(fact, Definition) else ()
        if not label or fact.kind in ("pair", "date", "code") or not isinstance(fact, Point | Definition):
            continue
        said, told = (set(stems(plain(text), stop)) for text in (label, fact.text))
        if told and all(len(word) > 2 and any(word[:5] == other[:5] for other in said) for word in told):
            yield Diagnostic("F008", fact.span, f"the text says no more than its label “{plain(label)[:60]}”")


@register("T007")
def one_term_for_two(guide: Guide) -> Iterator[Diagnostic]:
    """A term that two topics explain in different words: a card cannot tell which is meant."""
    seen: dict[str, Definition] = {}
    for fact in guide.facts:
        if not isinstance(fact, Definition) or not fact.term:
            continue
        first = seen.setdefault(normal(plain(fact.term)), fact)
        if first.topic != fact.topic and normal(plain(first.text)) != normal(plain(fact.text)):
            yield Diagnostic("T007", fact.span, f"“{plain(fact.term)}” is explained in line {first.span.line} too, in other words")
