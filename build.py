#!/usr/bin/env python3
"""Makes everything ready that is needed, then hands over to the command line."""

from deckpress import bootstrap

if __name__ == "__main__":
    bootstrap.prepare(__file__)
    from deckpress.cli import main

    main(prog_name="build.py")
