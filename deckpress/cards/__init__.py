"""Guide -> for each fact its candidates in rank order, each with the guard that refuses it, or the reason for no card.

Knows no HTML, no Anki, and not what has shipped: what is sticky is `shipping`'s business alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..markup import plain
from ..model import Candidate, Definition, Fact, FactCards, Guide, Picture, Point, Question, Quote, Row, Topic
from ..words import normal, tokens
from . import (
    asked,
    brackets,
    definitions,
    echoes,
    gaps,
    guards,
    labels,
    lines,
    listed,
    spare,
    stated,
    tables,
    terms,
    unasked,
    unclear,
    worth,
)
from .again import apart, settle, with_besides
from .guarding import fillable, refusal
from .parts import Rule, is_glossary
from .siblings import Family, choices, family, with_siblings
from .subject import Subject, subject
from .told import Told, live

__all__ = ["RULES", "offer"]

# The card kinds in rank order: of those that fit a fact and are not refused, the first makes its card.
RULES: tuple[Rule, ...] = (
    gaps.marked, asked.choice, asked.question, lines.picture, definitions.define, listed.equations,
    terms.term, terms.pair, terms.date, lines.step,
    lines.price, listed.rows, gaps.glosses, listed.sequence, listed.closed_list, lines.compare, gaps.number, lines.which, gaps.tail,
    brackets.bracket, stated.announced, labels.label, stated.stated, lines.merged, lines.identify, lines.code, tables.cells,
    spare.spare,
)  # fmt: skip
_GUARDS = (*guards.GUARDS, *unasked.GUARDS, *worth.GUARDS, *echoes.GUARDS, *unclear.GUARDS)


def offer(guide: Guide, pictures: frozenset[str] = frozenset()) -> tuple[FactCards, ...]:
    """What each fact of the guide could be asked as, in guide order. `pictures` are the sources of those that can be shown."""
    about = subject(guide, pictures)
    home = family(about)
    offered = {fact.id: tuple(_with_choices(fact, topic, about, home)) for topic in guide.topics for fact in topic.facts}
    single = apart(_one_choice_a_topic(offered, about), about)
    told = settle(single, about)
    return tuple(_settled(fact, single[fact.id], told, about) for fact in guide.facts)


def _one_choice_a_topic(offered: Mapping[str, tuple[Candidate, ...]], about: Subject) -> dict[str, tuple[Candidate, ...]]:
    """Of the choice cards that could be made of a topic's situations the first: the others would repeat its options."""
    chosen: set[str] = set()
    out = {}
    for fact, candidates in offered.items():
        kept = []
        for one in candidates:
            if one.rivals and not one.refused:
                found = about.facts[fact]
                named = about.topic_named(found.answer) if isinstance(found, Question) else None
                topic = named.key if named else about.topic_of[fact]
                one = replace(one, refused="another situation of the topic has options") if topic in chosen else one  # noqa: PLW2901
                chosen.add(topic)
            kept.append(one)
        out[fact] = tuple(kept)
    return out


def _with_choices(fact: Fact, topic: Topic, about: Subject, home: Family) -> Iterator[Candidate]:
    for candidate in _candidates(fact, topic, about):
        yield with_siblings(candidate, fact, home)
        yield from choices(fact, candidate, home)


def _candidates(fact: Fact, topic: Topic, about: Subject) -> Iterator[Candidate]:
    bare = _bare(fact, about)
    for make in RULES:
        for candidate in make(fact, topic, about):
            if (
                candidate.reverse
                and candidate.rule == "define"
                and not candidate.one_way
                and (why := _one_way(candidate, fact, about))
            ):
                candidate = replace(candidate, one_way=why)  # noqa: PLW2901
            if fact.pictures and not any(isinstance(part, Picture) for part in candidate.prompt):
                candidate = replace(candidate, extra=(*candidate.extra, Quote(fact.id, fact.pictures)))  # noqa: PLW2901
            yield replace(candidate, refused=_refused(candidate, fact, about, bare), fillable=fillable(candidate))


