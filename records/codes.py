"""Form of the codes that several kinds of record share."""

SBI_PATTERN = r"\d{2,6}"
"""Standaard Bedrijfsindeling without dots, e.g. 96021 for hairdressers (KvK, CBS)."""

COUNTRY_PATTERN = r"[A-Z]{2}"
"""ISO 3166-1 alpha-2."""
