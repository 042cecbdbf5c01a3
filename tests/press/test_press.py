"""Sheets as PDF and as HTML, read back."""

import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pypdfium2
import pytest

from deckpress.markup import plain
from deckpress.press import Handouts, Pressed, press_html, press_pdf
from deckpress.sheets import Block, Book, book

from ..conftest import ROOT, guide_of, pieces, shipped
from ..paper import OURS, faults_of_pages, fonts_of, told_by_tags, words

TEXT = (ROOT / "source/aws-compute.md").read_text("utf-8")
SMALL = "# Birds\n\n## Robin\nA small bird.\n\n- **Song**: all year\n\n## Wren\nA smaller bird.\n"
MM = 72 / 25.4


def book_of(text: str, name: str = "aws-compute") -> Book:
    return book(guide_of(text, name), shipped(text, name=name).lock)


def press(text: str, kept: Mapping[str, bytes] | None = None, own: Path | None = None) -> Pressed:
    return press_pdf(Handouts(book_of(text)), own, "guide.md", kept or {})


@pytest.fixture(scope="module")
def pressed() -> Pressed:
    return press(TEXT)


@pytest.fixture(scope="module")
def whole(pressed: Pressed) -> bytes:
    return pressed.files["-cheatsheets.pdf"]


def test_printing_says_nothing(pressed: Pressed) -> None:
    assert pressed.diagnostics == []


def test_every_sheet_is_one_page_and_the_book_has_them_behind_index_and_overview(pressed: Pressed, whole: bytes) -> None:
    single = {name: len(pikepdf.open(io.BytesIO(data)).pages) for name, data in pressed.files.items() if name.startswith("/")}
    assert set(single.values()) == {1}
    book = book_of(TEXT)
    assert len(single) == len(book.sheets) < len(book.blocks)
    assert book.overview is not None
    assert len(pikepdf.open(io.BytesIO(whole)).pages) == len(book.sheets) + 2


def test_every_fact_can_be_read_on_its_sheet(pressed: Pressed) -> None:
    guide = guide_of(TEXT, "aws-compute")
    topics = {topic.name: topic for topic in guide.topics}
    for sheet in book_of(TEXT).sheets:
        with pdfplumber.open(io.BytesIO(pressed.files[f"/{sheet.slug}.pdf"])) as pdf:
            told = words(told_by_tags(pdf.pages[0]))
        for topic in (topics[block.name] for block in sheet.blocks):
            names = {words(name) for name in (topic.name, topic.title, *topic.aliases)}
            for part in (part for fact in topic.facts for part in pieces(fact)):
                assert words(part) in told or words(part) in names, part


def test_margins_type_fonts_contrast_and_ink_are_as_paper_wants_them(whole: bytes) -> None:
    assert list(faults_of_pages("book", whole, "a4")) == []


def test_every_font_is_ours_embedded_and_cut_to_what_is_used(whole: bytes) -> None:
    found = fonts_of(whole)
    assert found
    assert all(found.values())
    assert all(OURS.match(name) for name in found), found


def test_the_book_is_tagged_has_a_title_a_language_and_a_bookmark_for_each_topic(whole: bytes) -> None:
    pdf = pikepdf.open(io.BytesIO(whole))
    assert str(pdf.Root.Lang) == "en"
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.docinfo["/Title"]) == "AWS compute services for the CLF-C02 exam"
    with pdf.open_outline() as outline:
        names = [str(item.title) for item in outline.root]
    assert names == [
        "AWS compute services for the CLF-C02 exam",
        "Side by side",
        *(block.name for block, _ in book_of(TEXT).blocks),
    ]


def test_the_tags_tell_the_text_of_every_page_in_reading_order(pressed: Pressed) -> None:
    for sheet in book_of(TEXT).sheets:
        with pdfplumber.open(io.BytesIO(pressed.files[f"/{sheet.slug}.pdf"])) as pdf:
            told = words(told_by_tags(pdf.pages[0]))
        for block, following in zip(sheet.blocks, [*sheet.blocks[1:], None], strict=True):
            start = told.find(words(block.name + block.expansion + plain(block.what)))
            end = told.find(words(following.name + following.expansion + plain(following.what))) if following else len(told)
            assert 0 <= start < end
            heads = heads_of(block)
            places = [told.find(words(head), start, end) for head in heads]
            assert -1 not in places, (block.name, heads)
            assert places == sorted(places)


