"""What the card kinds are made of: quotations cut, masked and gapped, and the common forms of a question."""

import re
from collections.abc import Callable, Iterator, Sequence

from ..inline import between, cut, raw
from ..markup import HIDDEN, chapter_of, is_whole, plain, without_end_stop
from ..model import Candidate, Definition, Fact, Gap, Inline, Mask, Point, Text, Topic, Words
from ..words import LETTERS, normal, stem, tokens
from .answers import what_it_is
from .lists import has_verb, names_several, said, without_brackets
from .subject import Subject, name_of

Rule = Callable[[Fact, Topic, Subject], Iterator[Candidate]]
_FORM = 5  # letters that two forms of a word begin with
NAME = 6  # words of a section that is named on a card
_SHORTENED = re.compile(r"((?:[A-Z][\w-]*\s+){2,6})\(([A-Z][A-Z0-9]{1,5})\)")
_BEGINS = re.compile(r"\s*(?:[-=]{1,2}>|[→⇒➜])\s*(?=\S)")
_WORD = re.compile(rf"{LETTERS}(?:[.'’-]{LETTERS})*")


def masked(
    text: Text, topic: Topic, subject: Subject, names: Sequence[str] = (), own: frozenset[str] = frozenset(), asked: bool = False
) -> Text:
    """The text with the topic's own name hidden; a word of it that many topics use stays. `names`, `own`: of a term instead.

    `asked`: a question of the author, in which all words of the name are hidden where all of them stand in it.
    """
    told = raw(text)
    names, own = names or subject.names(topic), own or subject.own_words(topic)
    spans: list[tuple[int, int, bool]] = []
    for name in names:
        pattern = re.compile(rf"(?<!\w){re.escape(name)}(?:['’]?s)?(?!\w)", re.IGNORECASE)
        spans += [(found.start(), found.end(), True) for found in pattern.finditer(told) if _free(found, spans)]
    spans += [(found.start(), found.end(), True) for found in _spelled_out(told, own) if _free(found, spans)]
    telling = {word for word in own - subject.plain if word.isalpha()}
    whole = asked and bool(telling) and telling <= set(subject.stems(text))
    for found in _WORD.finditer(told):
        word = stem(found[0].casefold())
        if word in own and _free(found, spans):
            rare = whole or (subject.df.get(word, 0) <= 2 and word not in subject.generic)
            spans.append((found.start(), found.end(), rare or subject.is_short_name(word, topic)))
    out, at = list[Inline](), 0
    for start, end, hidden in _joined(sorted(spans), told):
        out += [*between(text, at, start), Mask(told[start:end], hidden)]
        at = end
    return (*out, *between(text, at, len(told))) if out else text


def in_other_form(name: str, text: Text, subject: Subject) -> bool:
    """Whether more than half of a name's telling words stand in a text, in this form or another: "medición" tells "Medido".

    What `masked` hides does not count.
    """
    own = {word for word in tokens(name.replace("-", " ")) if word not in subject.stop and len(word) > 3}
    own = {word for word in own if stem(word) not in subject.vendor | subject.plain}
    said: set[str] = set()
    joined = {part for word in tokens(plain(text)) if "-" in word for part in word.split("-")}  # no blank hides a part of one
    for word in tokens(plain(text).replace("-", " ")):
        hidden = word not in joined and subject.df.get(stem(word), 0) <= 2 and stem(word) not in subject.generic
        for other in own:
            same = stem(word) == stem(other)
            if (same and not hidden) or (not same and word[:_FORM] == other[:_FORM] and len(word) >= _FORM <= len(other)):
                said.add(other)
    return bool(own) and (2 * len(said) >= len(own) or bool(own & joined))  # "non-root switches": "Root port"


