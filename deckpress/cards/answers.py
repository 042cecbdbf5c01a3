"""What of a text is an answer: what a topic is, what is said first, and what is only added to it."""

import re
from functools import cache

from ..inline import cut, raw, sentences
from ..markup import plain
from ..model import Definition, Formula, Picture, Point, Quote, Text, Topic, Words
from ..words import Vocabulary, stem, tokens
from .lists import has_verb, in_brackets, without_brackets
from .statements import verb_in
from .subject import Subject

SHORT, LONG = 16, 26  # words of a definition that is an answer as it stands; that can be recalled at all
BRIEF = 12  # words of two sentences that are one answer
_WHOLE = 18  # words of a contrast that is one answer
_SAID = 2  # words of a definition cut short that are neither a vendor's nor what many things are
_LEAST = 3  # words of a phrase that says what something is
_FRAGMENT = 4  # words of a sentence that has no verb
_REACH = 5  # words from "from" to "to": "from 10⁻³⁶ seconds to …"
_LABEL = 5  # words before a colon that name something
_OTHER = re.compile(
    r"[,;]\s+(?=[^\s,;=(]+(?:\s(?:[^\s,;=(]+|\([^()]*\))){0,3}\s=\s)"
    r"|;\s+(?=[^\s,;=(–-]+(?:\s[^\s,;=(–-]+){0,2}\s[–—-]\s)"
    r"|;\s+(?=[A-Z][^\s,;:=(]*(?:\s[^\s,;:=(]+){0,2}:\s)"
)


def definition_of(topic: Topic) -> Definition | None:
    """What the guide says the topic is."""
    return next((fact for fact in topic.facts if isinstance(fact, Definition) and not fact.term), None)


def defines(fact: Definition, topic: Topic, subject: Subject) -> bool:
    """Whether the text says what its heading is. Where the guide does not say what its topics are, it may say anything.

    There it must be a phrase that begins with an article or goes on with "that" or "which", or a sentence about the topic itself:
    "The sinoatrial node sets the pace" does not say what conduction is.
    """
    if subject.named_item:
        return True
    first = plain(sentences(fact.text)[0])
    words = tokens(first)
    articles = subject.words.listed("reading", "articles")
    goes_on = relatives(first, subject)
    if is_phrase(first, subject):
        return True
    label, parted_off, _ = first.partition(": ")
    if parted_off and len(tokens(label)) <= _LABEL and not subject.own_words(topic) & set(subject.stems(label)):
        return False  # "Normalisation in one sentence: …" speaks of that
    before = verb_in(first, subject)
    if before is not None and not _begins_with_name(first, topic, subject):
        told = (without_brackets(before), " ".join(in_brackets(before)))
        about, short = (set(subject.stems(part)) - subject.vendor - subject.plain for part in told)
        own = {word for name in subject.names(topic) for word in subject.stems(name)}
        shortened = bool(short & subject.own_words(topic)) and subject.own_words(topic) <= about | short
        may = tokens(first)[len(tokens(before)) : len(tokens(before)) + 1]
        called = ((bool(about) and about <= own) or shortened) and subject.words.listed("words", "modal").isdisjoint(may)
        return called and ":" not in first and "→" not in first
    begins = {stem(word) for word in words[: 2 if words[:1] and words[0] in articles else 1]}  # not "Chimps and humans parted …"
    named = bool(subject.own_words(topic) & begins) and ":" not in first and "→" not in first
    if words[:1] and words[0] in subject.words.listed("words", "definite"):  # "The study of …", but not "The DSM-5 came out …"
        second = (first.split(" ")[1:] or [""])[0][:1]
        proper = second.isupper() and not subject.words.data["words"]["capital_nouns"]  # "The Committee of Safety ruled"
        joined = not subject.words.listed("reading", "joints").isdisjoint(words[2:5]) and not proper
        return named or joined or bool(goes_on & set(range(2, 8)))
    of_someone = _belongs_to(first.split(" ")[0], subject)  # "Pavlov's dogs …" are no heading
    return bool(words) and (words[0] in articles or named or (bool(goes_on & set(range(2, 10))) and not of_someone))


