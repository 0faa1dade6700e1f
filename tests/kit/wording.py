"""Words that a text should not have: those of the other language, and those that accuse."""

import re

from bilingual import Language

DUTCH_WORDS = re.compile(r"\b(?:het|niet|wordt|worden|zijn|gemeenten|maanden|elke|naar|voor)\b")
ENGLISH_WORDS = re.compile(r"\b(?:the|with|which|municipalities|months|from|each|not|are)\b")


def foreign(text: str, language: Language) -> list[str]:
    """Return words of the other language in a text."""
    return (ENGLISH_WORDS if language == "nl" else DUTCH_WORDS).findall(text)


def accusing(text: str) -> list[str]:
    """Return words that accuse; the legal name of FIU's transactions does not."""
    text = re.sub(r"(?i)verdachte transacties|verdacht verklaard[e']?", "", text)
    return re.findall(r"(?i)\b(?:verdacht\w*|suspects?|daders?|criminele|criminals?)\b", text)
