"""What takes long: the package as others install it."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from .conftest import ROOT
from .identity.test_identity import GUIDE

pytestmark = pytest.mark.slow


def test_the_wheel_carries_templates_and_fonts_and_works_on_a_guide_in_any_folder(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(copy)], check=True)
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "--wheel-dir", str(tmp_path), str(copy)], check=True)
    (wheel,) = tmp_path.glob("deckpress-*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "templates/fonts/SourceSans3_400Regular.ttf",
        "templates/fonts/OFL.txt",
        "templates/print/sheet.html",
        "languages/en.toml",
    ):
        assert f"deckpress/{wanted}" in names
    assert not [name for name in names if name.startswith(("source/", "tests/", "build.py"))]
    site = tmp_path / "site"
    subprocess.run([*pip, "install", "--no-deps", "--target", str(site), str(wheel)], check=True)
    folder = tmp_path / "somewhere else"
    folder.mkdir()
    (folder / "birds.md").write_text(GUIDE, "utf-8")
    program = "from deckpress.cli import main; main()"
    command = [sys.executable, "-P", "-c", program, "birds.md"]
    environment = {"PYTHONPATH": str(site), "PATH": ""}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (folder / "birds-deckpress/birds.apkg").exists()
    assert (folder / "birds-deckpress/birds/robin+wren.pdf").exists()
    assert (folder / "birds.lock.json").exists()
