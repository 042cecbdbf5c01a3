"""deckpress: a plain Markdown study guide in, an Anki deck and print-ready sheets out."""

__version__ = "0.4.0"
