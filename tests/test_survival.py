"""What a learner's history must survive beside an edit: kills, merges, other versions, templates, rules, orders, sync."""

import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from deckpress import anki
from deckpress.cards import RULES, asked
from deckpress.lock import Change
from deckpress.lock.text import load
from deckpress.model import Candidate, Fact, Point, Topic
from deckpress.pipeline import Options, build, understand
from deckpress.report import Plan, plan_text

from .conftest import NOW, ROOT, Learner, shared
from .revisions import by_rule

pytestmark = pytest.mark.slow
COMPUTE = ROOT / "source/aws-compute.md"


def build_in(folder: Path, text: str, **options: Any) -> Path:
    path = folder / "source/guide.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    (result,) = build([path], Options(only=("deck",), **options))
    assert result.ready, result.diagnostics
    return folder / "dist/guide.apkg"


def turned(text: str) -> str:
    """The guide with its topics in the opposite order."""
    head, *topics = re.split(r"(?m)^(?=## )", text)
    return head + "\n".join(reversed(topics))


def test_another_order_version_template_or_rule_updates_no_note(
    tmp_path: Path, learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = COMPUTE.read_text("utf-8")
    count = learner.take(build_in(tmp_path, text))["new"]
    assert learner.take(build_in(tmp_path, turned(text))) == {"new": 0, "updated": 0, "duplicate": count, "conflicting": 0}
    monkeypatch.setattr("deckpress.__version__", "99.0")
    same = {"new": 0, "updated": 0, "duplicate": count, "conflicting": 0}
    assert learner.take(build_in(tmp_path, text)) == same
    own = tmp_path / "templates/anki"
    own.mkdir(parents=True)
    (own / "style.css").write_text(".card { color: green }", "utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW + 60))
    styled = learner.take(build_in(tmp_path, text, templates=tmp_path / "templates"))
    assert styled == same
    assert "color: green" in next(iter(learner.notes().values())).note_type()["css"]

    def shout(fact: Fact, topic: Topic, subject: Any) -> Iterator[Candidate]:  # noqa: ARG001
        if isinstance(fact, Point):
            yield Candidate("shout", "ask", "ask", (fact.id,), fact.id, topic.key, prompt=fact.text, answer=fact.text)

    monkeypatch.setattr("deckpress.cards.RULES", [shout, *RULES])
    taken = learner.take(build_in(tmp_path, text))
    assert (taken["updated"], taken["duplicate"], taken["conflicting"]) == (0, count, 0)  # facts without a card may get one


def test_refresh_renders_anew_on_purpose_and_plan_says_how_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_in(tmp_path, COMPUTE.read_text("utf-8"))
    plain = asked.question
    loud = lambda fact, topic, subject: (replace(c, follow="Which one?") for c in plain(fact, topic, subject))  # noqa: E731
    monkeypatch.setattr("deckpress.cards.RULES", [loud if rule is plain else rule for rule in RULES])
    path = tmp_path / "source/guide.md"
    told = {}
    for refresh in (False, True):
        found = understand(path, Options(refresh=refresh))
        assert found.ready
        counts = found.ready.shipment.counts()
        told[refresh] = counts["updated_question"] + counts["updated_text"]
        plan = plan_text(Plan("guide.md", found.ready.shipment, found.ready.lock, ()))
        assert (f"{counts['updated_question']} updated question" in plan) == refresh
    assert told[False] == 0
    assert told[True] >= 20


def test_a_build_that_is_killed_at_any_moment_costs_nothing(tmp_path: Path) -> None:
    text = COMPUTE.read_text("utf-8")
    build_in(tmp_path, text)
    path, lock, deck = (tmp_path / name for name in ("source/guide.md", "source/guide.lock.json", "dist/guide.apkg"))
    path.write_text(by_rule(text, "medium").new, "utf-8")
    program = "from deckpress.cli import main; main()"
    command = [sys.executable, "-c", program, "build", str(path), "--only", "deck", "--out", str(deck.parent)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    began = time.monotonic()
    before = (lock.read_bytes(), deck.read_bytes())
    subprocess.run(command, env=environment, check=True, capture_output=True)
    whole = time.monotonic() - began
    after = (lock.read_bytes(), deck.read_bytes())
    chance = random.Random(7)
    for _ in range(25):
        lock.write_bytes(before[0])
        deck.write_bytes(before[1])
        running = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.3, 1.05) * whole)
        running.send_signal(signal.SIGKILL)
        running.wait()
        assert lock.read_bytes() in (before[0], after[0])  # whole, old or new
        assert deck.read_bytes() in (before[1], after[1])
        assert deck.read_bytes() == before[1] or lock.read_bytes() == after[0]  # nothing ships that the lock does not know
        subprocess.run(command, env=environment, check=True, capture_output=True)
        assert (lock.read_bytes(), deck.read_bytes()) == after


@pytest.mark.parametrize("years", [-1, 1])
def test_another_machines_clock_a_year_off_keeps_all_and_delivers_the_edit(
    years: int, tmp_path: Path, learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = COMPUTE.read_text("utf-8")
    count = learner.take(build_in(tmp_path, text))["new"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW + years * 31_536_000))
    edit = text.replace("Puts AWS compute and storage inside", "Brings AWS compute and storage into")
    assert edit != text
    taken = learner.take(build_in(tmp_path, edit))
    assert taken["updated"] >= 1
    assert (taken["new"], taken["conflicting"], taken["updated"] + taken["duplicate"]) == (0, 0, count)
    told = [" ".join(note.fields) for note in learner.notes().values()]
    assert any("Brings AWS compute and storage into" in fields for fields in told)
    assert not any("Puts AWS compute and storage inside" in fields for fields in told)


def git(folder: Path, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    own = ["-c", "user.name=author", "-c", "user.email=author@example.org", "-c", "init.defaultBranch=main"]
    return subprocess.run(["git", "-C", str(folder), *own, *words], check=check, capture_output=True, text=True)


def edited(text: str, lines: list[int], mark: str) -> str:
    told = text.split("\n")
    for line in lines:
        told[line - 1] += f", as {mark} adds"
    return "\n".join(told)


def shared_cards(path: Path, quoting: bool) -> list[set[int]]:
    """The lines that one card asks, with those that its back quotes if wanted, for each card with several."""
    ready = understand(path, Options()).ready
    assert ready
    lines = {fact.id: fact.span.line for fact in ready.guide.facts}
    asked = [(note.facts, (*note.quotes, *note.look_alikes, *note.rivals)) for note in ready.next_lock.notes if not note.gone]
    shown = [(*facts, *(quoted if quoting else ())) for facts, quoted in asked]
    return [{lines[fact] for fact in facts if fact in lines} for facts in shown if len(facts) > 1]


def changes_of(path: Path) -> tuple[Change, ...]:
    ready = understand(path, Options()).ready
    assert ready
    return ready.shipment.changes


@pytest.mark.shared
@pytest.mark.parametrize("seed", [5, 6])
def test_two_authors_who_edit_other_facts_merge_their_locks(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (shared() / "notes/aws-compute-notes.md").read_text("utf-8")
    folder = tmp_path / "repo"
    build_in(folder, text)
    path, lock = folder / "source/guide.md", folder / "source/guide.lock.json"
    (folder / ".gitignore").write_text("dist/\n", "utf-8")
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "guide and lock")
    bullets = [number for number, line in enumerate(text.split("\n"), 1) if number > 66 and re.match(r"- \w[^?]{15,}[\w)]$", line)]
    merged_cards, quoting_cards = shared_cards(path, quoting=False), shared_cards(path, quoting=True)
    chance = random.Random(seed)
    clean = wrong = tried = 0
    while tried < 20:
        chosen = sorted(chance.sample(bullets, 12))
        ours, theirs = chosen[::2], chosen[1::2]
        if any(abs(one - other) < 4 for one in ours for other in theirs):
            continue  # git itself would not merge neighbouring lines of the guide
        if any(card & set(ours) and card & set(theirs) for card in merged_cards):
            continue  # both would change what one card asks
        tried += 1
        git(folder, "checkout", "-q", "-B", "theirs", "main")
        for name, lines in (("theirs", theirs), ("ours", ours)):
            git(folder, "checkout", "-q", "-B", name, "main")
            for step in range(chance.randint(1, 3)):
                monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW + 100 * tried + step))
                build_in(folder, edited(text, lines[: 2 * step + 2] if step < 2 else lines, name))
            build_in(folder, edited(text, lines, name))
            git(folder, "commit", "-qam", f"edits of {name}")
        merge = git(folder, "merge", "-q", "-m", "both", "theirs", check=False)
        if merge.returncode:
            assert "guide.md" not in git(folder, "diff", "--name-only", "--diff-filter=U").stdout
            git(folder, "merge", "--abort")
            continue
        clean += 1
        known, problems = load(lock.read_text("utf-8"), "lock")
        assert known is not None, problems
        found = understand(path, Options())
        assert found.ready
        # A card that asks or quotes what both have changed follows with the next build; all others go out as they were built.
        line_of = {fact.id: fact.span.line for fact in found.ready.guide.facts}
        twice = [card for card in quoting_cards if card & set(ours) and card & set(theirs)]
        for change in found.ready.shipment.changes:
            alone = len(change.facts) == 1 and not any(line_of[change.facts[0]] in card for card in twice)
            wrong += alone and change.status != "kept"
        build_in(folder, path.read_text("utf-8"))
        wrong += any(change.status != "kept" for change in changes_of(path))
        git(folder, "reset", "-q", "--hard")
    assert clean >= 18
    assert wrong == 0


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def test_an_update_reaches_a_learner_behind_a_sync_server_by_a_normal_sync(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    port = free_port()
    environment = os.environ | {
        "SYNC_USER1": "learner:secret", "SYNC_HOST": "127.0.0.1", "SYNC_PORT": str(port), "SYNC_BASE": str(tmp_path / "server"),
    }  # fmt: skip
    server = subprocess.Popen(
        [sys.executable, "-m", "anki.syncserver"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(time.time()) - 86_400))
        (tmp_path / "desktop").mkdir()
        (tmp_path / "phone").mkdir()
        desktop, phone = Learner(tmp_path / "desktop"), Learner(tmp_path / "phone")
        address = f"http://127.0.0.1:{port}/"
        keys = [learner.col.sync_login("learner", "secret", address) for learner in (desktop, phone)]
        text = COMPUTE.read_text("utf-8")
        desktop.take(build_in(tmp_path, text))
        first = desktop.col.sync_collection(keys[0], sync_media=False)
        desktop.col.close_for_full_sync()
        desktop.col.full_upload_or_download(auth=keys[0], server_usn=first.server_media_usn, upload=True)
        desktop.col.reopen(after_full_sync=True)
        phone.col.sync_collection(keys[1], sync_media=False)
        phone.col.close_for_full_sync()
        phone.col.full_upload_or_download(auth=keys[1], server_usn=first.server_media_usn, upload=False)
        phone.col.reopen(after_full_sync=True)
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(time.time())))
        log = desktop.take(build_in(tmp_path, by_rule(text, "medium").new))
        assert log["updated"] > 3
        for learner, key in ((desktop, keys[0]), (phone, keys[1])):
            done = learner.col.sync_collection(key, sync_media=False)
            assert done.required in (done.NO_CHANGES, done.NORMAL_SYNC), done
        here, there = ({guid: list(note.fields) for guid, note in learner.notes().items()} for learner in (desktop, phone))
        assert here == there
        desktop.col.close()
        phone.col.close()
    finally:
        server.terminate()
        server.wait(10)


def test_the_carried_lock_of_every_package_is_the_lock_beside_the_guide(tmp_path: Path) -> None:
    import zipfile

    deck = build_in(tmp_path, COMPUTE.read_text("utf-8"))
    with zipfile.ZipFile(deck) as archive:
        assert archive.read(anki.LOCK_MEMBER) == (tmp_path / "source/guide.lock.json").read_bytes()
