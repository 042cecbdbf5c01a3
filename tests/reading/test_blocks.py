"""Markdown is read as CommonMark reads it: what is made here for speed equals what markdown-it makes."""

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from deckpress.markup import card_html
from deckpress.model import Formula
from deckpress.reading import blocks

PIECES = st.lists(
    st.sampled_from(
        [
            "**",
            "word",
            " ",
            "a",
            ")",
            "(",
            ".",
            ":",
            "é",
            "**b**",
            "**two words**",
            "- ",
            "5",
            "’",
            '"',
            "/",
            "**x)**",
            "<",
            "&",
            "~",
            "!",
            "?",
            "**¿a?**",
            ">",
            "**b:**",
        ]
    )
    | st.text(max_size=4),
    max_size=14,
).map("".join)


def by_markdown_it(text: str) -> str:
    token = Token("inline", "", 0, content=text, children=[])
    assert token.children is not None
    MarkdownIt("commonmark").enable("strikethrough").disable("html_inline").inline.parse(text, MarkdownIt(), {}, token.children)
    return card_html(blocks.inline(token))


@given(PIECES)
@settings(max_examples=3000, deadline=None, derandomize=True)
def test_the_short_way_for_simple_lines_gives_what_markdown_it_gives(text: str) -> None:
    if blocks.SIMPLE.match(text):
        token = Token("inline", "", 0, content=text, children=None)
        assert card_html(blocks.inline(token)) == by_markdown_it(text)


def formulas(text: str) -> list[str]:
    return [part.source for block in blocks.parse(text) for part in block.text if isinstance(part, Formula)]


def test_money_and_shell_variables_are_no_formulas() -> None:
    assert formulas("It costs $5 or $100,000 a year, from $5 to $10; $HOME/$USER; 5$ and 10$.") == []
    assert formulas("With $E = mc^2$ and $$x_1$$.\n\n$$\na^2 + b^2\n$$") == ["E = mc^2", "x_1", "a^2 + b^2"]
