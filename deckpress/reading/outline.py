"""Blocks -> a tree of headings, each with its role: title, category, topic, section, or noise.

The level of a topic differs from guide to guide, so it is found from content: a section is what the vocabulary knows (or what
stands between such sections), a topic is the innermost heading that names a thing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from ..words import Vocabulary, normal, tokens
from .blocks import Block
from .text import expansion, heading_words


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
    blocks: list[Block] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)


def outline(blocks: Iterable[Block], words: Vocabulary) -> Node:
    """The tree of headings under a root without a heading, roles decided."""
    root = Node(None, 0, "")
    path = [root]
    for block in blocks:
        if block.kind != "heading":
            path[-1].blocks.append(block)
            continue
        while path[-1].level >= block.level:
            path.pop()
        node = Node(block, block.level, heading_words(block.text))
        path[-1].children.append(node)
        path.append(node)
    title = _title(root, words)
    if title:
        title.role = Role.TITLE
    _decide(root, None, words)
    return root


def _title(root: Node, words: Vocabulary) -> Node | None:
    """The guide's own heading: the first one of the highest level, where others stand under it that name things."""
    if not root.children:
        return None
    top = min(node.level for node in root.children)
    highest = [node for node in root.children if node.level == top]
    first = highest[0]
    below = [child for child in first.children if not words.section_kind(child.name)]
    bare = not first.children and not _holds_text(first) and len(highest) > 1
    only = len(highest) == 1 and bool(first.children) and bool(below)
    return first if bare or only or (below and len(highest) <= 2) else None


def _holds_text(node: Node) -> bool:
    return any(block.kind not in ("rule", "html", "front") for block in node.blocks)


def _decide(node: Node, topic: Node | None, words: Vocabulary) -> None:
    known = {id(child): _known_kind(child, topic or node, words) for child in node.children}
    has_sections = topic is not None and any(known.values())
    for child in node.children:
        inner = topic
        if child.role is Role.TITLE:
            pass
        elif node.role is Role.NOISE or normal(child.name) in _noise(words):
            child.role = Role.NOISE
        elif known[id(child)] and (topic is not None or not child.children):
            child.role, child.kind = Role.SECTION, known[id(child)]
        elif node.role is Role.SECTION or has_sections:
            child.role = Role.SECTION
        else:
            child.role = Role.CATEGORY if _groups(child, words) else Role.TOPIC
            inner = child
        _decide(child, inner, words)


def _known_kind(node: Node, topic: Node, words: Vocabulary) -> str:
    return words.section_kind(expansion(node.name)[0], _topic_words(topic)) or words.section_kind(node.name, _topic_words(topic))


def _topic_words(topic: Node) -> frozenset[str]:
    return frozenset(tokens(topic.name))


def _noise(words: Vocabulary) -> frozenset[str]:
    return frozenset(normal(phrase) for phrase in words.listed("reading", "noise"))


def _groups(node: Node, words: Vocabulary) -> bool:
    """A heading that only stands over others: things are named below it, and none of its children is a section."""
    kinds = [words.section_kind(child.name, _topic_words(node)) for child in node.children]
    return bool(node.children) and not any(kinds)
