"""A fresh machine: every way ends in a working command or in one sentence that says what to run."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from deckpress import bootstrap


class StartedAgainError(Exception):
    """Stands for the process that would take over."""


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Every process that would be started; all of them succeed, and making a venv makes its Python."""
    seen: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        seen.append([str(word) for word in command])
        if "venv" in command:
            python = Path(command[-1]) / "bin/python"
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()
        return subprocess.CompletedProcess(command, 0, "", "")

    def take_over(path: object, command: list[str], environment: dict[str, str]) -> None:
        seen.append(["exec", str(path), *command[1:]])
        assert environment["DECKPRESS_STARTED_AGAIN"] == str(path)
        raise StartedAgainError

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr("os.execve", take_over)
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.delenv("DECKPRESS_STARTED_AGAIN", raising=False)
    return seen


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "pyproject.toml").write_text(
        '[project]\ndependencies = ["no-such-package>=1"]\n[dependency-groups]\ndev = ["no-such-tests"]\n'
    )
    (tmp_path / "constraints.txt").write_text("no-such-package==1\n")
    monkeypatch.setattr(sys, "argv", ["build.py"])
    return tmp_path


def prepare(clone: Path) -> None:
    bootstrap.prepare(str(clone / "build.py"))


def test_a_fresh_clone_gets_an_environment_and_the_command_goes_on_there(clone: Path, calls: list[list[str]]) -> None:
    with pytest.raises(StartedAgainError):
        prepare(clone)
    venv, install, again = calls
    assert venv[1:3] == ["-m", "venv"]
    assert install[-1] == "no-such-package>=1"
    assert "--constraint" in install
    assert again == ["exec", str(clone / ".venv/bin/python"), "build.py"]


def test_the_second_time_nothing_is_installed(clone: Path, calls: list[list[str]]) -> None:
    for _ in range(2):
        with pytest.raises(StartedAgainError):
            prepare(clone)
    assert len(calls) == 4
    (clone / "constraints.txt").write_text("no-such-package==2\n")
    with pytest.raises(StartedAgainError):
        prepare(clone)
    assert [call for call in calls[4:] if "install" in call]


def test_the_tests_bring_what_they_need(clone: Path, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["build.py", "test", "-k", "x"])
    with pytest.raises(StartedAgainError):
        prepare(clone)
    assert "no-such-tests" in calls[1]
    assert calls[-1][2:] == ["build.py", "test", "-k", "x"]


def test_uv_is_used_where_it_is_there(clone: Path, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: "/bin/uv" if name == "uv" else None)
    with pytest.raises(StartedAgainError):
        prepare(clone)
    assert [call[:2] for call in calls[:2]] == [["uv", "venv"], ["uv", "pip"]]


def test_an_environment_that_is_not_ours_is_used_and_left_alone(clone: Path, calls: list[list[str]]) -> None:
    python = clone / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.touch()
    with pytest.raises(StartedAgainError):
        prepare(clone)
    assert not [call for call in calls if "install" in call]
    assert not (clone / ".venv/deckpress-stamp").exists()


def stopped(capsys: pytest.CaptureFixture[str]) -> str:
    told = capsys.readouterr().err.strip().split("\n")[-1]
    assert told.startswith("deckpress: ")
    return told


def test_without_ensurepip_a_plain_user_is_told_what_to_run(
    clone: Path, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr("shutil.which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None)
    plain = importlib.util.find_spec
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "ensurepip" else plain(name))
    with pytest.raises(SystemExit):
        prepare(clone)
    assert "sudo apt-get install python3-venv" in stopped(capsys)
    assert calls == []


@pytest.mark.usefixtures("calls")
def test_without_a_network_the_last_line_says_so_and_no_half_environment_stays(
    clone: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    good = subprocess.run

    def run(command: list[str], **more: object) -> subprocess.CompletedProcess[str]:
        good(command, **more)  # type: ignore[call-overload]
        code = int("install" in command)
        return subprocess.CompletedProcess(
            command, code, "", "WARNING: Failed to establish a new connection\nERROR: ResolutionImpossible\n"
        )

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(SystemExit):
        prepare(clone)
    told = stopped(capsys)
    assert "no network" in told
    assert not (clone / ".venv").exists()


def test_another_failure_is_told_by_its_last_line_without_addresses(
    clone: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], calls: list[list[str]]
) -> None:
    failed = subprocess.CompletedProcess([], 1, "", "ERROR: No space left, see https://a.b/c\n")
    monkeypatch.setattr("deckpress.bootstrap._make", lambda _: calls.append(["made"]))
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: failed)
    with pytest.raises(SystemExit):
        prepare(clone)
    assert "(ERROR: No space left, see)" in stopped(capsys)


def test_an_environment_that_stays_incomplete_does_not_run_in_circles(
    clone: Path, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DECKPRESS_STARTED_AGAIN", str(clone / ".venv/bin/python"))
    with pytest.raises(SystemExit):
        prepare(clone)
    assert "Delete the folder .venv" in stopped(capsys)
    assert calls == []


def test_an_old_python_is_told_so(clone: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 0))
    with pytest.raises(SystemExit):
        prepare(clone)
    assert "needs Python 3.11" in stopped(capsys)


SYSTEMS = {"darwin": "brew install pango", "win32": "MSYS2", "linux": "apt-get install libpango"}


@pytest.mark.parametrize("system", SYSTEMS)
def test_missing_print_libraries_come_with_the_command_for_the_system(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    told = bootstrap.print_advice(["libpango"])
    assert SYSTEMS[system] in told
    assert "NOT made" in told
