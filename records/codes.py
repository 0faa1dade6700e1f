"""Forms of codes and units that several kinds of record share."""

from bilingual import Text

SBI_PATTERN = r"\d{2,6}"
"""Standaard Bedrijfsindeling without dots, e.g. 96021 for hairdressers (KvK, CBS)."""

COUNTRY_PATTERN = r"[A-Z]{2}"
"""ISO 3166-1 alpha-2."""

EURO = Text("euro", "euro")
KG = Text("kg", "kg")
MONTHS = Text("maanden", "months")
NUMBER = Text("aantal", "number")
