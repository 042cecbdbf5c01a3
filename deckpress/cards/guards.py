"""What makes a card bad, one small function each: a candidate in, the reason to refuse it out ("" to let it pass).

The thresholds were set by hand on one guide of eleven topics and hold wherever they were looked at since.
"""

import re

from ..inline import raw
from ..markup import plain
from ..model import Candidate, Fact, Gap, Mask, MultipleChoice, Point, Question, Text
from ..words import normal, stem, stems, tokens, without_accents
from .answers import definition_of
from .definitions import against_heading, only_counts
from .guarding import Guards, gaps_of, prompt_text, registry
from .lists import (
    common_share,
    has_attribute,
    is_listing,
    is_name,
    is_open,
    listed,
    without_brackets,
)
from .parts import blanks
from .subject import Subject, name_of

GUARDS: Guards = []
guard = registry(GUARDS)
_WORD = re.compile(r"\w+")
_CIPHER = re.compile(r"(?<!\w)(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{16,}(?!\w)")  # "9f86d081884c7d65"
_TELLS = 3  # letters of the beginning of a word that gives no other word away
_NAMED = 3  # words of a name that may end in a full stop
FRONT, ANSWER, DEFINITION = 220, 18, 26  # characters that a phone shows; words that one can recall


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
        if candidate.rule == "cloze" and normal(plain(answer)) in map(normal, subject.names(subject.topics[fact.topic])):
            return "the gap is the topic's short name"
        begins = next(iter(tokens(plain(answer))), "")
        if candidate.rule == "cloze" and len(gaps_of(candidate)) == 1 and begins == normal(subject.topics[fact.topic].name):
            return "the gap begins with the topic's name"
        if candidate.rule == "cloze" and _is_shown(plain(answer), candidate):
            return "its answer stands in the statement"
        telling = {word for word in both if len(word) > _TELLS and not word.isdigit()} - {_root(word) for word in subject.plain}
        telling |= both & {_root(word.casefold()) for word in _WORD.findall(plain(answer)) if len(word) > 1 and word.isupper()}
        if 2 * len(both) >= len(own) > 0 and (
            candidate.rule != "cloze" or len(both) > 1 or (telling and len(gaps_of(candidate)) == 1)
        ):
            return "the prompt says at least half of the answer"
    return ""


def _is_shown(answer: str, candidate: Candidate) -> bool:
    """Whether what a gap hides stands elsewhere in its statement: as it is, as a number, or as what it abbreviates."""
    front = prompt_text(candidate)
    alone = len(gaps_of(candidate)) == 1 and _stands_there(answer, front)
    return alone or _stands_beside(candidate) or _has_number(answer, front) or _initials_stand_there(answer, front)


def _stands_beside(candidate: Candidate) -> bool:
    """Whether a gap is the letters of what stands in brackets behind it: "[OHG] (Offene Handelsgesellschaft)"."""
    for at, part in enumerate(candidate.prompt[:-1]):
        behind = candidate.prompt[at + 1]
        told = plain(part.text) if isinstance(part, Gap) else ""
        inside = re.match(r"\s*\(([^()]*)", "" if isinstance(behind, Gap) else raw((behind,)))
        if inside and told.isalpha() and sum(map(str.isupper, told)) > 1 and inside[1][:1].lower() == told[:1].lower():
            letters = iter(inside[1].lower())
            if all(letter in letters for letter in told.lower()):
                return True
    return False


def _has_number(answer: str, front: Text) -> bool:
    """Whether a gap that is a number stands elsewhere on its front: "5-year plans … had [5] years"."""
    return answer.isdigit() and answer in re.findall(r"\d+", plain(front))


def _initials_stand_there(answer: str, front: Text) -> bool:
    """Whether a gap is the letters of words before it: "Azure Key Vault … (AKV)"."""
    letters = "".join(word[0] for word in tokens(plain(front)))
    return answer.isupper() and answer.isalpha() and len(answer) > _TELLS - 1 and answer.lower() in letters


def _stands_there(answer: str, front: Text) -> bool:
    """Whether a gap of one name in capitals stands elsewhere in its statement: "VPC Routing … through the VPC"."""
    return len(answer) > 1 and answer.isupper() and answer.isalnum() and answer in _WORD.findall(plain(front))


def _root(word: str) -> str:
    """The beginning of a stem, without accents: "containerized" gives "containers" away, "collège" gives "college"."""
    return without_accents(word)[:6]


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