def _refused(candidate: Candidate, fact: Fact, about: Subject, bare: str) -> str:
    """Why the candidate makes no card; the author's word comes before every guard."""
    if not fillable(candidate):
        return "front or answer would be empty"
    if "no-card" in fact.marks:
        return "the author says {no-card}"
    if "card" in fact.marks or not candidate.apt:  # what is only there for history's sake is never chosen
        return ""
    return candidate.refused or refusal(candidate, fact, about, _GUARDS) or (bare if len(candidate.facts) == 1 else "")


def _one_way(candidate: Candidate, fact: Fact, about: Subject) -> str:
    """Why a definition is not asked the other way round ("" where it is)."""
    if "both" in fact.marks:
        return ""
    if isinstance(fact, Definition) and fact.term and is_glossary(about.topics[fact.topic], about):
        return unasked.among_terms(candidate, fact, about)
    shown = replace(candidate, rule="identify", prompt=candidate.reverse, answer=candidate.reverse_answer)
    return refusal(shown, fact, about, _GUARDS)


def _bare(fact: Fact, about: Subject) -> str:
    """A bare noun phrase asks for nothing: no label, a few words, no verb and no relation among them."""
    if (
        not isinstance(fact, Point)
        or (fact.label and normal(plain(fact.label)) != normal(fact.section))
        or fact.kind in ("step", "date", "pair", "pricing", "limit")
        or fact.pictures
    ):
        return ""
    words = tokens(plain(fact.text))
    telling = about.words.listed("words", "relation") | about.words.listed("words", "verb") | about.stop
    joints = about.words.listed("reading", "and") | about.words.listed("words", "or")
    few = len(set(words) - joints) <= 6 and telling.isdisjoint(set(words) - joints)
    return (
        "a bare phrase: it asks for nothing by itself" if few and not any(char.isdigit() for word in words for char in word) else ""
    )


def _settled(fact: Fact, candidates: Sequence[Candidate], told: Told, about: Subject) -> FactCards:
    by, why = told.by.get(fact.id, ("", ""))
    why = why or told.refused.get(fact.id, "")
    forced = "card" in fact.marks or about.guide.settings.cards == "every-fact"
    if why and not forced:
        candidates = [replace(one, refused=one.refused or why) for one in candidates]
    elif forced and "no-card" not in fact.marks and live(candidates) is None:
        candidates = _forced(candidates)
    first = live(candidates)
    if first is None or first.rule != "label":
        candidates = [
            replace(one, refused="another card asks it") if one.beside and one.rule == "name" else one for one in candidates
        ]
    candidates = with_besides(candidates, told.besides.get(fact.id, ()))
    return FactCards(fact.id, tuple(candidates), extra_of=by if why else "", no_card=_reason(fact, candidates))


def _forced(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Where the author wants a card of every fact: the first that can be filled, whatever speaks against it."""
    ranked = sorted(candidates, key=lambda one: (not one.fillable, one.beside, not one.apt))
    first = ranked[0] if ranked and ranked[0].fillable else None
    return [replace(one, apt=True, beside=False, refused="") if one is first else one for one in candidates]


def _reason(fact: Fact, candidates: Sequence[Candidate]) -> str:
    if live(candidates) is not None:
        return ""
    reasons = [one.refused for one in candidates if one.apt and one.refused and not one.beside]
    if reasons:
        return reasons[-1]
    if isinstance(fact, Definition):
        return "it does not say what its heading is"
    if isinstance(fact, Row):
        return "none of its cells is asked for: too long, or told by the others"
    labelled = isinstance(fact, Point) and bool(fact.label)
    return "its label asks for nothing that its text answers in a few words" if labelled else _NOTHING_TO_ASK


_NOTHING_TO_ASK = "no part of it stands out: no label, no number with a unit, no name or short list at its end"
