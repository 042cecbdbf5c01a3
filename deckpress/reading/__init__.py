"""Text -> Guide: `read` is a pure function of a guide's text and its path."""

from ..diagnostics import Diagnostic, Span
from ..model import Guide, LineVerdict, Settings
from ..words import Vocabulary, tokens, vocabulary
from .blocks import Block, parse
from .facts import read_blocks
from .merge import merge_topics
from .notebook import Found, Notebook, Place
from .outline import Node, Role, outline
from .settings import read_settings

__all__ = ["read"]


def read(text: str, path: str, slug: str) -> Guide:
    """Understands a guide. `path` is shown in diagnostics, `slug` is its file's name without ending."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    book = Notebook(path, text.split("\n"))
    blocks = parse(text)
    front = next((block for block in blocks[:1] if block.kind == "front"), None)
    settings, found = read_settings(front.raw, path) if front else (Settings(), [])
    book.diagnostics.extend(found)
    words = vocabulary(settings.language or "en")
    root = outline(blocks, words)
    _read_node(root, None, _has_title(root), book, words)
    topics = merge_topics(book)
    if not topics:
        book.diagnostics.append(Diagnostic("G004", Span(path, 1), "nothing to learn was found in this guide"))
    title = settings.title or next((node.name for node in root.children if node.role is Role.TITLE), "") or slug.replace("-", " ")
    _left_over(book)
    return Guide(
        path=path, slug=slug, title=title, language=settings.language or "en", item=settings.item or _item_word(title, words),
        settings=settings, topics=topics, verdicts=tuple(book.verdicts[line] for line in sorted(book.verdicts)),
        diagnostics=tuple(book.diagnostics),
    )  # fmt: skip


def _has_title(root: Node) -> bool:
    return any(node.role is Role.TITLE for node in root.children)


def _read_node(node: Node, place: Place | None, outside: bool, book: Notebook, words: Vocabulary, category: str = "") -> None:
    """Reads a heading's own blocks, then what stands under its headings. `outside`: the guide's title is still to come."""
    line = node.heading.line if node.heading else 1
    if node.heading:
        book.structure(node.heading, str(node.role))
    if node.role is Role.NOISE:
        _noise(node, book)
        return
    if node.role is Role.SECTION and place is not None:
        here = Place(
            place.topic, node.name, node.kind, line=line, open_definition=node.kind == "definition" and not _defined(book, place)
        )
    else:
        book.topics.append(Found(node.name, category, book.span(line), outside))
        introduces = node.role in (Role.ROOT, Role.TITLE) and bool(node.children)
        here = Place(len(book.topics) - 1, line=line, open_definition=not introduces)
    read_blocks(_intro(node, book), here, book, words)
    if node.role is Role.TOPIC and not node.blocks and not node.children:
        book.report("T003", line, f"nothing stands under “{node.name}”")
    for child in node.children:
        outside = outside and child.role is not Role.TITLE
        under = node.name if node.role is Role.CATEGORY else ""
        _read_node(child, here, outside, book, words, under)


def _defined(book: Notebook, place: Place) -> bool:
    return any(fact.kind == "definition" for fact in book.topics[place.topic].facts)


def _intro(node: Node, book: Notebook) -> list[Block]:
    """The blocks to read: a paragraph that introduces the whole guide is no fact of anything."""
    if node.role not in (Role.ROOT, Role.TITLE) or not node.children:
        return node.blocks
    kept = []
    for block in node.blocks:
        if block.kind == "paragraph":
            book.noise(block, "greeting" if node.role is Role.ROOT else "introduction")
        else:
            kept.append(block)
    return kept


def _noise(node: Node, book: Notebook) -> None:
    for block in node.blocks:
        book.noise(block, f"part of “{node.name}”")
    for child in node.children:
        if child.heading:
            book.noise(child.heading, f"part of “{node.name}”")
        _noise(child, book)


def _left_over(book: Notebook) -> None:
    """No line goes without a verdict: what nothing claimed is said."""
    for number, line in enumerate(book.lines, 1):
        if line.strip() and number not in book.verdicts:
            book.verdicts[number] = LineVerdict(number, "unsure", "not understood")
            book.diagnostics.append(Diagnostic("F004", book.span(number), f"not understood: {line.strip()[:60]}"))


def _item_word(title: str, words: Vocabulary) -> str:
    """What one topic is called: the singular of a word in the title ("services"), where the language lists it."""
    plurals = words.data["words"]["item_plurals"]
    found = [str(plurals[word]) for word in tokens(title) if word in plurals]
    return found[-1] if found else str(words.data["words"]["item"])
