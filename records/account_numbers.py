"""Recognises international account numbers (IBAN, ISO 13616) in text, by their own check."""

import re

_LENGTHS = {
    15: "NO",
    16: "BE",
    18: "DK FI FO GL NL",
    19: "MK SI",
    20: "AT BA EE KZ LT LU XK",
    21: "CH HR LI LV",
    22: "BG BH CR DE GB GE IE ME RS",
    23: "AE GI IL",
    24: "AD CZ ES MD PK RO SA SE SK TN VG",
    25: "PT",
    26: "IS TR",
    27: "FR GR IT MC SM",
    28: "AL AZ BY CY DO GT HU LB PL",
    29: "BR PS QA UA",
    30: "JO KW MU",
    31: "MT SC",
}
"""Countries by the length of their numbers (the registry that SWIFT keeps)."""

_LENGTH_OF = {country: length for length, names in _LENGTHS.items() for country in names.split()}
_START = re.compile(r"[A-Z]{2}\W{0,2}\d\W?\d", re.ASCII)
_MARKS = re.compile(r"[\W_]+")
LONGEST = 120
"""Characters within which a number in groups is looked for."""


def is_account(text: str) -> bool:
    """Return whether ``text``, in capitals, holds an account number, however it is grouped.

    >>> is_account("REK. NL91 ABNA 0417 1643 00"), is_account("NL91 ABNA 0417 1643 01")
    (True, False)
    """
    for start in _START.finditer(text):
        compact = _MARKS.sub("", text[start.start() : start.start() + LONGEST])
        number = compact[: _LENGTH_OF.get(compact[:2], 0)]
        if (
            number
            and len(number) == _LENGTH_OF[number[:2]]
            and number.isascii()
            and _checks(number)
        ):
            return True
    return False


def _checks(number: str) -> bool:
    """Return whether the remainder by 97 is 1 (ISO 7064, MOD 97-10)."""
    return int("".join(str(int(char, 36)) for char in number[4:] + number[:4])) % 97 == 1
