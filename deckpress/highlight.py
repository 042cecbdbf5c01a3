"""Code -> its pieces with the class name of each. The only door to Pygments; the colours are the style sheets' business."""


def highlighted(source: str, language: str) -> list[tuple[str, str]]:
    """(class, text) of each piece of code, "" where it needs none; one piece for a language that is not known.

    Classes are the short ones of Pygments ("k" for a keyword), which its style sheets use everywhere.
    """
    from pygments import lex
    from pygments.lexers import get_lexer_by_name
    from pygments.token import STANDARD_TYPES
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False) if language else None
    except ClassNotFound:
        lexer = None
    if lexer is None:
        return [("", source)]
    return [(STANDARD_TYPES.get(kind, ""), text) for kind, text in lex(source, lexer)]
