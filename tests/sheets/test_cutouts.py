"""Cards to cut out: every back lies behind its front, whichever way the paper is turned, and no text is clipped."""

import pytest

from deckpress.identity import identify
from deckpress.lock import Lock
from deckpress.markup import plain
from deckpress.model import Guide
from deckpress.reading import read
from deckpress.sheets import PAPERS, Cut, Cutouts, Look, cutouts_of
from deckpress.shipping import first_header

from ..conftest import ROOT, shipped

NEAR = 0.5 * 25.4 / 72  # half a point in millimetres
CUTS = [
    Cut(), Cut(per_page=10), Cut(flip="short"), Cut(per_page=10, flip="short"), Cut(fold=True), Cut(per_page=10, fold=True),
    Cut(offset_x=1.5, offset_y=-2.0), Cut(flip="short", offset_x=0.5, offset_y=1.0),
]  # fmt: skip


def guide_with_ids(text: str) -> Guide:
    """The guide that a first build knows."""
    guide = read(text, "guide.md", "guide")
    return identify(guide, Lock(first_header("1" * 32, guide, guide.title))).guide


def cutouts(text: str, cut: Cut, look: Look) -> Cutouts:
    return cutouts_of(guide_with_ids(text), shipped(text).asks, cut, look)[0]


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("cut", CUTS, ids=str)
def test_each_back_lies_behind_its_front(cut: Cut, paper: str) -> None:
    made = cutouts((ROOT / "source/aws-compute.md").read_text("utf-8"), cut, Look(paper))
    wide, high = PAPERS[paper]
    pages = list(made.pages)
    pairs = [(page, page) for page in pages] if cut.fold else list(zip(pages[::2], pages[1::2], strict=True))
    for fronts, backs in pairs:
        places = {face.number: (x, y) for x, y, face in (fronts[::2] if cut.fold else fronts)}
        behind = {face.number: (x, y) for x, y, face in (backs[1::2] if cut.fold else backs)}
        assert places.keys() == behind.keys()
        for number, (x, y) in places.items():
            at, down = behind[number][0] - cut.offset_x, behind[number][1] - cut.offset_y
            if cut.flip == "short" and not cut.fold:
                assert abs(at - x) < NEAR
                assert abs(high - down - made.height - y) < NEAR
            else:  # over the long edge, or folded down the middle
                assert abs(wide - at - made.width - x) < NEAR
                assert abs(down - y) < NEAR


def test_every_card_of_the_deck_is_there_once_with_its_number_on_both_sides() -> None:
    made = cutouts((ROOT / "source/aws-compute.md").read_text("utf-8"), Cut(), Look())
    numbers = [face.number for page in made.pages for _, _, face in page]
    assert sorted(numbers) == sorted([*range(1, len(numbers) // 2 + 1)] * 2)
    deck = shipped((ROOT / "source/aws-compute.md").read_text("utf-8")).notes
    own = [note for note in deck if note.type != "choice" or all(one.facts != note.facts for one in deck if one is not note)]
    cards = sum(len(note.cards) for note in own)  # a situation and its options are one card on paper
    assert len(numbers) // 2 == cards


def test_a_gap_is_hidden_on_the_front_and_told_on_the_back() -> None:
    made = cutouts("# Birds\n\n## Robin\nA small bird.\n\n- Weighs 18 g\n", Cut(), Look())
    fronts, backs = made.pages
    told = [(plain(front.text), plain(back.text)) for _, _, front in fronts for _, _, back in backs if back.number == front.number]
    assert ("Robin: Weighs _____", "18 g") in told


def test_a_text_that_fits_no_cell_is_left_out_and_its_line_is_told() -> None:
    long = " ".join(["a situation that goes on and on"] * 60)
    text = f"# Birds\n\n## Robin\nA small bird.\n\n### Questions\n1. {long}? **Answer: Robin**\n"
    asks = shipped(text).asks
    made, without = cutouts_of(guide_with_ids(text), asks, Cut(per_page=10), Look())
    assert without == (7,)
    assert all("goes on" not in plain(face.text) for page in made.pages for _, _, face in page)


def test_longer_texts_are_set_smaller() -> None:
    text = (
        "# Birds\n\n## Robin\nA small bird.\n\n### Questions\n1. Who? **Answer: Robin**\n2. " + "Which bird is it that sings " * 9
    )
    made = cutouts(f"{text}? **Answer: Wren**\n", Cut(), Look())
    sizes = {plain(face.text): face.size for page in made.pages[:1] for _, _, face in page}
    assert max(size for told, size in sizes.items() if len(told) < 20) > min(
        size for told, size in sizes.items() if len(told) > 200
    )


def test_large_print_has_four_cards_a_page_and_nothing_below_14_points() -> None:
    made = cutouts((ROOT / "source/aws-compute.md").read_text("utf-8"), Cut(), Look(large=True))
    assert max(len(page) for page in made.pages) == 4
    assert min(face.size for page in made.pages for _, _, face in page) >= 14


def test_a_card_that_has_shipped_is_on_paper_though_no_rule_would_make_it_any_more() -> None:
    old = "# Law\n\n## Post\n\n- Silence: no acceptance\n- It does not apply to email, telex or telephone {#rule}\n"
    first = shipped(old)
    again = shipped(
        old.replace("It does not apply to email, telex or telephone", "Who writes at once is bound on arrival"), first.lock
    )
    guide = identify(
        read(
            old.replace("It does not apply to email, telex or telephone", "Who writes at once is bound on arrival"),
            "guide.md",
            "guide",
        ),
        first.lock,
    ).guide
    made, _ = cutouts_of(guide, again.asks, Cut(), Look())
    assert sum(len(page) for page in made.pages[::2]) == sum(len(note.cards) for note in again.notes)
