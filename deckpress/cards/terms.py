"""Cards of names and what they name: topics, terms of a glossary, words and translations, dates."""

import re
from collections.abc import Iterator
from dataclasses import replace

from ..inline import cut, raw, sentences
from ..markup import plain, without_end_stop
from ..model import Candidate, Definition, Fact, Point, Quote, Text, Topic, Words
from ..words import Vocabulary, normal, stem, tokens
from .answers import claims, head, is_date, is_phrase, relatives
from .listed import ARROW
from .lists import (
    announces,
    announces_attribute,
    has_verb,
    is_attribute,
    is_name,
    is_plural,
    items_of,
    joined_last,
    names_several,
    said,
    without_brackets,
)
from .parts import (
    asking,
    called,
    column_asked,
    different,
    in_other_form,
    in_place,
    is_glossary,
    is_named,
    lead_name,
    masked,
    place_of,
    with_corner,
)
from .reverses import spells_out
from .statements import behind_its_name, verb_in
from .subject import Subject, name_of

_EXPANDED = re.compile(r"\([^()]*\)\s*:\s+(?=\S)")
_LONGEST = 8  # words of a name: a longer one is a sentence
_SIDE = 12  # words of a side of a pair
_TELLS = 2  # words that a definition says besides its heading's
_FEW = 3  # words of a translation
_ROOT = 6  # letters with which forms of one word begin
TERM = 4  # words of a name: a longer one with a verb is a statement