def _spelled_out(told: str, own: frozenset[str]) -> Iterator[re.Match[str]]:
    """Where a name stands in brackets behind the words that it abbreviates: "Elastic File System (EFS)"."""
    for found in _SHORTENED.finditer(told):
        letters = iter(word[0] for word in found[1].split())
        if stem(found[2].casefold()) in own and all(char in letters for char in found[2] if char.isalpha()):
            yield found


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
    section = section_named(fact, topic, subject)
    short = fact.section if len(tokens(fact.section)) <= NAME and any(len(word) > 2 for word in tokens(fact.section)) else ""
    names = (
        [short]
        if is_whole(topic, subject.guide) or (short and _leads_elsewhere(fact, topic, subject))
        else []
        if is_glossary(topic, subject)
        else _names_of(topic)
    )
    if names and section:
        names.append(section)
    lead = lead_name(fact.under, subject)
    above = different([*names, subject.above.get(fact.id, "")])
    if lead and names_several(topic.name, subject) and normal(lead) != normal(topic.name):  # "VPN" below "VPN & Direct Connect"
        return " · ".join([*above, lead] if lead not in above else above)
    return " · ".join(different([*above, lead]))


def _leads_elsewhere(fact: Fact, topic: Topic, subject: Subject) -> bool:
    """Whether a row says when to use another topic: "When to use which" below the last of several is about none of them."""
    named = subject.topic_named(fact.text) if isinstance(fact, Point) and fact.heads and fact.kind == "when_to_use" else None
    return named is not None and named is not topic


def section_named(fact: Fact, topic: Topic, subject: Subject) -> str:
    """The heading between a topic and a line where it says what the line is about, in a few words, and is not what is asked for."""
    told = tokens(fact.section)
    few = len(told) <= NAME and any(len(word) > 2 for word in told)
    own = normal(fact.section) in (normal(plain(name_of(fact))), normal(topic.name))
    return fact.section if few and not own and _tells(fact.section, topic, subject) else ""


def _tells(section: str, topic: Topic, subject: Subject) -> bool:
    """Whether a heading says what its lines are about: "Policy types", "Pitfalls"; not "Features", "What is X?", "X benefits"."""
    if subject.words.starts_with(section, "what_is"):
        return False
    own = subject.own_words(topic) | subject.vendor
    kind = subject.words.section_kind(section, frozenset(own))
    if kind:
        return subject.words.says(section, "sectioning")
    pointer = {stem(word) for word in subject.words.listed("words", "pointer") | subject.words.listed("reading", "filler")}
    return not set(subject.stems(section)) <= own | pointer


def _names_of(topic: Topic) -> list[str]:
    """A topic's name, behind its chapter's where it does not stand alone."""
    return different([chapter_of(topic), topic.name])


def called(topic: Topic) -> str:
    """What a topic is called in a question."""
    return " · ".join(_names_of(topic)) or topic.name


def lead_name(under: str, subject: Subject) -> str:
    """A lead-in as it stands in a place: without the verb that it ends in ("In 10.0.0.0/24 these are")."""
    words = under.split(" ")
    if set(tokens(under)) <= subject.words.listed("words", "advice"):  # "Memorize:" names nothing
        return ""
    pointing = subject.words.listed("words", "pointing")
    if len(words) > 2 and words[0].lower() in pointing and has_verb(under, subject):  # "There are two types of subnets"
        return ""
    ends = subject.words.listed("words", "being") | subject.words.listed("words", "having") | pointing
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
    if normal(place) == normal(called(topic)) and normal(asked) == normal(topic.name):  # the topic is what is asked for
        place = chapter_of(topic)
    return f"{place} — {asked}" if place and normal(place) != normal(asked) else asked


def is_number(name: str) -> bool:
    """Whether a name is only a figure, a numeral or a letter: "2", "IV", "B"."""
    return bool(re.fullmatch(r"\d{1,4}|[IVX]{1,5}|[^\W\d_]", name.strip()))


def with_corner(fact: Fact, name: str) -> str:
    """A name in a table that is a number, behind what its column is called: "State 1"."""
    heads: tuple[str, ...] = getattr(fact, "heads", ())
    named = heads and is_number(name) and normal(heads[0]) not in ("", normal(fact.under))
    return f"{heads[0].rstrip(':?？#. ')} {name}" if named else name