def relatives(told: str, subject: Subject) -> set[int]:
    """The places, counted in words, of what a relative clause begins with; in German a comma stands before it."""
    relative = subject.words.listed("words", "defining") or subject.words.listed("words", "relative")
    if not subject.words.data["words"]["capital_nouns"]:
        return {at for at, word in enumerate(tokens(told)) if word in relative}
    found = re.finditer(r",\s+(\w+)(?:\s+(\w+))?", told)  # "…, die", "…, für die"
    small = subject.words.listed("words", "relation")
    begins = ((len(tokens(told[: one.start()])), str(one[1]).lower(), str(one[2]).lower()) for one in found)
    return {at for at, first, second in begins if first in relative or (first in small and second in relative)}


def is_phrase(told: str, subject: Subject) -> bool:
    """Whether a text is a noun with what belongs to it, or goes on with "is a": in German, where capitals tell the nouns."""
    words, articles = tokens(told), subject.words.listed("reading", "articles")
    if len(words) < _LEAST or not subject.words.data["words"]["capital_nouns"]:
        return False
    goes_on = words[0] in subject.words.listed("words", "being") and words[1] in articles
    joined = articles | subject.words.listed("words", "relation") | subject.words.listed("words", "defining")
    small = subject.words.listed("words", "relation") | subject.words.listed("words", "determiner")
    behind = re.findall(r"[A-ZÄÖÜ][\w-]*\s+([a-zäöüß]+[tn])\b", told.partition(",")[0])  # "Händler kauften": it ends as verbs do
    acts = set(behind) - small - articles - subject.words.listed("words", "defining") - subject.words.listed("reading", "and")
    acts |= subject.words.listed("words", "task") & set(words)  # "…, name the stages and describe them"
    plainly = words[0] not in small and not acts and not has_verb(told, subject) and not re.search(r":|[-=]>|[→⇒]", told)
    return goes_on or (told[:1].isupper() and words[1] in joined and plainly)


def _belongs_to(word: str, subject: Subject) -> bool:
    """Whether a word is a name with the ending of what belongs to it, "Pavlov's", and no pronoun with a verb, "It's"."""
    small = subject.stop | subject.words.listed("words", "pronoun") | subject.words.listed("words", "pointing")
    return any(
        word.endswith(ending) and word[: -len(ending)].lower() not in small for ending in subject.words.listed("words", "genitive")
    )


def _begins_with_name(told: str, topic: Topic, subject: Subject) -> bool:
    """Whether a sentence begins with the topic's name, with or without an article, and goes on with what it is or does."""
    articles, modal = subject.words.listed("reading", "articles"), subject.words.listed("words", "modal")
    words = [word for at, word in enumerate(tokens(without_brackets(told))) if at or word not in articles]
    names = [name for name in map(tokens, subject.names(topic)) if name]
    behind = next((words[len(name) :] for name in names if words[: len(name)] == name), None)
    if behind is None:
        return False
    figure = any(word.isdigit() for word in behind[1:2])  # "Berlin was 100 miles inside"
    return modal.isdisjoint(behind[:1]) and not figure


def what_it_is(topic: Topic) -> tuple[Quote, ...]:
    """The first sentence of what the topic is, to stand below an answer."""
    found = definition_of(topic)
    return (Quote(found.id, sentences(found.text)[0]),) if found else ()


def short_answer(topic: Topic, subject: Subject) -> Point | None:
    """A statement whose label is the topic itself, in ten words or less: "Wavelength = AWS + Telecom 5G Edge"."""
    for fact in topic.facts:
        named = subject.topic_named(fact.label) if isinstance(fact, Point) and fact.label else None
        if (
            named is topic
            and isinstance(fact, Point)
            and fact.kind != "comparison"
            and 2 <= len(tokens(plain(fact.text))) <= 10
            and len(subject.telling(fact.text, topic)) > 1  # "SQS = Stand In Queue" only helps to remember its name
            and not fact.pictures
            and "no-card" not in fact.marks
        ):
            return fact
    return None


