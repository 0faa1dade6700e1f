"""A second delivery on top of the example: records that were registered late, as partners send."""

from pathlib import Path

import numpy as np
import pandas as pd

from intake.receive import receive
from records.contract import INVENTED_MARK
from store.home import Home

LATE = {
    "kadaster_property_transaction_2026.csv": ("property_transaction", "kadaster"),
    "politie_incident_2026.csv": ("incident", "politie"),
}
PART = 0.05


def deliver_late_records(demo: Path, home: Home, folder: Path, seed: int = 7) -> None:
    """Take in one late record for every twenty of the last year, close to an earlier one."""
    chance = np.random.default_rng(seed)
    for name, (kind, partner) in LATE.items():
        rows = pd.read_csv(demo / name, sep=";", dtype=str)
        late = rows.sample(frac=PART, random_state=seed).reset_index(drop=True)
        key = late.columns[0]
        late[key] = [f"{INVENTED_MARK}-LATE{number:06d}" for number in range(len(late))]
        if "object_id" in late:
            late["object_id"] = [f"{INVENTED_MARK}-LATE-O{n:06d}" for n in range(len(late))]
        for axis in ("x", "y"):
            moved = late[axis].astype(int) + chance.integers(-60, 61, len(late))
            late[axis] = moved.astype(str)
        late.to_csv(folder / f"late_{name}", sep=";", index=False)
        receive(kind, folder / f"late_{name}", partner, home)
