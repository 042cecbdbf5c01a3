"""Blocks -> a tree of headings, each with its role: title, category, topic, section, or noise.

The level of a topic differs from guide to guide, so it is found from content: a section is what the vocabulary knows (or what
stands between such sections), a topic is the innermost heading that names a thing.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from itertools import pairwise

from ..markup import plain
from ..model import Link
from ..words import Vocabulary, normal, stem, tokens
from .blocks import Block, all_strong, source_lines
from .headings import only_counts, tells, what_is, without_telling
from .signs import ASKING, ENDS
from .stream import asks, is_question_heading, may_ask
from .text import counted, expansion, heading_words, starts_with_number

_PARTED, _MOST = 3, 4  # things with parts of their own; of so many headings one may be a part of all


class Role(StrEnum):
    """What a heading is to the guide."""

    ROOT = "root"
    TITLE = "title"
    CATEGORY = "category"
    TOPIC = "topic"
    SECTION = "section"
    NOISE = "noise"


@dataclass(slots=True)
class Node:
    """A heading with what stands below it, down to the next heading of its level."""

    heading: Block | None
    level: int
    name: str
    role: Role = Role.ROOT
    kind: str = ""  # of a section
    labels: bool = False  # a section that no vocabulary knows: its name labels what stands in it
    short: str = ""  # its name without what only tells of it
    counts: bool = False  # headings that only count questions stand below it
    parted: bool = False  # a topic like those beside it, which have sections: what stands below it are sections too
    blocks: list[Block] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)


def outline(blocks: Iterable[Block], words: Vocabulary, topic_level: int = 0) -> Node:
    """The tree of headings under a root without a heading, roles decided: by the author's level of topics, else from content."""
    root = Node(None, 0, "")
    path = [root]
    told = _with_bold_headings(list(blocks), words)
    counting = _counting(told)
    for block in told:
        if block.kind != "heading" or not tells(block):
            # A row of badges above a rule is a heading to CommonMark.
            path[-1].blocks.append(block if block.kind != "heading" else replace(block, kind="paragraph"))
            continue
        if block.line in counting or (path[-1].counts and asks(block.told)):  # of the heading before it, whatever its level
            path[-1].counts = True
            path[-1].blocks.append(block)
            continue
        while path[-1].level >= block.level:
            path.pop()
        if is_question_heading(block.text, words) or (_names_a_part(block, words) and _asked_above(block, path[-1], root, words)):
            path[-1].blocks.append(block)
            continue
        node = Node(block, block.level, heading_words(block.text))
        path[-1].children.append(node)
        path.append(node)
    _without_counting(root)
    _shorten(root, words)
    if topic_level:
        _by_level(root, topic_level, words)
        return root
    _asking(root, words)
    title = _title(root, words)
    if title:
        title.role = Role.TITLE
    _decide(root, None, words, _repeated(root))
    return root


def _counting(blocks: Sequence[Block]) -> frozenset[int]:
    """Lines of headings that are a number and nothing else, where the next heading asks: "## 1.", a situation, "### Which one?"."""
    heads = [block for block in blocks if block.kind == "heading"]
    return frozenset(one.line for one, other in pairwise(heads) if only_counts(one) and asks(other.told))


def _shorten(root: Node, words: Vocabulary) -> None:
    """Gives each heading its name without what only tells of it, where no other heading would be called so."""
    nodes = list(_nodes(root))
    for node in nodes:
        node.short = without_telling(node.name, words)
    names = Counter(normal(node.short) for node in nodes)
    for node in nodes:
        node.short = node.short if names[normal(node.short)] == 1 else node.name


def _without_counting(node: Node) -> None:
    """Takes the numerals or letters off headings that are counted with them: "I. Duty", "II. Breach"."""
    for child, length in zip(node.children, counted([child.name for child in node.children]), strict=True):
        child.name = child.name[length:]
    for child in node.children:
        _without_counting(child)


def _repeated(root: Node) -> frozenset[str]:
    """Names under several headings are parts of each, not one thing; under two, where both say something or share another name."""
    parents: dict[str, list[Node]] = {}
    for parent in _nodes(root):
        for name in {normal(child.name) for child in parent.children}:
            parents.setdefault(name, []).append(parent)
    pairs = Counter(tuple(map(id, above)) for above in parents.values() if len(above) == 2)
    return frozenset(
        name
        for name, above in parents.items()
        if len(above) > 2 or (len(above) == 2 and (all(map(_holds_text, above)) or pairs[tuple(map(id, above))] > 1))
    )


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _nodes(child)


