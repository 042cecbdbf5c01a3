"""Text -> Guide: `read` is a pure function of a guide's text and its path."""

from collections.abc import Mapping
from dataclasses import replace

from ..diagnostics import Diagnostic, Span
from ..markup import plain
from ..model import Break, Formula, Guide, LineVerdict, Settings, Words
from ..words import Vocabulary, detected, joints, tokens, vocabulary
from .asides import title_line, without_farewell
from .blocks import Block, parse, source_lines
from .facts import PLAIN_TEXT, read_blocks
from .keys import key_file, named_files
from .lazy import unfolded, width_of
from .links import broken_links, links_and_pictures, pictures
from .merge import merge_topics
from .normalise import fold_outs, normalise
from .notebook import Found, Notebook, Place
from .outline import Node, Role, outline
from .quiz import claim_questions, settle
from .settings import front_matter, read_settings
from .text import author_marks, expansion, heading_words

__all__ = ["read"]
_SENTENCES = 3  # lines below a title, each a sentence, that are no introduction


def read(text: str, path: str, slug: str, others: Mapping[str, str] | None = None, own_words: str = "") -> Guide:
    """Understands a guide. `path` is shown in diagnostics, `slug` is its file's name without ending.

    `others` has the texts of files that the guide names as those of its answers, by the names that `Guide.names` gave;
    `own_words` is what the author adds to the vocabulary (words.vocabulary).
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    lines = text.split("\n")
    book = Notebook(path, lines, width_of(lines, quoted=True))
    front = front_matter(text)
    settings, found = read_settings(front, path) if front else (Settings(), [])
    book.diagnostics.extend(found)
    language = settings.language or detected(text)
    words = vocabulary(language, own_words)
    readable, emptied = normalise(text, words, front.count("\n") + 3 if front else 0)
    book.folds = fold_outs(emptied)
    told = readable.split("\n")
    blocks = without_farewell(unfolded(parse(readable), told, width_of(told), width_of(told, quoted=True)), book)
    root = outline(blocks, words, settings.topic_level)
    linked = links_and_pictures(blocks)
    book.diagnostics += broken_links(blocks, linked, book)
    title = settings.title or next((node.name for node in root.children if node.role is Role.TITLE), "")
    title = title or _named_by(root, book) or slug.replace("-", " ")
    root.name = title  # what stands under no heading belongs to the guide as a whole
    _read_node(root, None, _has_title(root), book, words, frozenset(_names(root)))
    names = named_files(linked, settings.answers, words)
    for name in names:
        book.keys += key_file((others or {}).get(name, ""), words)
    waits = bool(book.pending) and others is None
    settle(book)
    topics = merge_topics(book, words)
    if not topics:
        book.diagnostics.append(Diagnostic("G004", Span(path, 1), "nothing to learn was found in this guide"))
    for number, reason in emptied.items():
        book.verdict("structure", number, number, reason)
    _left_over(book)
    return Guide(
        path=path, slug=slug, title=title, language=language, item=settings.item or _item_word(title, words),
        settings=settings, topics=topics, verdicts=tuple(book.verdicts[line] for line in sorted(book.verdicts)),
        diagnostics=tuple(book.diagnostics), names=names if waits else (), words=own_words, pictures=pictures(linked, book),
        formulas=sum(isinstance(part, Formula) for _, part in linked),
        open_questions=tuple(plain(fact.question) for _, fact, _, _ in book.pending),
    )  # fmt: skip


def _named_by(root: Node, book: Notebook) -> str:
    """The guide's name on a first line that is no heading, "" where there is none; only where headings follow."""
    line = title_line(root.blocks) if root.children else None
    if line is None:
        return ""
    root.blocks.remove(line)
    book.structure(line, "title")
    return heading_words(line.text)


def _has_title(root: Node) -> bool:
    return any(node.role is Role.TITLE for node in root.children)