@guard("identify")
def no_thing(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """A heading of which the guide does not say what it is: a chapter, "Traps", "If the question says"."""
    topic = subject.topics[candidate.topic]
    return against_heading(topic, subject) if definition_of(topic) else "the guide does not say what its topic is"


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
def hidden_in_a_word(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """Its name is a part of another word: "terraform.tfstate" says "State"."""
    own = [word for word in subject.own_words(subject.topics[candidate.topic]) if len(word) > 3 and subject.df.get(word, 0) <= 2]
    told = plain(part for part in candidate.prompt if not isinstance(part, Mask | Gap))
    inside = any(word in other and word != stem(other) for other in tokens(told) for word in own)
    short = [part for part in subject.topics[candidate.topic].name.split() if len(part) > 1 and part.isupper() and part.isalpha()]
    inside = inside or any(part in other and part != other for other in _WORD.findall(told) for part in short)  # "RabbitMQ"
    return "its name is a part of another word" if inside else ""


@guard("identify")
def masked_too_much(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """Once its own name is hidden, hardly anything is left to tell by."""
    text = prompt_text(candidate)
    masks, words = blanks(text), len(tokens(plain(text)))
    return "its own name stands in it too often" if masks > 2 or 3 * masks > max(words, 1) else ""


@guard("identify")
def hidden_inside_its_name(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """The words on both sides of a blank are those of the name: "Azure Data ___ Storage"."""
    own = set(tokens(subject.topics[candidate.topic].name))
    for at, part in enumerate(candidate.prompt):
        before, behind = (
            [word for other in around if not isinstance(other, Gap) for word in tokens(plain([other]))]
            for around in (candidate.prompt[max(at - 1, 0) : at], candidate.prompt[at + 1 : at + 2])
        )
        if isinstance(part, Mask) and part.hidden and before and behind and {before[-1], behind[0]} <= own - subject.stop:
            return "the words around the blank are its name"
    return ""


@guard("identify")
def says_its_name(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """It begins with its topic's name, of which each word is too common to be hidden: "A region is …"."""
    own = subject.own_words(subject.topics[candidate.topic])
    shown = {stem(word) for word in tokens(plain(part for part in candidate.prompt if not isinstance(part, Mask | Gap)))}
    shown |= {stem(word) for part in candidate.prompt if isinstance(part, Mask) and not part.hidden for word in tokens(part.text)}
    begins = {stem(word) for word in tokens(plain(prompt_text(candidate)))[:3]}
    return "it says its own name" if own and own <= shown and own & begins else ""


@guard("label", "name", "list", "identify", "cloze", "step")
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
    enough = 1 if candidate.rule in ("name", "step") or new else 2
    return "" if len(left) >= enough or any(char.isdigit() for char in answer) else "the answer only repeats the label"


def _told(word: str, said: set[str]) -> bool:
    """Whether a stem or another form of it is among some others: "versions" says what "versioning" says."""
    return any(
        word == other or (min(len(word), len(other)) > 2 and (word.startswith(other[:5]) or other.startswith(word[:5])))
        for other in said
    )


@guard("cloze", "label", "name", "define", "list")
def counted(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """What stands right below a heading that only counts, or below one that counts what is wrong: "Mistake 3: Confusing …"."""
    topic = subject.topics[candidate.topic]
    if isinstance(fact, Question | MultipleChoice) or not only_counts(topic.name, subject):
        return ""
    wrong = {stem(word) for word in subject.words.listed("words", "sectioning")} & set(subject.stems(topic.name))
    return "its heading only counts" if wrong or definition_of(topic) is fact else ""


@guard("label")
def a_sentence(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """A label that is a sentence with its full stop asks nothing: "In 1920 it began its work.?"."""
    told = plain(name_of(fact)).rstrip()
    return "its label is a sentence" if told.endswith((".", "!")) and len(tokens(told)) > _NAMED else ""


@guard()
def an_address(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """An address on the net is nothing to learn."""
    told = f"{plain(prompt_text(candidate))} {plain(candidate.answer)}"
    long = _CIPHER.search(told)
    asked = isinstance(fact, Question | MultipleChoice)
    return "an address or a cipher is nothing to learn" if ("://" in told or long) and not asked else ""


@guard()
def asks_itself(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """An answer that is a question answers nothing."""
    if isinstance(fact, Question):  # "How far do you agree? About the causes? Explain …"
        goes_on = re.search(r"\?\s+\w", plain(fact.answer))
        return "its answer goes on with the question" if goes_on and not subject.topic_named(fact.answer) else ""
    if isinstance(fact, MultipleChoice) or candidate.rule == "pair":  # "¿Dónde está? – Where is it?"
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