def term(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """A term of a glossary: what it is, and what is called so."""
    of_definition = isinstance(fact, Definition) and bool(fact.term)
    named = name_of(fact)
    if not isinstance(fact, Definition | Point) or not named:
        return
    name = plain(named).rstrip(":： ")
    glossary = is_glossary(topic, subject)
    if of_definition and leads_to_a_name(named, fact.text, subject) and subject.topic_named(named) is None:
        yield Candidate(
            rule="label", type="term", slot="term", facts=(fact.id,), group=fact.id, topic=topic.key, answer_is_topic=True,
            prompt=said(neutral(fact, named, fact.text, topic, subject)), answer=without_end_stop(fact.text),
        )  # fmt: skip
        return
    first, rest = said_first(named, fact.text, subject)
    whole = behind_its_name(first, (name,), subject)
    answer = head(whole, subject)
    about = [Quote(fact.id, fact.text)] if answer != whole else [Quote(fact.id, rest)] if rest else []
    # "Don't confuse A with B" is no name
    asks_more = has_verb(name, subject) or not subject.words.listed("words", "negation").isdisjoint(tokens(name))
    column = column_asked(fact, name, subject) or is_date(answer, subject)
    of_several = subject.labels.get(normal(name), 0) > 1 and _is_adverbial(name, subject)  # "In practice", in each chapter
    statement = asks_more and (len(tokens(name)) > TERM or verb_in(name, subject) is not None)  # "Verbs in -care add an h before i"
    short = len(tokens(name)) <= (_LONGEST if not glossary or name[:1].isupper() else TERM + 1)  # "beat the Mongols at …"
    attribute = column or (is_attribute(fact, named, subject) and not glossary)
    if of_definition and short and (column or not statement) and attribute:
        asked = neutral(fact, named, answer, topic, subject)
        yield replace(asking("label", fact, topic, said(asked), answer), extra=tuple(about))
        of_definition = False
    headed = _is_headed(fact, subject)
    own = frozenset(stem(word) for word in tokens(name) if word not in subject.stop)
    yield Candidate(
        rule="define", type="term", slot="term", facts=(fact.id,), group=fact.id, topic=topic.key, answer_is_topic=True,
        prompt=said(in_place(fact, topic, subject, _asked_as(fact, name, answer, glossary, subject))),
        answer=without_end_stop(answer), extra=tuple(about),
        reverse=without_end_stop(masked(_translation(first), topic, subject, (name,), own)),
        reverse_prompt=in_place(fact, topic, subject, subject.words.phrase("called" if glossary else "which_term")),
        reverse_answer=said(name) if name != plain(named) else named,
        one_way="its heading stands above it" if headed else _gives_away(first, name, subject)
        or _of_many(name, glossary, subject) or _tells_too_little(first, glossary, subject),
        apt=(of_definition or headed) and short and not asks_more and not of_several and not _only_lists(named, fact.text, subject),
    )  # fmt: skip


def _is_headed(fact: Fact, subject: Subject) -> bool:
    """Whether a line is all that stands below a small heading of its own, and says what that is: "Edge locations"."""
    section = subject.section_of.get(fact.id)
    if not isinstance(fact, Point) or is_named(fact) or fact.kind != "feature" or section is None or section.facts != (fact,):
        return False
    told, label = tokens(plain(fact.text)), fact.label
    if subject.words.section_kind(fact.section) or announces_attribute(label, subject) or len(tokens(plain(label))) > TERM + 1:
        return False
    explains = subject.words.listed("words", "explains") | subject.words.listed("words", "pointing")
    small = subject.words.listed("words", "pronoun") | subject.words.listed("words", "pointing")
    known = normal(plain(label)) in subject.words.listed("words", "sectioning")
    if not told or known or told[0] in small or tokens(plain(label))[0] in explains or names_several(plain(label), subject):
        return False
    begins = bool(set(subject.stems(label)) & {stem(word) for word in told[:3]})
    verbs, articles = subject.words.listed("words", "verb"), subject.words.listed("reading", "articles")
    return (
        begins
        or is_phrase(plain(fact.text), subject)
        or told[0] in verbs | articles
        or bool(relatives(plain(fact.text), subject) & set(range(1, 8)))
    )


def _is_adverbial(name: str, subject: Subject) -> bool:
    """Whether some words begin with a small one: "In practice", "For nurses"."""
    small = subject.words.listed("words", "relation") | subject.stop
    return tokens(name)[:1] != [] and tokens(name)[0] in small and len(tokens(name)) > 1


def _translation(text: Text) -> Text:
    """A few words without the bracket behind them, which shows the name in use: "like (ich mag)", mögen."""
    found = re.fullmatch(r"([^()]+?)\s*\([^()]*\)\s*", raw(text))
    return cut(text, 0, found.end(1)) if found and len(tokens(found[1])) <= _FEW else text


def _gives_away(text: Text, name: str, subject: Subject) -> str:
    """Why a term is not asked for: a word of its text begins as half of those of its name do, "supinates", "Supinator".

    Nor where its text only spells it out, or the guide's title, which every front shows, has its name.
    """
    if spells_out(text, name, subject) or _opens_with_it(text, name):
        return "its text spells the name out"
    if " = " in plain(text):
        return "its text tells of another name, too"
    if in_other_form(name, text, subject):
        return "its text has its name in another form"
    if len(subject.telling(text)) < _TELLS:
        return "too few words to tell what is called so"
    own = {stem(word) for word in tokens(name) if word not in subject.stop}
    if own and own <= set(subject.stems(subject.guide.title)):
        return "the guide's title names it"
    roots = {word[:_ROOT] for word in tokens(name) if word not in subject.stop and len(word) >= _ROOT}
    told = roots & {part[:_ROOT] for word in subject.stems(text) for part in word.split("-")}
    most = bool(told) and 2 * len(told) >= len(roots)
    return "its text gives its name away" if most or _is_put_together(name, text) else ""


def _is_put_together(name: str, text: Text) -> bool:
    """Whether two words of a text or more make up most of a long one: "Haftung des Trägers", Gewährträgerhaftung."""
    whole = name.casefold()
    if " " in whole or len(whole) < 2 * _ROOT:
        return False
    inside = {word[: max(_ROOT, len(word) - 2)] for word in tokens(plain(text)) if len(word) >= _ROOT}
    inside = {word for word in inside if word in whole}
    return len(inside) > 1 and 2 * sum(map(len, inside)) >= len(whole)


def _of_many(name: str, glossary: bool, subject: Subject) -> str:
    """Why a label is not asked for that several topics have, or could have: "Importance" names nothing of one of them."""
    if glossary:
        return ""
    common = (
        subject.words.listed("words", "attribute") | subject.words.listed("words", "pointer") | subject.words.listed("words", "aim")
    )
    told = tokens(name)
    several = subject.labels.get(normal(name), 0) > 1 or (len(told) == 1 and told[0] in common)
    return "several topics have such a line" if several else ""


def _tells_too_little(text: Text, glossary: bool, subject: Subject) -> str:
    """Why a text does not tell what is called so: it only says what for, "For content delivery", or has two words that tell."""
    begins = subject.words.listed("words", "relation") | subject.words.listed("words", "purpose")
    begins -= subject.words.listed("words", "verb") | subject.words.listed("words", "determiner")
    for_it = not begins.isdisjoint(tokens(plain(text))[:1])
    few = not (glossary or subject.named_item) and len(subject.telling(text)) <= _TELLS and not any(map(str.isdigit, plain(text)))
    return "it says too little of what is called so" if for_it or few else ""


def _opens_with_it(text: Text, name: str) -> bool:
    """Whether a text begins with what the letters of a name stand for: "IaaS – Infrastructure as a service: …"."""
    opened, sign, _ = plain(text).partition(": ")
    short = name.isalnum() and sum(map(str.isupper, name)) > 1
    return bool(sign) and short and opened[:1].lower() == name[:1].lower()


def _only_lists(named: Text, text: Text, subject: Subject) -> bool:
    """Whether a name of several things has four to six short ones behind it: they are asked one by one."""
    items = items_of(without_end_stop(text), subject)
    short = all(len(tokens(without_brackets(item))) <= 3 and not has_verb(item, subject) for item in items)
    return 4 <= len(items) <= 6 and short and announces(named, subject) and joined_last(plain(text), subject)


def said_first(named: Text, text: Text, subject: Subject) -> tuple[Text, Text]:
    """What a text says first of a name, and the rest; what it says of two things that are told apart is one answer."""
    if found := _EXPANDED.match(raw(text)):  # "COBIT: (Control Objectives …): governance of IT"
        text = cut(text, found.end())
    differences = subject.words.listed("words", "difference")
    if differences.isdisjoint(tokens(plain(named))):
        return claims(text, subject)
    first, rest = sentences(text)
    both = set(subject.stems(named)) - differences <= set(subject.stems(first))
    return (first, rest) if both else (text, ())


def _asked_as(fact: Fact, name: str, answer: Text, glossary: bool, subject: Subject) -> str:
    """The question for a term; what an arrow leads to is asked for with it, what a short name stands for as that."""
    if _only_spells(name, answer):
        return subject.words.phrase("stands_for", topic=name)
    leads = fact.arrow and not glossary and subject.guide.settings.speech == "no"
    return f"{name} → ?" if leads else _what_is(with_corner(fact, name), glossary, subject)


def _what_is(name: str, glossary: bool, subject: Subject) -> str:
    """The question for a term: in a glossary what it is; a name of several things, or one below a topic, asks by itself."""
    several = any(is_plural(word, subject) for word in tokens(without_brackets(name))[-1:]) and not name.isupper()
    return f"{name.rstrip('?？')}?" if several or not glossary else subject.words.phrase("what_term", label=name.strip('"“”'))


def neutral(fact: Fact, named: Text, answer: Text, topic: Topic, subject: Subject) -> str:
    """The question that only names something: what its column tells of it, when it was, or nothing but the name."""
    name = with_corner(fact, plain(named).rstrip(":： "))
    if is_date(answer, subject):
        return f"{subject.words.phrase('when', topic=place_of(fact, topic, subject) or called(topic))} {name}"
    if _only_spells(name, answer):  # "EBS vs EFS — What does EFS stand for?"
        return in_place(fact, topic, subject, subject.words.phrase("stands_for", topic=name))
    leads = fact.arrow and subject.guide.settings.speech == "no" and not name.rstrip().endswith(("?", "？"))
    asked = f"{name} → ?" if leads else f"{name.rstrip('?？')}?"  # what an arrow leads to is asked for with it
    asked = name if "__" in name or "…" in name else asked  # a sentence with a blank asks by itself
    return in_place(fact, topic, subject, column_asked(fact, plain(named).rstrip(":： "), subject) or asked)


def _only_spells(name: str, answer: Text) -> bool:
    """Whether an answer is only what the letters of a short name stand for."""
    letters = "".join(word[0] for word in tokens(plain(answer))).upper()
    return len(name) > 2 and name.isupper() and name.isalpha() and letters == name


def pair(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """Word and translation, formula and name: asked from both sides."""
    if not isinstance(fact, Point) or fact.kind != "pair" or not fact.label or subject.leads_in(topic, fact, fact.label):
        return
    if len(re.findall(ARROW, plain(fact.text))) > 1:  # "Chain: A → B → C" has more than two sides
        return
    if max(len(tokens(plain(fact.label))), len(tokens(plain(fact.text)))) > _SIDE:  # an explanation, no word
        yield asking("label", fact, topic, said(neutral(fact, fact.label, fact.text, topic, subject)), fact.text)
        return
    place = " · ".join(different([fact.section or called(topic), lead_name(fact.under, subject)]))
    tells = _tells(fact.label, fact.text)
    ways = tuple(" → ".join(heads) for heads in (fact.heads, fact.heads[::-1])) if fact.heads else ("", "")
    forward, backward = (f"{place} — {way}" if way else place for way in ways)
    marked = not fact.heads and subject.guide.settings.speech == "no"  # an arrow is not to be read aloud
    yield Candidate(
        rule="pair", type="term", slot="term", facts=(fact.id,), group=fact.id, topic=topic.key, answer_is_topic=True,
        lead=forward, prompt=(*fact.label, Words(" → ?")) if marked else fact.label, answer=fact.text,
        reverse=(Words("? → "), *fact.text) if marked else fact.text, reverse_prompt=backward, reverse_answer=fact.label,
        one_way="one side gives the other away" if tells else _led_to(fact, subject) if marked and fact.arrow else "",
    )  # fmt: skip


def _led_to(fact: Point, subject: Subject) -> str:
    """Why an arrow is not asked backwards: much may lead to a topic, "Interruptible workload → Spot"."""
    told = set(subject.stems(fact.text)) - subject.vendor
    named = bool(told) and any(told <= subject.own_words(topic) for topic in subject.topics.values())
    return "much may lead to a topic" if named else ""


def _tells(one: Text, other: Text) -> bool:
    """Whether a piece of one side stands in the other: "-chen" in "das (das Mädchen!)"."""
    there = normal(plain(other))
    return any(len(word) > 3 and word in there for word in tokens(plain(one).replace("-", " ")))


def date(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """What happened at a time, and when it was; of two events with one date only the time is asked."""
    if not isinstance(fact, Point) or fact.kind != "date" or not any(char.isdigit() for char in plain(fact.label)):
        return
    year = normal(plain(fact.label))
    lines = [line for line in subject.users.get(year, ()) if subject.topic_of[line] == topic.key]  # "1781" in another line, too
    same = max(len(lines), subject.alike_dates(fact.label))
    told = without_end_stop(fact.text)
    event, rest = sentences(told)
    leads = "it only leads to what happened" if plain(event).rstrip().endswith((":", "：")) else ""
    yield Candidate(
        rule="date", type="term", slot="term", facts=(fact.id,), group=fact.id, topic=topic.key, answer_is_topic=True,
        prompt=said(subject.words.phrase("happened", topic=called(topic), label=plain(fact.label))), answer=event,
        extra=(Quote(fact.id, rest),) if rest else (),
        reverse=event, reverse_prompt=subject.words.phrase("when", topic=called(topic)), reverse_answer=fact.label,
        one_way="its text says the year" if _says_year(event, fact.label, subject.words) else "",
        refused="another line has the same date" if same > 1 else leads,
    )  # fmt: skip
    when = (Words(subject.words.phrase("when", topic=called(topic))), Words(" "), *event)
    yield replace(asking("date", fact, topic, when, fact.label), apt=same > 1, refused=leads)


def _says_year(event: Text, date: Text, words: Vocabulary) -> bool:
    """Whether an event names its year, or its last two figures: "the treaty of 1898", the "disaster of 98"."""
    told = plain(event)
    years = {word for word in tokens(plain(date)) if word.isdigit() and len(word) > _FEW}
    before = "|".join(map(re.escape, sorted(words.listed("words", "possession"))))
    short = rf"(?:['’]|\b(?:{before})\s)" if before else "['’]"
    return any(year in tokens(told) or re.search(rf"{short}{year[-2:]}\b", told, re.IGNORECASE) for year in years)


def leads_to_a_name(label: Text, text: Text, subject: Subject) -> bool:
    """Whether a label describes what the text names: "Scalable microservices: AKS", "stateless app: Deployment"."""
    if subject.topic_named(text) is not None:
        return True
    told, head = plain(text), plain(label)
    name = len(tokens(told)) <= 4 and (told[:1].isupper() or is_name(told[1:], subject)) and not has_verb(told, subject)
    words = [word for word in head.split() if word[:1].isalpha()]
    small = 2 * sum(word[0].islower() for word in words) >= len(words)
    capitals = subject.words.data["words"]["capital_nouns"]
    states = not subject.words.listed("words", "being").isdisjoint(tokens(head))  # "Stress is on the second syllable: …"
    return name and len(words) > 1 and small and not capitals and not states and verb_in(head, subject) is None
