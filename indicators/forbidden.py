"""What no indicator may read: protected characteristics and their listed proxies (P1).

AVG art. 9, the SyRI ruling (Rechtbank Den Haag, 5 February 2020) and the Algoritmekader. The
country of registration of a legal entity is allowed; nothing about persons' origin is.
"""

import re

FORBIDDEN = (
    "age",
    "benefit",
    "birth",
    "buitenlander",
    "church",
    "ethnic",
    "etniciteit",
    "gender",
    "geboorte",
    "geloof",
    "geslacht",
    "health",
    "herkomst",
    "household",
    "huishouden",
    "income",
    "inkomen",
    "leeftijd",
    "migrant",
    "migratie",
    "nationality",
    "nationaliteit",
    "origin",
    "religie",
    "religion",
    "sex",
    "ses_woa",
    "uitkering",
    "vermogen",
    "wealth",
)


def forbidden_terms(text: str) -> list[str]:
    """Return the forbidden terms that begin a word of ``text`` (identifiers split at ``_``)."""
    words = re.findall(r"[a-z]+", text.lower())
    whole = {term for term in FORBIDDEN if term in words}
    long_enough = {
        term for term in FORBIDDEN if len(term) > 4 and any(word.startswith(term) for word in words)
    }
    return sorted(whole | long_enough | ({"ses_woa"} if "ses_woa" in text.lower() else set()))
