"""Cards of what a topic is: the question for it, what speaks against it, and whether it can be asked the other way round."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from ..inline import raw, sentences
from ..markup import chapter_of, fact_texts, is_whole, plain, without_end_stop
from ..model import Candidate, Definition, Fact, Question, Quote, Text, Topic
from ..words import joints, normal, stem, tokens
from .answers import LONG, defines, head, short_answer
from .asked import is_what_it_is
from .listed import ARROW
from .lists import has_verb, is_plural, names_several, said, without_brackets
from .parts import masked, which_topic
from .reverses import against_reverse, asks_itself, spells_out
from .statements import behind_its_name, said_of, verb_in
from .subject import Subject

_TELLS = 2  # words that a definition says besides its heading's
_UNIT = 2  # letters of a unit
_SENTENCE = 6  # words of a whole sentence
_BEGINS, _SPELLED = 40, 9  # letters before "stands for", and words from it to the end of a sentence that says no more


def define(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """What the topic is, and the same the other way round where the text can only mean this topic."""
    if not isinstance(fact, Definition) or fact.term:
        return
    first, rest = sentences(fact.text)
    among = subject.words.starts_with(plain(first), "among", "words")
    if among and rest and len(tokens(plain(fact.text))) <= LONG:  # "One of the five planets. It …": the second sentence tells which
        first, rest = fact.text, ()
    short = short_answer(topic, subject)
    spelled_out: Text = ()
    if rest and _only_expands(first, topic, subject):  # "DNS - Domain Name System. It …": what it is stands behind it
        spelled_out, (first, rest) = first, sentences(rest)
    whole = behind_its_name(first, subject.names(topic), subject)
    answer = short.text if short else head(whole, subject)
    about = [Quote(fact.id, fact.text)] if answer != whole else [Quote(fact.id, rest)] if rest else []
    if spelled_out and answer == whole:
        about.append(Quote(fact.id, spelled_out))
    if topic.expansion:
        about.append(Quote(fact.id, said(f"{topic.name} ({topic.expansion})")))
    quotation = without_end_stop(masked(first, topic, subject))
    asked = next((other for other in topic.facts if isinstance(other, Question) and is_what_it_is(other, topic, subject)), None)
    itself = asks_itself(topic.name, subject)
    against = _against_definition(asked, first, topic, subject)
    against = against or ("it only says among what it is" if among and rest else "")
    spelled = not rest and len(tokens(plain(first))) <= _SPELLED and spells_out(first, topic.name, subject)
    phrase = "stands_for" if spelled and answer == whole else "what_are" if _several(topic, subject) else "what_is"
    if phrase == "what_is" and _is_common(
        topic.name, first, subject
    ):  # "What is OSI model?" lacks its article: quoted it needs none
        phrase = "what_term"
    what_is = f"{topic.name.rstrip('?？ ')}?" if itself else subject.words.phrase(phrase, topic=topic.name, label=topic.name)
    yield Candidate(
        rule="define", type="term", slot="term", facts=(fact.id, *((short.id,) if short else ())), group=fact.id, topic=topic.key,
        prompt=said(what_is if itself else _behind_chapter(what_is, topic)), answer=without_end_stop(answer),
        extra=tuple(about),
        reverse=quotation, reverse_prompt=subject.words.phrase("which_is", item=subject.guide.item),
        reverse_answer=said(topic.name), answer_is_topic=True,
        one_way=against_reverse(first, topic, subject, "both" in fact.marks),
        refused=against, apt=defines(fact, topic, subject),
    )  # fmt: skip
    made = which_topic(topic, quotation, "which_is", subject, (fact.id,))
    yield replace(made, extra=(Quote(fact.id, rest),) if rest else (), apt=asked is not None)


def _behind_chapter(asked: str, topic: Topic) -> str:
    """A question for a name that says nothing without the heading above it: "CAF perspectives — What is Business?"."""
    chapter = chapter_of(topic)
    return f"{chapter} — {asked}" if chapter else asked


def _against_definition(asked: Question | None, first: Text, topic: Topic, subject: Subject) -> str:
    if asked:
        return f"the question of line {asked.span.line} asks it"
    if len(set(subject.stems(first)) - subject.own_words(topic)) < _TELLS:  # "Cases": "Four cases"
        return "it tells no more than its heading"
    if reason := _says_something_else(first, subject):
        return reason
    if _tells_when(first, topic, subject):
        return "it tells when it came about, and not what it is"
    return against_heading(topic, subject) or _speaks_of_a_part(first, topic, subject)


def against_heading(topic: Topic, subject: Subject) -> str:
    """Why a heading names no one thing."""
    told = tokens(topic.name)
    if told[:1] and told[0] in subject.words.listed("words", "explains"):  # "How the Republic fell"
        return "its heading asks something, and names nothing"
    against = subject.words.listed("words", "difference") & set(told)
    if only_counts(topic.name, subject):
        return "its heading only counts"
    gathers = len(told) > 1 and told[-1] in subject.words.listed("words", "gathering")  # "CAPWAP facts"
    several = against or gathers or (not subject.identifiable and names_several(topic.name, subject))
    several = several or (not subject.named_item and not subject.words.listed("words", "classes").isdisjoint(told[:1] + told[-1:]))
    if several:
        return "its heading names several things"
    shown = subject.words.listed("words", "example") | subject.words.listed("words", "examples")
    if len(told) > 1 and told[-1] in shown:
        return "its heading names an example"
    if topic.name.count("(") != topic.name.count(")"):
        return "its heading is cut off"
    return "its heading is a title, and names no single thing" if re.search(r"[:;,]\s|\s[-–—]\s", topic.name) else ""


def only_counts(name: str, subject: Subject) -> bool:
    """Whether a heading is a number, or what is counted with one: "Fact 28", "Mistake 1", "99.9 %"."""
    told = re.sub(r"[\W\d_]+", " ", name).strip().casefold()
    only = all(word.isdigit() or stem(word) in subject.vendor for word in tokens(name))
    ornament = not told and re.search(r"[%‰°]", name) is not None
    return only or ornament or (told not in ("", normal(name)) and told in subject.words.listed("words", "counted"))


def _speaks_of_a_part(first: Text, topic: Topic, subject: Subject) -> str:
    """Why a sentence does not say what its heading is: it is about a word of it, one of several things, or the whole subject."""
    if is_whole(topic, subject.guide) and not _begins_as(first, topic, subject):
        return "it tells of the subject, and its heading names the guide"
    sides = [set(subject.stems(side)) - subject.vendor for side in re.split(r"\s[&+]\s", topic.name)]
    if len(sides) > 1 and not all(side & set(subject.stems(first)) for side in sides):
        return "its heading names several things, and it speaks of one"
    begun = _begun_by(first, topic, subject)
    joined = [set(subject.stems(side)) - subject.vendor for side in joints(subject.words).split(topic.name)]
    if begun and len(joined) > 1 and any(begun <= side for side in joined):
        return "its heading names several things, and it speaks of one"
    return "it speaks of one word of its heading" if begun and not _shortens(begun, topic, subject) else ""


def _says_something_else(first: Text, subject: Subject) -> str:
    """Why a sentence defines nothing, whatever its heading is."""
    if not subject.named_item and _begins_with_a_place(first, subject):
        return "it tells of a time or a place, and not what its heading is"
    if re.match(rf"\s*{ARROW}", plain(first)):
        return "it only goes on from what stands before it"
    if _only_praises(first, subject):
        return "it only says how important it is"
    if tokens(plain(first))[:1] and tokens(plain(first))[0] in subject.words.listed("words", "negation"):
        return "it only says what it is not"  # "Not all who believe in it …"
    if _tells_what_is_done(plain(first), subject):
        return "it tells what happens to it, and not what it is"
    return "it only spells the name out" if _only_spelled(first, subject) else ""


def _tells_what_is_done(first: str, subject: Subject) -> bool:
    """Whether a sentence says how something is done, "are automatically replicated within …", and not what for."""
    endings, adverbs = (str(subject.words.data["words"][name]) for name in ("participles", "adverbs"))
    if not endings or not adverbs:
        return False
    being, aims = (
        "|".join(sorted(map(re.escape, subject.words.listed("words", name)), key=len, reverse=True))
        for name in ("being_now", "purpose")
    )
    done = "|".join(map(re.escape, endings.split()))
    return re.search(rf"\b(?:{being})\s+\w+{adverbs}\s+\w+(?:{done})\b(?!\s+(?:{aims})\b)", first, re.IGNORECASE) is not None


def _begins_with_a_place(first: Text, subject: Subject) -> bool:
    """Whether a whole sentence begins with a relation, "In the twenties …", "To read a value, …"."""
    told = tokens(plain(first))
    verbs, clauses = (
        subject.words.listed("words", one) | subject.words.listed("words", other)
        for one, other in (("verb", "determiner"), ("relative", "clause"))
    )
    relation = subject.words.listed("words", "relation") - verbs  # not "uses", "using"
    purpose = subject.words.listed("words", "purpose") - subject.words.listed("words", "defining") - clauses
    ends = raw(first).rstrip().endswith((".", "!"))
    if told[:1] and told[0] in relation - purpose:
        return has_verb(plain(first), subject) or (len(told) >= _SENTENCE and ends)
    main = list(takewhile(lambda word: word not in clauses, told))  # "For people who try things out" has none
    return told[:1] != [] and told[0] in purpose and "," in raw(first) and not verbs.isdisjoint(main[1:])


def _tells_when(first: Text, topic: Topic, subject: Subject) -> bool:
    """Whether a sentence says when its topic came about, and not what it is: "The League was founded in 1919 by …"."""
    if subject.named_item or said_of(first, subject)[0] or not _begins_as(first, topic, subject):
        return False
    behind = [*tokens(without_brackets(plain(first)))[len(tokens(topic.name)) :], ""]
    years = [at for at, word in enumerate(behind[:_SENTENCE]) if re.fullmatch(r"1\d{3}|20\d\d", word)]
    small = subject.stop | subject.words.listed("words", "relation")
    return any(len(behind[at + 1]) > _UNIT or behind[at + 1] in small | {""} for at in years)  # not "1800 m"


def _only_praises(first: Text, subject: Subject) -> bool:
    """Whether a sentence says of a thing that it is "a core part of" another, and not what it is."""
    told, great = tokens(plain(first)), subject.words.listed("words", "important")
    being = next((at for at, word in enumerate(told) if word in subject.words.listed("words", "being")), len(told))
    behind = set(told[being + 1 : being + 5])
    return bool(great & set(told[being : being + 3]) and behind & subject.words.listed("words", "share"))


def _only_spelled(first: Text, subject: Subject) -> bool:
    """Whether a sentence says no more than what the letters of a short form stand for."""
    told = f" {' '.join(tokens(plain(first)))} "
    at = min((found for phrase in subject.words.listed("words", "spelled") if (found := told.find(f" {phrase} ")) >= 0), default=-1)
    return 0 <= at <= _BEGINS and len(told[at:].split()) <= _SPELLED


def _only_expands(first: Text, topic: Topic, subject: Subject) -> bool:
    """Whether a sentence is only what the letters of a name stand for."""
    few = len(tokens(plain(first))) <= _SPELLED and not has_verb(plain(first), subject)
    return few and spells_out(first, topic.name, subject)


def _begins_as(first: Text, topic: Topic, subject: Subject) -> bool:
    """Whether a text begins with the whole name of its topic, an article aside."""
    articles = subject.words.listed("reading", "articles")
    told = [word for at, word in enumerate(tokens(plain(first))) if at or word not in articles]
    return any(told[: len(name)] == name for name in map(tokens, subject.names(topic)) if name)


def _begun_by(first: Text, topic: Topic, subject: Subject) -> set[str]:
    """Of a text that begins with a word of its topic's name, and no article, the words of the name before its verb."""
    told = without_brackets(plain(first))
    if tokens(told)[:1] == [] or tokens(told)[0] in subject.words.listed("reading", "articles"):
        return _owner_of(told, topic, subject)
    before = verb_in(told, subject)
    if before is None:  # an unknown verb stands behind the words of the name: "Stoichiometry links …"
        known = [stem(word) in subject.own_words(topic) | subject.vendor for word in tokens(told)]
        before = " ".join(tokens(told)[: known.index(False) if False in known else 0])
    about = set(subject.stems(before)) - subject.vendor
    return about if about and about <= subject.own_words(topic) and not _begins_as(first, topic, subject) else set()


