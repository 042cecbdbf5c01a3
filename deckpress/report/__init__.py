"""What was understood, what a build does and did: guide, cards and lock in, strings out."""

from .plans import Plan, changes_text, deck_text, marked_words, plan_json, plan_text, retired_text
from .understood import Report, as_json, as_text, as_tsv, cardless, explain, told, words_of

__all__ = [
    "Plan", "Report", "as_json", "as_text", "as_tsv", "cardless", "changes_text", "deck_text", "explain", "marked_words",
    "plan_json", "plan_text", "retired_text", "told", "words_of",
]  # fmt: skip
