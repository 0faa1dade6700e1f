"""Finds what a delivery has in common with what other partners delivered of the same kind.

Two partners that give an event the same number, sort, day and place (within 250 m) tell of one
event, which a build counts once. Equal numbers alone say nothing: partners number from 1
independently. The same events under other numbers are a copy that no build can know again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from geo.same_place import same_place
from intake.points import Points
from intake.pseudonyms import pseudonyms
from records import RecordKind
from store.key_file import Ring

WHOLE = 0.9
"""A delivery of which this part equals that of another partner is a copy of it."""

LEAST_COPIED = 10
SPOT, A_METRE = ["spot_lon", "spot_lat"], 1e-5
"""In degrees. Registers of two partners do not put an event on the very same metre."""


@dataclass(frozen=True)
class ToldBefore:
    """Of ``rows`` records: how many another partner told of before, by that partner.

    ``events`` agree in number, sort, day and place; ``numbers`` in their number alone; and
    ``renumbered`` in all but the number, with the very same point.
    """

    rows: int
    events: Mapping[str, int]
    numbers: Mapping[str, int]
    renumbered: Mapping[str, int]

    def remarks(self, dry_run: bool) -> list[str]:
        """Return what there is to say of it; equal numbers alone only in a dry run."""
        said = []
        for partner, count in self.events.items():
            if count == self.rows:
                said.append(
                    f"a copy: {partner} told of all {count:,} events as well (same number, sort, "
                    "day and place), so each counts once"
                )
            else:
                said.append(
                    f"{partner} told of {count:,} of these {self.rows:,} events as well (same "
                    "number, sort, day and place): those count once"
                )
        if dry_run:
            said += [
                f"{count:,} numbers are those of other records of {partner}, which differ in sort, "
                "day or place: all of them count"
                for partner, count in self.numbers.items()
            ]
        return said

    def copies(self) -> list[str]:
        """Return the partners of which this is a copy under other numbers, in words."""
        return [
            f"{count:,} of {self.rows:,} records have the sort, day and very point of a record of "
            f"{partner} under another number: a copy would count twice"
            for partner, count in self.renumbered.items()
            if count >= max(LEAST_COPIED, WHOLE * self.rows)
        ]


def told_before(
    kind: RecordKind,
    frame: pd.DataFrame,
    points: Points,
    others: Mapping[str, Sequence[tuple[int, Path]]],
    keys: Ring,
) -> ToldBefore:
    """Compare a delivery with the records of ``others``.

    Those are, by partner, the sequence and file of each of its deliveries of the kind; ``keys`` are
    those of the pseudonyms.
    """
    about = [kind.dated, *([kind.sort] if kind.sort else [])]
    fresh = frame[[*kind.key, *about]].assign(lon=points.lon, lat=points.lat)
    for name in set(kind.key) & set(kind.pseudonymised):
        numbers = pa.chunked_array(pa.array(fresh[name], from_pandas=True))
        fresh[name] = pseudonyms(numbers, keys).to_pandas()
    fresh = _comparable(fresh, kind).assign(row=np.arange(len(fresh)))
    events, equal, renumbered = {}, {}, {}
    for partner, deliveries in others.items():
        theirs = _comparable(_last_versions(kind, about, deliveries), kind)
        same = fresh.merge(theirs, on=list(kind.key), suffixes=("", "_other"))
        agree = same_place(same["lon"], same["lat"], same["lon_other"], same["lat_other"])
        for name in about:
            agree &= (same[name] == same[f"{name}_other"]).to_numpy(dtype=bool)
        events[partner] = int(agree.sum())
        equal[partner] = int((~agree).sum())
        known = theirs[[*about, *SPOT]].drop_duplicates()
        met = fresh[~fresh["row"].isin(same["row"])].merge(known, on=[*about, *SPOT])
        renumbered[partner] = len(met)
    return ToldBefore(len(fresh), *(_some(found) for found in (events, equal, renumbered)))


def _last_versions(
    kind: RecordKind, about: list[str], deliveries: Sequence[tuple[int, Path]]
) -> pd.DataFrame:
    """Return the records of one partner, each as it was delivered last."""
    columns = [*kind.key, *about, "lon", "lat"]
    newest_first = [path for _, path in sorted(deliveries, reverse=True)]
    parts = [pq.read_table(path, columns=columns).to_pandas() for path in newest_first]
    last: pd.DataFrame = pd.concat(parts, ignore_index=True).drop_duplicates(list(kind.key))
    return last


def _comparable(records: pd.DataFrame, kind: RecordKind) -> pd.DataFrame:
    """Return records with types that two tables share, and their spot to the metre."""
    spot = {
        name: (records[axis] / A_METRE).round().astype("int64")
        for name, axis in zip(SPOT, ("lon", "lat"), strict=True)
    }
    day = pd.to_datetime(records[kind.dated]).astype("datetime64[s]")
    text = {name: records[name].astype("object") for name in ([kind.sort] if kind.sort else [])}
    return records.assign(**spot, **{kind.dated: day}, **text)


def _some(found: Mapping[str, int]) -> dict[str, int]:
    return {partner: count for partner, count in sorted(found.items()) if count}