def _alike(first: Text, rest: Text, subject: Subject) -> bool:
    """Whether one more sentence says the same sort of thing: "Hotson, 25 %, fails. Gregg, 42 %, fails"."""
    both = set(subject.stems(first)) & set(subject.stems(rest))
    return not sentences(rest)[1] and any(word.isalpha() for word in both)


def _is_fragment(first: Text, subject: Subject) -> bool:
    """Whether a sentence is a few words without a verb."""
    told = raw(first)
    few = len(tokens(told)) <= _FRAGMENT and not told.rstrip().endswith(("。", "！", "？"))
    return few and not has_verb(plain(first), subject) and not any(map(str.isdigit, told))


def claims(text: Text, subject: Subject) -> tuple[Text, Text]:
    """What a text says first, and the rest: further sentences, and what it says of something else: "…, global = …"."""
    first, rest = sentences(text)
    if rest and _alike(first, rest, subject) and len(tokens(raw(text))) <= BRIEF and not _OTHER.search(raw(text)):
        return text, ()
    if rest and _is_fragment(first, subject):  # "Canaries. Warm all the year": where it is alone says little
        more, left = sentences(rest)
        if len(tokens(raw(first))) + len(tokens(raw(more))) <= SHORT and not _OTHER.search(raw(more)):
            return (*first, Words(" "), *more), left
    other = _OTHER.search(raw(first))
    inside = other is not None and raw(first).count("(", 0, other.start()) > raw(first).count(")", 0, other.start())
    found = (None if inside else other) or _remark(raw(first)) or _addition(raw(first), subject)
    if not found or has_objects(first):
        return first, rest
    more = cut(first, found.end())
    return cut(first, 0, found.start()), (*more, Words(" "), *rest) if rest else more


def _remark(told: str) -> re.Match[str] | None:
    """The only semicolon of a longer text, where no list stands on its sides: what is behind it is said besides."""
    found = list(re.finditer(r";\s+", told))
    if len(found) != 1 or len(tokens(told)) <= BRIEF:
        return None
    before, behind = told[: found[0].start()], told[found[0].end() :]
    whole = before.count("(") == before.count(")")
    return found[0] if whole and len(tokens(before)) > 2 and len(tokens(behind)) > 2 else None


def _addition(told: str, subject: Subject) -> re.Match[str] | None:
    """Where a clause begins in a text too long to recall that only adds to what was said: ", even if it gets lost"."""
    if len(tokens(told)) <= BRIEF:
        return None
    relations = "|".join(map(re.escape, sorted(subject.words.listed("words", "relation")))) or "(?!)"
    dashes = len(re.findall(r"\s[–—-]\s", told))
    contrast = subject.words.listed("words", "but")
    for found in _adding(subject.words, dashes == 1).finditer(told):
        before, behind = told[: found.start()], told[found.end() :]
        if len(tokens(told)) <= _WHOLE and not contrast.isdisjoint(
            tokens(behind)[:1]
        ):  # "…, while the other one …" is half of what is said
            continue
        goes_on = re.search(rf",\s(?:{relations})\s", behind)  # "nutrients, such as carbon, through ecosystems"
        if not goes_on and 3 <= len(tokens(before)) <= BRIEF and before.count("(") == before.count(")"):
            return found
    return None


@cache
def _adding(words: Vocabulary, dash: bool) -> re.Pattern[str]:
    """How such a clause begins; behind the only dash of a text, too."""
    adding = "|".join(sorted(map(re.escape, words.listed("words", "adding"))))
    return re.compile(rf"[,;]\s+(?=(?:{adding})\b)" + (r"|\s+[–—-]\s+" if dash else ""), re.IGNORECASE)


@cache
def _ordinal(words: Vocabulary) -> re.Pattern[str]:
    """A number, or one that counts."""
    endings = "|".join(map(re.escape, sorted(words.listed("reading", "ordinals"))))
    return re.compile(rf"\d{{1,4}}(?:{endings})?")


