"""What only a browser shows: a card on a phone, and the sheets printed from HTML."""

import json
import re
from pathlib import Path

import pypdfium2
import pytest

from deckpress.pipeline import Options, build

from .browser import card_page, chromium, framed, write
from .conftest import ROOT, Learner

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


def test_no_card_scrolls_sideways_on_a_phone_and_all_text_can_be_read_by_day_and_by_night(tmp_path: Path, learner: Learner) -> None:
    guide = tmp_path / "aws-compute.md"
    guide.write_bytes((ROOT / "source/aws-compute.md").read_bytes())
    build([guide], Options(out=tmp_path / "dist", only=("deck",)))
    learner.take(tmp_path / "dist/aws-compute.apkg")
    cards = [learner.col.get_card(card) for card in learner.col.find_cards("")]
    pages = [card_page(card, answer, night, mobile=True) for card in cards for answer in (False, True) for night in (False, True)]
    printed = chromium("--dump-dom", write(tmp_path, "cards.html", framed(pages, 360, 640) + MEASURE))
    found = re.search(r"<pre id=\"out\">(.*?)</pre>", printed, re.DOTALL)
    assert found
    measured = json.loads(found[1])
    assert len(measured) == len(pages) > 500
    assert not [page for page in measured if page["wide"]]
    assert all(page["text"] > 40 for page in measured)
    assert min(page["contrast"] for page in measured) >= 4.5


def test_a_browser_prints_the_html_sheets_with_nothing_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    guide = tmp_path / "aws-compute.md"
    guide.write_bytes((ROOT / "source/aws-compute.md").read_bytes())
    monkeypatch.setattr("deckpress.pipeline.print_libraries_missing", lambda: ["libpango-1.0.so.0"])
    (result,) = build([guide], Options(out=tmp_path / "dist", only=("cheatsheets",)))
    assert result.ready is not None
    printed = tmp_path / "printed.pdf"
    chromium("--no-pdf-header-footer", f"--print-to-pdf={printed}", (tmp_path / "dist/aws-compute-cheatsheets.html").as_uri())
    pdf = pypdfium2.PdfDocument(printed)
    assert len(pdf) <= 13 * 1.1
    text = re.sub(r"\W+", "", "".join(page.get_textpage().get_text_range() for page in pdf)).lower()
    for topic in result.ready.guide.topics:
        assert re.sub(r"\W+", "", topic.name).lower() in text
