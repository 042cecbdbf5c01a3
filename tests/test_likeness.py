"""How alike two texts are."""

from deckpress.likeness import likeness


def test_likeness_is_one_for_equal_words_and_none_for_strange_ones() -> None:
    assert likeness("sings in winter", "Sings in winter") == 1.0
    assert likeness("sings in winter", "eats worms") < 0.1
