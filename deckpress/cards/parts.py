"""What the card kinds are made of: quotations cut, masked and gapped, and the common forms of a question."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from ..inline import between, cut, raw, sentences
from ..markup import HIDDEN, is_whole, plain, without_end_stop
from ..model import Candidate, Definition, Fact, Formula, Gap, Inline, Mask, Picture, Point, Quote, Text, Topic, Words
from ..words import Vocabulary, normal, stem, tokens
from .lists import has_verb, said
from .statements import parted, verb_in
from .subject import Subject

Rule = Callable[[Fact, Topic, Subject], Iterator[Candidate]]
BRIEF = 12  # words of two sentences that are one answer
NAME = 6  # words of a section that is named on a card
SHORT, LONG = 16, 26  # words of a definition that is an answer as it stands; that can be recalled at all
_LABEL = 5  # words before a colon that name something
_OTHER = re.compile(r"[,;]\s+(?=[^\s,;=(]+(?:\s[^\s,;=(]+){0,2}\s=\s)|;\s+(?=[^\s,;=(–-]+(?:\s[^\s,;=(–-]+){0,2}\s[–—-]\s)")
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")


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
    relative = subject.words.listed("words", "defining") or subject.words.listed("words", "relative")
    label, parted_off, _ = first.partition(": ")
    if parted_off and len(tokens(label)) <= _LABEL and not subject.own_words(topic) & set(subject.stems(label)):
        return False  # "Normalisation in one sentence: …" speaks of that
    before = verb_in(first, subject)
    if before is not None and not _begins_with_name(first, topic, subject):
        about, short = (set(subject.stems(part)) - subject.vendor - subject.plain for part in parted(before))
        own = {word for name in subject.names(topic) for word in subject.stems(name)}
        shortened = bool(short & subject.own_words(topic)) and subject.own_words(topic) <= about | short
        may = tokens(first)[len(tokens(before)) : len(tokens(before)) + 1]
        called = ((bool(about) and about <= own) or shortened) and subject.words.listed("words", "modal").isdisjoint(may)
        return called and ":" not in first and "→" not in first
    named = bool(subject.own_words(topic) & {stem(word) for word in words[:3]}) and ":" not in first and "→" not in first
    return bool(words) and (words[0] in articles or named or bool(relative & set(words[2:10])))


def _begins_with_name(told: str, topic: Topic, subject: Subject) -> bool:
    """Whether a sentence begins with the topic's name, with or without an article, and goes on with what it is or does."""
    articles, modal = subject.words.listed("reading", "articles"), subject.words.listed("words", "modal")
    words = [word for at, word in enumerate(tokens(parted(told)[0])) if at or word not in articles]
    names = [name for name in map(tokens, subject.names(topic)) if name]
    return any(words[: len(name)] == name and modal.isdisjoint(words[len(name) : len(name) + 1]) for name in names)


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
            and not fact.pictures
        ):
            return fact
    return None


def _alike(first: Text, rest: Text, subject: Subject) -> bool:
    """Whether one more sentence says the same sort of thing: "Hotson, 25 %, fails. Gregg, 42 %, fails"."""
    both = set(subject.stems(first)) & set(subject.stems(rest))
    return not sentences(rest)[1] and any(word.isalpha() for word in both)


def claims(text: Text, subject: Subject) -> tuple[Text, Text]:
    """What a text says first, and the rest: further sentences, and what it says of something else: "…, global = …"."""
    first, rest = sentences(text)
    if rest and _alike(first, rest, subject) and len(tokens(raw(text))) <= BRIEF and not _OTHER.search(raw(text)):
        return text, ()
    found = _OTHER.search(raw(first)) or _remark(raw(first)) or _addition(raw(first), subject)
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
    dashes = len(re.findall(r"\s[–—-]\s", told))
    for found in _adding(subject.words, dashes == 1).finditer(told):
        before = told[: found.start()]
        if 3 <= len(tokens(before)) <= BRIEF and before.count("(") == before.count(")"):
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
    timely = all(word in known or ordinal.fullmatch(word) for word in told)
    telling = subject.words.listed("reading", "months") | subject.words.listed("reading", "eras")
    return timely and any(re.fullmatch(r"1\d{3}|2\d{3}", word) or word in telling for word in told)


