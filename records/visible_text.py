"""Text as a reader sees it: nothing that cannot be seen, one sign for each hyphen and quote."""

import re
import unicodedata

_SHAPELESS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
"""Characters that are ignored where they stand though they are letters or accents (Unicode's
Default_Ignorable_Code_Point); the others are of category Cf."""

_BLANK = "\u2800"
"""The empty pattern of Braille: a space, though Unicode calls it a symbol."""

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_HYPHENS = dict.fromkeys(
    map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63"), "-"
)
_QUOTES = dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u02b9\u02bc\u2032\u0060\u00b4"), "'")
_QUOTES |= dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u2033"), '"')
_SIGNS = _FULL_WIDTH | _HYPHENS | _QUOTES

SOFT_HYPHEN = "\u00ad"


def visible(text: str) -> str:
    """Return ``text`` without what cannot be seen, all white space as single spaces.

    Hyphens, quotes and letters of full width become those of a keyboard; accents are composed.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    composed = unicodedata.normalize("NFC", _SHAPELESS.sub("", text))
    seen = "".join(map(_seen, composed.translate(_SIGNS)))
    return " ".join(unicodedata.normalize("NFC", seen).split())


def _seen(char: str) -> str:
    if char.isspace() or char == _BLANK:
        return " "
    return "" if unicodedata.category(char) in ("Cf", "Cc") else char
