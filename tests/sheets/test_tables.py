"""A table on a sheet is the author's table: its rows in order, its empty cells empty; a page of all topics beside it."""

from deckpress.markup import plain
from deckpress.sheets import book

from ..conftest import guide_of, shipped

STORAGE = """# Storage

## Volumes
Disks for servers.

### Types
| Type | IOPS | Price | Use |
| --- | --- | --- | --- |
| gp3 | 3000 | low | most |
| io2 | 64000 | | databases |
| st1 | 500 | lower | logs |
| sc1 | 250 | | archives |
"""


def tables(text: str) -> list[tuple[str, list[str], list[list[str]]]]:
    """Title, heads and cells of each table of the first sheet."""
    made = book(guide_of(text), shipped(text).lock)
    found = [table for block, _ in made.blocks for table in block.tables]
    return [(one.title, [*map(plain, one.heads)], [[*map(plain, row)] for row in one.rows]) for one in found]


def test_rows_with_empty_cells_stay_in_their_table_in_the_authors_order() -> None:
    ((_, heads, rows),) = tables(STORAGE)
    assert heads == ["Type", "IOPS", "Price", "Use"]
    assert [row[0] for row in rows] == ["gp3", "io2", "st1", "sc1"]
    assert rows[1] == ["io2", "64000", "", "databases"]


def test_a_table_keeps_its_own_heading_where_it_compares_nothing() -> None:
    rows = "| Bird | Seed | Box |\n| --- | --- | --- |\n| Wren | 1 € | 9 € |\n| Tit | 2 € | 8 € |\n"
    text = f"# Birds\n\n## Wren\nA bird.\n\n### Prices\n{rows}"
    assert [title for title, _, _ in tables(text)] == ["Prices"]


def test_equal_names_get_files_of_their_own_and_long_ones_are_cut() -> None:
    names = ("C#", "C++", "C 2", "Very long heading " * 20)
    told = [f"## {name}\nA language {at}.\n\n- **Use**: tool {at}\n\n" for at, name in enumerate(names)]
    text = "# T\n\n" + "".join(told)
    made = book(guide_of(text), shipped(text).lock)
    files = [block.slug for block, _ in made.blocks]
    assert len({*files}) == len(files) == len(names)
    assert all(len(file.encode()) <= 80 for file in files)


def test_reasons_of_options_stand_in_the_key() -> None:
    from deckpress.sheets import Look, quiz_of

    options = "- ✅ Robin\n  - it keeps its ground\n- ❌ Swift\n  - it is in Africa\n"
    text = f"# Birds\n\n**Question 1** Which bird sings in winter?\n{options}"
    made = quiz_of(guide_of(text), {}, Look())
    assert made is not None
    assert [(key, plain(told)) for key, told in made.items[0].asked.reasons] == [
        ("A", "it keeps its ground"),
        ("B", "it is in Africa"),
    ]


def test_pictures_of_a_definition_are_shown_like_any_others() -> None:
    text = "# Birds\n\n## Wren\nA small bird.\n\n![A wren](wren.png)\n\n### Features\n- **Song**: loud\n\n  ![A song](song.png)\n"
    made = book(guide_of(text), shipped(text).lock)
    block = made.blocks[0][0]
    assert "wren.png" in repr(block)
    assert "song.png" in repr(block)
