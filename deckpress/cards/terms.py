"""Cards of names and what they name: topics, terms of a glossary, words and translations, dates, labels that are terms."""

from collections.abc import Iterator
from dataclasses import replace

from ..inline import sentences
from ..markup import fact_texts, plain, without_end_stop
from ..model import Candidate, Definition, Fact, Point, Question, Quote, Text, Topic, Words
from ..words import normal, stem, tokens
from .asked import is_what_it_is
from .lists import announces, has_verb, is_attribute, is_name, items_of, joined_last, name_of, names_several, said, without_brackets
from .parts import (
    asking,
    claims,
    column_asked,
    defines,
    different,
    head,
    in_place,
    is_date,
    is_glossary,
    is_named,
    masked,
    place_of,
    short_answer,
    which_topic,
)  # fmt: skip
from .subject import Subject

MOST = 8  # words of a label that names something
_SIDE = 12  # words of a side of a pair
TERM = 4  # words of a name: a longer one with a verb is a statement
MEANING = 12  # words of a meaning that one can recall


def define(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """What the topic is, and the same the other way round where the text can only mean this topic."""
    if not isinstance(fact, Definition) or fact.term:
        return
    first, rest = sentences(fact.text)
    short = short_answer(topic, subject)
    answer = short.text if short else head(first, subject)
    about = [Quote(fact.id, fact.text)] if answer != first else [Quote(fact.id, rest)] if rest else []
    if topic.expansion:
        about.append(Quote(fact.id, said(f"{topic.name} ({topic.expansion})")))
    quotation = without_end_stop(masked(first, topic, subject))
    asked = next((other for other in topic.facts if isinstance(other, Question) and is_what_it_is(other, topic, subject)), None)
    phrase = "what_are" if _several(topic, subject) else "what_is"
    if phrase == "what_is" and _is_common(topic.name, subject):  # "What is OSI model?" lacks its article: quoted it needs none
        phrase = "what_term"
    yield Candidate(
        rule="define", type="term", slot="term", facts=(fact.id, *((short.id,) if short else ())), group=fact.id, topic=topic.key,
        prompt=said(subject.words.phrase(phrase, topic=topic.name, label=topic.name)), answer=without_end_stop(answer),
        extra=tuple(about),
        reverse=quotation, reverse_prompt=subject.words.phrase("which_is", item=subject.guide.item),
        reverse_answer=said(topic.name), answer_is_topic=True, one_way=_against_reverse(first, topic, subject),
        refused=_against_definition(asked, topic, subject), apt=defines(fact, topic, subject),
    )  # fmt: skip
    made = which_topic(topic, quotation, "which_is", subject, (fact.id,))
    yield replace(made, extra=(Quote(fact.id, rest),) if rest else (), apt=asked is not None)


def _against_definition(asked: Question | None, topic: Topic, subject: Subject) -> str:
    if asked:
        return f"the question of line {asked.span.line} asks it"
    against = subject.words.listed("words", "difference") & set(tokens(topic.name))
    told = tokens(topic.name)
    if told[:1] and told[0] in subject.words.listed("words", "explains"):  # "How the Republic fell"
        return "its heading asks something, and names nothing"
    several = against or (not subject.identifiable and names_several(topic.name, subject))
    several = several or (not subject.named_item and not subject.words.listed("words", "classes").isdisjoint(told[:1] + told[-1:]))
    return "its heading names several things" if several else ""


def _against_reverse(first: Text, topic: Topic, subject: Subject) -> str:
    scenario = next((other for other in topic.facts if _asks_the_same(other, first, topic, subject)), None)
    if scenario:
        return f"the question of line {scenario.span.line} asks the same"
    return "" if subject.identifiable else "the topics are chapters: nobody could tell which"


def _asks_the_same(fact: Fact, text: Text, topic: Topic, subject: Subject) -> bool:
    """Whether a situation of the author, answered by the topic, has most of its words in the definition."""
    if not isinstance(fact, Question) or subject.topic_named(fact.answer) is not topic:
        return False
    words = set(subject.stems(fact.question)) - subject.vendor
    return len(words) > 2 and len(words & set(subject.stems(text))) > 0.8 * len(words)


def _several(topic: Topic, subject: Subject) -> bool:
    """Whether a name is a plural: its last word is written small, the guide uses it without its ending, or it is no product's."""
    ending, last = subject.words.data["words"]["plural"], topic.name.split(" ")[-1]
    if not ending or not last.endswith(ending) or last.lower().endswith(("ss", "us", "is")):
        return False
    single = f" {last.removesuffix(ending).lower()} "
    used = any(single in f" {' '.join(fact_texts(fact))} " for fact in topic.facts)
    return last.islower() or (not subject.named_item and last.istitle()) or used


def _is_common(name: str, subject: Subject) -> bool:
    """Whether a topic's name is a common noun, or has its article already."""
    words = name.split()
    article = words[0].lower() in subject.words.listed("reading", "articles")
    return article or (len(words) > 1 and words[-1].isalpha() and words[-1].islower())


def term(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """A term of a glossary: what it is, and what is called so."""
    of_definition = isinstance(fact, Definition) and bool(fact.term)
    named = name_of(fact)
    if not isinstance(fact, Definition | Point) or not named:
        return
    name = plain(named).rstrip(":： ")
    glossary = is_glossary(topic, subject)
    if of_definition and _leads_to_a_name(named, fact.text, subject) and subject.topic_named(named) is None:
        yield Candidate(
            rule="label", type="term", slot="term", facts=(fact.id,), group=fact.id, topic=topic.key, answer_is_topic=True,
            prompt=said(_neutral(fact, named, fact.text, topic, subject)), answer=without_end_stop(fact.text),
        )  # fmt: skip
        return
    first, rest = _claims(named, fact.text, subject)
    answer = head(first, subject)
    about = [Quote(fact.id, fact.text)] if answer != first else [Quote(fact.id, rest)] if rest else []
    # "Don't confuse A with B" is no name
    asks_more = has_verb(name, subject) or not subject.words.listed("words", "negation").isdisjoint(tokens(name))
    column = column_asked(fact, name, subject) or is_date(answer, subject)
    statement = asks_more and len(tokens(name)) > TERM  # "Verbs in -care add an h before i"
    if of_definition and (column or not statement) and (column or (is_attribute(fact, named, subject) and not glossary)):
        asked = _neutral(fact, named, answer, topic, subject)
        yield replace(asking("label", fact, topic, said(asked), answer), extra=tuple(about))
        of_definition = False
    own = frozenset(stem(word) for word in tokens(name) if word not in subject.stop)
    yield Candidate(
        rule="define", type="term", slot="term", facts=(fact.id,), group=fact.id, topic=topic.key, answer_is_topic=True,
        prompt=said(in_place(fact, topic, subject, _what_is(name, glossary, subject))),
        answer=without_end_stop(answer), extra=tuple(about),
        reverse=without_end_stop(masked(first, topic, subject, (name,), own)),
        reverse_prompt=in_place(fact, topic, subject, subject.words.phrase("called" if glossary else "which_term")),
        reverse_answer=said(name) if name != plain(named) else named,
        apt=of_definition and not asks_more and not _only_lists(named, fact.text, subject),
    )  # fmt: skip


def _only_lists(named: Text, text: Text, subject: Subject) -> bool:
    """Whether a name of several things has four to six short ones behind it: they are asked one by one."""
    items = items_of(without_end_stop(text), subject)
    short = all(len(tokens(without_brackets(item))) <= 3 and not has_verb(item, subject) for item in items)
    return 4 <= len(items) <= 6 and short and announces(named, subject) and joined_last(plain(text), subject)


def _claims(named: Text, text: Text, subject: Subject) -> tuple[Text, Text]:
    """What a text says first of a name, and the rest; what it says of two things that are told apart is one answer."""
    apart = not subject.words.listed("words", "difference").isdisjoint(tokens(plain(named)))
    return sentences(text) if apart else claims(text, subject)


def _what_is(name: str, glossary: bool, subject: Subject) -> str:
    """The question for a term: in a glossary what it is; a name of several things, or one below a topic, asks by itself."""
    ending, last = subject.words.data["words"]["plural"], (tokens(without_brackets(name)) or [""])[-1]
    several = ending and last.endswith(ending) and not last.endswith(("ss", "us", "is")) and not name.isupper()
    return f"{name.rstrip('?？')}?" if several or not glossary else subject.words.phrase("what_term", label=name.strip('"“”'))


def _neutral(fact: Fact, named: Text, answer: Text, topic: Topic, subject: Subject) -> str:
    """The question that only names something: what its column tells of it, when it was, or nothing but the name."""
    name = plain(named).rstrip(":： ")
    if is_date(answer, subject):
        return f"{subject.words.phrase('when', topic=place_of(fact, topic, subject) or topic.name)} {name}"
    asked = name if "__" in name or "…" in name else f"{name.rstrip('?？')}?"  # a sentence with a blank asks by itself
    return in_place(fact, topic, subject, column_asked(fact, name, subject) or asked)


def pair(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """Word and translation, formula and name: asked from both sides."""
    if not isinstance(fact, Point) or fact.kind != "pair" or not fact.label or subject.leads_in(topic, fact, fact.label):
        return
    if max(len(tokens(plain(fact.label))), len(tokens(plain(fact.text)))) > _SIDE:  # an explanation, no word
        yield asking("label", fact, topic, said(_neutral(fact, fact.label, fact.text, topic, subject)), fact.text)
        return
    place = " · ".join(different([fact.section or topic.name, fact.under]))
    tells = _tells(fact.label, fact.text)
    ways = tuple(" → ".join(heads) for heads in (fact.heads, fact.heads[::-1])) if fact.heads else ("", "")
    forward, backward = (f"{place} — {way}" if way else place for way in ways)
    marked = not fact.heads and subject.guide.settings.speech == "no"  # an arrow is not to be read aloud
    yield Candidate(
        rule="pair", type="term", slot="term", facts=(fact.id,), group=fact.id, topic=topic.key, answer_is_topic=True,
        lead=forward, prompt=(*fact.label, Words(" → ?")) if marked else fact.label, answer=fact.text,
        reverse=(Words("? → "), *fact.text) if marked else fact.text, reverse_prompt=backward, reverse_answer=fact.label,
        one_way="one side gives the other away" if tells else "",
    )  # fmt: skip


def _tells(one: Text, other: Text) -> bool:
    """Whether a piece of one side stands in the other: "-chen" in "das (das Mädchen!)"."""
    there = normal(plain(other))
    return any(len(word) > 3 and word in there for word in tokens(plain(one).replace("-", " ")))


def date(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """What happened at a time, and when it was; of two events with one date only the time is asked."""
    if not isinstance(fact, Point) or fact.kind != "date" or not any(char.isdigit() for char in plain(fact.label)):
        return
    same = subject.dates[normal(plain(fact.label))]
    told = without_end_stop(fact.text)
    event, rest = sentences(told)
    yield Candidate(
        rule="date", type="term", slot="term", facts=(fact.id,), group=fact.id, topic=topic.key, answer_is_topic=True,
        prompt=said(subject.words.phrase("happened", topic=topic.name, label=plain(fact.label))), answer=event,
        extra=(Quote(fact.id, rest),) if rest else (),
        reverse=event, reverse_prompt=subject.words.phrase("when", topic=topic.name), reverse_answer=fact.label,
        refused="another line has the same date" if same > 1 else "",
    )  # fmt: skip
    when = (Words(subject.words.phrase("when", topic=topic.name)), Words(" "), *event)
    yield replace(asking("date", fact, topic, when, fact.label), apt=same > 1)


def label(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """A label that is a term: what it is called where a phrase describes it, what it means where a whole clause explains it.

    Both where the guide itself asks about the label elsewhere. Labels that only name an attribute are none.
    """
    named = name_of(fact)
    if not isinstance(fact, Point | Definition) or not named or subject.leads_in(topic, fact, named):
        return
    leads = _leads_to_a_name(named, fact.text, subject)
    apart = isinstance(fact, Point) and is_named(fact) and fact.kind not in ("code", "step", "date", "pair")
    first, rest = _claims(named, fact.text, subject)
    extra = (Quote(fact.id, rest),) if rest else ()
    neutral = said(_neutral(fact, named, first, topic, subject))
    tells = (is_attribute(fact, named, subject) and not subject.offers) or bool(fact.heads) or not subject.identifiable
    tells = tells or (tokens(plain(named))[:1] != [] and tokens(plain(named))[0] in subject.words.listed("words", "explains"))
    if apart and tells and not leads and _names_something(named, subject):
        short = len(tokens(plain(first))) <= MEANING and not subject.is_shared(topic, named)
        yield replace(asking("label", fact, topic, neutral, first), extra=extra, apt=short)
    fits = apart and (_is_term(named, fact.text, topic, subject) or (leads and subject.topic_named(fact.text) is not None))
    begins = (tokens(plain(first)) or [""])[0] in subject.words.listed("reading", "articles")  # "a gland full of dye"
    explains = len(tokens(plain(first))) > 2 and (begins or has_verb(plain(first), subject))  # "contraindicated" does not
    means = said(subject.words.phrase("means", topic=topic.name, label=plain(named).strip('"“”')))
    asked = means if explains and subject.identifiable and subject.named_item else neutral
    forward = replace(asking("label", fact, topic, asked, first), extra=extra, apt=fits)
    quoted = masked(
        first, topic, subject, (plain(named),), frozenset(word for word in subject.stems(named) if word.isalpha()) - subject.generic
    )
    backward = replace(
        asking("name", fact, topic, without_end_stop(quoted), named), extra=extra, apt=fits,
        lead=in_place(fact, topic, subject, subject.words.phrase("called")),
    )  # fmt: skip
    if fits and leads:
        yield replace(asking("label", fact, topic, neutral, first), extra=extra)
        yield replace(backward, apt=False)
    elif normal(plain(named)) in subject.asked:
        yield forward
        yield replace(backward, slot="ask2", beside=True)
    elif (
        normal(plain(named)) in subject.answers
        or _initials(named, first)
        or has_verb(plain(first), subject)
        or not (subject.identifiable and begins and _describes(first, named, topic, subject))
    ):
        yield forward
        yield replace(backward, apt=False)
    else:
        yield backward
        yield replace(forward, apt=False)


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


def _is_term(label: Text, text: Text, topic: Topic, subject: Subject) -> bool:
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
    if _is_remark(label, subject) or subject.is_shared(topic, label) or names_several(plain(label), subject):
        return False
    if len(told) == 1 and not plain(label)[:1].isupper() and not plain(label).isupper():
        return False
    items = items_of(text, subject)
    if (len(items) >= 4 and not any(has_verb(item, subject) for item in items)) or len(tokens(plain(sentences(text)[0]))) > MEANING:
        return False
    own = set(subject.stems(plain(label))) <= subject.own_words(topic) | subject.vendor
    return subject.labels.get(normal(plain(label)), 0) <= 1 and not own


def _leads_to_a_name(label: Text, text: Text, subject: Subject) -> bool:
    """Whether a label describes what the text names: "Scalable microservices: AKS", "stateless app: Deployment"."""
    if subject.topic_named(text) is not None:
        return True
    told, head = plain(text), plain(label)
    name = len(tokens(told)) <= 4 and (told[:1].isupper() or is_name(told[1:], subject)) and not has_verb(told, subject)
    words = [word for word in head.split() if word[:1].isalpha()]
    small = 2 * sum(word[0].islower() for word in words) >= len(words)
    capitals = subject.words.data["words"]["capital_nouns"]
    return name and len(words) > 1 and small and not capitals


def _initials(label: Text, text: Text) -> bool:
    """Whether a label is a memory word: the initials of what it stands for."""
    letters = plain(label).lower()
    return plain(label).isupper() and len(letters) > 2 and "".join(word[0] for word in tokens(plain(text))).startswith(letters)


def _describes(text: Text, label: Text, topic: Topic, subject: Subject) -> bool:
    """Whether a phrase tells enough by itself to ask what it is called: words of its own, and not those of the label."""
    own = subject.telling(without_brackets(plain(text)), topic) - set(subject.stems(label))
    return len(own) >= 2 and bool(subject.telling(label, topic)) and not subject.own_words(topic) & set(subject.stems(label))