def _with_bold_headings(blocks: list[Block], words: Vocabulary) -> list[Block]:
    """Where a guide has no headings below its title, lines in bold are its headings; numbered ones stand above the others."""
    real = [block for block in blocks if block.kind == "heading" and tells(block)]
    if len(real) > 1:
        return blocks
    bold = [block for block in blocks if _is_bold_heading(block, words)]
    if real and any(block.line < real[0].line for block in bold):
        return blocks
    told = [block for block in blocks if block.kind not in ("html", "rule")]
    title = [] if real or not bold or bold[0] is not told[0] or len(bold) < 2 else bold[:1]
    named = [block for block in bold if block not in title]
    if len(named) < 2 and not title:
        return blocks
    numbered = [block for block in named if starts_with_number(block.text)]
    first = real[0].level if real else 1
    levels = {id(block): first + 1 + (2 <= len(numbered) < len(named) and block not in numbered) for block in named}
    levels |= {id(block): 1 for block in title}
    return [replace(block, kind="heading", level=levels[id(block)]) if id(block) in levels else block for block in blocks]


def _is_bold_heading(block: Block, words: Vocabulary) -> bool:
    """A short line in bold and nothing else; no question, no sentence, no label of an answer."""
    if block.kind != "paragraph" or not all_strong(block.text) or len(source_lines(block.text)) > 1:
        return False
    told = plain(block.text).rstrip("*: ")
    asks = is_question_heading(block.text, words) or _names_a_part(block, words)
    return 0 < len(told.split()) <= 9 and not told.endswith(ENDS) and not asks


def _by_level(node: Node, topic_level: int, words: Vocabulary) -> None:
    """Headings of the author's level are topics, those above them group, those below are sections."""
    for child in node.children:
        if node.role is Role.NOISE or _is_noise(child, words):
            child.role = Role.NOISE
        elif child.level < topic_level:
            child.role = Role.TITLE if child is node.children[0] and node.role is Role.ROOT else Role.CATEGORY
        elif child.level == topic_level or node.role in (Role.ROOT, Role.TITLE, Role.CATEGORY):
            child.role = Role.TOPIC
        else:
            kind = _known_kind(child, node, words)
            child.role, child.kind, child.labels = Role.SECTION, kind or node.kind, not kind
        _by_level(child, topic_level, words)


def _names_a_part(block: Block, words: Vocabulary) -> bool:
    """A heading that only names a part of a question: "Options", "Correct answer", "Why the others are wrong"."""
    told = normal(heading_words(block.text))
    exact, begins = _parts(words)
    return told in exact or (told.startswith(begins) and len(told.split()) <= 6)


def _asked_above(heading: Block, node: Node, root: Node, words: Vocabulary) -> bool:
    """Whether a question stands above: under the same heading; for the answers at the end of a quiz, anywhere."""
    key = normal(heading_words(heading.text)) in _names(words, "answer_key")
    return _holds_question(node.blocks) or (key and any(_holds_question(child.blocks) for child in _nodes(root)))


def _holds_question(blocks: Iterable[Block]) -> bool:
    return any(
        block.kind == "heading" or any(sign in block.told for sign in ASKING) or may_ask([block]) or _holds_question(block.blocks)
        for block in blocks
    )


@cache
def _parts(words: Vocabulary) -> tuple[frozenset[str], tuple[str, ...]]:
    """Headings that name a part of a question: whole ones, and how those of an explanation begin."""
    exact = {normal(word) for name in ("options", "answer", "explanation", "question") for word in words.listed("reading", name)}
    begins = tuple(f"{normal(word)} " for word in words.listed("reading", "explanation") if len(word) > 2)
    return frozenset(word for word in exact if len(word) > 1), begins


def _asking(node: Node, words: Vocabulary) -> None:
    """A heading that asks, with one paragraph or with options below it, is a question of what stands above it and no topic."""
    for child in node.children:
        _asking(child, words)
    kept = []
    for child in node.children:
        if child.heading and asks(child.name) and not what_is(child.name, words) and _only_answered(child, words):
            node.blocks += [child.heading, *child.blocks]
            kept += child.children
        else:
            kept.append(child)
    node.children[:] = kept


def _only_answered(node: Node, words: Vocabulary) -> bool:
    """Whether nothing but one paragraph, or options with what follows them, stands below a heading."""
    text = [block for block in node.blocks if block.kind != "rule"]
    options = bool(text) and text[0].kind == "list" and may_ask(text[:1])
    return ([block.kind for block in text] == ["paragraph"] or options) and all(_is_noise(below, words) for below in node.children)


def _title(root: Node, words: Vocabulary) -> Node | None:
    """The guide's own heading: the first one of the highest level, where others stand under it that name things."""
    if not root.children:
        return None
    top = min(node.level for node in root.children)
    highest = [node for node in root.children if node.level == top]
    first = highest[0]
    below = [child for child in first.children if not words.section_kind(child.name)]
    bare = not first.children and not _holds_text(first) and len(highest) > 1
    introduces = first.level == 1 or all(block.kind not in ("list", "table") for block in first.blocks)
    alone = not first.children and introduces and len(highest) >= 4 and sum(bool(node.children) for node in highest) >= 2
    only = len(highest) == 1 and bool(first.children) and bool(below)
    return first if bare or only or alone or (below and len(highest) <= 2) else None


