"""What only a browser shows: a card on a phone, and the sheets printed from HTML."""

import json
import re
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest

from deckpress.pipeline import Options, build

from .browser import card_page, chromium, framed, write
from .conftest import ROOT, Learner, pieces, shared

pytestmark = pytest.mark.browser

# Reads from each frame whether it scrolls sideways, and the contrast of each text that is seen against its ground.
MEASURE = """<script>
addEventListener("load", () => {
  const light = c => { const v = c.map(x => { x /= 255; return x <= .03928 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4 });
    return .2126 * v[0] + .7152 * v[1] + .0722 * v[2] };
  const rgb = text => text.match(/[\\d.]+/g).map(Number);
  const out = [...document.querySelectorAll("iframe")].map(frame => {
    const doc = frame.contentDocument, body = doc.documentElement;
    let worst = 99;
    for (const node of doc.querySelectorAll("body *")) {
      const told = [...node.childNodes].some(n => n.nodeType === 3 && n.data.trim());
      if (!told || ["STYLE", "SCRIPT"].includes(node.tagName)) continue;
      let at = node, ground = [0, 0, 0, 0];
      for (; at && ground.length > 3 && ground[3] === 0; at = at.parentElement) ground = rgb(getComputedStyle(at).backgroundColor);
      const a = light(rgb(getComputedStyle(node).color).slice(0, 3)), b = light(ground.slice(0, 3));
      worst = Math.min(worst, (Math.max(a, b) + .05) / (Math.min(a, b) + .05));
    }
    return {wide: body.scrollWidth > body.clientWidth, contrast: worst, text: doc.body.innerText.length};
  });
  document.body.innerHTML = "<pre id=out></pre>";
  document.getElementById("out").textContent = JSON.stringify(out);
});
</script>"""


def no_card_is_cut_off_or_pale(source: Path, tmp_path: Path, learner: Learner) -> int:
    guide = tmp_path / source.name
    guide.write_bytes(source.read_bytes())
    build([guide], Options(out=tmp_path / "dist", only=("deck",)))
    learner.take(tmp_path / f"dist/{source.stem}.apkg")
    cards = [learner.col.get_card(card) for card in learner.col.find_cards("")]
    pages = [card_page(card, answer, night, mobile=True) for card in cards for answer in (False, True) for night in (False, True)]
    printed = chromium("--dump-dom", write(tmp_path, "cards.html", framed(pages, 360, 640) + MEASURE))
    found = re.search(r"<pre id=\"out\">(.*?)</pre>", printed, re.DOTALL)
    assert found
    measured = json.loads(found[1])
    assert len(measured) == len(pages)
    assert not [page for page in measured if page["wide"]]
    assert all(page["text"] > 20 for page in measured)
    assert min(page["contrast"] for page in measured) >= 4.5
    return len(measured)


OWN = (
    "source/aws-compute.md",
    "tests/cases/guides/heart.md",
    "tests/cases/guides/spanish.md",
    "tests/cases/revisions/psychologie.md",
)
OTHERS = (
    "notes/aws-compute-notes.md", "corpus/guides/bio-skaplan.md", "corpus/guides/az-rudra-compute.md",
    "corpus/guides/aws-adithi-ebsefss3.md", "corpus/guides/aws-kanani-ec2storage.md", "corpus/guides/aws-kanani-exam1.md",
)  # fmt: skip


@pytest.mark.parametrize("name", OWN)
def test_no_card_scrolls_sideways_on_a_phone_and_all_text_can_be_read_by_day_and_by_night(
    name: str, tmp_path: Path, learner: Learner
) -> None:
    assert no_card_is_cut_off_or_pale(ROOT / name, tmp_path, learner) >= 40


@pytest.mark.shared
@pytest.mark.parametrize("name", OTHERS)
def test_no_card_of_a_guide_by_others_scrolls_or_is_pale(name: str, tmp_path: Path, learner: Learner) -> None:
    assert no_card_is_cut_off_or_pale(shared() / name, tmp_path, learner) >= 40