def _owner_of(told: str, topic: Topic, subject: Subject) -> set[str]:
    """What a text is about that begins with an article, where its heading names a part of it: "Architecture of the CPU"."""
    name = tokens(topic.name)
    at = next((at for at, word in enumerate(name) if at and word in subject.words.listed("words", "possession")), 0)
    about = set(subject.stems(verb_in(told, subject) or "")) - subject.vendor
    aside = subject.words.listed("reading", "articles") | subject.words.listed("reading", "eras")
    relation = subject.words.listed("words", "relation") - subject.words.listed("words", "possession")
    head = takewhile(lambda word: word not in relation, name)  # "IP addresses on links" are addresses
    named = [word for word in head if word not in aside and not any(map(str.isdigit, word))]  # "World War 2", "El Cid"
    noun = stem(named[0 if subject.words.data["words"]["head_first"] else -1]) if named else ""
    part = not at and len(named) > 1 and about < subject.own_words(topic) and noun not in about  # "AWS Marketplace resources"
    return about if about and (part or (at and about <= {stem(word) for word in name[at:]})) else set()


def _shortens(begun: set[str], topic: Topic, subject: Subject) -> bool:
    """Whether the words left out of a name tell nothing of it: "Lambda" for "Lambda service", "CO2" beside its long form."""
    short = {stem(word.casefold()) for word in topic.name.split() if word.isupper() and _stands_for_rest(word, topic.name)}
    pointers = {stem(word) for word in subject.words.listed("words", "pointer")}  # "overview" names nothing
    left = {word for word in subject.own_words(topic) - begun if len(word) > 1}  # "Mary" for "Mary I"
    return not left - subject.plain - pointers - subject.makers or bool(short & begun)


