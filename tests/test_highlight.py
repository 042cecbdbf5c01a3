"""Code is coloured by class names, and a language that is not known costs nothing."""

from deckpress.highlight import highlighted
from deckpress.markup import card_html
from deckpress.model import Code


def test_pieces_put_together_are_the_code() -> None:
    source = "def f(x):\n    return x  # twice\n\n"
    for language in ("python", "", "no-such-language"):
        assert "".join(text for _, text in highlighted(source, language)) == source


def test_keywords_and_comments_have_their_classes_and_indentation_stays() -> None:
    html = card_html((Code("if x < 1:\n    pass  # <b>", block=True, language="python"),))
    assert '<span class="k">if</span>' in html
    assert "\n    <span" in html
    assert "# &lt;b&gt;" in html