PRINTED = ["source/aws-compute.md", "tests/cases/revisions/kidney.md", "tests/cases/revisions/war.md"]


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("name", PRINTED)
def test_a_browser_prints_the_html_handouts_with_nothing_cut_off_and_hardly_more_pages(
    name: str, paper: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "source").mkdir()
    guide = tmp_path / "source" / Path(name).name
    guide.write_bytes((ROOT / name).read_bytes())
    made = ("cheatsheets", "quiz", "flashcards")
    (with_pdf,) = build([guide], Options(out=tmp_path / "pdf", only=made, paper=paper))
    monkeypatch.setattr("deckpress.pipeline.printing.print_libraries_missing", lambda: ["libpango-1.0.so.0"])
    (result,) = build([guide], Options(out=tmp_path / "html", only=made, paper=paper))
    assert with_pdf.ready is not None
    assert result.ready is not None
    told = ""
    for page in sorted((tmp_path / "html").glob("*.html")):
        printed = tmp_path / f"{page.stem}.pdf"
        chromium("--no-pdf-header-footer", f"--print-to-pdf={printed}", page.as_uri())
        by_browser, own = pypdfium2.PdfDocument(printed), pypdfium2.PdfDocument(tmp_path / "pdf" / f"{page.stem}.pdf")
        assert len(by_browser) <= max(1.1 * len(own), len(own) + (len(own) < 10)), page.name
        told += "".join(sheet.get_textpage().get_text_range() for sheet in by_browser)
        with pdfplumber.open(printed) as pdf:
            for sheet in pdf.pages:
                assert (sheet.width, sheet.height) == pytest.approx(own[0].get_size(), abs=1.5)
                seen = [char for char in sheet.chars if not char["text"].isspace()]
                assert min(char["x0"] for char in seen) >= 10
                assert min(char["top"] for char in seen) >= 10
                assert max(char["x1"] for char in seen) <= sheet.width - 10
                assert max(char["bottom"] for char in seen) <= sheet.height - 10
    shown = re.sub(r"[\W_]+", "", told).lower()
    for fact in result.ready.guide.facts:
        for part in pieces(fact):
            assert re.sub(r"[\W_]+", "", part).lower() in shown, part


QUIZ = """# Birds

## Robin
A small bird with a red breast.

### Quiz
{questions}
"""
# The options of each frame in their order, which of them look right, and whether a click is seen.
ORDER = """<script>
addEventListener("load", () => {
  const out = [...document.querySelectorAll("iframe")].map(frame => {
    const doc = frame.contentDocument, items = [...doc.querySelectorAll(".options li")];
    const right = items.filter(item => frame.contentWindow.getComputedStyle(item, "::before").content.includes("✓"));
    const text = item => item.firstChild.data.trim();
    if (items[1]) items[1].click();
    const picked = items.filter(item => item.classList.contains("picked"));
    return {order: items.map(text), right: right.map(text), picked: picked.map(text)};
  });
  document.body.innerHTML = "<pre id=out></pre>";
  document.getElementById("out").textContent = JSON.stringify(out);
});
</script>"""


def looked_at(folder: Path, body: str) -> list[dict[str, list[str]]]:
    printed = chromium("--dump-dom", write(folder, "choices.html", body + ORDER))
    found = re.search(r"<pre id=\"out\">(.*?)</pre>", printed, re.DOTALL)
    assert found
    return list(json.loads(found[1]))


def test_a_choice_card_is_mixed_alike_on_both_sides_shows_what_is_right_and_works_without_scripts(
    tmp_path: Path, learner: Learner
) -> None:
    questions = "\n".join(
        f"{number}. Which of these is number {number}?\n"
        + "".join(f"   - [{'x' if option == number % 5 else ' '}] option {option} of {number}\n" for option in range(5))
        for number in range(1, 9)
    )
    guide = tmp_path / "birds.md"
    guide.write_text(QUIZ.format(questions=questions), "utf-8")
    build([guide], Options(out=tmp_path / "dist", only=("deck",)))
    learner.take(tmp_path / "dist/birds.apkg")
    cards = [learner.col.get_card(card) for card in learner.col.find_cards("tag:birds::kind::choice")]
    assert len(cards) == 8
    fronts, backs = ([card_page(card, answer, night=False, mobile=True) for card in cards] for answer in (False, True))
    shown = looked_at(tmp_path, framed([*fronts, *backs], 360, 640))
    still = looked_at(tmp_path, framed([*fronts, *backs], 360, 640).replace("<iframe ", '<iframe sandbox="allow-same-origin" '))
    for front, back in zip(shown[:8], shown[8:], strict=True):
        assert front["order"] == back["order"]
        number = int(front["order"][0].split()[-1])
        assert back["right"] == [f"option {number % 5} of {number}"]
        assert front["right"] == []
        assert front["picked"] == [front["order"][1]]
    built = [page["order"] for page in still]
    assert built[:8] == built[8:]
    assert [page["order"] for page in shown] != built
    assert all(page["right"] == [] for page in still[:8])
    assert all(len(page["right"]) == 1 for page in still[8:])
    assert len({tuple(int(option.split()[1]) for option in order) for order in built}) > 3  # the right one has no place of its own
