"""Carries figures over from the areas they were counted in to the areas of today.

Values are handled in whole hundredths, as records keep them (two decimals), so that no sum is off.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from records.figures import PUBLIC

FINENESS = 10**8
"""Shares are weighed in so many parts."""

ADD_UP = tuple(name for name, figure in PUBLIC.items() if figure.measure != "average")

REASONS = {
    "average": (
        "een gemiddelde of aandeel van samengevoegde of gesplitste gebieden is niet op te tellen",
        "an average or share of merged or split areas does not add up",
    ),
    "twice": (
        "het gebied van nu is in dezelfde levering al zelf geteld, of een deel ervan dubbel",
        "the area of today is told in the same delivery as well, or one of its parts twice",
    ),
    "incomplete": (
        "niet elk deel van het gebied van nu is geleverd",
        "not every part of the area of today was delivered",
    ),
    "moved": (
        "de grenzen zijn veranderd, en geen regel zegt wat waarheen ging",
        "the borders changed, and no rule says what went where",
    ),
    "gone": (
        "geen gebied van nu heeft deze code",
        "no area of today has this code",
    ),
}
"""Why a figure was lost, in Dutch and English."""


@dataclass(frozen=True)
class Carried:
    """Figures with codes of today, and those that could not be carried over.

    ``figures`` has the columns of the figures given; ``lost`` a column ``reason`` (of REASONS)
    more, one row a figure and reason, with its value or the part of it that was lost.
    """

    figures: pd.DataFrame
    lost: pd.DataFrame


def batches(figures: pd.DataFrame, alike: Collection[str] = ()) -> "pd.Series[int]":
    """Return a number for each row, the same for rows that differ in area and value only.

    Columns of ``alike`` may differ as well.
    """
    keys = [name for name in figures.columns if name not in ("area", "value", *alike)]
    return figures.groupby(keys, dropna=False, sort=False).ngroup()


def added_up(
    figures: pd.DataFrame,
    division: "pd.Series[int]",
    parts: pd.DataFrame,
    alike: Collection[str] = (),
) -> Carried:
    """Add the parts of areas of today up, per batch and division, where all of them are there.

    ``division`` tells of each row in which division of the country it was counted; ``parts``
    (division, old, new, share) of what today's areas were made. Rows of other areas stay.
    ``alike`` are columns that do not part batches; a sum has those of the first of its rows.
    """
    rows = figures.reset_index(drop=True)
    pieces = pd.DataFrame(
        {
            "row": rows.index,
            "batch": batches(rows.assign(division=division.to_numpy()), alike).to_numpy(),
            "division": division.to_numpy(),
            "old": rows["area"].to_numpy(),
            "adds": rows["figure"].isin(ADD_UP).to_numpy(),
        }
    ).merge(_counted(parts), on=["division", "old"], how="left")
    direct = pieces["new"].isna()
    stay, pieces = pieces[direct], pieces[~direct].copy()
    cents = np.rint(rows["value"].to_numpy(dtype=float) * 100).astype(np.int64)
    pieces["cents"] = _apportioned(pieces, cents[pieces["row"]])
    pieces["reason"] = _reasons(pieces, stay)
    sums = pieces[pieces["reason"] == ""].groupby(["batch", "new"], as_index=False)
    whole = sums.agg(row=("row", "first"), cents=("cents", "sum"))
    left = pieces[pieces["reason"] != ""].groupby(["row", "reason"], as_index=False)
    lost = left.agg(cents=("cents", "sum"))
    carried = _priced(rows, whole).assign(area=whole["new"].to_numpy()).astype(figures.dtypes)
    return Carried(
        pd.concat([rows.iloc[stay["row"]], carried], ignore_index=True),
        _priced(rows, lost).assign(reason=lost["reason"].to_numpy()),
    )


def _counted(parts: pd.DataFrame) -> pd.DataFrame:
    """Add how many parts the area of today has (``needed``), and in how many the old one went."""
    return parts.assign(
        needed=parts.groupby(["division", "new"])["old"].transform("size"),
        spread=parts.groupby(["division", "old"])["new"].transform("size"),
    )


def _apportioned(pieces: pd.DataFrame, cents: NDArray[np.int64]) -> NDArray[np.int64]:
    """Divide each row's value over its pieces by largest remainder: whole numbers stay whole."""
    unit = np.where(cents % 100 == 0, 100, 1)
    weight = np.rint(pieces["share"] * FINENESS).astype(np.int64)
    by_row = pieces["row"]
    total = weight.groupby(by_row).transform("sum").to_numpy()
    times, rest = np.divmod(cents // unit, total)
    floor, remainder = np.divmod(rest * weight.to_numpy(), total)
    floor = floor + times * weight.to_numpy()
    left = cents // unit - pd.Series(floor, index=by_row.index).groupby(by_row).transform("sum")
    largest_first = pd.Series(-remainder, index=by_row.index)
    rank = largest_first.groupby(by_row).rank(method="first")
    return np.asarray((floor + (rank <= left).to_numpy()) * unit, dtype=np.int64)


def _reasons(pieces: pd.DataFrame, direct: pd.DataFrame) -> NDArray[np.str_]:
    """Return why each piece is lost, empty where it is not."""
    told = pieces.groupby(["batch", "new"])["old"]
    size, distinct = told.transform("size"), told.transform("nunique")
    renamed = (pieces["needed"] == 1) & (pieces["spread"] == 1)
    already = pd.MultiIndex.from_frame(pieces[["batch", "new"]]).isin(
        pd.MultiIndex.from_frame(direct[["batch", "old"]])
    )
    return np.select(
        [~pieces["adds"] & ~renamed, already | (size > distinct), distinct < pieces["needed"]],
        ["average", "twice", "incomplete"],
        default="",
    )


def _priced(rows: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that ``found`` names, with its hundredths as their value."""
    frame = rows.iloc[found["row"]].reset_index(drop=True)
    return frame.assign(value=found["cents"].to_numpy() / 100).astype(
        {"value": rows["value"].dtype}
    )