def head(sentence: Text, subject: Subject) -> Text:
    """A long definition up to its first purpose word; the whole of it then stands below the answer.

    Where the words before that tell too little ("a fully managed service"), it is only cut if it is too long to recall.
    """
    told = raw(sentence)
    if len(tokens(told)) <= SHORT or has_objects(sentence):
        return sentence
    purpose = "|".join(sorted(map(re.escape, subject.words.listed("words", "purpose"))))
    cuts = [told[: found.start()] for found in re.finditer(rf",?\s(?=(?:{purpose})\s)", told)]
    whole = [before for before in cuts if len(tokens(before)) > 2 and before.count("(") == before.count(")")]
    for number, before in enumerate(whole):
        words = tokens(before)
        told_by = [word for word in words if word not in subject.stop]
        tells = len(told_by) > 3 and words[-1] not in subject.stop and not has_verb(before, subject)
        if len(words) <= SHORT and tells and (number == 0 or len(tokens(told)) > LONG):
            return cut(sentence, 0, len(before))
    return sentence


def has_objects(text: Text) -> bool:
    """Whether pictures or formulas stand in it: it is not cut then."""
    return any(isinstance(part, Formula | Picture) for part in text)


def masked(text: Text, topic: Topic, subject: Subject, names: Sequence[str] = (), own: frozenset[str] = frozenset()) -> Text:
    """The text with the topic's own name hidden; a word of it that many topics use stays. `names`, `own`: of a term instead."""
    told = raw(text)
    names, own = names or subject.names(topic), own or subject.own_words(topic)
    spans: list[tuple[int, int, bool]] = []
    for name in names:
        pattern = re.compile(rf"(?<!\w){re.escape(name)}(?:['’]?s)?(?!\w)", re.IGNORECASE)
        spans += [(found.start(), found.end(), True) for found in pattern.finditer(told) if _free(found, spans)]
    for found in _WORD.finditer(told):
        word = stem(found[0].casefold())
        if word in own and _free(found, spans):
            spans.append((found.start(), found.end(), subject.df.get(word, 0) <= 2 and word not in subject.generic))
    out, at = list[Inline](), 0
    for start, end, hidden in _joined(sorted(spans), told):
        out += [*between(text, at, start), Mask(told[start:end], hidden)]
        at = end
    return (*out, *between(text, at, len(told))) if out else text


def _free(found: re.Match[str], spans: Sequence[tuple[int, int, bool]]) -> bool:
    return all(found.end() <= start or found.start() >= end for start, end, _ in spans)


def _joined(spans: Sequence[tuple[int, int, bool]], told: str) -> list[tuple[int, int, bool]]:
    """Hidden words side by side are one blank."""
    out: list[tuple[int, int, bool]] = []
    for start, end, hidden in spans:
        if out and hidden and out[-1][2] and not told[out[-1][1] : start].strip(" -"):
            out[-1] = (out[-1][0], end, True)
        else:
            out.append((start, end, hidden))
    return out


def place_of(fact: Fact, topic: Topic, subject: Subject) -> str:
    """Where a short question belongs: its topic, or its section in a guide of one topic, and the lead-in above the line.

    A section that is only a letter says nothing.
    """
    told = tokens(fact.section)
    section = fact.section if len(told) <= NAME and any(len(word) > 2 for word in told) else ""
    names = [section if is_whole(topic, subject.guide) else "" if is_glossary(topic, subject) else topic.name]
    return " · ".join(different([*names, subject.above.get(fact.id, ""), _lead_name(fact.under, subject)]))


def _lead_name(under: str, subject: Subject) -> str:
    """A lead-in as it stands in a place: without the verb that it ends in ("In 10.0.0.0/24 these are")."""
    words = under.split(" ")
    ends = subject.words.listed("words", "being") | subject.words.listed("words", "pointing")
    while len(words) > 2 and words[-1].lower() in ends:
        words.pop()
    return " ".join(words)


