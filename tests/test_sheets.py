"""What a sheet shows: the guide's own words, each in its place, and nothing that the guide does not say."""

from deckpress.markup import plain
from deckpress.model import Text
from deckpress.sheets import LADDER, Sheet, book

from .conftest import ROOT, guide_of, pieces, shipped
from .identity.test_identity import GUIDE


def sheets(text: str) -> tuple[Sheet, ...]:
    return book(guide_of(text), shipped(text).lock).sheets


def texts(sheet: Sheet) -> list[Text]:
    rows = [cell for part in (*sheet.left, *sheet.right) for row in part.rows for cell in row]
    cells = [cell for table in sheet.tables for row in (table.heads, *table.rows) for cell in row]
    return [sheet.what, *sheet.pick, *rows, *cells, *(text for row in sheet.quiz for text in row)]


def test_every_fact_stands_on_the_sheet_of_its_topic() -> None:
    text = (ROOT / "source/aws-compute.md").read_text("utf-8")
    guide = guide_of(text, "aws-compute")
    for topic, sheet in zip(guide.topics, book(guide, shipped(text).lock).sheets, strict=True):
        told = {plain(part) for part in texts(sheet)} | {topic.name, topic.title, *topic.aliases}
        for fact in topic.facts:
            assert set(pieces(fact)) <= told


def test_nothing_is_invented() -> None:
    text = (ROOT / "source/aws-compute.md").read_text("utf-8")
    for sheet in sheets(text):
        for part in texts(sheet):
            assert plain(part).rstrip(".") in plain_source(text)


def plain_source(text: str) -> str:
    return " ".join(text.replace("**", "").split())


def test_scenarios_that_the_topic_answers_say_when_to_pick_it_and_other_questions_check() -> None:
    first, _ = sheets(GUIDE.replace("**Answer: Robin**", "**Answer: Robin**\n2. What does it eat? **Answer: Worms**"))
    assert [plain(text) for text in first.pick] == ["A bird sings in the middle of winter."]
    assert [(plain(question), plain(answer)) for question, answer in first.quiz] == [("What does it eat?", "Worms")]


def test_a_part_without_facts_is_left_out() -> None:
    (sheet,) = sheets("# Birds\n\n## Robin\nA small bird.\n")
    assert (sheet.left, sheet.right, sheet.tables, sheet.pick, sheet.quiz) == ((), (), (), (), ())


def test_labels_become_terms_and_the_own_row_of_a_comparison_is_marked() -> None:
    text = "# Birds\n\n## Robin\nA bird.\n\n- **Song**: all year\n\n### Comparison\n- **Robin**: red\n- **Wren**: brown\n"
    (sheet,) = sheets(text)
    assert [part.form for part in sheet.left] == ["terms"]
    assert sheet.tables[0].own == (True, False)


def test_a_sheet_carries_the_revision_in_which_it_last_changed() -> None:
    first = shipped(GUIDE)
    edited = GUIDE.replace("a cup of moss", "a cup of moss and hair")
    second = shipped(edited, first.lock)
    assert [sheet.revision for sheet in book(guide_of(edited), second.lock).sheets] == [2, 1]
    without = edited.replace("- Its song is louder than that of any bird of its size\n", "")
    third = shipped(without, second.lock)
    assert [sheet.revision for sheet in book(guide_of(without), third.lock).sheets] == [2, 3]


def test_file_names_of_sheets_are_distinct() -> None:
    names = [sheet.slug for sheet in sheets("# B\n\n## C++\nA language.\n\n## C#\nA language too.\n\n## C\nAn older language.\n")]
    assert len(set(names)) == 3


def test_a_longer_topic_begins_lower_on_the_ladder() -> None:
    many = "\n".join(f"- **Point {n}**: a statement about the robin that fills a line of the sheet" for n in range(40))
    short, long = sheets("# B\n\n## R\nA bird.\n")[0], sheets(f"# B\n\n## R\nA bird.\n\n{many}\n")[0]
    assert short.step < long.step < len(LADDER)