def _holds_text(node: Node) -> bool:
    return any(block.kind not in ("rule", "html") for block in node.blocks)


def _decide(node: Node, topic: Node | None, words: Vocabulary, repeated: frozenset[str]) -> None:
    known = {id(child): _known_kind(child, topic or node, words) for child in node.children}
    parted = _with_sections(node, words)
    has_sections = node.parted or (
        topic is not None
        and node.role is not Role.CATEGORY
        and any(kind for child in node.children if (kind := known[id(child)]) and not what_is(child.name, words))
    )
    letters = [child for child in node.children if re.fullmatch(r"[^\W\d_](?:\s*[-–—]\s*[^\W\d_])?", child.name)]
    if len(letters) >= 2 and 2 * len(letters) >= len(node.children):
        for child in letters:  # the letters of a glossary
            child.role, child.kind = Role.SECTION, "terms"
    for child in node.children:
        inner = topic
        if child.role is Role.TITLE or child.kind == "terms":
            pass
        elif node.role is Role.NOISE or _is_noise(child, words):
            child.role = Role.NOISE
        elif known[id(child)] and (topic is not None or not child.children):
            child.role, child.kind = Role.SECTION, known[id(child)]
        elif node.role is Role.SECTION or has_sections or (node.role is Role.TOPIC and normal(child.name) in repeated):
            child.role, child.kind, child.labels = Role.SECTION, node.kind, True
        else:
            child.name = what_is(child.name, words) or child.short
            child.parted = _is_parted(child, parted)
            child.role = Role.CATEGORY if _groups(child, words, repeated) and not child.parted else Role.TOPIC
            inner = child
        _decide(child, inner, words, repeated)


def _known_kind(node: Node, topic: Node, words: Vocabulary) -> str:
    if _has_sections_in_bold(node, words):
        return ""
    named = what_is(node.name, words)
    if named and {stem(word) for word in tokens(named)} - words.filler <= {stem(word) for word in _topic_words(topic)}:
        return "definition"
    return words.section_kind(expansion(node.name)[0], _topic_words(topic)) or words.section_kind(node.name, _topic_words(topic))


def _topic_words(topic: Node) -> frozenset[str]:
    return frozenset(tokens(topic.name))


@cache
def _names(words: Vocabulary, name: str) -> frozenset[str]:
    return frozenset(normal(phrase) for phrase in words.listed("reading", name))


def _is_noise(node: Node, words: Vocabulary) -> bool:
    """Whether a heading names a part without facts: "Contents", "My study plan"; "Links" only where nothing is told below it."""
    told = normal(node.name)
    for name in (told, " ".join(word for word in told.split(" ") if word not in words.filler)):
        if name in _names(words, "noise"):
            return True
        if name in _names(words, "perhaps_noise"):
            return all(_tells_nothing(block) for block in node.blocks) and all(_is_noise(child, words) for child in node.children)
    return False


def _tells_nothing(block: Block) -> bool:
    """Links, addresses, boxes to tick, bare names: nothing that could be learned."""
    if block.blocks:
        return all(_tells_nothing(inner) for inner in block.blocks)
    linked = any(isinstance(part, Link) for part in block.text) or "http" in block.told or "www." in block.told
    boxed = block.told.startswith(("[ ]", "[x]", "[X]"))
    return block.kind not in ("table", "code") and (linked or boxed or len(block.told.split()) <= 3)


def _groups(node: Node, words: Vocabulary, repeated: frozenset[str]) -> bool:
    """A heading that only stands over others: things are named below it, and none of its children is a section."""
    parts = [bool(_known_kind(child, node, words)) or normal(child.name) in repeated for child in node.children]
    if any(parts):  # "Main concepts" over "RDS", "DynamoDB" with parts of their own, and over "Use cases" of all of them
        parted = sum(bool(child.children) for child, known in zip(node.children, parts, strict=True) if not known)
        return parted >= _PARTED and _MOST * sum(parts) <= len(parts) and not _holds_text(node)
    return bool(node.children)


def _with_sections(node: Node, words: Vocabulary) -> list[Node]:
    """The headings below a heading that have known sections, two at least."""
    return [child for child in node.children if sum(bool(_known_kind(inner, child, words)) for inner in child.children) > 1]


def _is_parted(node: Node, parted: list[Node]) -> bool:
    """Whether text and two headings stand below a heading, and one beside it has known sections: then its own are sections, too."""
    told = _holds_text(node) and len(node.children) > 1
    return told and any(child is not node and child.level == node.level for child in parted)


def _has_sections_in_bold(node: Node, words: Vocabulary) -> bool:
    """Whether two lines in bold below a heading are sections: then it names a thing, be it called "Functions"."""
    bold = [block for block in node.blocks if block.kind == "paragraph" and all_strong(block.text)]
    return len({kind for block in bold if (kind := words.section_kind(heading_words(block.text)))}) > 1
