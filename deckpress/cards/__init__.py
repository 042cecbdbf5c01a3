"""Guide -> for each fact its candidates in rank order, each with the guard that refuses it, or the reason for no card.

Knows no HTML, no Anki, and not what has shipped: what is sticky is `shipping`'s business alone.
"""

from collections.abc import Iterator
from dataclasses import replace

from ..markup import plain
from ..model import Candidate, Fact, FactCards, Guide, Point, Topic
from ..words import normal
from .guards import fillable, refusal
from .kinds import choice

from .gaps import cloze_list  # isort: skip
from .lines import row  # isort: skip
from .parts import RULES
from .subject import Subject, subject

# The modules of kinds are imported in rank order: each registers its own.
assert (RULES[0], cloze_list in RULES, RULES[-1]) == (choice, True, row)

__all__ = ["offer"]


def offer(guide: Guide) -> tuple[FactCards, ...]:
    """What each fact of the guide could be asked as, in guide order."""
    about = subject(guide)
    offered = []
    for topic in guide.topics:
        for fact in topic.facts:
            candidates = tuple(_candidates(fact, topic, about))
            offered.append(FactCards(fact.id, candidates, no_card=_reason(fact, candidates)))
    return tuple(offered)


def _candidates(fact: Fact, topic: Topic, about: Subject) -> Iterator[Candidate]:
    bare = _bare(fact, about)
    for make in RULES:
        for candidate in make(fact, topic, about):
            if candidate.reverse and candidate.rule != "pair" and (why := _one_way(candidate, fact, about)):
                candidate = replace(candidate, one_way=why)  # noqa: PLW2901
            yield replace(candidate, refused=_refused(candidate, fact, about, bare), fillable=fillable(candidate))


def _refused(candidate: Candidate, fact: Fact, about: Subject, bare: str) -> str:
    """Why the candidate makes no card; the author's word comes before every guard."""
    if not fillable(candidate):
        return "front or answer would be empty"
    if "no-card" in fact.marks:
        return "the author says {no-card}"
    if "card" in fact.marks:
        return ""
    return candidate.refused or refusal(candidate, fact, about) or (bare if len(candidate.facts) == 1 else "")


def _one_way(candidate: Candidate, fact: Fact, about: Subject) -> str:
    """Why a definition is not asked the other way round ("" where it is)."""
    if "both" in fact.marks:
        return ""
    shown = replace(candidate, rule="identify", prompt=candidate.reverse, answer=candidate.reverse_answer)
    return refusal(shown, fact, about)


def _bare(fact: Fact, about: Subject) -> str:
    """A bare noun phrase asks for nothing: no label, no verb to be seen, a few words."""
    if (
        not isinstance(fact, Point)
        or (fact.label and normal(plain(fact.label)) != normal(fact.section))
        or fact.kind in ("step", "date", "pair", "pricing", "limit")
    ):
        return ""
    told = plain(fact.text)
    few = len(about.stems(told)) <= 5 and len(told.split()) <= 6
    return "a bare phrase: it asks for nothing by itself" if few and "," not in told and not any(c.isdigit() for c in told) else ""


def _reason(fact: Fact, candidates: tuple[Candidate, ...]) -> str:
    if any(not candidate.refused for candidate in candidates):
        return ""
    if candidates:
        return candidates[0].refused
    return "no rule makes a card of a " + ("bare line" if isinstance(fact, Point) and not fact.label else fact.kind)
