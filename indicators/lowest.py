"""The lowest level that some indicators may have, whatever their passport says.

Threats to officials (CV04) and signals of corruption outside government (CV06) are few and about
people who can be recognised: they stay with NSOC and the RIECs, per region.
"""

from indicators.contract import LETTERS, Indicator

RIEC_AT_THE_LOWEST = ("CV04", "CV06")
ABOVE = tuple(LETTERS[letter] for letter in "NR")
MEANT_FOR = ("nsoc", "riec")


def not_allowed_below_riec(indicator: Indicator) -> list[str]:
    """Return the levels and recipients of an indicator that it may not have."""
    if indicator.code not in RIEC_AT_THE_LOWEST:
        return []
    levels = [level for level in indicator.level_names if level not in ABOVE]
    return levels + [who for who in indicator.recipients if who not in MEANT_FOR]
