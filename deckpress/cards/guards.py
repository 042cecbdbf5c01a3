"""What makes a card bad, one small function each: a candidate in, the reason to refuse it out ("" to let it pass).

The thresholds were set by hand on one guide of eleven topics and hold wherever they were looked at since.
"""

from collections import Counter
from collections.abc import Callable

from ..markup import fact_texts, is_whole, plain
from ..model import Candidate, Code, Definition, Fact, Gap, MultipleChoice, Point, Question, Row, Styled, Text
from ..words import normal, stems, tokens
from .lists import (
    common_share,
    has_attribute,
    has_verb,
    in_other_language,
    is_listing,
    is_name,
    is_open,
    items_of,
    listed,
    name_of,
    without_brackets,
)
from .parts import blanks, definition_of
from .subject import Subject

Guard = Callable[[Candidate, Fact, Subject], str]
_LINES = 2  # other lines of a topic that speak of a term, from which it is an open question
_NEARLY = 0.6  # share of a meaning's words in another line from which two terms could be meant
MANY = 4  # items of a list that are told as one answer
GUARDS: list[tuple[frozenset[str], Guard]] = []
FRONT, ANSWER, DEFINITION = 220, 18, 26  # characters that a phone shows; words that one can recall


def guard(*rules: str) -> Callable[[Guard], Guard]:
    """Registers a guard for the rules named; for every rule where none is named."""

    def register(function: Guard) -> Guard:
        GUARDS.append((frozenset(rules), function))
        return function

    return register


