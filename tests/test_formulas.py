"""Formulas as pictures for paper."""

from deckpress.formulas import drawn


def test_a_formula_is_drawn_with_its_height_and_depth() -> None:
    made = drawn(r"\frac{a}{b} + \sqrt{x}", block=False)
    assert made is not None
    assert made.svg.startswith("<svg")
    assert 0.5 < made.height < 3
    assert 0 < made.depth < made.height


def test_it_is_the_same_each_time() -> None:
    drawn.cache_clear()
    first = drawn("E = mc^2", block=True)
    drawn.cache_clear()
    assert drawn("E = mc^2", block=True) == first


def test_a_command_that_nobody_knows_is_not_drawn() -> None:
    assert drawn(r"\nosuchcommand{x}", block=False) is None
    assert drawn(r"\frac{a}", block=False) is None