def heads_of(block: Block) -> list[str]:
    """The first part of each column, and each table, as they are read."""
    columns = ["".join(part.title for part in column[:1]) for column in (block.left, block.right)]
    return [head for head in (*columns, *(table.title for table in block.tables)) if head]


def test_the_index_links_to_each_sheet(whole: bytes) -> None:
    pdf = pikepdf.open(io.BytesIO(whole))
    pages = [page.obj.objgen for page in pdf.pages]
    annotations: Any = pdf.pages[0].obj["/Annots"]
    targets = [pages.index(annotation["/Dest"][0].objgen) for annotation in annotations]
    assert targets == [sheet.number + 1 for _, sheet in book_of(TEXT).blocks]


def test_the_same_guide_gives_the_same_bytes_and_a_kept_page_is_not_rendered_again(
    pressed: Pressed, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert press(TEXT).files == pressed.files
    monkeypatch.setattr("deckpress.press.pdf.Printer.lay_out", lambda *_: pytest.fail("a page was rendered again"))
    assert press(TEXT, kept=pressed.pages).files == pressed.files


def test_an_edit_renders_the_sheet_that_it_touches_and_no_other(pressed: Pressed, monkeypatch: pytest.MonkeyPatch) -> None:
    from deckpress.press.pdf import Printer

    plain_lay_out = Printer.lay_out
    laid: list[str] = []

    def counted(self: Printer, html: str) -> Any:
        laid.append(html)
        return plain_lay_out(self, html)

    monkeypatch.setattr(Printer, "lay_out", counted)
    edited = TEXT.replace("Developers upload their code", "Developers hand in their code")
    again = press(edited, kept=pressed.pages)
    assert len(laid) == 1
    changed = [name for name in again.files if again.files[name] != pressed.files[name]]
    (sheet,) = [sheet for block, sheet in book_of(TEXT).blocks if block.name == "AWS Elastic Beanstalk"]
    assert changed == [f"/{sheet.slug}.pdf", "-cheatsheets.pdf"]


def test_a_topic_of_more_than_a_page_goes_on_to_a_second_one_and_that_is_said() -> None:
    many = "\n".join(f"- **Point {n}**: a statement about the robin that fills a whole line of the sheet" for n in range(160))
    made = press(f"# Birds\n\n## Robin\nA small bird.\n\n{many}\n")
    assert [found.code for found in made.diagnostics] == ["P002"]
    assert press(f"# Birds\n\n## Robin\nA small bird.\n\n{many}\n", kept=made.pages).diagnostics == made.diagnostics
    with pdfplumber.open(io.BytesIO(made.files["/robin.pdf"])) as pdf:
        told = words("".join(page.extract_text() for page in pdf.pages))
        assert all(f"point{n}" in told for n in (0, 80, 159))


def test_a_guides_front_matter_sets_paper_and_colour() -> None:
    data = press(f"---\npaper: letter\naccent: '#800020'\n---\n{SMALL}").files["-cheatsheets.pdf"]
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        assert (pdf.pages[0].width, pdf.pages[0].height) == (612, 792)
        assert (0.502, 0, 0.125) in {tuple(round(x, 3) for x in char["non_stroking_color"]) for char in pdf.pages[1].chars}


def test_characters_that_no_font_has_are_said_in_one_line() -> None:
    rare = "\U0001f9ff \U0001fa97"
    found = [found for found in press(f"# Birds\n\n## Robin\nA small bird {rare}.\n").diagnostics if found.code == "P003"]
    assert len(found) <= 1  # none where the system has a font for them
    assert all("\U0001fa97" in each.message for each in found)


def test_where_pdfs_cannot_be_made_one_html_file_has_everything_and_loads_nothing() -> None:
    (html,) = (data.decode() for data in press_html(Handouts(book_of(TEXT)), None, "guide.md").files.values())
    assert all(f'id="{sheet.slug}"' in html for sheet in book_of(TEXT).sheets)
    assert "@media screen" in html
    assert not re.search(r"(?:src|href)=\"(?!#)", html)
    assert not re.search(r"url\((?!data:font/ttf;base64,)", html)


HOSTILE = """# Birds

## Robin <script>alert(1)</script>
A bird ![x](file:///etc/passwd) and ![y](http://127.0.0.1:9/x.png) {{ 7*7 }} {% raw %} <img src=x onerror=alert(1)>

- **<b>Song</b>**: [click](javascript:alert(1)) all year & all day
"""


def test_a_hostile_guide_runs_nothing_and_loads_nothing() -> None:
    made = press(HOSTILE)
    assert made.diagnostics == []
    page = pypdfium2.PdfDocument(next(data for name, data in made.files.items() if name.startswith("/")))[0]
    told = page.get_textpage().get_text_range()
    assert "{{ 7*7 }}" in told
    html = press_html(Handouts(book_of(HOSTILE)), None, "guide.md").files["-cheatsheets.html"].decode()
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert "<img" not in html


def test_the_printer_loads_only_files_below_the_folders_that_it_was_given(tmp_path: Path) -> None:
    from deckpress.press.pdf import _fetcher

    inside, outside = tmp_path / "in", tmp_path / "out.txt"
    inside.mkdir()
    (inside / "a.txt").write_text("a")
    outside.write_text("b")
    (inside / "link.txt").symlink_to(outside)
    fetcher = _fetcher([inside])
    assert fetcher.fetch((inside / "a.txt").as_uri()).read() == b"a"
    for target in (
        outside.as_uri(),
        (inside / "link.txt").as_uri(),
        f"{inside.as_uri()}/../out.txt",
        "http://127.0.0.1/x",
        "data:,x",
    ):
        with pytest.raises(ValueError, match="not loaded"):
            fetcher.fetch(target)


def test_a_users_own_template_comes_first_and_a_fault_in_it_is_said_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "print").mkdir()
    (tmp_path / "print/_sheet.html").write_text("<p>mine: {{ sheet.name }}</p>")
    page = pypdfium2.PdfDocument(press(SMALL, own=tmp_path).files["/robin+wren.pdf"])[0]
    assert "mine: Robin" in page.get_textpage().get_text_range()
    (tmp_path / "print/_sheet.html").write_text("<p>\n{% if %}</p>")
    (found,) = press(SMALL, own=tmp_path).diagnostics
    assert (found.code, found.span.path, found.span.line) == ("P004", "templates/print/_sheet.html", 2)


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("<p>\n\n{{ 1 / 0 }}</p>", 3),
        ("<p>{% for x in 5 %}{% endfor %}</p>", 1),
        ("{% include '/etc/hostname' %}", 1),
        ("\n{{ strange }}", 2),
    ],
)
def test_whatever_is_wrong_with_a_users_template_is_said_and_no_file_elsewhere_is_read(
    template: str, line: int, tmp_path: Path
) -> None:
    (tmp_path / "print").mkdir()
    (tmp_path / "print/_sheet.html").write_text(template)
    pressed = press(SMALL, own=tmp_path)
    assert [found.code for found in pressed.diagnostics] == ["P004"]
    assert pressed.diagnostics[0].span.line in (line, 1)
    assert not pressed.files