def refusal(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """The first reason against a candidate."""
    for rules, check in GUARDS:
        if not rules or candidate.rule in rules:
            reason = check(candidate, fact, subject)
            if reason:
                return reason
    return ""


def prompt_text(candidate: Candidate) -> Text:
    """What is read on the front: a cloze's text without what its gaps hide."""
    return tuple(part for part in candidate.prompt if not isinstance(part, Gap))


def gaps_of(candidate: Candidate) -> list[Text]:
    """What a cloze hides."""
    return [part.text for part in candidate.prompt if isinstance(part, Gap)]


def fillable(candidate: Candidate) -> bool:
    """Whether front and answer have words: Anki drops a note without them silently."""
    gaps = gaps_of(candidate)
    told = all(plain(gap) for gap in gaps) if gaps else bool(plain(candidate.answer) or candidate.options)
    return told and bool(plain(prompt_text(candidate)))


@guard("label", "name", "list", "cloze")
def leaks(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """At least half of the answer's own stems stand in the prompt."""
    prompt = {_root(word) for word in (*subject.stems(candidate.lead), *subject.stems(prompt_text(candidate)))}
    if not subject.words.listed("words", "or").isdisjoint(tokens(fact.under)):  # "UCC or common law": what there is to choose from
        prompt -= {_root(word) for word in subject.stems(fact.under)}
    named = {_root(word) for word in subject.own_words(subject.topics[fact.topic])}
    for answer in gaps_of(candidate) or [candidate.answer]:
        words = {_root(word) for word in subject.stems(answer) if word not in subject.vendor}
        own = words - named if candidate.rule == "cloze" else words
        both = own & prompt
        if (
            candidate.rule == "cloze"
            and words
            and (not own or (2 * len(words & named) >= len(words) and len(gaps_of(candidate)) == 1))
        ):
            return "the gap mostly names the topic"
        if 2 * len(both) >= len(own) > 0 and (candidate.rule != "cloze" or len(both) > 1):
            return "the prompt says at least half of the answer"
    return ""


def _root(word: str) -> str:
    """The beginning of a stem: "containerized" gives "containers" away."""
    return word[:6]


@guard("identify")
def alone(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """A merged card of one bullet: it is asked by itself or not at all."""
    return "no other bullet stands beside it" if candidate.parts and len(candidate.facts) < 2 else ""


@guard("identify")
def common_words(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """Too few words of its own: other topics could be meant."""
    prompt = prompt_text(candidate)
    if fact.kind == "definition":
        return (
            "" if subject.rare(prompt) or subject.best_sibling(fact, prompt)[0] < 0.5 else "too few words that only this topic uses"
        )
    if len(set(subject.stems(prompt))) < 4:
        return "too short to tell what it is about"
    if len(subject.rare(prompt)) >= 2:
        return ""
    long = not candidate.parts and len(listed(getattr(fact, "text", ()), subject)) >= 4
    if long and subject.best_sibling(fact, prompt)[0] < 0.4:
        return ""
    return "too few words that only this topic uses"


@guard("identify")
def told_by_title(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """The guide's title stands on every card: "Git + Docker" gives both away."""
    own = subject.own_words(subject.topics[candidate.topic])
    return "the guide's title names it" if own and own <= set(subject.stems(subject.guide.title)) else ""


@guard("identify")
def siblings_line(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """A line of another topic says half of it or more."""
    best, line = subject.best_sibling(fact, prompt_text(candidate))
    return f"also fits {subject.topics[subject.topic_of[line]].name}" if best >= 0.5 else ""


@guard("identify")
def plain_attribute(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """An attribute of anything, and nothing named in it: "Performance: fast retrieval"."""
    if candidate.parts or not isinstance(fact, Point) or not fact.label or not has_attribute(fact.label, subject):
        return ""
    told = is_name(plain(fact.text), subject) or len(subject.rare(fact.text)) >= 3
    return "" if told else "an attribute that anything may have"


@guard("identify", "list", "label", "name", "cloze")
def shared_list(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """A list of things that are told of several topics."""
    if not isinstance(fact, Point) or candidate.parts:
        return ""
    items = listed(fact.text, subject)
    share = common_share(items, subject)
    if (is_listing(fact, subject) and len(items) > 1) or (len(items) >= 3 and 3 * share >= 2 and candidate.rule == "identify"):
        return "what it lists is told of several topics"
    return ""


@guard("cloze")
def common_gap(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """One gap that hides a list of things that are told of several topics."""
    gaps = gaps_of(candidate)
    items = items_of(gaps[0], subject) if len(gaps) == 1 else []
    return "what it lists is told of several topics" if len(items) > 2 and 3 * common_share(items, subject) >= 2 else ""


@guard("identify")
def no_thing(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """A heading of which the guide does not say what it is: a chapter, "Traps", "If the question says"."""
    return "" if definition_of(subject.topics[candidate.topic]) else "the guide does not say what its topic is"


@guard("identify")
def among_unnamed(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """Where nobody says what the topics are, a statement must tell more, and no other topic's name be like this one's."""
    if subject.named_item or fact.kind == "definition" or candidate.parts:
        return ""
    topic = subject.topics[fact.topic]
    shared = any(subject.own_words(other) & subject.own_words(topic) for other in subject.topics.values() if other is not topic)
    prompt = prompt_text(candidate)
    clear = len(subject.rare(prompt)) >= 3 and subject.best_sibling(fact, prompt)[0] < 0.35
    return "" if clear and not shared else "it is not clear what is asked for: the guide does not say what its topics are"


@guard("identify")
def masked_too_much(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """Once its own name is hidden, hardly anything is left to tell by."""
    text = prompt_text(candidate)
    masks, words = blanks(text), len(tokens(plain(text)))
    return "its own name stands in it too often" if masks > 2 or 3 * masks > max(words, 1) else ""


@guard("label", "name", "list", "identify", "cloze")
def circular(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """The answer tells no more than the prompt's own words, or the statement no more than its label."""
    if candidate.rule in ("identify", "cloze"):
        if not isinstance(fact, Point) or not fact.label or candidate.parts or len(candidate.facts) > 1:
            return ""
        topic = subject.topics[candidate.topic]
        said = set(stems(plain(fact.label), subject.stop))
        left = [word for word in subject.telling(fact.text, topic) if not _told(word, said)]
        return "the text only repeats the label" if len(left) < (2 if candidate.rule == "identify" else 1) else ""
    prompt = set(subject.stems(prompt_text(candidate)))
    if fact.under:  # the lead-in above a line is no part of what is asked
        prompt -= set(subject.stems(fact.under)) - set(subject.stems(name_of(fact)))
    answer = without_brackets(plain(candidate.answer)) if is_open(candidate.answer, subject) else plain(candidate.answer)
    left = [word for word in subject.stems(answer) if not _told(word, prompt) and word not in subject.plain | subject.vendor]
    new = len(left) == len(subject.stems(answer))  # one word is an answer where the prompt has none of it
    enough = 1 if candidate.rule == "name" or new else 2
    return "" if len(left) >= enough or any(char.isdigit() for char in answer) else "the answer only repeats the label"


def _told(word: str, said: set[str]) -> bool:
    """Whether a stem or another form of it is among some others: "versions" says what "versioning" says."""
    return any(
        word == other or (min(len(word), len(other)) > 2 and (word.startswith(other[:5]) or other.startswith(word[:5])))
        for other in said
    )


@guard()
def an_address(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """An address on the net is nothing to learn."""
    told = f"{plain(prompt_text(candidate))} {plain(candidate.answer)}"
    return "an address on the net is nothing to learn" if "://" in told and not isinstance(fact, Question | MultipleChoice) else ""


@guard()
def asks_itself(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """An answer that is a question answers nothing."""
    if isinstance(fact, Question | MultipleChoice):
        return ""
    answers = gaps_of(candidate) or [candidate.answer]
    return "its text is a question itself" if any(plain(answer).rstrip().endswith(("?", "？")) for answer in answers) else ""


@guard()
def too_long(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """More than a phone shows at once, or more than one can recall."""
    if isinstance(fact, Question | MultipleChoice):  # the author's own words stay as they are, whatever they ask for
        return ""
    whole = " ".join(plain(part.text) if isinstance(part, Gap) else plain([part]) for part in candidate.prompt)
    if len(whole) > (FRONT if len(gaps_of(candidate)) < 2 else FRONT + 80):
        return "the front is too long for a phone"
    if any(len(tokens(plain(gap))) > ANSWER for gap in gaps_of(candidate)):
        return "the gap is too long to recall"
    most = {"define": DEFINITION, "compare": DEFINITION, "step": DEFINITION, "date": DEFINITION}.get(candidate.rule, ANSWER)
    return "the answer is too long to recall" if len(tokens(plain(candidate.answer))) > most else ""


@guard("define")
def told_twice(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """A term that another line or a row of the topic is about, too: nobody knows which of them is wanted."""
    term = fact.term if isinstance(fact, Definition) and not fact.under else ()
    shared = bool(term) and subject.is_shared(subject.topics[candidate.topic], term)
    return "another line of the topic is about it, too" if shared else ""


@guard("label", "name", "list", "define")
def an_example(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """A sentence in another language than the guide's: one example of many."""
    told = plain(part for part in candidate.answer if not isinstance(part, Gap))
    text = fact.text if isinstance(fact, Point | Definition) else ()
    if len(text) == 1 and isinstance(text[0], Styled) and text[0].style == "em" and len(tokens(told)) > 2:
        return "an example, in italics: it says nothing of what is asked"
    if len(tokens(told)) > 2 and told[:1] in '"“„«' and told[-1:] in '"”“»':
        return "an example, in quotation marks: it says nothing of what is asked"
    name = set(subject.stems(name_of(fact)))
    if candidate.rule == "define" and name and name < set(subject.stems(told)) and len(tokens(told)) <= len(name) + 1:
        return "an example of its term: it says nothing of what it means"  # "Ojalá: Ojalá llueva"
    foreign = bool(text) and fact.kind != "pair" and in_other_language(told, subject)
    return "an example in another language: nobody knows which one is wanted" if foreign else ""


@guard("label")
def told_often(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """A term of several words that other lines of the topic speak of as well: nobody knows what is wanted of it."""
    name = normal(plain(name_of(fact)))
    if " " not in name or candidate.slot != "ask" or isinstance(fact, Question | MultipleChoice):
        return ""
    words = subject.stems(name)
    users = [set(subject.users.get(word, ())) - {fact.id} for word in words]
    mates = [id_ for id_ in set.intersection(*users) if subject.topic_of[id_] == fact.topic] if users else []
    told = [id_ for id_ in mates if f" {name} " in f" {normal(' '.join(fact_texts(subject.facts[id_])))} "]
    return "several lines of the topic tell of it" if len(told) >= _LINES else ""


@guard("label", "define")
def a_command(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """A command behind the bare name of a program: nobody knows which of its commands is wanted."""
    named = plain(name_of(fact))
    begins = bool(candidate.answer) and isinstance(candidate.answer[0], Code)
    return "one command of many" if begins and named.islower() and " " not in named else ""


@guard("label", "name", "list", "define")
def a_set(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """More things than one answer can hold."""
    items = items_of(tuple(part for part in candidate.answer if not isinstance(part, Gap)), subject)
    many = len(items) > MANY and without_brackets(plain(candidate.answer)).count(",") >= MANY
    short = candidate.rule != "define" or all(len(tokens(item)) <= MANY for item in items)
    return "it lists too many things for one answer" if many and short and isinstance(fact, Point | Definition) else ""


@guard("identify", "cloze", "list")
def negated(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """A "not" must never sit in a gap, and what a thing is not does not tell which one it is."""
    negation = subject.words.listed("words", "negation")
    if (
        len(gaps := gaps_of(candidate)) in (1, 2, 3)  # in a longer list it is an item: "None, False, 0, empty string"
        and any(word in negation for gap in gaps for word in tokens(plain(gap)))
        and len(candidate.facts) == 1
        and not isinstance(fact, Row)
    ):
        return "the gap would hide a negation"
    first = tokens(plain(prompt_text(candidate)))[:1]
    return "what it is not tells nothing" if candidate.rule == "identify" and first and first[0] in negation else ""


@guard("cloze")
def of_the_exam(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """How many marks an answer gives is nothing to learn."""
    grading = subject.words.listed("words", "grading")
    around = " ".join(plain(part.text) if isinstance(part, Gap) else plain([part]) for part in candidate.prompt)
    gaps = " ".join(plain(gap) for gap in gaps_of(candidate))
    behind = any(f" {normal(gaps)} {word} " in f" {normal(around)} " for word in grading)
    if gaps.rstrip().endswith("%") and is_whole(subject.topics[candidate.topic], subject.guide) and len(subject.topics) > 1:
        told = getattr(fact, "text", ())
        return "" if has_verb(plain(told), subject) else "the share of a part of the exam is nothing to learn"
    return "marks in an exam are nothing to learn" if behind or grading & set(tokens(gaps)) else ""


@guard("cloze")
def same_gaps(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """Two gaps with the same answer cannot be told apart."""
    gaps = [normal(plain(gap)) for gap in gaps_of(candidate)]
    return "two of its gaps hide the same" if len(set(gaps)) < len(gaps) else ""


def among_terms(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """Why a glossary's term is not asked by what it means: too few words, or another term's meaning has most of them."""
    words = subject.telling(candidate.reverse)
    if len(words) < 2:
        return "too few words to tell which term it is"
    shared = Counter(other for word in words for other in subject.users.get(word, ()) if other != fact.id)
    line = max(shared, key=lambda other: (shared[other], -subject.place_of[other]), default="")
    count = shared[line]
    return f"line {subject.facts[line].span.line} says nearly the same" if count >= _NEARLY * len(words) else ""
