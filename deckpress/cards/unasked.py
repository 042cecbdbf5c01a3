"""Guards of terms, lists and gaps: what of them nobody could answer, or nobody has to."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ..markup import fact_texts, is_whole, plain
from ..model import Candidate, Code, Definition, Fact, Gap, MultipleChoice, Point, Question, Row, Styled
from ..words import normal, tokens
from .guarding import Guards, gaps_of, prompt_text, registry
from .lists import (
    announces,
    common_share,
    has_verb,
    in_other_language,
    is_plural,
    items_of,
    without_brackets,
)
from .parts import asked_words
from .statements import verb_in
from .subject import Subject, name_of

GUARDS: Guards = []
guard = registry(GUARDS)
_RULE = 4  # words of a label: a longer one is a whole rule
_PAIR = 2  # words of an answer of which one is no answer
_LINES = 2  # other lines of a topic that speak of a term, from which it is an open question
_NEARLY = 0.6  # share of a meaning's words in another line from which two terms could be meant
MANY = 4  # items of a list that are told as one answer


@guard("cloze")
def common_gap(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """One gap that hides a list of things that are told of several topics."""
    gaps = gaps_of(candidate)
    items = items_of(gaps[0], subject) if len(gaps) == 1 else []
    return "what it lists is told of several topics" if len(items) > 2 and 3 * common_share(items, subject) >= 2 else ""


@guard("define")
def told_twice(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """A term that another line or a row of the topic is about, too: nobody knows which of them is wanted."""
    term = fact.term if isinstance(fact, Definition) and not fact.under else ()
    topic = subject.topics[candidate.topic]
    if not term:
        return ""
    others = (" ".join(fact_texts(one)).strip() for one in topic.facts if one is not fact)
    equal = any(other.startswith(f"{plain(term)} = ") for other in others)  # "QTc = QT / √RR", "QTc: below 440 ms"
    return "another line of the topic is about it, too" if equal or subject.is_shared(topic, term, fact) else ""


@guard("define")
def says_it_all(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """A term whose front has all words of its answer, or one of the two: "Digoxin antidote: digoxin toxicity"."""
    if not isinstance(fact, Definition) or not fact.term:
        return ""
    answer, front = set(subject.stems(candidate.answer)), set(subject.stems(prompt_text(candidate)))
    told = answer & front
    label = answer & set(subject.stems(fact.term))
    half = len(answer) == _PAIR and bool(label) and all(word.isalpha() for word in answer)
    return "the front says the answer" if answer and (told == answer or half) else ""


@guard("label", "name", "list", "define")
def an_example(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """One example of many: a sentence in another language than the guide's, in italics or in quotation marks, or about the term."""
    told = plain(part for part in candidate.answer if not isinstance(part, Gap))
    text = fact.text if isinstance(fact, Point | Definition) else ()
    if len(text) == 1 and isinstance(text[0], Styled) and text[0].style == "em" and len(tokens(plain(text))) > 2:
        return "an example, in italics: it says nothing of what is asked"
    if len(tokens(told)) > 2 and told[:1] in '"“„«' and told[-1:] in '"”“»':
        return "an example, in quotation marks: it says nothing of what is asked"
    shown, equals, _ = told.partition(" = ")
    begins = bool(text) and isinstance(text[0], Styled) and text[0].style == "em" and plain(text[:1]).strip() == shown.strip()
    if equals and begins and fact.kind != "pair" and len(tokens(shown)) > 2:
        return "an example with what it means: it says nothing of what is asked"
    name = set(subject.stems(name_of(fact)))
    if candidate.rule == "define" and name and name < set(subject.stems(told)) and len(tokens(told)) <= len(name) + 1:
        return "an example of its term: it says nothing of what it means"  # "Ojalá: Ojalá llueva"
    before = verb_in(told, subject) if candidate.rule == "define" and name else None
    behind = set(subject.stems(told[len(before) :])) if before else set()
    articles = subject.words.listed("reading", "articles")
    is_one = any(f" {word} " in f" {told.lower()} " for word in articles) and "," not in told
    if before and is_one and len(name) > 1 and name <= behind and not name & set(subject.stems(before)):
        return "an example of its term: it says nothing of what it means"  # "Sedimentary rock: coal is a sedimentary rock"
    foreign = bool(text) and fact.kind != "pair" and in_other_language(told, subject)
    return "an example in another language: nobody knows which one is wanted" if foreign else ""


