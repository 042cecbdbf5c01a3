"""Which card a fact becomes, or why none: each case is a guide and its cards, in tests/cases/cards."""

import pytest
from hypothesis import given, settings
from markdown_it.utils import read_fixture_file

from deckpress.cards import RULES, offer
from deckpress.markup import plain
from deckpress.model import Candidate, Gap

from ..conftest import MARKDOWN, ROOT, guide_of

CASES = [
    pytest.param(text, wanted, id=f"{path.stem}: {title}")
    for path in sorted((ROOT / "tests/cases/cards").glob("*.md"))
    for _, title, text, wanted in read_fixture_file(path)
]


def shown(candidate: Candidate) -> str:
    """Rule, front and answer; what a gap hides in square brackets; a term's second card behind `//`."""
    parts = [f"[{plain(part.text)}]" if isinstance(part, Gap) else plain((part,)).join(_blanks(part)) for part in candidate.prompt]
    front = " ".join(f"{candidate.lead} {''.join(parts)} {candidate.follow}".split())
    back = f" = {plain(candidate.answer)}" if plain(candidate.answer) else ""
    second = candidate.reverse and not candidate.one_way
    reverse = f" // {candidate.reverse_prompt} {plain(candidate.reverse)} = {plain(candidate.reverse_answer)}" if second else ""
    return f"{candidate.rule}: {front}{back}{reverse}"


def _blanks(part: object) -> tuple[str, str]:
    """The blanks at the ends of a part, which `plain` takes away."""
    text = str(getattr(part, "text", ""))
    return " " * (text[:1].isspace()), " " * (text[-1:].isspace())


def told(text: str) -> str:
    """A line for each card, with the guide's line; what has none with its reason."""
    guide = guide_of(text)
    offered = {cards.fact: cards for cards in offer(guide)}
    covered: set[str] = set()
    lines = []
    for fact in guide.facts:
        fit = [one for one in offered[fact.id].candidates if one.apt and not one.refused and not one.beside]
        fit = fit[:1] + [one for one in offered[fact.id].candidates if one.apt and not one.refused and one.beside]
        here = [one for one in fit if covered.isdisjoint(one.facts) or one.beside]
        lines += [f"{fact.span.line} {shown(one)}" for one in here]
        covered.update(*(one.facts for one in here))
        if fact.id not in covered:
            lines.append(f"{fact.span.line} - {offered[fact.id].no_card}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_a_fact_becomes_the_card_that_an_expert_would_write(text: str, wanted: str) -> None:
    assert told(text) == wanted


def test_every_card_kind_has_its_case() -> None:
    lines = [line for case in CASES for line in str(case.values[1]).splitlines()]
    wanted = {line.split(" ")[1].rstrip(":") for line in lines}
    kinds = "define identify question scenario choice price cloze compare list label name step date pair -"
    assert wanted >= set(kinds.split(" "))
    assert len(RULES) == len(set(RULES))


@given(MARKDOWN)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_every_fact_of_any_guide_ends_in_a_card_or_a_reason(text: str) -> None:
    for cards in offer(guide_of(text)):
        live = any(one.apt and not one.refused and not one.beside for one in cards.candidates)
        assert bool(cards.no_card) != live
