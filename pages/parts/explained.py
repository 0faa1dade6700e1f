"""What may explain a figure innocently, and what an officer can do: from the passport, in one form."""

from access.passport import Passport
from bilingual import Text
from pages.kit.words import Words

INNOCENT = Text("Kan ook onschuldig zijn", "May be innocent")
ACTION = Text("Wat u kunt doen", "What you can do")


def explained(words: Words, passport: Passport) -> list[tuple[str, str]]:
    """Return both as (heading, text)."""
    return [
        (words.text(INNOCENT), passport.text("innocent", words.language)),
        (words.text(ACTION), passport.text("action", words.language)),
    ]
