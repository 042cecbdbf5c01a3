"""A headless Chromium that talks to nobody, and cards as Anki shows them."""

import html
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from anki.collection import Card

# The rules of Anki's own reviewer that decide over width and colour (26.9).
REVIEWER = "html{font-size:16px}body{margin:20px;overflow-wrap:break-word}img{max-width:100%;max-height:95vh}"
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic", "--disable-extensions", "--hide-scrollbars",
)  # fmt: skip


def chromium(*words: str) -> str:
    """Runs the browser once and returns what it prints."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert found, "a Chromium is missing: bash .ci/install"
    with tempfile.TemporaryDirectory() as profile:
        command = [found, *FLAGS, f"--user-data-dir={profile}", *words]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    return done.stdout


def card_page(card: Card, answer: bool, night: bool, mobile: bool) -> str:
    """One side of a card as a whole page."""
    body = card.answer() if answer else card.question()
    classes = f"card card{card.ord + 1}" + (" nightMode night_mode" if night else "") + (" mobile android" if mobile else " linux")
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><style>{REVIEWER}</style>'
    return (
        f'<!doctype html><html><head>{head}</head><body class="{classes}" style="margin:0"><div id="qa">{body}</div></body></html>'
    )


def framed(pages: Sequence[str], width: int, height: int) -> str:
    """Many pages in one, each in a frame of its own size."""
    frame = f'style="width:{width}px;height:{height}px;border:0;margin:4px" srcdoc='
    return "".join(f'<iframe {frame}"{html.escape(page)}"></iframe>' for page in pages)


def write(folder: Path, name: str, body: str) -> str:
    """Puts a page into a folder; returns its address."""
    path = folder / name
    path.write_text(f'<!doctype html><meta charset="utf-8"><body style="margin:0;background:#c9d1d8">{body}', "utf-8")
    return path.as_uri()