def test_what_paper_cannot_show_is_said_by_its_name(tmp_path: Path) -> None:
    from deckpress.pipeline import Options, build

    (tmp_path / "broken.png").write_bytes(b"no picture at all")
    (tmp_path / "birds.md").write_text("# Birds\n\n## Robin\nA bird of $\\nosuch{x}$ grams.\n\n![A robin](broken.png)\n")
    (made,) = build([tmp_path / "birds.md"], Options(out=tmp_path / "dist", only=("cheatsheets",)))
    said = {found.code: found.message for found in made.diagnostics}
    assert "nosuch" in said["P008"]
    assert said["P009"].startswith("broken.png cannot be shown")


def test_a_template_that_is_no_text_is_said(tmp_path: Path) -> None:
    (tmp_path / "print").mkdir()
    for name in ("print.css", "_sheet.html"):
        (tmp_path / "print" / name).write_bytes(b"\xff\xfe\x00")
        (found,) = press(SMALL, own=tmp_path).diagnostics
        assert (found.code, found.span.path) == ("P004", f"templates/print/{name}")
        (tmp_path / "print" / name).unlink()


def test_a_template_cannot_reach_python() -> None:
    from deckpress.press.html import TemplateError, environment

    with pytest.raises(TemplateError):
        environment(None).from_string("{{ ''.__class__.__mro__[1].__subclasses__() }}").render()


def test_the_html_of_a_sheet_is_as_it_was(golden: Callable[[str, str], None]) -> None:
    from deckpress.press.html import Pages

    made = book_of(SMALL, "birds")
    golden("sheet.html", Pages(made, None).sheet(made.sheets[0], 0))
