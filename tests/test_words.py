"""The words of a language are data, and two texts that say the same to a reader are the same."""

import tomllib

import pytest

from deckpress.words import normal, slug, stems, tokens, vocabulary

from .conftest import ROOT


def test_case_punctuation_and_blanks_do_not_count() -> None:
    assert normal("Java,  .NET & C++!") == normal("java .net c++")
    assert normal("code → deploy") == normal("Code; deploy.")


def test_signs_before_numbers_count() -> None:
    assert normal("< 10 ms") != normal("> 10 ms")
    assert tokens("<10 ms") == ["<", "10", "ms"]


def test_texts_without_a_letter_are_still_told_apart() -> None:
    assert normal("→") != normal("←")
    assert normal("猫") != normal("犬")


def test_light_stems_join_the_forms_of_a_word() -> None:
    assert stems("scaling scales scaled") == ["scal"] * 3


@pytest.mark.parametrize(
    ("heading", "kind"),
    [("Key Features", "feature"), ("Exam-Oriented Questions", "question"), ("Scenario Example", "question"), ("Limits", "limit"),
     ("Exam Tips", "note"), ("History of the house", "")],
)  # fmt: skip
def test_section_words_are_known_whatever_stands_around_them(heading: str, kind: str) -> None:
    assert vocabulary("en").section_kind(heading) == kind


def test_words_of_the_topic_in_a_section_heading_do_not_count() -> None:
    assert vocabulary("en").section_kind("When to use Fargate", frozenset({"fargate"})) == "when_to_use"


def test_a_language_without_a_file_reads_with_english_words() -> None:
    assert vocabulary("xx").section_kind("Features") == "feature"
    assert vocabulary("../../etc/passwd").section_kind("Features") == "feature"


def test_every_language_has_the_parts_of_the_english_file() -> None:
    english = tomllib.loads((ROOT / "deckpress/languages/en.toml").read_text("utf-8"))
    for path in (ROOT / "deckpress/languages").glob("*.toml"):
        told = tomllib.loads(path.read_text("utf-8"))
        assert {part: set(told[part]) for part in told} == {part: set(english[part]) for part in english}, path.name


def test_file_names_keep_letters_of_any_script() -> None:
    assert slug("AWS Batch") == "aws-batch"
    assert slug("Größe & Maß / 大きさ") == "größe-maß-大きさ"
    assert slug("../..") == "x"
