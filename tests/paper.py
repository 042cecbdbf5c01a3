"""What is wrong with handouts on paper, as far as a program can see it: one line for each fault."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pdfplumber
import pikepdf
import pypdfium2

from deckpress.markup import plain
from deckpress.model import Guide, Topic
from deckpress.press.html import LINK
from deckpress.sheets import PAPERS, Book, Cutouts, Sheet

from .conftest import pieces

MM = 72 / 25.4
LITTLE = 20  # lines of a topic so small that its sheet is mostly room to write
EDGE, SMALLEST, BODY, INK, CONTRAST, FILLED = 5 * MM, 6.99, 7.99, 0.10, 4.5, 0.6
# The typefaces that ship with the program; the system's stand in for scripts that these lack.
OURS = re.compile(r"/[A-Z]{6}\+(Source-?Sans-?3|JetBrains-?Mono|Deckpress)")
_FOOT = 16 * MM  # below this the footer stands


def words(text: str) -> str:
    """The letters and digits of a text, as they can be found again in a page's characters."""
    return re.sub(r"[\W_]+", "", text).lower()


def told_by_tags(page: Any) -> str:
    """The text of a page in the order of its tags: what a screen reader reads, what a reader copies."""
    by_mark: dict[int, list[str]] = {}
    for char in page.chars:
        by_mark.setdefault(char.get("mcid"), []).append(char["text"])
    out: list[str] = []

    def walk(node: dict[str, Any]) -> None:
        out.extend("".join(by_mark.get(mark, ())) for mark in node.get("mcids", ()))
        for child in node.get("children", ()):
            walk(child)

    for node in page.structure_tree:
        walk(node)
    return " ".join(out)


def faults_of_pages(name: str, data: bytes, paper: str) -> Iterator[str]:
    """Size, margins, type, fonts, contrast and ink of a PDF."""
    wide, high = (round(side * MM) for side in PAPERS[paper])
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            if (round(float(page.width)), round(float(page.height))) != (wide, high):
                yield f"{name} {number}: {page.width} x {page.height}"
            seen = [char for char in page.chars if not char["text"].isspace()]
            low = [
                c
                for c in seen
                if c["x0"] < EDGE or c["x1"] > page.width - EDGE or c["top"] < EDGE or c["bottom"] > page.height - EDGE
            ]
            if low:
                yield f"{name} {number}: beyond the margin: {''.join(c['text'] for c in low)[:30]}"
            if seen and min(char["size"] for char in seen) < SMALLEST:
                yield f"{name} {number}: type of {min(char['size'] for char in seen):.2f} pt"
            faint = {tuple(c["non_stroking_color"]) for c in seen if contrast(tuple(c["non_stroking_color"])) < CONTRAST}
            if faint - {(1.0, 1.0, 1.0), (1,), (1.0,), (1, 1, 1)}:  # white stands on the tab
                yield f"{name} {number}: faint {faint}"
    strange = [font for font, embedded in fonts_of(data).items() if not embedded]
    if strange:
        yield f"{name}: fonts that are not embedded: {strange}"
    for number, page in enumerate(pypdfium2.PdfDocument(data), 1):
        image = page.render(scale=0.4, grayscale=True).to_pil()
        ink = sum((255 - level) * count for level, count in enumerate(image.histogram()[:256])) / (255 * image.width * image.height)
        if ink >= INK:
            yield f"{name} {number}: {ink:.0%} ink"


def fonts_of(data: bytes) -> dict[str, bool]:
    """The fonts of a PDF, and whether each is embedded and cut to what is used."""
    found = {}
    for page in pikepdf.open(io.BytesIO(data)).pages:
        resources: Any = page.resources
        for font in (resources.get("/Font") or {}).values():
            inner = font.get("/DescendantFonts")
            descriptor = (inner[0] if inner is not None else font)["/FontDescriptor"]
            name = str(font["/BaseFont"])
            held = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
            found[name] = held and bool(re.match(r"/[A-Z]{6}\+", name))
    return found


def contrast(colour: tuple[float, ...]) -> float:
    """Against the tint, the darkest ground that text stands on."""
    told = colour * 3 if len(colour) == 1 else colour

    def light(rgb: tuple[float, ...]) -> float:
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    return (light((0.933, 0.953, 0.969)) + 0.05) / (light(told) + 0.05)


def faults_of_sheets(guide: Guide, book: Book, files: dict[str, bytes]) -> Iterator[str]:
    """Each fact on its sheet or in the quiz, in reading order; sheets of one page, filled, with a body that can be read."""
    topics = {topic.name: topic for topic in guide.topics}
    quiz = _told(files.get("-quiz.pdf", b""))
    for sheet in book.sheets:
        data = files[f"/{sheet.slug}.pdf"]
        yield from (f"{sheet.name}: {fault}" for fault in _of_a_sheet(sheet, data))
        # A font with a sign that it lacks cannot be read by its tags: then as a reader copies it.
        told = _told(data) + words("".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)))
        yield from (fault for block in sheet.blocks for fault in _missing(topics[block.name], told + quiz))
    printed = {block.name for block, _ in book.blocks}
    yield from (fault for topic in guide.topics if topic.name not in printed for fault in _missing(topic, quiz))


