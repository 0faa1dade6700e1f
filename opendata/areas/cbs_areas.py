"""Areas as CBS and PDOK write them: codes within codes, and marks for water."""

import pandas as pd

from opendata import left_out as why
from opendata.contract import SourceFailedError
from opendata.left_out import LeftOut

LEVELS = ("gemeente", "wijk", "buurt")
PATTERNS = {
    "gemeente": r"GM\d{4}",
    "wijk": r"WK\d{4}[0-9A-Z]{2}",
    "buurt": r"BU\d{4}[0-9A-Z]{4}",
    "regionale_eenheid": r"RE\d{2}",
}
PREFIX, DIGITS = {"gemeente": "GM", "wijk": "WK"}, {"gemeente": 4, "wijk": 6}
WATER = {"JA": why.WATER, "B": why.FOREIGN}
SPELLED_OUT = 5


def land_of(frame: pd.DataFrame, level: str, code: str, left_out: LeftOut) -> pd.DataFrame:
    """Return the rows of areas of ``level`` on Dutch land, each once, indexed by their code.

    SourceFailedError when there is no such column, or nothing is left.
    """
    if code not in frame:
        raise SourceFailedError(
            f"The answer has no column {code}: expected the code of each {level}. Found "
            f"{', '.join(frame.columns)}."
        )
    if "water" in frame:
        marks = frame["water"].astype("string").str.upper()
        for mark, reason in WATER.items():
            frame = left_out.drop(frame, (marks.reindex(frame.index) == mark).fillna(False), reason)
    codes = frame[code].astype("string").str.strip()
    fits = codes.str.fullmatch(PATTERNS[level]).fillna(False).astype(bool)
    frame = left_out.drop(frame, ~fits, why.OTHER_LEVEL).assign(code=codes[fits])
    frame = left_out.drop(frame, frame["code"].duplicated(), why.TWICE)
    if frame.empty:
        raise SourceFailedError(f"The answer has no {level}: expected all of the country.")
    return frame.set_index("code", drop=False)


def refuse_gaps(codes: dict[str, "pd.Index[str]"]) -> None:
    """Raise SourceFailedError when areas lack the area they lie in, or have none within them.

    That is how a page that was lost shows: a service says nowhere how many areas there are.
    """
    for outer, inner in (("gemeente", "wijk"), ("wijk", "buurt")):
        if outer not in codes or inner not in codes:
            continue
        within = PREFIX[outer] + codes[inner].str[2 : 2 + DIGITS[outer]]
        for level, gone in (
            (outer, within.difference(codes[outer])),
            (inner, codes[outer].difference(within)),
        ):
            if len(gone):
                named = ", ".join(gone[:SPELLED_OUT])
                what = "are not there" if level == outer else f"have no {inner}"
                raise SourceFailedError(
                    f"Areas are missing: {len(gone):,} of level {outer} {what} ({named})."
                )
