"""What a sheet shows: the guide's own words, each in its place, and nothing that the guide does not say."""

from pathlib import Path

import pytest

from deckpress.markup import plain
from deckpress.model import Text
from deckpress.sheets import LADDER, Block, Book, Look, Sheet, book

from ..conftest import ROOT, guide_of, pieces, shipped
from ..identity.test_identity import GUIDE


def book_of(text: str, look: Look | None = None) -> Book:
    made = shipped(text)
    return book(guide_of(text), made.lock, (), look)


def sheets(text: str) -> tuple[Sheet, ...]:
    return book_of(text).sheets


def blocks(text: str) -> list[Block]:
    return [block for block, _ in book_of(text).blocks]


def texts(block: Block) -> list[Text]:
    """Everything that a topic's block shows."""
    lines = [line for part in (*block.left, *block.right) for line in part.rows]
    rows = [text for line in lines for text in (line.label, *line.texts)]
    cells = [cell for table in block.tables for row in (table.heads, *table.rows) for cell in row]
    asked = [text for one in block.quiz for text in (one.question, one.answer, one.why, *(option for _, option in one.options))]
    return [block.what, *block.pick, *rows, *cells, *asked]


def shown(block: Block) -> set[str]:
    return {plain(text) for text in texts(block)} | {line.lead for part in (*block.left, *block.right) for line in part.rows}


OWN = [ROOT / "source/aws-compute.md", *sorted((ROOT / "tests/cases/revisions").glob("*.md"))]


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_every_fact_stands_on_the_sheet_of_its_topic(path: Path) -> None:
    text = path.read_text("utf-8")
    guide = guide_of(text, path.stem)
    by_name = {block.name: shown(block) for block in blocks(text)}
    for topic in guide.topics:
        if not topic.facts or topic.name not in by_name:  # only questions: the quiz has them
            continue
        told = by_name[topic.name] | {topic.name, topic.title, *topic.aliases, *(section.name for section in topic.sections)}
        for fact in topic.facts:
            assert {piece.strip(" .") for piece in pieces(fact)} <= {words.strip(" .") for words in told}, fact


def test_nothing_is_invented() -> None:
    text = (ROOT / "source/aws-compute.md").read_text("utf-8")
    for block in blocks(text):
        for part in texts(block):
            assert plain(part).rstrip(".") in plain_source(text)


def plain_source(text: str) -> str:
    return " ".join(text.replace("**", "").split())


def test_scenarios_that_the_topic_answers_say_when_to_pick_it_and_other_questions_check() -> None:
    first, _ = blocks(GUIDE.replace("**Answer: Robin**", "**Answer: Robin**\n2. What does it eat? **Answer: Worms**"))
    assert [plain(text) for text in first.pick] == ["A bird sings in the middle of winter"]
    assert [(plain(one.question), plain(one.answer)) for one in first.quiz] == [("What does it eat?", "Worms")]


def test_a_part_without_facts_is_left_out() -> None:
    (block,) = blocks("# Birds\n\n## Robin\nA small bird.\n")
    assert (block.left, block.right, block.tables, block.pick, block.quiz) == ((), (), (), (), ())


def test_labels_become_terms_and_the_own_row_of_a_comparison_is_marked() -> None:
    text = "# Birds\n\n## Robin\nA bird.\n\n- **Song**: all year\n\n### Comparison\n- **Robin**: red\n- **Wren**: brown\n"
    (block,) = blocks(text)
    assert [part.form for part in block.left] == ["terms"]
    assert block.tables[0].own == (True, False)


def test_what_hangs_on_a_lead_in_stands_below_it() -> None:
    (block,) = blocks("# Birds\n\n## Robin\n- Food\n  - **Summer**: worms\n  - in winter berries\n- **Song**: all year\n")
    (part,) = block.left
    assert [(plain(line.label), line.lead, line.opens) for line in part.rows] == [
        ("Summer", "Food", True), ("", "Food", False), ("Song", "", False),
    ]  # fmt: skip


def test_steps_dates_pairs_code_and_tables_have_forms_of_their_own() -> None:
    text = (
        "# Mixed\n\n## Bread\n### Steps\n1. Mix\n2. Bake\n\n### Timeline\n- 1900: first oven\n- 1950: second oven\n\n"
        "### Vocabulary\n- el pan = the bread\n- la sal = the salt\n\n### Commands\n```\nbake --hot\n```\n\n"
        "### Ovens\n| Oven | Heat | Use |\n|---|---|---|\n| Stone | high | pizza |\n"
    )
    (block,) = blocks(text)
    assert {part.form for part in (*block.left, *block.right)} == {"steps", "dates", "pairs", "code"}
    assert [(table.title, [plain(head) for head in table.heads]) for table in block.tables] == [("Ovens", ["Oven", "Heat", "Use"])]


def test_what_the_cards_take_for_look_alikes_stands_under_do_not_confuse_it_with() -> None:
    text = (ROOT / "source/aws-compute.md").read_text("utf-8")
    from deckpress.cards import offer
    from deckpress.identity import identify
    from deckpress.lock import Lock
    from deckpress.shipping import first_header

    guide = guide_of(text, "aws-compute")
    known = identify(guide, Lock(first_header("0" * 32, guide, "deck"))).guide
    made = book(known, shipped(text).lock, offer(known))
    zones = next(block for block, _ in made.blocks if block.name == "AWS Local Zones")
    assert any(plain(row[0]) == "AWS Wavelength" for table in zones.tables for row in table.rows)


def test_a_sheet_carries_the_revision_in_which_it_last_changed() -> None:
    look = Look(large=True)  # one topic a sheet
    first = shipped(GUIDE)
    edited = GUIDE.replace("a cup of moss", "a cup of moss and hair")
    second = shipped(edited, first.lock)
    assert [sheet.revision for sheet in book(guide_of(edited), second.lock, (), look).sheets] == [2, 1]
    without = edited.replace("- Its song is louder than that of any bird of its size\n", "")
    third = shipped(without, second.lock)
    assert [sheet.revision for sheet in book(guide_of(without), third.lock, (), look).sheets] == [2, 3]
    assert [sheet.revision for sheet in book(guide_of(without), third.lock).sheets] == [3]  # both share one


def test_file_names_of_sheets_are_distinct() -> None:
    text = "# B\n\n## C++\nA language.\n\n## C#\nA language too.\n\n## C\nAn older language.\n"
    names = [sheet.slug for sheet in book_of(text, Look(large=True)).sheets]
    assert len(set(names)) == 3


def test_a_longer_topic_begins_lower_on_the_ladder() -> None:
    many = "\n".join(f"- **Point {n}**: a statement about the robin that fills a line of the sheet" for n in range(52))
    short, long = sheets("# B\n\n## R\nA bird.\n")[0], sheets(f"# B\n\n## R\nA bird.\n\n{many}\n")[0]
    assert short.step < long.step < len(LADDER)


def test_a_sentence_stands_once_above_the_lines_below_it() -> None:
    told = "- The left vein is long and crosses in front of the aorta.\n  - it can get squeezed\n  - donors give it\n"
    made = book_of(f"# H\n\n## Heart\nA pump.\n\n{told}")
    rows = [row for block, _ in made.blocks for part in block.left for row in part.rows]
    assert [(row.lead[:13], plain(row.texts[0]), row.opens) for row in rows] == [
        ("The left vein", "it can get squeezed", True), ("The left vein", "donors give it", False),
    ]  # fmt: skip