@guard("cloze", "label", "define")
def shows_only(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """A whole rule before a colon, and only examples in italics behind it: any other one would do as well."""
    if not isinstance(fact, Point | Definition) or fact.kind in ("pair", "date"):
        return ""
    name, text = plain(name_of(fact)), fact.text
    begins = bool(text) and isinstance(text[0], Styled) and text[0].style == "em" and len(tokens(plain(text))) > 1
    rule = has_verb(name, subject) or (len(tokens(name)) > _RULE and not announces(name_of(fact), subject))
    ending = name.lstrip().startswith(("-", "–")) and all(isinstance(part, Styled) or not tokens(plain((part,))) for part in text)
    if begins and (rule or ending):
        return "it only shows a rule that stands before it"
    inner = [part.text for part in candidate.prompt if isinstance(part, Gap)]
    before = [part for part, gap in pairwise(candidate.prompt) if isinstance(gap, Gap)]
    cut_off = any(
        isinstance(shown, Styled) and shown.style == "em" and gap and isinstance(gap[0], Styled) and gap[0].style == "em"
        for shown, gap in zip(before, inner, strict=False)
    )
    return "a part of an example: any other word would do as well" if cut_off and len(inner) == 1 else ""


@guard("label", "define", "name", "pair")
def a_share(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """A share, a path or one letter: nobody knows what of it is wanted ("50 %", "example.org/api/*", "n")."""
    name = plain(name_of(fact)).strip()
    if getattr(fact, "heads", ()) or fact.kind in ("pair", "date"):
        return ""
    bare = bool(re.fullmatch(r"[~≈<>]?\d[\d.,]*\s?%", name)) or "/*" in name or _is_variable(name, fact)
    return "a share, a path or a letter asks for nothing" if bare else ""


def _is_variable(name: str, fact: Fact) -> bool:
    """Whether a name is the letter before an equation: "n = m/M"."""
    told = plain(getattr(fact, "text", ()))
    return len(name) == 1 and name.isalpha() and re.search(r"[=/·×^√]", told) is not None


@guard("name")
def one_word(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """What is called so must be described, and not only named: "SNS"."""
    return "one word describes nothing" if len(tokens(plain(prompt_text(candidate)))) < _PAIR else ""


@guard("label", "define", "list")
def one_more(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """A label that only says that there is more of what was said before: "Another experiment", "Other uses"."""
    first = tokens(plain(name_of(fact)))[:1]
    if first and (subject.words.listed("words", "bare") | subject.words.listed("words", "but")).issuperset(
        tokens(plain(name_of(fact)))
    ):
        return "its label names nothing by itself"
    further = first and first[0] in subject.words.listed("words", "further")
    return "its label goes on from the line before" if further else ""


@guard("cloze")
def in_title(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """The guide's title stands on every card: "a private network in Google Cloud"."""
    gaps = gaps_of(candidate)
    year = len(gaps) == 1 and re.fullmatch(r"1\d{3}|20\d\d", plain(gaps[0]))  # as good as any
    words = set(subject.stems(gaps[0])) if len(gaps) == 1 and not year else set()
    words -= subject.vendor if len(words) > 1 else set()
    return "the guide's title says it" if words and words <= set(subject.stems(subject.guide.title)) else ""


@guard("cloze", "identify")
def a_task(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """What the reader is told to do is no statement: "Explain how Philip …"."""
    first = tokens(plain(getattr(fact, "text", ())))[:1]
    asks = isinstance(fact, Point) and not fact.label and first and first[0] in subject.words.listed("words", "task")
    return "it sets a task" if asks else ""


@guard("label")
def told_often(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """A term of several words that other lines of the topic speak of as well: nobody knows what is wanted of it."""
    name = normal(plain(name_of(fact)))
    if " " not in name or candidate.slot != "ask" or isinstance(fact, Question | MultipleChoice):
        return ""
    rarest = min((subject.users.get(word, ()) for word in subject.stems(name)), key=len, default=())
    mates = [id_ for id_ in rarest if id_ != fact.id and subject.topic_of[id_] == fact.topic]
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
    parts = [part for part in re.split(r";\s", without_brackets(plain(candidate.answer))) if part]
    if len(parts) > MANY - 1 and not any(has_verb(part, subject) for part in parts) and isinstance(fact, Point | Definition):
        return "it lists too many things for one answer"  # "Kinetics: rate laws; integrated forms; half-life"
    many = len(items) > MANY and without_brackets(plain(candidate.answer)).count(",") >= MANY
    short = candidate.rule != "define" or all(len(tokens(item)) <= MANY for item in items)
    return "it lists too many things for one answer" if many and short and isinstance(fact, Point | Definition) else ""


@guard("identify", "cloze", "list")
def negated(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """A "not" must never sit in a gap, and what a thing is not does not tell which one it is."""
    negation, gaps = subject.words.listed("words", "negation"), gaps_of(candidate)
    if (
        len(gaps) in (1, 2, 3)  # in a longer list it is an item: "None, False, 0, empty string"
        and any(word in negation for gap in gaps for word in tokens(plain(gap)))
        and len(candidate.facts) == 1
        and not isinstance(fact, Row)
    ):
        return "the gap would hide a negation"
    above = (
        set(tokens(f"{fact.under} {plain(name_of(fact))}"))
        if candidate.rule in ("list", "cloze") and not isinstance(fact, Row)
        else set()
    )
    listed_there = len(gaps) == 1 and not any(char.isdigit() for char in plain(gaps[0]))
    if above & negation and (candidate.rule == "list" or listed_there):  # "Not included: support by …" fits much else
        return "of what it is not, anything could be named"
    first = tokens(plain(prompt_text(candidate)))[:1]
    return "what it is not tells nothing" if candidate.rule == "identify" and first and first[0] in negation else ""


@guard("cloze")
def of_the_exam(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """How many marks an answer gives, how long the exam takes, what share of it a part has is nothing to learn."""
    gaps = " ".join(plain(gap) for gap in gaps_of(candidate))
    if isinstance(fact, Point) and is_whole(subject.topics[candidate.topic], subject.guide) and len(subject.topics) > 1:
        label = tokens(plain(fact.label))
        share = gaps.rstrip().endswith("%") and not has_verb(plain(fact.text), subject)
        if share or (label and label[0] in subject.words.listed("words", "exam")):
            return "what is said of the exam itself is nothing to learn"
    grading = subject.words.listed("words", "grading")
    around = " ".join(plain(part.text) if isinstance(part, Gap) else plain([part]) for part in candidate.prompt)
    behind = any(f" {normal(gaps)} {word} " in f" {normal(around)} " for word in grading)
    return "marks in an exam are nothing to learn" if behind or grading & set(tokens(gaps)) else ""


def _leaves_open(told: Sequence[str], several: bool, subject: Subject) -> bool:
    """Whether some first words point at something, and not at their topic: "this" at none of several, nor before a verb."""
    if not told:
        return False
    does = subject.words.listed("words", "verb") | subject.words.listed("words", "serving")
    it = several and not subject.words.listed("words", "unnamed_it").isdisjoint(told)
    one, many = (told[0] in subject.words.listed("words", name) for name in ("unnamed_one", "unnamed_many"))
    open_to_all = (one or many) and not does.isdisjoint(told[1:2])
    return it or open_to_all or (one and several) or (told[0] in subject.words.listed("words", "unnamed") and not several)


@guard("cloze", "identify")
def points_back(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """A statement that cannot be understood without the one before it: "That's why …"."""
    if not isinstance(fact, Point) or candidate.parts:
        return ""
    own = (
        asked_words(candidate, fact, subject.topics[fact.topic], subject) if candidate.rule == "cloze" else tokens(plain(fact.text))
    )
    told = tokens(fact.under)[:4] or ([] if fact.label else own[:4])
    if _leaves_open(told, is_plural(subject.topics[candidate.topic].name.split(" ")[-1], subject), subject):  # "They set up …"
        return "it does not say whom it is about"
    if fact.label:
        return ""
    first = re.split("['’]", (tokens(plain(fact.text)) or [""])[0])[0]
    joined = "'" in plain(fact.text).split(" ")[0] or "’" in plain(fact.text).split(" ")[0]
    return "it goes on from the line before" if joined and first in subject.words.listed("words", "demonstrative") else ""


@guard("cloze")
def same_gaps(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """Two gaps with the same answer cannot be told apart."""
    gaps = [normal(plain(gap)) for gap in gaps_of(candidate)]
    if isinstance(fact, Row) and all(gap.isalpha() for gap in gaps):  # "dem, der, dem": the columns tell them apart
        gaps = [gap for gap in gaps if gap in subject.words.listed("words", "yes_no")]
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
