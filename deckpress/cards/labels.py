"""Cards of labels: what a label that is a term means, or what it is called; labels that ask by themselves."""

from collections.abc import Iterator
from dataclasses import replace

from ..inline import sentences
from ..markup import plain, without_end_stop
from ..model import Candidate, Definition, Fact, Point, Quote, Text, Topic
from ..words import normal, tokens
from .lists import has_verb, is_attribute, items_of, names_several, said, without_brackets
from .parts import asking, called, column_asked, in_place, is_named, masked, place_of
from .subject import Subject, name_of
from .terms import leads_to_a_name, neutral, said_first

MEANING = 12  # words of a meaning that one can recall
ANSWER = 18  # words of what a name above a line is
MOST = 8  # words of a label that names something


def label(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """A label that is a term: what it is called where a phrase describes it, what it means where a whole clause explains it.

    Both where the guide itself asks about the label elsewhere. Labels that only name an attribute are none.
    """
    named = name_of(fact)
    if not isinstance(fact, Point | Definition) or not named or subject.leads_in(topic, fact, named):
        return
    leads = leads_to_a_name(named, fact.text, subject) and not subject.is_shared(topic, named)
    apart = isinstance(fact, Point) and is_named(fact) and fact.kind not in ("code", "step", "date", "pair")
    first, rest = said_first(named, fact.text, subject)
    extra = (Quote(fact.id, rest),) if rest else ()
    plainly = said(neutral(fact, named, first, topic, subject))
    tells = (is_attribute(fact, named, subject) and not subject.offers) or bool(fact.heads) or not subject.identifiable
    tells = tells or (tokens(plain(named))[:1] != [] and tokens(plain(named))[0] in subject.words.listed("words", "explains"))
    if apart and tells and not leads and _names_something(named, subject):
        short = len(tokens(plain(first))) <= _longest(fact, subject) and not subject.is_shared(topic, named, fact)
        yield replace(asking("label", fact, topic, plainly, first), extra=extra, apt=short)
    fits = apart and (_is_term(named, fact, topic, subject) or (leads and subject.topic_named(fact.text) is not None))
    begins = (tokens(plain(first)) or [""])[0] in subject.words.listed("reading", "articles")  # "a gland full of dye"
    explains = len(tokens(plain(first))) > 2 and (begins or has_verb(plain(first), subject))  # "contraindicated" does not
    means = said(
        subject.words.phrase("means", topic=place_of(fact, topic, subject) or called(topic), label=plain(named).strip('"“”'))
    )
    asked = means if explains and subject.identifiable and subject.named_item else plainly
    forward = replace(asking("label", fact, topic, asked, first), extra=extra, apt=fits)
    quoted = masked(
        first, topic, subject, (plain(named),), frozenset(word for word in subject.stems(named) if word.isalpha()) - subject.generic
    )
    backward = replace(
        asking("name", fact, topic, without_end_stop(quoted), named), extra=extra, apt=fits,
        lead=in_place(fact, topic, subject, subject.words.phrase("called")),
    )  # fmt: skip
    named_by = not column_asked(fact, plain(named), subject)  # "Solution" is no name of what it solves
    if fits and leads:
        yield replace(asking("label", fact, topic, plainly, first), extra=extra)
        yield replace(backward, apt=False)
    elif normal(plain(named)) in subject.asked:
        yield forward
        yield replace(backward, slot="ask2", beside=True, apt=named_by and fits)
    elif (
        normal(plain(named)) in subject.answers
        or _initials(named, first)
        or has_verb(plain(first), subject)
        or not (subject.identifiable and begins and _describes(first, named, topic, subject))
    ):
        yield forward
        yield replace(backward, apt=False)
    else:
        yield replace(backward, apt=fits and named_by)
        yield replace(forward, apt=fits and not named_by)


def _longest(fact: Fact, subject: Subject) -> int:
    """How many words of a meaning one can recall: more where a line says what the name above it is."""
    return ANSWER if fact.id in subject.parents and isinstance(fact, Point) and fact.lent else MEANING


def _names_something(label: Text, subject: Subject) -> bool:
    """Whether a label is a short name of anything, and not "Tip", a clause or what an arrow leads from."""
    told = plain(label)
    begins = told.lstrip("\"“„«‘'(-–.~#/<$§")[:1].isalnum() and not told.startswith("->")
    clause = not subject.words.listed("words", "clause").isdisjoint(tokens(told))
    points = tokens(told)[:1] and tokens(told)[0] in subject.words.listed("words", "pointing")
    small = not points and len(tokens(told)) <= MOST and "," not in told and not clause and not has_verb(told, subject)
    key = normal(told) in subject.words.listed("reading", "answer_key")  # "Answers: 1 b, 2 c"
    return begins and small and not key and not _is_remark(label, subject)


def _is_remark(label: Text, subject: Subject) -> bool:
    """Whether a label says what its text is to the reader: "Exam tip", "Watch out"."""
    told = tokens(plain(label))
    ends = {subject.words.labels.get(word, "") for word in (told[:1] + told[-1:])}
    return bool(subject.words.label_kind(plain(label))) or (len(told) <= 3 and "note" in ends)


def _is_term(label: Text, fact: Point | Definition, topic: Topic, subject: Subject) -> bool:
    """A label that names a thing: no attribute, none that several topics share, no relation ("Works with"), no list behind."""
    told = tokens(plain(label))
    attribute = subject.words.listed("words", "attribute")
    denied = not subject.words.listed("words", "negation").isdisjoint(told)
    begins = plain(label).lstrip("\"“„«‘'(")[:1].isalnum()  # not "-> first letters"
    if len(plain(label)) < 2 or len(told) > 5 or "," in plain(label) or denied or not begins:
        return False
    ends = {told[0], told[-1]} if told else set[str]()
    leading = subject.words.listed("words", "explains") | subject.words.listed("words", "pointing")
    if (
        not told
        or told[0] in leading
        or has_verb(plain(label), subject)
        or ends & subject.stop
        or not subject.words.listed("words", "clause").isdisjoint(told)
        or (told[-1] in attribute and (len(told) < 3 or told[0] in attribute))
    ):
        return False
    if _is_remark(label, subject) or subject.is_shared(topic, label, fact) or names_several(plain(label), subject):
        return False
    if len(told) == 1 and not plain(label)[:1].isupper() and not plain(label).isupper():
        return False
    items = items_of(fact.text, subject)
    if (len(items) >= 4 and not any(has_verb(item, subject) for item in items)) or len(
        tokens(plain(sentences(fact.text)[0]))
    ) > MEANING:
        return False
    own = set(subject.stems(plain(label))) <= subject.own_words(topic) | subject.vendor
    return subject.labels.get(normal(plain(label)), 0) <= 1 and not own


def _initials(label: Text, text: Text) -> bool:
    """Whether a label is a memory word: the initials of what it stands for."""
    letters = plain(label).lower()
    return plain(label).isupper() and len(letters) > 2 and "".join(word[0] for word in tokens(plain(text))).startswith(letters)


def _describes(text: Text, label: Text, topic: Topic, subject: Subject) -> bool:
    """Whether a phrase tells enough by itself to ask what it is called: words of its own, and not those of the label."""
    own = subject.telling(without_brackets(plain(text)), topic) - set(subject.stems(label))
    return len(own) >= 2 and bool(subject.telling(label, topic)) and not subject.own_words(topic) & set(subject.stems(label))
