"""Carries figures over from the areas in which they were counted to the areas of today.

Values are added as whole hundredths (records keep two decimals), so that sums are exact.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bilingual import Text
from records.figures import PUBLIC

FINENESS = 10**8
"""Shares are rounded to one part in this many, so that weights are whole numbers."""

ADD_UP = tuple(name for name, figure in PUBLIC.items() if figure.measure != "average")

REASONS = {
    "average": Text(
        "een gemiddelde of aandeel van samengevoegde of gesplitste gebieden is niet op te tellen",
        "an average or share of merged or split areas does not add up",
    ),
    "twice": Text(
        "het gebied van nu is in dezelfde levering al zelf geteld, of een deel ervan dubbel",
        "the area of today is counted in the same delivery as well, or one of its parts twice",
    ),
    "incomplete": Text(
        "niet elk deel van het gebied van nu is geleverd",
        "not every part of the area of today was delivered",
    ),
    "moved": Text(
        "de grenzen zijn veranderd, en geen regel zegt wat waarheen ging",
        "the borders changed, and no rule says what went where",
    ),
    "gone": Text(
        "geen gebied van nu heeft deze code",
        "no area of today has this code",
    ),
}
"""Why a figure was lost."""


@dataclass(frozen=True)
class Carried:
    """Figures with codes of today, and those that could not be carried over.

    ``figures`` has the columns of the figures given. ``lost`` has a column ``reason`` (a key of
    REASONS) as well; each row is a figure and a reason, with the value that was lost for it.
    """

    figures: pd.DataFrame
    lost: pd.DataFrame


def batches(figures: pd.DataFrame, alike: Collection[str] = ()) -> "pd.Series[int]":
    """Return the batch number of each row; rows of a batch differ in area and value only.

    Columns of ``alike`` may differ within a batch as well.
    """
    keys = [name for name in figures.columns if name not in ("area", "value", *alike)]
    return figures.groupby(keys, dropna=False, sort=False).ngroup()


def added_up(
    figures: pd.DataFrame,
    division: "pd.Series[int]",
    parts: pd.DataFrame,
    alike: Collection[str] = (),
) -> Carried:
    """Return figures in which the parts of each area of today are added up, where all are there.

    ``division`` says in which division of the country each row was counted. ``parts`` (division,
    old, new, share) says which old areas make up each area of today. Rows of other areas stay as
    they are. Parts add up within a batch and division. Columns of ``alike`` may differ within a
    batch; a sum takes those of its first row.
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
    carried = _with_values(rows, whole).assign(area=whole["new"].to_numpy()).astype(figures.dtypes)
    return Carried(
        pd.concat([rows.iloc[stay["row"]], carried], ignore_index=True),
        _with_values(rows, lost).assign(reason=lost["reason"].to_numpy()),
    )


def _counted(parts: pd.DataFrame) -> pd.DataFrame:
    """Add ``needed`` (parts of the new area) and ``spread`` (parts that the old one fell into)."""
    return parts.assign(
        needed=parts.groupby(["division", "new"])["old"].transform("size"),
        spread=parts.groupby(["division", "old"])["new"].transform("size"),
    )


def _apportioned(pieces: pd.DataFrame, cents: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return each row's value divided over its pieces by largest remainder, so that it adds up.

    A whole number is divided into whole numbers.
    """
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
    parts = pieces.groupby(["batch", "new"])["old"]
    size, distinct = parts.transform("size"), parts.transform("nunique")
    renamed = (pieces["needed"] == 1) & (pieces["spread"] == 1)
    already = pd.MultiIndex.from_frame(pieces[["batch", "new"]]).isin(
        pd.MultiIndex.from_frame(direct[["batch", "old"]])
    )
    return np.select(
        [~pieces["adds"] & ~renamed, already | (size > distinct), distinct < pieces["needed"]],
        ["average", "twice", "incomplete"],
        default="",
    )


def _with_values(rows: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Return the ``rows`` that ``found`` numbers, with its ``cents`` as their value."""
    frame = rows.iloc[found["row"]].reset_index(drop=True)
    return frame.assign(value=found["cents"].to_numpy() / 100).astype(
        {"value": rows["value"].dtype}
    )