def _stands_for_rest(short: str, name: str) -> bool:
    """Whether the other words of a name may be what its short form stands for: "CO2 carbon dioxide", and not "DNA structure"."""
    rest = [word for word in re.findall(r"\w+", name) if word != short]
    return bool(rest) and rest[0][:1].casefold() == short[:1].casefold()


def _several(topic: Topic, subject: Subject) -> bool:
    """Whether a name is a plural: its last word is written small, the guide uses it without its ending, or it is no product's."""
    behind = _verb_behind_its_name(topic, subject)
    if behind in subject.words.listed("words", "being") - subject.words.listed("words", "being_many"):
        return False
    if _speaks_of_many(behind, subject):
        return True
    last = _head_noun(topic.name, subject)
    if not is_plural(last, subject):
        return False
    single = f" {last.lower().removesuffix(subject.words.data['words']['plural'])} "
    used = any(single in f" {' '.join(fact_texts(fact))} " for fact in topic.facts)
    return last.islower() or (not subject.named_item and last.istitle()) or used


def _head_noun(name: str, subject: Subject) -> str:
    """The noun that a name is about: "Kings" of "Kings of England", "Battle" of "Battle of Hastings", else its last word."""
    told = name.split(" ")
    joints = subject.words.listed("reading", "joints")
    before = next((at for at, word in enumerate(told) if at and word.casefold() in joints), len(told))
    return told[0 if subject.words.data["words"]["head_first"] else before - 1]


