"""The signs of all scripts that mean the same to a reader, each in one place."""

import re

ASKING = ("?", "？", "؟")  # end a question
COLONS = (":", "：")
ENDS = (".", "!", "?", "。", "！", "？", "؟")  # of a sentence
RULED = re.compile(r"[-=_*~]{4,}.*[-=_*~]{4,}\Z|[-=_*~]{4,}\Z")  # a line across the page, with a date in it perhaps
ARROW = r"(?:(?<!<)-{1,2}>|={1,2}>|[→➜➔⇒⟶➡])"
TICK = r"(?:✅|☑|✔|✓)\ufe0f?"
CROSS = r"(?:❌|✗|✘|✖)\ufe0f?"
ASKS = r"[?？؟]"
BOX = re.compile(r"\s*\[[ xX]\]\s+")  # to be ticked
BRACKETS = re.compile(r"\s*\([^()]*\)")  # with the blanks before them
