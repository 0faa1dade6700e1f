"""The chapters of *Methode*, so that every page can lead to the one that explains what it shows."""

from urllib.parse import urlencode

from bilingual import Text
from errors import WeerbeeldError
from pages.kit.choices import WHO, kept

CHAPTER = "hoofdstuk"
"""The choice of a chapter, by its name."""

PATH = "methode"

CHAPTERS: dict[str, Text] = {
    "wat": Text("Wat dit is", "What this is"),
    "cijfer": Text("Van levering tot cijfer", "From delivery to figure"),
    "opvallen": Text("Steekt eruit", "Stands out"),
    "sterk": Text("Sterk en mogelijk", "Strong and possible"),
    "bescherming": Text("Bescherming", "Protection"),
    "score": Text("Score en gewichten", "Score and weights"),
    "vergelijken": Text("Plek, klasse, soortgenoten", "Rank, class, peers"),
    "zekerheid": Text("Hoe zeker, hoe goed", "How sure, how good"),
    "grenzen": Text("Grenzen", "Limits"),
    "privacy": Text("Privacy en narekenen", "Privacy and checking"),
    "vragen": Text("Vragen", "Questions"),
    "woorden": Text("Woordenlijst", "Glossary"),
}
"""What each chapter is called in a list, in the order in which they are read."""


def chapter_link(name: str) -> str:
    """Return the address of a chapter on this server, for this reader, e.g. ``/methode?hoofdstuk=score``.

    WeerbeeldError when there is no such chapter.
    """
    if name not in CHAPTERS:
        raise WeerbeeldError(
            f"Methode has no chapter {name!r}. Choose from: {', '.join(CHAPTERS)}."
        )
    who = {choice: value for choice in WHO if (value := kept(choice))}
    return f"/{PATH}?{urlencode({CHAPTER: name, **who})}"
