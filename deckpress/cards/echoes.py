"""Guards of cards whose own words give the answer away, say nothing new, or leave open what is wanted."""

import re

from ..inline import raw
from ..markup import plain
from ..model import Candidate, Code, Definition, Fact, Gap, Mask, MultipleChoice, Point, Question, Row
from ..words import normal, stem, tokens
from .answers import definition_of
from .gaps import has_marks
from .guarding import Guards, gaps_of, prompt_text, registry
from .lists import has_verb, is_name
from .parts import asked_words, is_named
from .subject import Subject, name_of

GUARDS: Guards = []
guard = registry(GUARDS)
_FORM = 5  # letters that two forms of a word begin with
_SHARE = 1 / 3  # of an answer's words on the front, from which it must say more than one new one
_FIGURES = 3  # in a row that nobody has to know
_NEW = 2  # words beside one of the label that say hardly more
_SAME = 0.6  # share of a statement's words in a line of another topic, from which that one is meant as well
_PAIR = 2  # words of a line that is a number and what it is called
_FEW = 4  # words of a gap that may be vague
_SHORT_NAME = 3  # letters of a short form that gives itself away as a part of another one
_NAMES = 2  # words of a gap that only says what the guide is called


@guard("label", "define")
def rewords(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """An answer of which a third stands on the front, in this form or another, and that adds one word at most.

    Also one that holds a word of its label and adds two at most, but for what begins as a definition does, with an article or with
    the kind of thing that the label names last: "Mitral regurgitation: regurgitation into the left atrium".
    """
    if isinstance(fact, Question | MultipleChoice | Row) or any(char.isdigit() for char in plain(candidate.answer)):
        return ""
    front = _forms(f"{candidate.lead} {plain(prompt_text(candidate))}", subject)
    told = _forms(plain(candidate.answer), subject)
    new = told - front - {word[:_FORM] for word in subject.plain}
    names = any(_is_shouted(word) for word in plain(candidate.answer).split() if word[:_FORM].casefold() in new)
    label = _forms(plain(name_of(fact)), subject)
    if label and not label & told:
        return ""
    again = bool(told) and len(told & front) >= _SHARE * len(told) and len(new) <= 1
    first = (tokens(plain(candidate.answer)) or [""])[0]
    begins = first in subject.words.listed("reading", "articles") or first == _head_noun(plain(name_of(fact)), subject)
    own = set(subject.stems(plain(name_of(fact)).replace("-", " "))) - subject.vendor - subject.makers
    same = (
        bool(own & set(subject.stems(plain(candidate.answer).replace("-", " "))))
        and len(new) <= _NEW
        and not begins
        and not re.search(r"[+/=×]", plain(candidate.answer))
    )
    return "the answer only rewords the question" if (again or same) and not names else ""


def _head_noun(name: str, subject: Subject) -> str:
    """The word of a name that says of what kind the thing is, where more stands beside it."""
    told = tokens(name)
    return told[0 if subject.words.data["words"]["head_first"] else -1] if len(told) > 1 else ""


def _forms(told: str, subject: Subject) -> set[str]:
    """The beginnings of a text's words, small ones aside."""
    return {word[:_FORM] for word in tokens(told.replace("-", " ")) if len(word) > 2 and word not in subject.stop}


def _is_shouted(word: str) -> bool:
    """Whether a word is a name by its capitals: "MongoDB-compatible", "REST"."""
    return sum(map(str.isupper, word)) > 1


@guard("identify")
def says_its_words(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """All words of the name that tell something stand on its front: "managing licences", "Licence Manager"."""
    own = {word for word in subject.own_words(subject.topics[candidate.topic]) - subject.plain - subject.makers if word.isalpha()}
    shown = {stem(word) for word in tokens(plain(part for part in candidate.prompt if not isinstance(part, Mask | Gap)))}
    shown |= {stem(word) for part in candidate.prompt if isinstance(part, Mask) and not part.hidden for word in tokens(part.text)}
    return "all words of its name stand in it" if own and own <= shown else ""


@guard("identify")
def names_an_activity(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """A heading that says what is done or asked, "Auditing resources for compliance", is nothing that one could choose."""
    topic = subject.topics[candidate.topic]
    relation = subject.words.listed("words", "relation") - subject.words.listed("words", "possession")
    found = definition_of(topic)
    begins = found is not None and any(f" {normal(name)} " in f" {normal(plain(found.text))} " for name in subject.names(topic))
    joined = any(word in relation for word in topic.name.split()[1:])
    return "its heading names nothing that could be chosen" if joined and not begins else ""


@guard("identify", "price")
def one_of_its_list(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """One line of several with the same label or lead-in, for all of them: "Pricing tier: Basic"."""
    if not isinstance(fact, Point) or candidate.parts or len(candidate.facts) > 1:
        return ""
    shared = bool(fact.label) and subject.is_shared(subject.topics[candidate.topic], fact.label)
    return "it is one line of a list" if shared or (candidate.rule == "price" and fact.under) else ""


@guard("identify")
def said_of_another(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """Most of its words stand in one line of another topic: "scales in seconds", "scaling in just seconds"."""
    if not isinstance(fact, Point) or candidate.parts or len(candidate.facts) > 1:
        return ""
    told = set(subject.stems(prompt_text(candidate))) - subject.vendor
    line = _nearest(told, fact, subject)
    return f"line {subject.facts[line].span.line} says nearly the same" if line else ""


def _nearest(told: set[str], fact: Fact, subject: Subject) -> str:
    """The id of a line of another topic that has most of some stems, each counted once."""
    roots = {word[:_FORM] for word in told}
    rare = sorted(told, key=lambda word: (len(subject.users.get(word, ())), word))[:_FEW]
    lines = {line for word in rare for line in subject.users.get(word, ())[:200] if subject.topic_of[line] != fact.topic}
    best = {line: len(roots & {word[:_FORM] for word in subject.lines[line]}) for line in sorted(lines)}
    line = max(best, key=lambda one: (best[one], -subject.place_of[one]), default="")
    return line if line and best[line] >= _SAME * len(roots) else ""


@guard("cloze")
def shown_beside(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """A gap whose first word stands before it, of which a part stands on the front, or that only says how the guide is called."""
    gaps = gaps_of(candidate)
    if len(gaps) != 1 or isinstance(fact, Row) or has_marks(fact):
        return ""
    told = plain(gaps[0])
    front = plain(prompt_text(candidate))
    parts = {part for part in re.findall(r"\w+", told) if "-" in told and part.isupper() and len(part) > _SHORT_NAME}
    if parts & set(re.findall(r"\w+", front)):
        return "a part of its answer stands in the statement"
    if _repeats(candidate, subject):
        return "the word before its gap is the first one of its answer"
    named = set(subject.stems(told)) - subject.vendor
    title = {stem(word) for word in tokens(subject.guide.title)}
    few = len(tokens(told)) <= _NAMES and any(word.isupper() for word in told.split())
    return "the guide's title says it" if few and named & title and not any(map(str.isdigit, told.split()[0])) else ""


def _repeats(candidate: Candidate, subject: Subject) -> bool:
    """Whether a gap goes on with the word that stands before its small one: "Site to [Site VPN]"."""
    at = next((at for at, part in enumerate(candidate.prompt) if isinstance(part, Gap)), 0)
    before = tokens("".join(raw((part,)) for part in candidate.prompt[:at] if not isinstance(part, Gap)))[-2:]
    first = tokens(plain(gaps_of(candidate)[0]))[:1]
    return len(before) > 1 and before[:1] == first and before[1] in subject.words.listed("words", "relation")


@guard("cloze")
def vague(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """A gap that hides no more than "various resources" or "1": nobody has to know it."""
    gaps = [] if has_marks(fact) else gaps_of(candidate)
    told = tokens(plain(gaps[0])) if len(gaps) == 1 else []
    if gaps and plain(gaps[0]).strip() == "1" and len(gaps) == 1 and not isinstance(fact, Row):
        return "its gap hides a single one"
    bare = isinstance(fact, Point) and not is_named(fact) and len(tokens(plain(fact.text))) == _PAIR
    if bare and len(gaps) == 1 and plain(gaps[0]).isdigit():
        return "it says nothing but a number and a word"  # "2 dos"
    begins = told[:1] != [] and told[0] in subject.words.listed("words", "unspecific")
    names = is_name(" ".join(plain(gaps[0]).split()[1:]), subject) if begins else False
    figures = any(char.isdigit() for word in told for char in word)
    joined = not (subject.words.listed("reading", "and") | subject.words.listed("words", "or")).isdisjoint(told)
    makes = (
        not plain(name_of(fact)) and not (subject.vendor | subject.makers).isdisjoint(map(stem, told)) and not joined
    )  # "AWS environments"
    proper = [word for word in plain(gaps[0]).split() if word[:1].isupper()] if gaps else []
    makes = makes and all(stem(word) in subject.vendor | subject.makers for part in proper for word in tokens(part))
    return "its gap hides nothing of its own" if (begins or makes) and len(told) <= _FEW and not names and not figures else ""


@guard("cloze")
def begins_with_these(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """A statement of something that stands before it: "these services", "it" behind "The flow is", "A common example is"."""
    if not isinstance(fact, Point | Definition) or has_marks(fact):
        return ""
    topic = subject.topics[fact.topic]
    told, label = asked_words(candidate, fact, topic, subject), name_of(fact)
    those, it = subject.words.listed("words", "unnamed_many"), subject.words.listed("words", "unnamed_it")
    leads = subject.words.listed("words", "being") | subject.words.listed("words", "having")
    listed = not leads.isdisjoint(tokens(plain(label))[-1:]) and not it.isdisjoint(told[:3])  # "The flow is: store it in S3"
    one = not subject.words.listed("words", "example").isdisjoint(told[:4]) and not label  # "A common example is"
    return "it does not say whom it is about" if listed or one or (not label and not those.isdisjoint(told[:1])) else ""


@guard("cloze")
def cuts_a_bracket(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """A gap with one half of a bracket or a quotation mark."""
    gaps = [] if has_marks(fact) else [plain(gap) for gap in gaps_of(candidate)]
    torn = any(gap.count(opened) != gap.count(closed) for gap in gaps for opened, closed in ("()", "[]", "{}"))
    if torn or any(len(re.findall(r'(?<!\d)"', gap)) % 2 for gap in gaps):
        return "its gap cuts a bracket"
    return ""


@guard("cloze", "label", "list", "define")
def able_to(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """A line of what a reader should be able to do: "Before the test, make sure you can: …"."""
    if not isinstance(fact, Point | Definition):
        return ""
    above = (fact.under, fact.section, plain(name_of(fact)))
    told = any(subject.words.says(words, "able") for words in above if words)
    return "it says what a reader should be able to do" if told else ""


@guard("label", "name", "list")
def states(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """A plain line that states something is no label of the line below it: "Sunlight warms the air", "exports grow"."""
    if not isinstance(fact, Point) or not fact.loose:
        return ""
    told = plain(fact.label)
    small = {word for word in re.findall(r"\w+", told) if word.islower() or not subject.words.data["words"]["capital_nouns"]}
    acts = not subject.words.listed("words", "acting").isdisjoint({word.casefold() for word in small}) or has_verb(told, subject)
    clause = not subject.words.listed("words", "clause").isdisjoint(tokens(told))
    return "the line above it states something, and asks for nothing" if clause or acts or len(tokens(told)) > _FEW else ""


@guard("label", "define", "name", "list", "price")
def only_leads(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """An answer that ends in a colon: what it leads to stands below."""
    code = candidate.answer and isinstance(candidate.answer[-1], Code)
    ends = not code and plain(candidate.answer).rstrip().endswith((":", "："))
    return "it only leads to what stands below" if ends and isinstance(fact, Point | Definition) else ""


@guard("label", "define", "cloze")
def sets_a_task(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """A label that tells the learner what to do: "Translate: I like cheese"."""
    told = set(tokens(plain(name_of(fact))))
    tasks = subject.words.listed("words", "task") | subject.words.listed("words", "drill")
    return "it sets a task" if told and told <= tasks and fact.kind != "pair" else ""  # a word to learn is none


@guard("label", "define")
def names_nothing(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """A label that says of what kind its text is, "Key insight", "MCQ", or an answer that points at what stands before it."""
    if not isinstance(fact, Point | Definition) or fact.kind == "pair":
        return ""
    name = normal(plain(name_of(fact)))
    kinds = {word for word in subject.words.listed("reading", "question") if len(word) > 1}  # "Q" may be a quantity
    if name in subject.words.listed("words", "empty") | kinds:
        return "its label names nothing of the matter"
    first, *more = tokens(plain(candidate.answer)) or [""]
    if not name or not more:  # a word alone is what is asked for: "oder → or"
        return ""
    if first in subject.words.listed("words", "or"):  # "ACE inhibitor (or ARNI)"
        return "its answer goes on from its label"
    points = subject.words.listed("words", "unnamed_many")  # "these countries converted"
    return "its answer points at what stands before it" if first in points else ""


@guard("scenario")
def stated_already(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """A finished statement that a guide gives for a question, with its answer in it: "A value of 1536 or more … -> 1536"."""
    if not isinstance(fact, Question) or "?" in plain(fact.question) or subject.topic_named(fact.answer) is not None:
        return ""
    first = next(iter(tokens(plain(fact.answer))), "")
    return "its statement says the answer" if first[:1].isdigit() and first in tokens(plain(prompt_text(candidate))) else ""


@guard("name")
def names_a_maker(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """A label that only names who does it, "AWS", is not what its text is called."""
    told = set(tokens(plain(name_of(fact))))
    return "its label only names who makes all of it" if told and told <= subject.vendor | subject.makers else ""


@guard("label", "define")
def a_row_of_figures(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """An answer of nothing but figures: "0 1 2 3 4"."""
    told = plain(candidate.answer).split()
    figures = len(told) >= _FIGURES and all(re.fullmatch(r"[-−+]?\d+[,;]?", word) for word in told)
    return "it is a row of figures" if figures and isinstance(fact, Point | Definition) else ""