def _of_a_sheet(sheet: Sheet, data: bytes) -> Iterator[str]:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        told = words(" ".join(told_by_tags(page) for page in pdf.pages))
        if len(pdf.pages) > 1 and not any(block.lines > 90 for block in sheet.blocks):
            yield f"{len(pdf.pages)} pages"
        first = pdf.pages[0]
        sizes = [char["size"] for char in first.chars if not char["text"].isspace()]
        if 2 * len([size for size in sizes if size >= BODY]) < len(sizes):
            yield "most of it is set below 8 pt"
        least = FILLED
        if sheet.roomy:  # lines to write on fill what is left: little for a topic of three facts, a third of the sheet for others
            least = FILLED - 0.2 if sum(block.lines for block in sheet.blocks) > LITTLE else 0
        marks = [c["bottom"] for c in first.chars if c["bottom"] < first.height - _FOOT + 1]
        if max(marks, default=0) < least * float(first.height) and len(pdf.pages) == 1:
            yield f"filled to {max(marks, default=0) / float(first.height):.0%}"
        yield from (f"printed over one another: {told}" for page in pdf.pages for told in _over(page))
    names = [words(block.name) for block in sheet.blocks]
    if any(name not in told for name in names):  # a font with a sign that it lacks: then as a reader copies it
        told = words("".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)))
    places = [told.find(name) for name in names]
    if -1 in places or places != sorted(places):
        yield "not in reading order"


def _over(page: Any) -> Iterator[str]:
    """Letters that another line's letters are printed on."""
    chars = [char for char in page.chars if char["text"].strip() and char["upright"]]
    rows: dict[int, list[Any]] = {}
    for char in chars:
        rows.setdefault(int(char["top"] // 20), []).append(char)
    for at, row in rows.items():
        for one in row:
            for other in (*row, *rows.get(at + 1, ())):
                wide = min(one["x1"], other["x1"]) - max(one["x0"], other["x0"])
                high = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
                small = min(one["width"], other["width"])
                if one is not other and wide > 0.5 * small and high > 0.6 * min(one["height"], other["height"]):
                    yield f"{one['text']}{other['text']} at {one['x0']:.0f}, {one['top']:.0f}"
                    return


def _missing(topic: Topic, told: str) -> Iterator[str]:
    names = {words(name) for name in (topic.name, topic.title, *topic.aliases)}
    for fact in topic.facts:
        for part in map(words, pieces(fact)):
            if part not in told and part not in names:
                yield f"{topic.name}: line {fact.span.line} is not there: {part[:60]}"


def _told(data: bytes) -> str:
    if not data:
        return ""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return words(" ".join(told_by_tags(page) for page in pdf.pages))


def faults_of_the_book(book: Book, data: bytes) -> Iterator[str]:
    """Title, language, tags, bookmarks and links."""
    pdf = pikepdf.open(io.BytesIO(data))
    if str(pdf.Root.get("/Lang", "")) != book.language or not bool(pdf.Root.MarkInfo.Marked):
        yield "the book has no tags or no language"
    if str(pdf.docinfo.get("/Title", "")) != book.title:
        yield "the book has another title"
    with pdf.open_outline() as outline:
        names = [str(item.title) for item in outline.root]
    topics = [block.name for block, _ in book.blocks]
    if names[-len(topics) :] != topics:
        yield f"bookmarks: {names}"
    pages = {page.obj.objgen for page in pdf.pages}
    for page in pdf.pages:
        annotations: Any = page.obj.get("/Annots", [])
        for annotation in annotations:
            dest, action = annotation.get("/Dest"), annotation.get("/A")
            target = str(action.get("/URI", "")) if action is not None else ""
            if (dest is not None and dest[0].objgen not in pages) or target.startswith(LINK):
                yield f"a link leads nowhere: {target}"


def faults_of_cards(cards: Cutouts, data: bytes) -> Iterator[str]:
    """Every character of a card within its cell."""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        if len(pdf.pages) != len(cards.pages):
            yield f"{len(pdf.pages)} pages for {len(cards.pages)}"
            return
        for page, faces in zip(pdf.pages, cards.pages, strict=True):
            seen = [char for char in page.chars if not char["text"].isspace()]
            for x, y, face in faces:
                cell = (x * MM, y * MM, (x + cards.width) * MM, (y + cards.height) * MM)
                inside = [
                    c
                    for c in seen
                    if cell[0] - 1 <= c["x0"] and c["x1"] <= cell[2] + 1 and cell[1] - 1 <= c["top"] and c["bottom"] <= cell[3] + 1
                ]
                told = words("".join(c["text"] for c in inside))
                if words(plain(face.text)) not in told:
                    yield f"card {face.number}: {plain(face.text)[:50]!r} is not within its cell"
