"""The kinds of card, one function each: a fact with its topic in, candidates out. Registered in rank order.

Topic, label and text are quoted whole, after a dash or between quotes, and never inflected: so one phrase table serves a language.
"""

import re
from collections.abc import Callable, Iterator

from ..markup import plain, without_end_stop
from ..model import Candidate, Definition, Fact, Gap, Inline, MultipleChoice, Point, Question, Row, Section, Text, Topic, Words
from ..words import normal, stem, tokens
from .subject import Subject, common_list, items_of, said

Rule = Callable[[Fact, Topic, Subject], Iterator[Candidate]]
RULES: list[Rule] = []
_SENTENCE = re.compile(r"(?<=[a-z)\]”\"]{2})[.。]\s+(?=[A-ZÄÖÜÀ-Þ])")
_BRACKET = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")


def rule(function: Rule) -> Rule:
    """Registers a card kind at the end of the ranking."""
    RULES.append(function)
    return function


@rule
def choice(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:  # noqa: ARG001
    """A multiple choice question with the author's own options."""
    if isinstance(fact, MultipleChoice):
        right = "; ".join(plain(option.text) for option in fact.options if option.correct)
        yield Candidate(
            rule="choice", type="choice", slot="choice", facts=(fact.id,), group=fact.id, topic=topic.key,
            prompt=fact.question, answer=said(right), options=fact.options, extra=(fact.explanation,) if fact.explanation else (),
        )  # fmt: skip


@rule
def question(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """The author's question as written, or a scenario with "What would you use?" behind it."""
    if not isinstance(fact, Question):
        return
    asks = plain(fact.question).endswith(("?", "？", "؟"))
    named = subject.topic_named(fact.answer)
    is_topic = named is not None and named.key == topic.key
    answer = said(named.name) if named else fact.answer
    prompt: Text = fact.question
    follow = ""
    if not asks:
        follow = subject.words.phrase("scenario")
    elif not is_topic and not subject.names_topic(fact.question, topic):
        prompt = (Words(f"{topic.name}: "), *fact.question)
    extra = [fact.explanation] if fact.explanation else []
    if named and (what := definition_of(named)):
        extra.append(what)
    yield Candidate(
        rule="question" if asks else "scenario", type="ask", slot="ask", facts=(fact.id,), group=fact.id, topic=topic.key,
        prompt=prompt, follow=follow, answer=answer, extra=tuple(extra), answer_is_topic=named is not None or not asks,
    )  # fmt: skip


@rule
def define(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """What the topic is, and the same the other way round where the text can only mean this topic."""
    if not isinstance(fact, Definition):
        return
    name = plain(fact.term) or topic.name
    first, rest = sentences(fact.text)
    short = head(first, subject)
    about = [fact.text] if short != first else [rest] if rest else []
    if topic.expansion and not fact.term:
        about.append(said(f"{topic.name} = {topic.expansion}"))
    names = (name,) if fact.term else subject.names(topic)
    own = frozenset(stem(word) for word in tokens(name)) if fact.term else subject.own_words(topic)
    common = {
        "type": "term", "slot": "term", "facts": (fact.id,), "group": fact.id, "topic": topic.key, "extra": tuple(about),
        "answer_is_topic": True,
    }  # fmt: skip
    yield Candidate(
        rule="define", prompt=said(subject.words.phrase("what_is", topic=name)), answer=without_end_stop(short),
        reverse=masked(first, names, own, subject), reverse_prompt=subject.words.phrase("which_is", item=subject.guide.item),
        reverse_answer=said(name), **common,  # type: ignore[arg-type]
    )  # fmt: skip


@rule
def pair(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:  # noqa: ARG001
    """Word and translation, formula and name: asked from both sides."""
    if isinstance(fact, Point) and fact.kind == "pair" and fact.label:
        yield Candidate(
            rule="pair", type="term", slot="term", facts=(fact.id,), group=fact.id, topic=topic.key, lead=topic.name,
            prompt=fact.label, answer=fact.text, reverse=fact.text, reverse_prompt=topic.name, reverse_answer=fact.label,
            answer_is_topic=True,
        )  # fmt: skip


@rule
def date(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """What happened at a time."""
    if isinstance(fact, Point) and fact.kind == "date" and fact.label and any(char.isdigit() for char in plain(fact.label)):
        asked = subject.words.phrase("happened", topic=topic.name, label=plain(fact.label))
        yield _ask("date", fact, topic, said(asked), without_end_stop(fact.text))


@rule
def price(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """How one pays for it: price words in the label or in an unlabelled text; the first such fact of a topic."""
    first = next((other for other in topic.facts if _priced(other, subject)), None)
    if not isinstance(fact, Point) or first is not fact:
        return
    told = (
        fact.text if not fact.label or normal(plain(fact.label)) in subject.words.labels else (*fact.label, Words(": "), *fact.text)
    )
    yield _ask("price", fact, topic, said(subject.words.phrase("price", topic=topic.name)), without_end_stop(told))


def _priced(fact: Fact, subject: Subject) -> bool:
    if not isinstance(fact, Point):
        return False
    words = subject.words.listed("words", "price")
    priced = words & set(tokens(plain(fact.label or fact.text).replace("-", " ")))
    return (bool(priced) or fact.kind == "pricing") and len(items_of(fact.text, subject.stop)) <= 3


@rule
def compare(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """A difference that the guide spells out, or what it says of another thing in comparison."""
    if not isinstance(fact, Point) or not fact.label:
        return
    between = subject.words.listed("words", "difference") & set(tokens(plain(fact.label)))
    own = (named := subject.topic_named(fact.label)) is not None and named.key == topic.key
    if own or not (between or fact.kind == "comparison"):
        return
    asked = subject.words.phrase("difference" if between else "compared", topic=topic.name, label=plain(fact.label))
    yield _ask("compare", fact, topic, said(asked), without_end_stop(fact.text))


@rule
def cloze_list(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """A closed list of four to six short items under a label: one gap an item, with its first letter as a hint."""
    if not isinstance(fact, Point) or not _named(fact) or _is_open(fact, subject):
        return
    items = items_of(fact.text, subject.stop)
    if not 4 <= len(items) <= 6 or any(len(tokens(item)) > 3 for item in items) or common_list(items, subject):
        return
    parts: list[Inline | Gap] = [Words(f"{topic.name} — "), *fact.label, Words(": ")]
    for index, item in enumerate(items):
        parts += [Words(", ")] if index else []
        parts.append(Gap(said(item), hint=f"{item[0]}…"))
    yield Candidate(rule="cloze", type="cloze", slot="cloze", facts=(fact.id,), group=fact.id, topic=topic.key, prompt=tuple(parts))


@rule
def number(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:  # noqa: ARG001
    """A number with its unit, in a short statement: one gap."""
    if not isinstance(fact, Point):
        return
    told = plain(without_end_stop(fact.text))
    found = list(
        re.finditer(
            r"(?<![\w.])[<>≤≥~$€£]?\s?\d[\d.,]*(?:\s?(?:%|ms|s|min(?:utes)?|hours?|days?|years?|[KMGTP]i?B|GHz|kg|g|mg|ml|km|m|°C))(?!\w)",
            told,
        )
    )
    # A second number beside it would leave open which one is asked for.
    if len(found) != 1 or len(re.findall(r"\d+(?:[.,]\d+)*", told)) > 1 or len(tokens(told)) > 16:
        return
    at = found[0]
    parts = (
        Words(f"{topic.name} — "),
        *(fact.label and (*fact.label, Words(": "))),
        Words(told[: at.start()]),
        Gap(said(at[0])),
        Words(told[at.end() :]),
    )
    kept = tuple(part for part in parts if not isinstance(part, Words) or part.text)
    yield Candidate(rule="cloze", type="cloze", slot="cloze", facts=(fact.id,), group=fact.id, topic=topic.key, prompt=kept)


@rule
def which(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """A labelled list of two or three."""
    if not isinstance(fact, Point) or not _named(fact) or _is_open(fact, subject):
        return
    items = items_of(fact.text, subject.stop)
    short = all(len(tokens(_BRACKET.sub("", item))) <= 4 for item in items) and not plain(fact.text).endswith(".")
    if 2 <= len(items) <= 3 and short and "," in plain(fact.text) and not common_list(items, subject):
        asked = subject.words.phrase("which_n", topic=topic.name, label=plain(fact.label), n=len(items))
        yield _ask("list", fact, topic, said(asked), without_end_stop(fact.text))


@rule
def label(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """What a term of the guide means; not for labels that only name an attribute."""
    if not isinstance(fact, Point) or not _named(fact) or fact.kind in ("code", "step", "date", "pair"):
        return
    if not _is_term(fact.label, topic, subject):
        return
    asked = subject.words.phrase("means", topic=topic.name, label=plain(fact.label))
    yield _ask("label", fact, topic, said(asked), without_end_stop(fact.text))


def _is_term(label: Text, topic: Topic, subject: Subject) -> bool:
    """Two words or more that name a thing: no attribute, none that several topics share, no relation such as "Works with"."""
    told = tokens(plain(label))
    ends = {told[0], told[-1]} if told else set()
    attribute = subject.words.listed("words", "attribute")
    if (len(told) < 2 and not plain(label).isupper()) or ends & (subject.stop | attribute):
        return False
    return subject.labels.get(normal(plain(label)), 0) <= 1 and not (subject.names_topic(label, topic) and len(told) <= 2)


@rule
def merged(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """The bullets of a "use cases" or "when to use" section together: one question, the answer is the topic."""
    if fact.kind not in ("use_case", "when_to_use") or not isinstance(fact, Point) or fact.label:
        return
    section = next(section for section in topic.sections if fact in section.facts)
    mates = next((group for group in _groups(section, fact.kind) if fact in group), [])
    if len(mates) < 2:
        return
    shown = [masked(without_end_stop(mate.text), subject.names(topic), subject.own_words(topic), subject) for mate in mates]
    text: Text = shown[0]
    for part in shown[1:]:
        text = (*text, Words(" · "), *part)
    phrase = "which_used_for" if fact.kind == "use_case" else "which_choose"
    yield _identify(mates[0], topic, text, phrase, subject, tuple(mate.id for mate in mates))


def _groups(section: Section, kind: str) -> list[list[Point]]:
    """The unlabelled bullets of a section in groups that fit a phone: at most six, at most 170 characters."""
    groups: list[list[Point]] = []
    for fact in section.facts:
        if isinstance(fact, Point) and not fact.label and fact.kind == kind:
            room = groups and len(groups[-1]) < 6 and sum(len(plain(mate.text)) + 3 for mate in [*groups[-1], fact]) <= 170
            groups.append([fact]) if not room else groups[-1].append(fact)
    return groups


@rule
def identify(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """Which topic a statement is about, where its words can only mean one."""
    if not isinstance(fact, Point) or fact.kind in ("comparison", "code", "step", "date", "pair") or len(subject.topics) < 3:
        return
    told = without_end_stop(fact.text)
    if _named(fact):
        told = (*fact.label, Words(": "), *told)
    text = masked(told, subject.names(topic), subject.own_words(topic), subject)
    phrase = {"use_case": "which_used_for", "when_to_use": "which_choose"}.get(fact.kind, "which_offers")
    yield _identify(fact, topic, text, phrase, subject, (fact.id,))


@rule
def row(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:  # noqa: ARG001
    """The first cell of a comparison row that is short enough to recall."""
    if isinstance(fact, Row):
        for head, cell in fact.cells:
            if 0 < len(tokens(plain(cell))) <= 12:
                yield _ask("compare", fact, topic, (*fact.label, Words(" — "), *head, Words("?")), cell)
                return


def _ask(name: str, fact: Fact, topic: Topic, prompt: Text, answer: Text) -> Candidate:
    return Candidate(
        rule=name, type="ask", slot="ask", facts=(fact.id,), group=fact.id, topic=topic.key, prompt=prompt, answer=answer
    )


def _identify(fact: Fact, topic: Topic, text: Text, phrase: str, subject: Subject, facts: tuple[str, ...]) -> Candidate:
    what = definition_of(topic)
    return Candidate(
        rule="identify", type="ask", slot="ask", facts=facts, group=fact.id, topic=topic.key, prompt=text,
        lead=subject.words.phrase(phrase, item=subject.guide.item),
        answer=said(topic.name), extra=(what,) if what else (), answer_is_topic=True,
    )  # fmt: skip


def definition_of(topic: Topic) -> Text:
    """The first sentence of what the guide says a topic is."""
    for fact in topic.facts:
        if isinstance(fact, Definition) and not fact.term:
            return sentences(fact.text)[0]
    return ()


def sentences(text: Text) -> tuple[Text, Text]:
    """The first sentence, and the rest. Emphasis is dropped where the text is cut."""
    told = plain(text)
    found = _SENTENCE.search(told)
    if not found:
        return text, ()
    return said(told[: found.start() + 1]), said(told[found.end() :])


def head(sentence: Text, subject: Subject) -> Text:
    """A definition of more than 24 words up to its first purpose word; the whole of it then stands below the answer."""
    told = plain(sentence)
    if len(tokens(told)) <= 24:
        return sentence
    purpose = "|".join(sorted(map(re.escape, subject.words.listed("words", "purpose"))))
    for found in re.finditer(rf"[,:;]\s|\s(?=(?:{purpose})\s)", told):
        if 5 <= len(tokens(told[: found.start()])) <= 24:
            return said(told[: found.start()])
    return sentence


def masked(text: Text, names: tuple[str, ...], own: frozenset[str], subject: Subject) -> Text:
    """The text with the topic's own name hidden; a word of it that many topics use stays."""
    told = plain(text)
    for name in names:
        told = re.sub(rf"(?<!\w){re.escape(name)}(?:'s|’s|s)?(?!\w)", "___", told, flags=re.IGNORECASE)
    few = {word for word in own if subject.df.get(word, 0) <= 2 and word not in subject.generic}
    told = _WORD.sub(lambda found: "___" if stem(found[0].casefold()) in few else found[0], told)
    told = re.sub(r"___(?:[\s-]+___)+", "___", told)
    return text if told == plain(text) else said(told)


def _named(fact: Point) -> bool:
    """Whether the label is the fact's own: the heading of its section names them all."""
    return bool(fact.label) and normal(plain(fact.label)) != normal(fact.section)


def _is_open(fact: Point, subject: Subject) -> bool:
    told = plain(fact.text).casefold()
    return any(re.search(rf"(?<!\w){re.escape(mark)}", told) for mark in subject.words.listed("words", "open_list"))