def is_date(text: Text, subject: Subject) -> bool:
    """Whether a text is a time, with or without something in brackets behind it: "12 March 1947 (Greece, Turkey)"."""
    told = tokens(re.sub(r"\([^()]*\)|[-–—/]", " ", plain(text)))
    known = subject.words.listed("reading", "months") | subject.words.listed("reading", "around_dates")
    known |= subject.words.listed("reading", "eras")
    ordinal = _ordinal(subject.words)
    figures = any(char.isdigit() for char in plain(text))
    telling = subject.words.listed("reading", "months") | subject.words.listed("reading", "eras")
    if not _are_years(plain(text), telling):
        return False
    shouted = not figures and re.search(r"\b[A-Z]{3}\b", plain(text))  # "AUG" is a codon
    measured = re.search(r"\d[.,]\d|\d\s?[A-Z](?!\w)|[−+]\s?\d", plain(text))  # "−0,76 V", where "v." is an era
    timely = not shouted and not measured and all(word in known or ordinal.fullmatch(word) for word in told)
    return timely and any(re.fullmatch(r"1\d{3}|2\d{3}", word) or word in telling for word in told)


def _are_years(told: str, telling: frozenset[str]) -> bool:
    """Whether figures without a month or an era are years: "1914–18", "1066", but not "100-1000", "700/1000"."""
    told = re.sub(r"\([^()]*\)", " ", told)
    if not telling.isdisjoint(tokens(told)) or re.search(r"\d{1,2}[./]\d{1,2}[./]\d{4}", told):
        return True
    figures = re.findall(r"\d+", told)
    years = [bool(re.fullmatch(r"1\d{3}|20\d\d", figure)) for figure in figures]
    short = [len(figure) == 2 and at > 0 and years[at - 1] for at, figure in enumerate(figures)]
    return "/" not in told and all(map(any, zip(years, short, strict=True)))


def head(sentence: Text, subject: Subject) -> Text:
    """A long definition up to its first purpose word; the whole of it then stands below the answer.

    Where the words before that tell too little ("a fully managed service"), it is only cut if it is too long to recall.
    """
    told = raw(sentence)
    if len(tokens(told)) <= SHORT or has_objects(sentence):
        return sentence
    if tokens(told)[0] in subject.words.listed("words", "definite") and len(tokens(told)) <= LONG:
        return sentence  # "The network of vessels that transport water": what goes on tells which
    purpose = "|".join(sorted(map(re.escape, subject.words.listed("words", "purpose"))))
    cuts = [told[: found.start()] for found in re.finditer(rf",?\s(?=(?:{purpose})\s)", told)]
    # "read from top to bottom" goes on behind "to"
    reaches = subject.words.listed("words", "reaching")
    cuts = [before for before in cuts if reaches.isdisjoint(tokens(before)[-_REACH:])]
    whole = [before for before in cuts if len(tokens(before)) > 2 and before.count("(") == before.count(")")]
    whole = [before for before in whole if len(tokens(before.rpartition(",")[2])) > 1]  # "…, forecast" goes on behind "for"
    relative = subject.words.listed("words", "defining") | subject.words.listed("words", "relative")
    whole = [before for before in whole if relative.isdisjoint(tokens(before)[1:])]  # "a database that provides a mechanism | for"
    clause = subject.words.listed("words", "clause") | subject.words.listed("words", "adding")
    whole = [before for before in whole if clause.isdisjoint(tokens(before)[-4:])]  # "…, wenn die Liste" goes on, too
    for number, before in enumerate(whole):
        words = tokens(before)
        told_by = [word for word in words if word not in subject.stop]
        own = [word for word in told_by if stem(word) not in subject.vendor and word not in subject.words.listed("words", "genus")]
        tells = len(told_by) > 3 and len(own) > _SAID and words[-1] not in subject.stop and not has_verb(before, subject)
        if len(words) <= SHORT and tells and (number == 0 or len(tokens(told)) > LONG):
            return cut(sentence, 0, len(before))
    return sentence


def has_objects(text: Text) -> bool:
    """Whether pictures or formulas stand in it: it is not cut then."""
    return any(isinstance(part, Formula | Picture) for part in text)
