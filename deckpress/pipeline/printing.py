"""From a guide that is ready to its handouts: what is wanted, pages of earlier builds, PDFs or, without print libraries, HTML."""

import base64
from collections.abc import Mapping
from pathlib import Path

from ..bootstrap import print_libraries_missing
from ..diagnostics import Diagnostic, Span
from ..markup import undrawn
from ..model import Guide
from ..press import Handouts, Pressed, press_html, press_pdf
from ..sheets import Book, Look, book, cutouts_of, quiz_of
from ..words import normal
from .files import keep_pages, kept_pages, shown
from .records import Built, Options, Ready

PRINTED = ("cheatsheets", "quiz", "flashcards")


def book_of(ready: Ready, options: Options) -> Book:
    """The sheets as they are to be printed."""
    return book(ready.guide, ready.next_lock, ready.offered, _look(ready.guide, options))


def printed(ready: Ready, sheets: Book, options: Options, out: Path, result: Built) -> dict[str, bytes]:
    """The handouts that are wanted, by their names in dist/; what is wrong with them goes into `result`."""
    wanted = {*PRINTED} & {*options.only}
    if not wanted:
        return {}
    media = {source: _data(name, ready.pictures[name]) for source, name in ready.names.items()}
    handouts = _handouts(ready, sheets, options, wanted, result)
    for fact in ready.guide.facts:
        for source in undrawn(fact):
            place = Span(shown(result.path), fact.span.line)
            result.diagnostics.append(
                Diagnostic("P008", place, f"this formula cannot be drawn, paper shows its source: {source[:60]}")
            )
    result.without_print = print_libraries_missing()
    if result.without_print:
        pressed = press_html(handouts, options.templates, shown(result.path), media)
    else:
        pressed = _press(result.path, handouts, ready.guide.slug, options, out, media)
    result.diagnostics += pressed.diagnostics
    return {f"{ready.guide.slug}{name}": data for name, data in pressed.files.items()}


def _look(guide: Guide, options: Options) -> Look:
    """How to print: the command's word before the guide's."""
    own = guide.settings
    return Look(options.paper or own.paper or "a4", options.binder, options.large, own.accent)


def _data(name: str, held: bytes) -> str:
    """A picture as a part of the page that shows it: nothing is loaded when the page is opened elsewhere."""
    kind = {"jpg": "jpeg", "svg": "svg+xml"}.get(ending := name.rsplit(".", 1)[-1], ending)
    return f"data:image/{kind};base64,{base64.b64encode(held).decode()}"


def _handouts(ready: Ready, sheets: Book, options: Options, wanted: set[str], result: Built) -> Handouts:
    quiz = cards = None
    if "quiz" in wanted:
        numbers = {normal(block.name): sheet.number for block, sheet in sheets.blocks}
        of_topic = {topic.key: numbers.get(normal(topic.name), 0) for topic in ready.guide.topics}
        quiz = quiz_of(ready.guide, of_topic, sheets.look, options.seed)
    if "flashcards" in wanted:
        cards, without = cutouts_of(ready.guide, ready.shipment.asks, options.cut, sheets.look)
        for line in without:
            place = Span(shown(result.path), line)
            result.diagnostics.append(Diagnostic("P007", place, "its text is too long for a card to cut out; it is left out there"))
    return Handouts(sheets, "cheatsheets" in wanted, quiz, cards)


def _press(path: Path, handouts: Handouts, slug: str, options: Options, out: Path, media: Mapping[str, str]) -> Pressed:
    kept = kept_pages(out, slug) if options.cache else {}
    pressed = press_pdf(handouts, options.templates, shown(path), kept, media)
    whole = {*options.only} >= {*PRINTED[:2]}  # what another build makes again is kept while only a part is printed
    pages = pressed.pages if whole else {**kept, **pressed.pages}
    if options.cache and pages.keys() != kept.keys():
        keep_pages(out, slug, pages)
    return pressed
