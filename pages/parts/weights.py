"""How much each indicator decides in the score: focus areas count equally, indicators by weight."""

from collections.abc import Mapping

from access.passport import Passport

OUTSIDE = "context"


def score_shares(passports: Mapping[str, Passport]) -> dict[str, float]:
    """Return the part (0-1) of the score that each scored indicator decides, by code.

    Focus areas count equally, indicators by their weight within their own; this is the part where a
    place has a figure for all of them.
    """
    scored = {c: s for c, s in passports.items() if s.focus_area != OUTSIDE and s.weight > 0}
    totals: dict[str, float] = {}
    for passport in scored.values():
        totals[passport.focus_area] = totals.get(passport.focus_area, 0.0) + passport.weight
    return {c: s.weight / totals[s.focus_area] / len(totals) for c, s in scored.items()}