def _verb_behind_its_name(topic: Topic, subject: Subject) -> str:
    """The word behind the topic's name where what it is begins with that: "are" of "Flows are …"."""
    told = next((tokens(plain(fact.text)) for fact in topic.facts if isinstance(fact, Definition) and not fact.term), [])
    names = [name for name in map(tokens, subject.names(topic)) if name and told[: len(name)] == name]
    return told[len(names[0])] if names and len(told) > len(names[0]) else ""


def _speaks_of_many(verb: str, subject: Subject) -> bool:
    """Whether a verb is one of many: "are", "verbinden"."""
    ending = str(subject.words.data["words"]["many_ending"])
    return verb in subject.words.listed("words", "being_many") or (ending != "" and verb.endswith(ending))


def _is_common(name: str, first: Text, subject: Subject) -> bool:
    """Whether a topic's name is a common noun, has a joint ("Battle of …") or its article, here or in what it is."""
    words = name.split()
    articles = subject.words.listed("reading", "articles")
    article = words[:1] != [] and words[0].lower() in articles
    told = tokens(plain(first))
    article = article or (told[:1] != [] and told[0] in articles and told[1 : len(tokens(name)) + 1] == tokens(name))
    joined = not subject.words.listed("reading", "joints").isdisjoint(word.casefold() for word in words[1:-1])
    return article or joined or (len(words) > 1 and words[-1].isalpha() and words[-1].islower())
