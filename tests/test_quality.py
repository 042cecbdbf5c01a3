"""Ruff and mypy are part of the suite."""

import subprocess
import sys

import pytest

from .conftest import ROOT


@pytest.mark.parametrize(
    "command", [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]], ids=["lint", "format", "types"]
)
def test_the_code_is_clean(command: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_file_of_the_project_names_a_registry_or_a_path_of_a_machine() -> None:
    folders = ("deckpress", "templates", "source", "tests", "docs", ".ci")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file() and path.suffix != ".pyc"]
    files += [path for path in ROOT.iterdir() if path.suffix in (".md", ".toml", ".txt", ".py")]
    words = ["/" + "root/", "/" + "home/", "pypi" + ".org", "file" + "s.pythonhosted", "deb." + "debian"]
    assert len(files) > 100
    for path in files:
        data = path.read_bytes()
        if b"\0" not in data[:4096]:
            assert not [word for word in words if word.encode() in data], path
