"""The words of a language are data, and two texts that say the same to a reader are the same."""

import tomllib
from pathlib import Path

import pytest

from deckpress.words import detected, normal, slug, stems, tokens, vocabulary

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


FILES = sorted((ROOT / "deckpress/languages").glob("*.toml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_language_knows_only_parts_and_kinds_that_the_english_file_has(path: Path) -> None:
    english, told = (tomllib.loads(file.read_text("utf-8")) for file in (ROOT / "deckpress/languages/en.toml", path))
    for part, names in told.items():
        assert set(names) <= set(english[part]), part
    assert set(told["reading"]["sections"]) <= set(english["reading"]["sections"])
    assert len(told["words"]["stop"]) > 10


SENTENCES = {
    "en": "The heart is a muscle that pumps the blood through the body and it never stops.",
    "de": "Das Herz ist ein Muskel, der das Blut durch den Körper pumpt und der nicht stehen bleibt.",
    "es": "El corazón es un músculo que bombea la sangre por el cuerpo y que no se para.",
    "fr": "Le cœur est un muscle qui pompe le sang dans le corps et qui ne s'arrête pas.",
    "it": "Il cuore è un muscolo che pompa il sangue nel corpo e che non si ferma.",
    "pt": "O coração é um músculo que bombeia o sangue pelo corpo e que não para.",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_the_language_of_a_guide_is_seen_from_its_words(language: str) -> None:
    assert detected(SENTENCES[language] * 3) == language


def test_file_names_keep_letters_of_any_script() -> None:
    assert slug("AWS Batch") == "aws-batch"
    assert slug("Größe & Maß / 大きさ") == "größe-maß-大きさ"
    assert slug("../..") == "x"
