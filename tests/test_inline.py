"""A text is cut by positions in its plain words, and put together again it is what it was."""

from hypothesis import given, settings
from hypothesis import strategies as st

from deckpress.inline import between, cut, length, raw, trimmed, unstyled
from deckpress.markup import plain
from deckpress.model import Code, Styled, Text, Words

TEXT: Text = (Words("Stores "), Styled("strong", (Words("all files "), Code("*.md"))), Words(" in S3"))


def test_a_cut_keeps_emphasis_on_both_sides_and_no_blanks_at_its_ends() -> None:
    assert raw(TEXT) == "Stores all files *.md in S3"
    assert cut(TEXT, 0, 10) == (Words("Stores"), Styled("strong", (Words("all"),))) or plain(cut(TEXT, 0, 10)) == "Stores all"
    assert plain(cut(TEXT, 11, 21)) == "files *.md"


@given(st.integers(0, 27), st.integers(0, 27))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_pieces_put_together_are_the_whole(one: int, other: int) -> None:
    first, second = sorted((one, other))
    pieces = (*between(TEXT, 0, first), *between(TEXT, first, second), *between(TEXT, second, 27))
    assert raw(pieces) == raw(TEXT)
    assert sum(map(length, pieces)) == 27


def test_emphasis_around_the_whole_is_taken_off() -> None:
    assert unstyled((Styled("strong", (Words("a"),)),)) == (Words("a"),)
    assert trimmed((Words(" a "), Words(" "))) == (Words("a"),)