def is_glossary(topic: Topic, subject: Subject) -> bool:
    """Whether a topic is a list of terms: its name says nothing of them."""
    return is_whole(topic, subject.guide) or normal(topic.name) in subject.words.listed("reading", "glossary")


def different(names: Sequence[str]) -> list[str]:
    """Names without those that one before them says already."""
    out: list[str] = []
    for name in names:
        if name and not any(f" {normal(name)} " in f" {normal(other)} " for other in out):
            out.append(name)
    return out


def in_place(fact: Fact, topic: Topic, subject: Subject, asked: str) -> str:
    """A question with the place where it belongs in front."""
    place = place_of(fact, topic, subject)
    return f"{place} — {asked}" if place and normal(place) != normal(asked) else asked


def column_asked(fact: Fact, name: str, subject: Subject) -> str:
    """What a name leads to: what its column is called, in a table; "" where the column only says that it tells what it is."""
    if not fact.heads or subject.words.section_kind(fact.heads[1]) in ("definition", "terms"):
        return ""
    return f"{name}: {fact.heads[1].rstrip('?？ ')}?"


def is_named(fact: Point) -> bool:
    """Whether the label is the fact's own: the heading of its section names them all."""
    return bool(fact.label) and normal(plain(fact.label)) != normal(fact.section)


def own_label(fact: Fact, topic: Topic) -> Text:
    """A point's label where it is its own: no heading of several lines says it, even if it is a word that headings use."""
    if not isinstance(fact, Point) or not (is_named(fact) or any(section.facts == (fact,) for section in topic.sections)):
        return ()
    return fact.label


def lead_in(fact: Fact, topic: Topic) -> Text:
    """What stands before a statement on a card: its topic and its own label."""
    label = fact.term if isinstance(fact, Definition) else own_label(fact, topic)
    if label and normal(plain(label)) == normal(topic.name):
        label = ()
    place = " · ".join(different([topic.name, fact.under]))
    if label:
        return (Words(f"{place} — "), *label, Words(": "))
    told = plain(getattr(fact, "text", ()))
    named = f"{normal(told)} ".startswith(f"{normal(place)} ") and told[:1].isupper()  # "Consideration must be sufficient"
    return () if named else (Words(f"{place}: "),)


def gapped(text: Text, gaps: Sequence[tuple[int, int]], hints: Sequence[str] = ()) -> tuple[Inline | Gap, ...]:
    """The text with deletions at places of its raw words."""
    out, at = list[Inline | Gap](), 0
    for number, (start, end) in enumerate(gaps):
        out += [*between(text, at, start), Gap(cut(text, start, end), hints[number] if hints else "")]
        at = end
    return (*out, *between(text, at, len(raw(text))))


def cloze(fact: Fact, topic: Topic, prompt: Sequence[Inline | Gap], *, refused: str = "", apt: bool = True) -> Candidate:
    """A statement with gaps, behind its topic and label."""
    return Candidate(
        rule="cloze", type="cloze", slot="cloze", facts=(fact.id,), group=fact.id, topic=topic.key, refused=refused, apt=apt,
        prompt=(*lead_in(fact, topic), *prompt),
    )  # fmt: skip


def asking(name: str, fact: Fact, topic: Topic, prompt: Text, answer: Text) -> Candidate:
    """A plain question with its answer."""
    return Candidate(
        rule=name, type="ask", slot="ask", facts=(fact.id,), group=fact.id, topic=topic.key, prompt=prompt,
        answer=without_end_stop(answer),
    )  # fmt: skip


def which_topic(topic: Topic, text: Text, phrase: str, subject: Subject, facts: tuple[str, ...]) -> Candidate:
    """The question which topic a quotation is about, with what the topic is on the back."""
    return Candidate(
        rule="identify", type="ask", slot="ask", facts=facts, group=facts[0], topic=topic.key, prompt=text,
        lead=subject.words.phrase(phrase, item=subject.guide.item),
        answer=said(topic.name), extra=tuple(quote for quote in what_it_is(topic) if quote.fact not in facts), answer_is_topic=True,
    )  # fmt: skip


def blanks(text: Text) -> int:
    """How many words of a quotation are hidden."""
    return plain(text).count(HIDDEN)
