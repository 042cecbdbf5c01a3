"""Text as cards, sheets and plain words show it: escaped once, in one place."""

from hypothesis import given
from hypothesis import strategies as st

from deckpress.markup import card_html, cloze_html, fact_words, paper_html, phrase, plain, without_end_stop
from deckpress.model import Break, Code, Formula, Link, Picture, Styled, Words

from .conftest import guide_of


def test_angle_brackets_and_ampersands_are_text() -> None:
    assert card_html((Words("a<b & c"),)) == "a&lt;b &amp; c"
    assert paper_html((Code("x<y>"),)) == "<code>x&lt;y&gt;</code>"


def test_emphasis_and_hard_breaks_stay() -> None:
    text = (Styled("strong", (Words("a"),)), Break(True), Styled("em", (Words("b"),)), Break(False), Words("c"))
    assert card_html(text) == "<strong>a</strong><br><em>b</em> c"


def test_only_web_and_mail_links_leave_the_program() -> None:
    words = (Words("x"),)
    assert card_html((Link("https://example.org", words),)) == '<a href="https://example.org">x</a>'
    for target in ("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", " https://e.org", "//e.org"):
        assert card_html((Link(target, words),)) == "x"


def test_a_cloze_is_not_ended_or_hinted_by_its_text() -> None:
    told = cloze_html((Words("a}}b::c{{d"),))
    assert not {"}}", "::", "{{"} & {told[at : at + 2] for at in range(len(told))}


@given(st.text())
def test_no_text_becomes_a_tag(text: str) -> None:
    for html in (card_html((Words(text),)), paper_html((Code(text),))):
        assert "<" not in html.replace("<code>", "").replace("</code>", "")


def test_plain_words_have_single_blanks_and_name_pictures() -> None:
    assert plain((Words("a  b"), Break(True), Picture("x.png", "a robin"))) == "a b a robin"


def test_a_final_full_stop_goes_and_an_ellipsis_stays() -> None:
    assert plain(without_end_stop((Words("It sings."),))) == "It sings"
    assert plain(without_end_stop((Words("and so on..."),))) == "and so on..."


def test_label_and_text_count_as_one_for_sameness() -> None:
    one, other = (guide_of(f"# B\n\n## R\nA bird.\n- {line}\n").facts[1] for line in ("**Song**: all year", "Song - all year"))
    assert fact_words(one) == fact_words(other) == "song all year"


def test_a_single_sentence_among_phrases_has_no_full_stop_and_several_keep_theirs() -> None:
    assert plain(phrase((Words("Sings all year."),))) == "Sings all year"
    assert plain(phrase((Words("Sings. Eats worms."),))) == "Sings. Eats worms."


def test_signs_that_typefaces_lack_stand_on_paper_as_those_that_say_the_same() -> None:
    assert paper_html((Words("✅ yes ❌ no ➜ go"),)) == "✓ yes ✗ no → go"


def test_a_formula_and_a_picture_are_part_of_the_page_on_paper() -> None:
    assert 'alt="E = mc^2"' in paper_html((Formula("E = mc^2", block=False),))
    assert paper_html((Formula(r"\nosuchcommand", block=False),)) == r"<code>\nosuchcommand</code>"
    assert paper_html((Picture("a/heart.png", ""),), {"a/heart.png": "data:image/png;base64,AA"}).endswith('alt="heart">')
    assert paper_html((Picture("a/heart.png", "the heart"),)) == "<i>the heart</i>"
