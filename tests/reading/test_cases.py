"""How guides are read: each case is a guide and the facts that are wanted of it, in tests/cases/reading."""

import pytest
from hypothesis import given, settings
from markdown_it.utils import read_fixture_file

from deckpress.markup import plain
from deckpress.model import Guide, MultipleChoice
from deckpress.reading import read
from deckpress.report import words_of

from ..conftest import MARKDOWN, ROOT

CASES = [
    pytest.param(text, wanted, id=f"{path.stem}: {title}")
    for path in sorted((ROOT / "tests/cases/reading").glob("*.md"))
    for _, title, text, wanted in read_fixture_file(path)
]


def told(guide: Guide) -> str:
    """Facts as `topic / section / kind: label | text`, then warnings as `! line code`."""
    titles = {topic.key: topic.title for topic in guide.topics}
    lines = []
    for fact in guide.facts:
        words = words_of(fact)
        parts = (words["question"], words["answer"]) if words["question"] else (words["label"], words["text"])
        body = (" ? " if words["question"] else " | ").join(str(part) for part in parts if part)
        lines.append(f"{titles[fact.topic]} / {fact.section or '-'} / {fact.kind}: {body}")
    lines += [f"! {found.span.line} {found.code}" for found in guide.diagnostics if found.code[0] != "T"]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_a_guide_is_read_as_people_mean_it(text: str, wanted: str) -> None:
    assert told(read(text, "case.md", "case")) == wanted


@given(MARKDOWN)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_every_line_of_any_text_gets_a_verdict_and_reading_never_fails(text: str) -> None:
    guide = read(text, "any.md", "any")
    normal = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = {number for number, line in enumerate(normal.split("\n"), 1) if line.strip()}
    assert {verdict.line for verdict in guide.verdicts} == lines
    assert all(fact.span.line in lines and fact.span.last >= fact.span.line for fact in guide.facts)


def test_the_front_matter_is_optional_and_a_misspelt_key_is_answered_with_what_was_meant() -> None:
    guide = read("---\ntitle: Birds\nlangauge: en\n---\n# X\n\n## Robin\nA bird.\n", "g.md", "g")
    assert guide.title == "Birds"
    assert [(d.code, d.span.line) for d in guide.diagnostics] == [("M002", 3)]
    assert "did you mean “language”" in guide.diagnostics[0].message


@pytest.mark.parametrize(
    ("front", "wanted"),
    [
        ("title: [", "M001"),
        ("title:\n  - a\n  - b", "takes one line of text"),
        ("title:\n  a: b", "takes one line of text"),
        ("language: Deutsch", "a language's code such as en"),
        ("exam: 31.3.2027", "a day written as 2027-03-31"),
        ("topic-level: zwei", "a number from 1 to 6"),
        ("paper: a5", "takes a4 or letter"),
        ("answers: ../key.md", "in the guide's own folder"),
        ("accent: 12", "a colour such as"),
        ("tags:\n  - a: b", "list of such lines"),
    ],
)
def test_bad_front_matter_is_said_and_nothing_is_raised(front: str, wanted: str) -> None:
    guide = read(f"---\n{front}\n---\n## Robin\nA bird.\n", "g.md", "g")
    assert [d for d in guide.diagnostics if wanted in (d.code + d.message)]
    assert [topic.name for topic in guide.topics] == ["Robin"]


def test_all_of_the_front_matter_is_understood() -> None:
    front = "title: Birds\nlicense: CC0\nexam: 2027-03-31\ntags: [birds, Exam Week, a::b]\nTopic level: 2\npaper: Letter"
    guide = read(f"---\n{front}\n---\n# A\n## Features\nA bird.\n### Robin\nRed.\n", "g.md", "g")
    assert not [d for d in guide.diagnostics if d.code[0] == "M"]
    own = guide.settings
    assert (own.licence, own.exam, own.tags, own.topic_level) == ("CC0", "2027-03-31", ("birds", "exam-week", "a::b"), 2)
    assert own.paper == "letter"
    assert [topic.title for topic in guide.topics] == ["Features"]


def test_a_guide_may_begin_with_a_rule() -> None:
    guide = read("---\n\n## Robin\nA bird.\n\n---\n", "g.md", "g")
    assert [topic.name for topic in guide.topics] == ["Robin"]
    assert not guide.diagnostics


def test_what_a_topic_is_called_in_questions_comes_from_the_title() -> None:
    assert read("# Drugs of the heart\n\n## Digoxin\nA drug.\n", "g.md", "g").item == "drug"
    assert read("# The heart\n\n## Valves\nFlaps.\n", "g.md", "g").item == "topic"


def test_crlf_and_a_byte_order_mark_change_nothing() -> None:
    text = "# Birds\n\n## Robin\nA small bird.\n- x: y\n"
    assert told(read("\ufeff" + text.replace("\n", "\r\n"), "g.md", "g")) == told(read(text, "g.md", "g"))


def test_what_stands_behind_the_letter_of_an_answer_is_why_it_is_right() -> None:
    told = (
        "** – cobalt is small.",
        ") cobalt** because it is small",
        "** (it is small)",
        "**, it is so small",
        ". It is small.**",
    )
    for behind in told:
        text = f"# Q\n\n## Quiz\n1. Which metal?\n   - A. iron\n   - B. cobalt\n\n   **Answer: B{behind}\n"
        (asked,) = [fact for fact in read(text, "q.md", "q").facts if isinstance(fact, MultipleChoice)]
        assert [option.key for option in asked.options if option.correct] == ["B"], behind
        assert plain(asked.explanation).split()[-1].rstrip(".") == "small", behind
