"""The catalogue: one file, one indicator; the folder is the list.

To add an indicator, add a file here that defines ``INDICATOR``. Nothing else changes: the
catalogue, the build, the pages, the exports and the tests read this folder.
"""

from errors import WeerbeeldError
from indicators.contract import PUBLIC_KIND, Indicator
from indicators.forbidden import forbidden_terms
from indicators.lowest import not_allowed_below_riec
from indicators.selects import Columns, check_protection, columns_of, empty_database
from plugs import plugs

__all__ = ["CATALOGUE", "Indicator", "indicator_named"]


def _checked(indicator: Indicator, columns: Columns = columns_of) -> Indicator:
    fallback_form = indicator.fallback_form
    if fallback_form is not None:
        _checked(fallback_form, columns)
    found = forbidden_terms(f"{indicator.numerator.sql} {indicator.denominator.sql}")
    if found:
        raise WeerbeeldError(
            f"Indicator {indicator.code} reads {', '.join(found)}: a protected characteristic or "
            "a listed proxy. No indicator may; take it out of the indicator's query."
        )
    for count in (indicator.numerator, indicator.denominator):
        if count.open and set(count.reads) - {PUBLIC_KIND}:
            raise WeerbeeldError(
                f"Indicator {indicator.code} calls a count of {', '.join(count.reads)} a public "
                "figure. Only figures about areas are; count the records as events or a state."
            )
    check_protection(indicator, columns)
    low = not_allowed_below_riec(indicator)
    if low:
        raise WeerbeeldError(
            f"Indicator {indicator.code} goes to {', '.join(low)}, but may never go below a RIEC. "
            "Take that out of its levels or recipients."
        )
    return indicator


def _discover() -> dict[str, Indicator]:
    found: dict[str, Indicator] = {}
    with empty_database() as columns:
        for indicator in plugs(__name__, __path__, "INDICATOR", Indicator):
            if indicator.code in found:
                raise WeerbeeldError(f"Two files define indicator {indicator.code}; rename one.")
            found[indicator.code] = _checked(indicator, columns)
    return dict(sorted(found.items()))


CATALOGUE: dict[str, Indicator] = _discover()


def indicator_named(code: str) -> Indicator:
    """Return the indicator with this code; WeerbeeldError names the known ones."""
    try:
        return CATALOGUE[code.upper()]
    except KeyError:
        raise WeerbeeldError(
            f"'{code}' is not an indicator. Choose one of: {', '.join(CATALOGUE)}."
        ) from None
