"""Which card a fact becomes, or why none: by rule, from the guide alone."""

import pytest

from deckpress.cards import offer
from deckpress.markup import plain
from deckpress.model import Candidate, Gap

from ..conftest import guide_of

HEAD = """# Sea animals

## Octopus
A mollusc with eight arms and three hearts.

{lines}

## Lobster
A crustacean with two large claws.

- Walks on ten legs over rocky ground

## Herring
A silvery fish that swims in huge shoals.

- Filters plankton with its gills

## Seal
A mammal that hunts fish and rests on beaches.

- Holds its breath for half an hour
"""


def card(lines: str) -> Candidate | None:
    """The card of the first fact under the first topic after its definition."""
    guide = guide_of(HEAD.format(lines=lines))
    fact = guide.topics[0].facts[1]
    offered = next(cards for cards in offer(guide) if cards.fact == fact.id)
    return next((candidate for candidate in offered.candidates if not candidate.refused), None)


def shown(candidate: Candidate | None) -> tuple[str, str, str]:
    assert candidate is not None
    parts = (f"[{plain(part.text)}]" if isinstance(part, Gap) else f"{plain((part,))} " for part in candidate.prompt)
    front = f"{candidate.lead} {''.join(parts)}"
    return candidate.rule, " ".join(f"{front} {candidate.follow}".split()), plain(candidate.answer)


CARDS = {
    "- **Ink sac**: a gland that squirts a dark cloud at attackers": (
        "label", "Octopus: what does “Ink sac” mean?", "a gland that squirts a dark cloud at attackers"),
    "- **Favourite food**: crabs, snails, mussels, shrimps": (
        "cloze", "Octopus — Favourite food : [crabs], [snails], [mussels], [shrimps]", ""),
    "- **Kinds of defence**: ink clouds, camouflage": ("list", "Octopus — Kinds of defence: which 2?", "ink clouds, camouflage"),
    "- **Price**: about ten euros a kilo": ("price", "How do you pay for Octopus?", "about ten euros a kilo"),
    "- Grows up to a weight of 50 kg": ("cloze", "Octopus — Grows up to a weight of [50 kg]", ""),
    "- Opens screw lids and remembers the trick for months": (
        "identify", "Which animal offers this? Opens screw lids and remembers the trick for months", "Octopus"),
    "### Timeline\n- **1758**: Linnaeus gives it its Latin name": (
        "date", "Octopus — 1758: what happened?", "Linnaeus gives it its Latin name"),
    "### Vocabulary\n- el pulpo = the octopus": ("pair", "Octopus el pulpo", "the octopus"),
    "### Comparison\n- **Octopus against squid**: the squid has ten arms, the octopus eight": (
        "compare", "Octopus against squid: what is the difference?", "the squid has ten arms, the octopus eight"),
    "### Questions\n1. How many hearts has it? **Answer: Three**": ("question", "Octopus: How many hearts has it?", "Three"),
    "### Questions\n1. A diver finds a jar opened from the inside. **Answer: Octopus**": (
        "scenario", "A diver finds a jar opened from the inside. What would you use?", "Octopus"),
}  # fmt: skip


@pytest.mark.parametrize("lines", CARDS)
def test_a_fact_becomes_the_card_of_its_shape(lines: str) -> None:
    assert shown(card(lines)) == CARDS[lines]


NO_CARDS = {
    "a bare phrase": "- Clever animal",
    "a label that only names an attribute": "- **Speed**: fast",
    "an answer that repeats its label": "- **Eight arms**: it has eight of these arms",
    "a statement that fits another topic": "- Rests on beaches and hunts fish",
    "the author's {no-card}": "- **Ink sac**: a gland that squirts a dark cloud at attackers {no-card}",
}


@pytest.mark.parametrize("why", NO_CARDS)
def test_no_card_is_made_of(why: str) -> None:
    assert card(NO_CARDS[why]) is None
    guide = guide_of(HEAD.format(lines=NO_CARDS[why]))
    assert next(cards for cards in offer(guide) if cards.fact == guide.topics[0].facts[1].id).no_card


def test_the_authors_card_mark_comes_before_every_guard() -> None:
    assert card("- Clever animal {card}") is not None


def test_bullets_of_use_cases_are_asked_together() -> None:
    made = card("### Use cases\n- salads of the Mediterranean\n- research into nerves\n- aquariums for schools")
    assert made is not None
    assert len(made.facts) == 3
    assert shown(made)[1].endswith("salads of the Mediterranean · research into nerves · aquariums for schools")


def test_a_definition_is_asked_both_ways_with_its_own_name_hidden() -> None:
    guide = guide_of(HEAD.format(lines="").replace("A mollusc with", "An octopus is a mollusc with"))
    made = offer(guide)[0].candidates[0]
    assert shown(made)[1] == "What is Octopus?"
    assert plain(made.reverse) == "An ___ is a mollusc with eight arms and three hearts."


def test_a_long_definition_is_asked_by_its_head_and_told_whole_below() -> None:
    long = "A mollusc of the sea, " + "which does a great many things that nobody would expect of such a soft animal " * 2
    guide = guide_of(HEAD.format(lines="").replace("A mollusc with eight arms and three hearts.", long))
    made = offer(guide)[0].candidates[0]
    assert plain(made.answer) == "A mollusc of the sea"
    assert plain(made.extra[0]) == long.strip()


def test_every_fact_ends_in_a_card_or_a_reason() -> None:
    for cards in offer(guide_of(HEAD.format(lines="- Clever animal\n- **Ink sac**: a gland that squirts a dark cloud"))):
        assert bool(cards.no_card) != any(not candidate.refused for candidate in cards.candidates)
