"""Cards of plain lines: prices, differences, short lists, steps, bullets of a section together, which topic a line is about."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from ..inline import raw, sentences
from ..markup import fact_texts, fits_beside, plain, shared_by, without_end_stop
from ..model import Candidate, Fact, Picture, Point, Question, Quote, Section, Text, Topic, Words
from ..words import normal, stem, tokens
from .answers import is_date
from .definitions import only_counts
from .gaps import tail_of
from .lists import announces, common_share, has_attribute, has_verb, is_name, is_open, items_of, joined_last, parted_by_comma, said
from .parts import asking, called, is_named, masked, own_label, place_of, which_topic
from .subject import Subject

_DRAWN = re.compile(r"[\u2190-\u2193\u2500-\u257f\u25b2\u25bc]")  # signs of a drawing
_LEADS = re.compile(r"(?:->|→|=>|⇒)\s")
_ALIKE = 0.6  # Jaccard of two steps from which nobody can tell them apart
_STEPS = 3  # of a process whose order is asked for
_MONEY = re.compile(r"[$€£¥]\s?\d|\d\s?[$€£¥]")
_CONTRAST = re.compile(r"[;/]|\d.*\d|\s(?:vs\.?|versus)\s", re.IGNORECASE)  # two things told beside each other
_SHORT = 3  # words of one of two things in a list
_LABEL = 8  # words of a label that names a difference
_PRICE = 14  # words of a line that says what something costs


def price(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """How one pays for it: price words in the label or in an unlabelled text; one such question a topic."""
    if not isinstance(fact, Point) or not is_priced(fact, subject):
        return
    first = next((one for one in topic.facts if is_priced(one, subject) or one.kind == "pricing"), None)
    told: Text = fact.text
    if fact.label and is_named(fact) and normal(plain(fact.label)) not in subject.words.labels:
        told = (*fact.label, Words(": "), *fact.text)
    asked = subject.words.phrase("price" if subject.offers else "costs", topic=topic.name)
    made = asking("price", fact, topic, said(asked), told)
    why = "" if first is fact else "another line of the topic is asked for its price"
    beside = [one for one in topic.facts if one is not fact and one.kind != "pricing" and _MONEY.search(" ".join(fact_texts(one)))]
    named = bool(fact.label) and is_named(fact) and normal(plain(fact.label)) not in subject.words.labels
    yield replace(made, refused=why or ("another line of the topic tells of a price, too" if beside and named else ""))


def is_priced(fact: Fact, subject: Subject) -> bool:
    """Whether a line says what the topic costs, or a question asks for it."""
    words = subject.words.listed("words", "price")
    if normal(subject.topics[fact.topic].name) == normal(subject.guide.title):
        return False
    if isinstance(fact, Question):
        return subject.offers and plain(fact.question).endswith("?") and bool(words & set(tokens(plain(fact.question))))
    if not isinstance(fact, Point):
        return False
    head = plain(fact.label) if is_named(fact) else plain(fact.text)
    if not subject.offers:
        told = any(char in "$€£¥" or char.isdigit() for char in plain(fact.text))  # "price of coffee ↑" is no price
        return fact.kind == "pricing" and told and len(items_of(fact.text, subject)) <= 3
    if len(tokens(head)) > _PRICE or "→" in head:  # a situation in which the price counts
        return False
    priced = bool(words & set(tokens(head.replace("-", " "))))
    return (priced or fact.kind == "pricing") and len(items_of(fact.text, subject)) <= 3


def compare(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """A difference that the guide spells out, or what it says of another thing in comparison."""
    if not isinstance(fact, Point) or not fact.label:
        return
    differences = subject.words.listed("words", "difference")
    between = differences & set(tokens(plain(fact.label)))
    own = subject.topic_named(fact.label) is topic
    if own or subject.is_shared(topic, fact.label) or not (between or (fact.kind == "comparison" and is_named(fact))):
        return
    others = _compared(fact, topic, subject)
    label = plain(fact.label)
    if between and len(subject.stems(label)) <= 1 and others:
        asked = subject.words.phrase("between", one=topic.name, other=others[0].name)
    elif (between and len(subject.stems(label)) <= 1) or (between and not subject.names_topic(fact.label, topic)):
        asked = subject.words.phrase("asked", topic=called(topic), text=f"{label}?")
    elif between:
        asked = subject.words.phrase("difference", label=label)
    else:
        asked = subject.words.phrase("compared", topic=called(topic), label=label)
    first, rest = sentences(fact.text)
    named = set(subject.stems(fact.label)) - subject.vendor - differences
    if not named <= set(subject.stems(first)):  # what is behind the first sentence tells of the other one
        first, rest = fact.text, ()
    made = replace(asking("compare", fact, topic, said(asked), first), extra=(Quote(fact.id, rest),) if rest else ())
    both = len(tokens(label)) <= _LABEL and _tells_of_both(label, fact.text, subject)
    yield replace(made, refused="" if both else "it tells of one of the two only, or its label is a sentence")


def _tells_of_both(label: str, text: Text, subject: Subject) -> bool:
    """Whether what is said below "Buckets vs objects" is said of either of them, as far as words can tell."""
    sides = re.split(rf"\s(?:{'|'.join(map(re.escape, sorted(subject.words.listed('words', 'difference'))))})\.?\s", label.lower())
    told = set(subject.stems(text))
    named = len(sides) < 2 or all(set(subject.stems(side)) & told for side in sides)
    parted = _CONTRAST.search(plain(text)) is not None or not subject.words.listed("words", "but").isdisjoint(tokens(plain(text)))
    return named or parted


def _place(fact: Fact, topic: Topic, subject: Subject) -> str:
    return place_of(fact, topic, subject) or called(topic)


def _compared(fact: Point, topic: Topic, subject: Subject) -> list[Topic]:
    """The other topics that a line names."""
    return [other for other in subject.topics.values() if other is not topic and subject.names_topic(fact.text, other)]


def which(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """A labelled list of two or three."""
    if not isinstance(fact, Point) or not is_named(fact) or subject.is_shared(topic, fact.label):
        return
    items = items_of(fact.text, subject)
    short = all(len(tokens(item)) <= 5 and "(" not in item and not has_verb(item, subject) for item in items)
    named = not has_attribute(fact.label, subject) or any(is_name(item, subject) for item in items)
    parted = "," in plain(fact.text) or all(len(tokens(item)) <= 2 for item in items)
    alike = len({is_name(item, subject) for item in items}) == 1 or announces(fact.label, subject)
    joining = subject.words.listed("words", "relation") | subject.stop  # "Network of tiny, thin vessels" is one thing
    brief = all(len(tokens(item)) <= _SHORT and joining.isdisjoint(tokens(item)) for item in items)
    several = brief and announces(fact.label, subject)
    parted = parted and alike and (len(items) > 2 or not parted_by_comma(raw(fact.text)) or several)
    small = subject.stop | subject.words.listed("words", "relation")
    parted = parted and not any(tokens(item)[:1] and tokens(item)[0] in small - subject.determiners for item in items)
    counted = [item for item in items if item[:1].isdigit()]  # "1+ data centers, 60+ miles apart" is said of each
    answers = {normal(item) for item in items} & subject.words.listed("words", "yes_no")
    dated = any(is_date(said(item), subject) for item in items)  # "Defenestration of Prague, 23 May 1618" is one thing
    if not 2 <= len(items) <= 3 or not parted or dated or any(sign in plain(fact.text) for sign in (*".;:→=", "->")):
        return
    begins = " ".join(takewhile(lambda word: word not in subject.stop, tokens(plain(fact.label))))  # "Ways to pay"
    several = announces(fact.label, subject) or announces(said(begins), subject) or not subject.words.data["words"]["plural"]
    asked = subject.words.phrase("which_n", topic=_place(fact, topic, subject), label=plain(fact.label), n=len(items))
    refused = "the list is open" if is_open(fact.text, subject) else ""
    joins = re.search(r"\s\+\s", plain(fact.label)) is not None  # "ALB + Auto Scaling" has what follows together
    if answers or counted or joins or subject.topic_named(fact.label) is not None:
        refused = "what it says are no things of one kind"
    if 3 * common_share(items, subject) >= 2 and len(items) == 3:
        refused = "what it lists is told of several topics"
    ends = tail_of(raw(without_end_stop(fact.text)), subject)[1]
    yield replace(
        asking("list", fact, topic, said(asked), fact.text),
        apt=short and named and several and not ends and joined_last(raw(fact.text), subject),
        refused=refused,
    )


def step(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """A step of a process: what comes after the one before; the whole order stands on the back."""
    if not isinstance(fact, Point) or fact.kind != "step":
        return
    section = subject.section_of[fact.id]
    every = [other for other in section.facts if isinstance(other, Point) and other.kind == "step"]
    labels = [normal(plain(one.label)) for one in every]
    # A label of several steps leads to them, any other one is a part of its step: "Coupling: …".
    parents = [label if labels.count(label) > 1 else normal(one.under) for one, label in zip(every, labels, strict=True)]
    own = parents[every.index(fact)]
    steps = [one for one, parent in zip(every, parents, strict=True) if parent == own]
    inside = [normal(plain(one.label)) in ("", own) for one in steps]
    told = [
        one.text if bare else (*one.label, Words(" → " if one.arrow else ": "), *one.text)
        for one, bare in zip(steps, inside, strict=True)
    ]
    at = steps.index(fact)
    lead = (plain(fact.label) if inside[at] else fact.under) if own else ""
    name = ("" if section.name and has_verb(lead, subject) else lead) or section.name or topic.title
    order = [Quote(one.id, (Words(f"{number}. "), *told[number - 1])) for number, one in enumerate(steps, 1)]
    shown = tuple(order[max(0, at - 2) : at + 3])
    if at:
        asked, prompt = _of_process("step_after", name, topic, subject), without_end_stop(told[at - 1])
    else:
        asked, prompt = "", said(_of_process("step_first", name, topic, subject))
    around = tuple(quote.fact for quote in shown if quote.fact != fact.id)
    made = replace(asking("step", fact, topic, prompt, told[at]), lead=asked, extra=shown, around=around)
    refused = "" if len(steps) >= _STEPS else "too few steps to ask for their order"
    refused = refused or _against_order(steps, [plain(one) for one in told], at, topic, subject)
    yield replace(made, refused=refused)


def _against_order(steps: Sequence[Point], told: Sequence[str], at: int, topic: Topic, subject: Subject) -> str:
    """Why nobody could say which step comes next: the process branches, a step stands in it twice, the first one is its name."""
    rules = sum(not subject.words.listed("words", "condition").isdisjoint(tokens(step)[:1]) for step in told)
    leading = sum(one.arrow or _LEADS.search(step) is not None for one, step in zip(steps, told, strict=True))
    if 2 * rules >= len(told) or 0 < 2 * leading < len(told):  # in "A → B", "B → C" each step leads on
        return "the process branches: what comes next depends"
    before = subject.lines[steps[at - 1].id]
    if at and any(one is not steps[at - 1] and _alike_steps(before, subject.lines[one.id]) for one in steps):
        return "another step says nearly the same"
    new = set(subject.stems(told[at])) - subject.own_words(topic) - subject.vendor - subject.plain
    begins = next(iter(tokens(told[at])), "")
    return "the first step only says what the process is" if not at and new <= {stem(begins)} else ""


def _alike_steps(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) > 1 and len(one & other) >= _ALIKE * len(one | other)


def _of_process(phrase: str, name: str, topic: Topic, subject: Subject) -> str:
    """The question for a step of what is named; a topic that is the process itself is named once."""
    asked = subject.words.phrase(phrase, topic=called(topic), label=name)
    return asked.removeprefix(f"{called(topic)} — ") if normal(name) in (normal(topic.name), normal(topic.title)) else asked


def merged(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """The bullets of a "use cases" or "when to use" section together: one question, the answer is the topic."""
    if fact.kind not in ("use_case", "when_to_use") or not isinstance(fact, Point) or fact.label or "no-card" in fact.marks:
        return
    section = subject.section_of[fact.id]
    groups = _groups(section, fact.kind)
    mates = next((group for group in groups if fact in group), [])
    parts = tuple((mate.id, _as_bullet(mate, topic, subject)) for group in groups for mate in group)
    phrase = "which_used_for" if fact.kind == "use_case" else "which_choose"
    if not subject.named_item:  # nobody says what the topics are: "What would you use?"
        phrase = "scenario"
    made = which_topic(topic, (), phrase, subject, tuple(mate.id for mate in mates))
    yield shared_by(replace(made, parts=parts), made.facts)


def _as_bullet(mate: Point, topic: Topic, subject: Subject) -> Text:
    """What a shared card shows of a bullet; every bullet of its section asks for it."""
    if mate.id not in subject.bullets:
        subject.bullets[mate.id] = masked(without_end_stop(mate.text), topic, subject)
    return subject.bullets[mate.id]


def _groups(section: Section, kind: str) -> list[list[Point]]:
    """The unlabelled bullets of a section in groups that fit a phone: at most six, at most 170 characters."""
    groups: list[list[Point]] = []
    for fact in section.facts:
        if isinstance(fact, Point) and not fact.label and fact.kind == kind and "no-card" not in fact.marks:
            room = bool(groups) and fits_beside([mate.text for mate in groups[-1]], fact.text)
            groups.append([fact]) if not room else groups[-1].append(fact)
    return groups


def identify(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """Which topic a statement is about, where its words can only mean one."""
    if not isinstance(fact, Point):
        return
    fits = fact.kind not in ("comparison", "code", "step", "date", "pair") and subject.identifiable and subject.named_item
    told = without_end_stop(fact.text)
    if label := own_label(fact, topic):
        told = (*label, Words(": "), *told)
    phrase = {"use_case": "which_used_for", "when_to_use": "which_choose"}.get(fact.kind, "which_about")
    yield replace(which_topic(topic, masked(told, topic, subject), phrase, subject, (fact.id,)), apt=fits)


def picture(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """What a picture shows, by its caption."""
    shown = [one for one in fact.pictures if one.source in subject.pictures]
    if isinstance(fact, Point) and fact.caption and shown:
        prompt: Text = (
            Words(subject.words.phrase("shown", topic=called(topic))),
            Words("\n"),
            *(Picture(one.source, "") for one in shown),
        )
        yield asking("question", fact, topic, prompt, fact.text)


def code(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """A command or a piece of code by what it is for."""
    shown = subject.words.listed("words", "example") | subject.words.listed("words", "printed")  # what is shown is not asked for
    if isinstance(fact, Point) and fact.kind == "code" and fact.label:
        made = asking("question", fact, topic, (Words(f"{called(topic)}: "), *fact.label), fact.text)
        drawn = not re.search(r"[^\W\d_]{3}.*\n?.*[^\W\d_]{3}", plain(fact.text)) or bool(_DRAWN.search(raw(fact.text)))
        apt = shown.isdisjoint(tokens(plain(fact.label))) and not (drawn or _asks_no_code(fact, subject))
        yield replace(made, apt=apt)


def _asks_no_code(fact: Point, subject: Subject) -> bool:
    """Whether a label asks for no code: it only counts, "Solution 2", warns, "UNSAFE", or is the command itself."""
    told, label = plain(fact.text), plain(fact.label)
    own = set(subject.stems(label)) | {word for word in tokens(told) if len(word) < _SHORT}
    itself = normal(told).startswith(normal(label)) or set(subject.stems(told)) <= own
    warns = bool(tokens(label)) and tokens(label)[0] in subject.words.listed("words", "wrong")
    return itself or only_counts(label, subject) or warns