def column_asked(fact: Fact, name: str, subject: Subject) -> str:
    """What a name leads to: what its column is called, in a table; "" where the column only says that it tells what it is.

    A column that is called as the lead-in above the table is not named again: it stands in the place already.
    """
    if not fact.heads or subject.words.section_kind(fact.heads[1]) in ("definition", "terms"):
        return ""
    degrees = subject.words.listed("words", "degree")
    bare = tokens(without_brackets(name))
    if bare and (degrees.issuperset(bare) or is_number(name)) and normal(fact.heads[0]) not in ("", normal(fact.under)):
        name = f"{fact.heads[0].rstrip(':?？ ')}: {name}"  # "Moderate" says nothing: "RTO: Moderate"
    if normal(fact.heads[1]) == normal(fact.under) or normal(fact.heads[1]) in subject.words.listed("words", "answering"):
        return f"{name}?"
    return f"{name}: {fact.heads[1].rstrip('?？ ')}?"


def is_named(fact: Point) -> bool:
    """Whether the label is the fact's own: the heading of its section names them all."""
    return bool(fact.label) and normal(plain(fact.label)) != normal(fact.section)


def own_label(fact: Fact, topic: Topic) -> Text:
    """A point's label where it is its own: no heading of several lines says it, even if it is a word that headings use."""
    if not isinstance(fact, Point) or not (is_named(fact) or any(section.facts == (fact,) for section in topic.sections)):
        return ()
    return fact.label


def lead_in(fact: Fact, topic: Topic, subject: Subject) -> Text:
    """What stands before a statement on a card: its topic, the heading and the lead-in that it stands below, its own label."""
    label = fact.term if isinstance(fact, Definition) else own_label(fact, topic)
    if label and normal(plain(label)) == normal(topic.name):
        label = ()
    place = " · ".join(different([*_names_of(topic), section_named(fact, topic, subject), fact.under]))
    if label:
        return (Words(f"{place} — "), *label, Words(": "))
    told = plain(getattr(fact, "text", ()))
    named = f"{normal(told)} ".startswith(f"{normal(place)} ") and told[:1].isupper()  # "Consideration must be sufficient"
    return () if named else (Words(f"{place}: "),)


def asked_words(candidate: Candidate, fact: Fact, topic: Topic, subject: Subject) -> list[str]:
    """The words of a cloze's statement, without what stands before it."""
    lead = lead_in(fact, topic, subject)
    parts = candidate.prompt[len(lead) :] if candidate.prompt[: len(lead)] == lead else candidate.prompt
    return tokens("".join(raw(part.text) if isinstance(part, Gap) else raw((part,)) for part in parts))


def gapped(text: Text, gaps: Sequence[tuple[int, int]], hints: Sequence[str] = ()) -> tuple[Inline | Gap, ...]:
    """The text with deletions at places of its raw words."""
    out, at = list[Inline | Gap](), 0
    for number, (start, end) in enumerate(gaps):
        out += [*between(text, at, start), Gap(cut(text, start, end), hints[number] if hints else "")]
        at = end
    return (*out, *between(text, at, len(raw(text))))


def cloze(
    fact: Fact, topic: Topic, prompt: Sequence[Inline | Gap], subject: Subject, *, refused: str = "", apt: bool = True
) -> Candidate:
    """A statement with gaps, behind its topic and label."""
    return Candidate(
        rule="cloze", type="cloze", slot="cloze", facts=(fact.id,), group=fact.id, topic=topic.key, refused=refused, apt=apt,
        prompt=(*lead_in(fact, topic, subject), *prompt),
    )  # fmt: skip


def asking(name: str, fact: Fact, topic: Topic, prompt: Text, answer: Text) -> Candidate:
    """A plain question with its answer."""
    return Candidate(
        rule=name, type="ask", slot="ask", facts=(fact.id,), group=fact.id, topic=topic.key, prompt=prompt,
        answer=without_end_stop(without_arrow(answer)),
    )  # fmt: skip


def without_arrow(text: Text) -> Text:
    """A text without the arrow that it begins with: it only goes on from what stands before it."""
    found = _BEGINS.match(raw(text))
    return cut(text, found.end()) if found else text


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
