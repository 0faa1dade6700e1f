"""How a reader reads: the language, and how numbers, dates and names are written in it."""

import math
import re
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal

from access.facts import Period
from access.passport import Passport
from bilingual import Language, Text
from map_classes import decimals_of

LEVEL_WORDS: dict[str, Text] = {
    "nederland": Text("Nederland", "the Netherlands"),
    "riec": Text("RIEC-regio's", "RIEC regions"),
    "gemeente": Text("gemeenten", "municipalities"),
    "wijk": Text("wijken", "districts"),
    "buurt": Text("buurten", "neighbourhoods"),
    "hex7": Text("zeshoeken van 4,4 km²", "hexagons of 4.4 km²"),
    "hex8": Text("zeshoeken van 0,62 km²", "hexagons of 0.62 km²"),
    "hex9": Text("zeshoeken van 0,09 km²", "hexagons of 0.09 km²"),
}

LEVEL_WORD: dict[str, Text] = {
    "nederland": Text("Nederland", "the Netherlands"),
    "riec": Text("RIEC-regio", "RIEC region"),
    "gemeente": Text("gemeente", "municipality"),
    "wijk": Text("wijk", "district"),
    "buurt": Text("buurt", "neighbourhood"),
    "hex7": Text("zeshoek", "hexagon"),
    "hex8": Text("zeshoek", "hexagon"),
    "hex9": Text("zeshoek", "hexagon"),
}

FOCUS_WORDS: dict[str, Text] = {
    "tbml": Text("Witwassen via handel", "Trade-based money laundering"),
    "financial_services": Text("Financiële dienstverleners", "Financial service providers"),
    "logistics": Text("Logistieke dienstverleners", "Logistics service providers"),
    "corruption_violence": Text("Corruptie en geweld", "Corruption and violence"),
    "context": Text("Context (buiten de score)", "Context (outside the score)"),
}


_MARKUP = re.compile(r"[\\`*_\[\]<>$~|@]|:(?=\S)|(?<=www)\.", re.IGNORECASE)


def plain(text: str) -> str:
    """Return a text that Markdown shows as it is: no link, picture, tag, formula or emphasis.

    For names and whatever else is not ours, wherever the framework reads Markdown.

    >>> plain("[Sluis](http://x.example) *1*")
    '\\\\[Sluis\\\\](http\\\\://x.example) \\\\*1\\\\*'
    """
    return _MARKUP.sub(r"\\\g<0>", text.replace("\n", " "))


@dataclass(frozen=True)
class Words:
    """Writes texts, numbers and dates in the language of one reader."""

    language: Language

    def say(self, nl: str, en: str) -> str:
        """Return the text in the reader's language; both stand together, so neither is missed."""
        return nl if self.language == "nl" else en

    def text(self, text: Text) -> str:
        """Return a text in the reader's language."""
        return text.in_(self.language)

    def number(self, value: float | None, digits: int = 0) -> str:
        """Return a number as the reader writes it, or a dash when there is none."""
        if value is None or math.isnan(value):
            return "–"
        form = "#,##0" + ("." + "0" * digits if digits else "")
        return str(format_decimal(value, format=form, locale=self.language))

    def percent(self, share: float | None, digits: int = 0) -> str:
        """Return a share (0-1) as a percentage, or a dash when there is none."""
        return "–" if share is None else f"{self.number(round(share * 100, digits) + 0.0, digits)}%"

    def rate(self, value: float | None) -> str:
        """Return a rate with the digits that matter: 0,42 but 12,3 and 140; 99,96 is 100."""
        if value is None or math.isnan(value):
            return "–"
        return self.number(value, decimals_of(round(value, decimals_of(value))))

    def counted(self, value: float | None, passport: Passport) -> str:
        """Return a count of an indicator; only one that is open can claim that there was nothing."""
        return self.number(value) if value or value is None or passport.open else self.none_or_few

    @property
    def none_or_few(self) -> str:
        """What a 0 means that protection left."""
        return self.say("geen of weinig", "none or few")

    def counts_of(self, nl: str, en: str, passport: Passport) -> str:
        """Return the heading of a column of counts, which says what a 0 means in it."""
        meaning = "" if passport.open else f" (0: {self.none_or_few})"
        return f"{self.say(nl, en)}{meaning}"

    def unit(self, passport: Passport) -> str:
        """Return the unit of an indicator."""
        return passport.text("unit", self.language)

    def amount(self, value: float | None, passport: Passport) -> str:
        """Return a rate with its unit: 13,5% van de aankopen, 62,9 per 10.000 inwoners."""
        unit = self.unit(passport)
        return f"{self.rate(value)}{'' if unit.startswith('%') else ' '}{unit}"

    def name(self, passport: Passport) -> str:
        """Return the name of an indicator."""
        return passport.text("name", self.language)

    def day(self, day: date) -> str:
        """Return a date in words."""
        return str(format_date(day, "d MMMM y", locale=self.language))

    def period(self, period: Period) -> str:
        """Return a period in words, e.g. juli 2025 – juni 2026."""
        month = str(format_date(period.end, "MMMM y", locale=self.language))
        if period.kind == "month":
            return month
        if period.kind == "quarter":
            quarter = (period.end.month - 1) // 3 + 1
            return self.say(
                f"{quarter}e kwartaal {period.end.year}", f"Q{quarter} {period.end.year}"
            )
        return f"{format_date(period.start, 'MMMM y', locale=self.language)} – {month}"

    def since(self, code: str | None) -> str:
        """Return from when a place stands out, from a period code such as 2025-03-12m."""
        if code is None:
            return ""
        year, month = code.split("-")[:2]
        return str(format_date(date(int(year), int(month), 1), "MMMM y", locale=self.language))

    def levels(self, level: str) -> str:
        """Return the places of a level, in plural."""
        return self.text(LEVEL_WORDS[level])

    def places(self, count: int, level: str) -> str:
        """Return so many places of a level: 1 gemeente, 12 gemeenten."""
        return f"{self.number(count)} {self.level(level) if count == 1 else self.levels(level)}"

    def level(self, level: str) -> str:
        """Return a place of a level, in singular."""
        return self.text(LEVEL_WORD[level])

    def focus(self, focus: str) -> str:
        """Return the name of a focus area."""
        return self.text(FOCUS_WORDS[focus])

    def listing(self, names: list[str]) -> str:
        """Return names as a phrase: a, b en c."""
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} {self.say('en', 'and')} {names[-1]}"
