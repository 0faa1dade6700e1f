"""One text in the two languages of the pages: they stand together, so neither is forgotten."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["nl", "en"]


@dataclass(frozen=True)
class Text:
    """One text in Dutch and English."""

    nl: str
    en: str

    def in_(self, language: Language) -> str:
        """Return the text in a language.

        >>> Text("gemeente", "municipality").in_("en")
        'municipality'
        """
        return self.nl if language == "nl" else self.en