def _read_node(
    node: Node, place: Place | None, outside: bool, book: Notebook, words: Vocabulary, names: frozenset[str], category: str = "",
    above: tuple[str, ...] = (),
) -> None:  # fmt: skip
    """Reads a heading's own blocks, then what stands under its headings. `outside`: the guide's title is still to come."""
    line = node.heading.line if node.heading else 1
    if node.heading:
        book.structure(node.heading, str(node.role))
    if node.role is Role.NOISE:
        _noise(node, book)
        return
    if node.role is Role.SECTION and place is not None:
        label = (Words(node.name),) if node.labels else ()
        opens = node.kind == "definition" and not _defined(book, place)
        here = Place(place.topic, node.name, node.kind, label, line, opens)
    else:
        book.topics.append(Found(node.name, category, book.span(line), outside, above))
        introduces = node.role in (Role.ROOT, Role.TITLE) and len(names) > 1
        here = Place(len(book.topics) - 1, line=line, open_definition=not introduces)
    book.claimed |= claim_questions(node.blocks, here, book, words)
    read_blocks(_intro(node, book, names), here, book, words)
    _keyed(node, here, book)
    if node.role is Role.TOPIC and not node.blocks and not node.children:
        book.report("T003", line, f"nothing stands under “{node.name}”")
    for child in node.children:
        outside = outside and child.role is not Role.TITLE
        under = node.name if node.role is Role.CATEGORY else ""
        told = above if node.role in (Role.ROOT, Role.TITLE) else (*above, node.name)
        _read_node(child, here, outside, book, words, names, under, told)


def _keyed(node: Node, here: Place, book: Notebook) -> None:
    """A key on a topic's heading is that of the fact that says what the topic is."""
    key = author_marks(node.heading.text)[1] if node.heading else ""
    facts = book.topics[here.topic].facts
    at = next((at for at, (fact, _) in enumerate(facts) if fact.kind == "definition"), -1)
    if key and at >= 0 and not facts[at][0].key:
        facts[at] = (replace(facts[at][0], key=key), facts[at][1])


def _defined(book: Notebook, place: Place) -> bool:
    return any(fact.kind == "definition" for fact, _ in book.topics[place.topic].facts)


def _intro(node: Node, book: Notebook, names: frozenset[str]) -> list[Block]:
    """The blocks to read: what introduces the whole guide, or lists its topics, is no fact of anything."""
    if node.role not in (Role.ROOT, Role.TITLE) or len(names) < 2:
        return node.blocks
    kept = []
    for block in node.blocks:
        asked = bool(book.claimed & set(range(block.line, block.end + 1)))
        prose = block.kind in ("paragraph", "quote") or (block.kind == "code" and block.info in PLAIN_TEXT)
        if prose and not asked and not (node.role is Role.TITLE and _states(block)):
            book.noise(block, "greeting" if node.role is Role.ROOT else "introduction")
            if node.role is Role.ROOT:
                book.report("F006", block.line, f"left out: {plain(block.text)[:60]}")
        elif block.kind == "list" and not asked and _lists(block, names):
            book.noise(block, "outline")
        else:
            kept.append(block)
    return kept


def _states(block: Block) -> bool:
    """Whether a paragraph is three sentences or more, each on a line that its author ended: facts, and no introduction."""
    lines = [plain(line).rstrip() for line in source_lines(block.text)]
    hard = sum(isinstance(part, Break) and part.hard for part in block.text)
    return block.kind == "paragraph" and hard + 1 >= len(lines) and sum(line.endswith(".") for line in lines) >= _SENTENCES


def _names(node: Node) -> set[str]:
    """The names of all headings below a heading."""
    found = {" ".join(tokens(expansion(child.name)[0])) for child in node.children}
    return found.union(*(_names(child) for child in node.children if child.children))


def _lists(block: Block, names: frozenset[str]) -> bool:
    """Whether at least half of a list's items are names of headings."""
    heads = [" ".join(tokens(expansion(plain(item.blocks[0].text))[0])) for item in block.blocks if item.blocks]
    return 2 * sum(head in names for head in heads) >= len(heads) > 0


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
    """What one topic is called: the singular of a word in the title ("services"), where the language lists it.

    Not where a sentence goes on behind it, or another thing stands beside it: "How plants work", "Drugs + ECG".
    """
    plurals, told = words.data["words"]["item_plurals"], tokens(title)
    explains = not words.listed("words", "explains").isdisjoint(told)
    parts = [tokens(part) for part in joints(words).split(title)]
    beside = {word for part in parts[:-1] for word in part[-1:]} | {word for part in parts[1:] for word in part[:1]}
    found = [str(plurals[word]) for word in told if word in plurals and word not in beside and not explains]
    return found[-1] if found else str(words.data["words"]["item"])
