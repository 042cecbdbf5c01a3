"""The command line: what it prints, and how it ends."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from deckpress.cli import main

from .identity.test_identity import GUIDE

Source = Callable[..., Path]


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def test_a_build_says_what_it_made_in_a_few_lines(source: Source, tmp_path: Path) -> None:
    done = run("build", source(GUIDE), "--out", tmp_path / "out")
    assert done.exit_code == 0
    assert "2 topics, 8 facts" in done.stdout
    assert "new" in done.stdout
    assert done.stderr == ""


def test_build_is_the_command_where_none_is_named(source: Source, tmp_path: Path) -> None:
    assert run(source(GUIDE), "--out", tmp_path / "out").exit_code == 0
    assert run("--out", tmp_path / "out2", source(GUIDE)).exit_code == 0
    assert (tmp_path / "out2/guide.apkg").exists()


def test_facts_as_json_is_one_object_on_standard_output(source: Source) -> None:
    done = run("facts", source(GUIDE), "--format", "json")
    assert len(json.loads(done.stdout)["facts"]) == 8


@pytest.mark.parametrize("form", ["text", "tsv"])
def test_facts_in_other_forms(source: Source, form: str) -> None:
    assert "Winter song" in run("facts", source(GUIDE), "--format", form).stdout


def test_check_counts_and_ends_with_one_only_under_strict(source: Source) -> None:
    path = source(GUIDE + "\n### Questions\n1. What does it weigh?\n")
    assert run("check", path).exit_code == 0
    assert run("check", path, "--strict").exit_code == 1
    told = json.loads(run("check", path, "--format", "json").stdout)
    assert told["counts"] == {"error": 0, "warning": 1, "info": 0}
    assert run("check", path, "--format", "github").stdout.startswith("::warning file=")


def test_check_tells_which_lines_make_no_card_and_why(source: Source) -> None:
    path = source("# Birds\n\n## Robin\nA robin is a small bird that sings.\n\n- **Colour**: red breast\n- Sings\n")
    assert "on the sheets only" not in run("check", path).stdout
    told = run("check", path, "-v").stdout.splitlines()
    assert "1 lines stand on the sheets only ({card} behind one asks it in any case):" in told
    assert "  line 7: no part of it stands out: no label, no number with a unit, no name or short list at its end" in told


def test_strict_stops_a_build_at_a_warning(source: Source, tmp_path: Path) -> None:
    path = source(GUIDE + "\n### Questions\n1. What does it weigh?\n")
    assert run("build", path, "--out", tmp_path / "out", "--strict").exit_code == 1
    assert not (tmp_path / "out").exists()


def test_explain_tells_what_became_of_a_line(source: Source) -> None:
    assert "fact (feature)" in run("explain", f"{source(GUIDE)}:7").stdout


WRONG = [
    ("explain", "guide.md"),
    ("build", "--only", "song"),
    ("build", "--templates", "nowhere"),
    ("facts",),
    ("check", "--format", "x"),
]


@pytest.mark.parametrize("words", WRONG)
def test_wrong_use_ends_with_two_and_a_sentence(words: tuple[str, ...]) -> None:
    done = run(*words)
    assert done.exit_code == 2
    assert "Error: " in done.stderr


def test_a_guide_that_is_not_there_ends_with_one_and_no_traceback(tmp_path: Path) -> None:
    for command in ("build", "check", "facts"):
        done = run(command, tmp_path / "none.md")
        assert done.exit_code == 1
        assert "G001" in done.output


def test_missing_print_libraries_end_with_three_and_the_command_that_brings_them(
    source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deckpress.pipeline.printing.print_libraries_missing", lambda: ["libpango-1.0.so.0"])
    done = run("build", source(GUIDE), "--out", tmp_path / "out")
    assert done.exit_code == 3
    assert "NOT made" in done.stderr.strip().split("\n")[0]
    assert "as HTML" in done.stderr


def test_the_plan_says_what_an_edit_will_do_before_it_is_built(source: Source, tmp_path: Path) -> None:
    path = source(GUIDE)
    run("build", path, "--out", tmp_path / "out")
    assert "kept" in run("plan", path).stdout
    source(GUIDE.replace("when other birds are silent", "when all other birds are silent"))
    told = json.loads(run("plan", path, "--format", "json").stdout)
    assert (told["counts"]["updated_text"], told["counts"]["new"], told["counts"]["retired"]) == (1, 0, 0)
    assert set(told) == {"guide", "revision", "counts", "notes", "unsure"}
    assert "~ updated text" in run("plan", path).stdout


def test_the_doctor_knows_the_print_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("doctor").exit_code == 0
    monkeypatch.setattr("deckpress.bootstrap.print_libraries_missing", lambda: ["libpango-1.0.so.0"])
    assert run("doctor").exit_code == 3


def test_a_folder_without_guides_is_wrong_use(tmp_path: Path) -> None:
    done = run("build", tmp_path)
    assert done.exit_code == 2
    assert "there is no guide in" in done.stderr


def test_help_is_everywhere() -> None:
    for words in ((), ("build",), ("check",), ("facts",), ("explain",), ("doctor",)):
        assert run(*words, "--help").exit_code == 0


def test_a_misspelt_command_is_answered_with_what_was_meant() -> None:
    done = run("bild")
    assert done.exit_code == 2
    assert "Did you mean “build”?" in done.stderr
