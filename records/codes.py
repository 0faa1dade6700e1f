"""Forms of codes and units that several kinds of record share."""

from bilingual import Text
from records.contract import Lost

SBI_PATTERN = r"\d{2,6}"
"""Standaard Bedrijfsindeling without dots, e.g. 96021 for hairdressers (KvK, CBS)."""

_ZERO_LED = {
    *(11, 12, 13, 14, 15, 16, 17, 21, 22, 23, 24, 31, 32, 33),
    *(51, 52, 61, 62, 71, 72, 81, 89, 91, 99),
}
_IN_THEIR_PLACE = {
    *(110, 120, 131, 132, 133, 139, 141, 142, 143, 151, 152, 161, 162, 171, 172, 211, 212),
    *(221, 222, 223, 224, 225, 226, 231, 232, 233, 234, 235, 236, 237, 239),
    *(241, 242, 243, 244, 245, 310, 321, 322, 323, 324, 325, 329, 330, 331, 332),
    *(511, 512, 521, 522, 523, 611, 612, 613, 619, 620, 621, 622, 629, 711, 712, 720, 721, 722),
    *(811, 812, 813, 910, 911, 912, 913, 914, 990),
}
"""Groups of the SBI (2008 and 2025, as in NACE) that begin with a zero, without it, and the groups
that those can be taken for."""


def sbi_lost_zero(code: str) -> Lost:
    """Return whether a branch code may have lost the zero in front, as 111 must and 161 may.

    >>> [sbi_lost_zero(code) for code in ("0111", "111", "161", "96021", "1")]
    ['no', 'yes', 'maybe', 'no', 'yes']
    """
    if not (code.isascii() and code.isdecimal()):
        return "no"
    if len(code) == 1:
        return "yes"
    if not 2 <= len(code) <= 4 or code.startswith("0") or int(code[:2]) not in _ZERO_LED:
        return "no"
    groups = any(str(group).startswith(code[:3]) for group in _IN_THEIR_PLACE)
    return "maybe" if groups else "yes"


COUNTRY_PATTERN = r"[A-Z]{2}"
"""ISO 3166-1 alpha-2."""

KVK, ESTABLISHMENT, BAG = 8, 12, 16
"""Digits of the numbers of a firm and an establishment (KvK), and of an address (BAG)."""

EURO = Text("euro", "euro")
KG = Text("kg", "kg")
MONTHS = Text("maanden", "months")
NUMBER = Text("aantal", "number")
