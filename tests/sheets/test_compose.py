"""How topics come together on sheets: in guide order, no page half empty, none of them split."""

from hypothesis import given
from hypothesis import strategies as st

from deckpress.sheets import Block, Look
from deckpress.sheets.compose import sheets_of
from deckpress.sheets.sizes import PAGE


def block(name: str, lines: float, *, glossary: bool = False, kicker: str = "Birds") -> Block:
    return Block(
        slug=name, name=name, kicker=kicker, expansion="", what=(), pick=(), left=(), right=(), tables=(), quiz=(), revision=1,
        mark="abcd", lines=lines, glossary=glossary,
    )  # fmt: skip


def groups(*lines: float) -> list[list[str]]:
    made = [block(str(at), size) for at, size in enumerate(lines)]
    return [[one.name for one in sheet.blocks] for sheet in sheets_of(made, "Birds", Look())]


def test_small_neighbours_share_a_sheet_and_a_rich_topic_has_its_own() -> None:
    assert groups(PAGE / 4, PAGE / 4, PAGE / 4, PAGE, PAGE / 3, PAGE / 3) == [["0", "1", "2"], ["3"], ["4", "5"]]


def test_a_glossary_and_large_print_share_nothing() -> None:
    made = [block("a", 10), block("b", 10, glossary=True), block("c", 10)]
    assert [len(sheet.blocks) for sheet in sheets_of(made, "Birds", Look())] == [1, 1, 1]
    assert [len(sheet.blocks) for sheet in sheets_of([block("a", 5), block("b", 5)], "Birds", Look(large=True))] == [1, 1]


def test_a_shared_sheet_is_named_by_its_topics_and_has_their_heading_where_it_is_the_same() -> None:
    same, other = block("a", 10), block("b", 10, kicker="Fish")
    (sheet,) = sheets_of([same, other], "Animals", Look())
    assert (sheet.slug, sheet.name, sheet.kicker) == ("a+b", "a · b", "Animals")
    (sheet,) = sheets_of([same, block("c", 10)], "Animals", Look())
    assert sheet.kicker == "Birds"


@given(st.lists(st.floats(min_value=3, max_value=3 * PAGE), min_size=1, max_size=40))
def test_every_topic_stands_on_one_sheet_in_guide_order_and_none_is_squeezed_out_of_reading(lines: list[float]) -> None:
    made = groups(*lines)
    assert [int(name) for group in made for name in group] == list(range(len(lines)))
    for group in made:
        assert len(group) == 1 or sum(lines[int(name)] for name in group) <= 1.45 * PAGE
