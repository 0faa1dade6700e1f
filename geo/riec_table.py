"""Reads a table of the RIEC of each gemeente, which is that of its official police unit."""

from pathlib import Path

import geopandas as gpd
import pandas as pd

from errors import WeerbeeldError

NAMED = 20


def riec_table(path: Path, known: gpd.GeoDataFrame) -> list[str]:
    """Return the RIEC of each gemeente of ``known``, from a table of gemeente and riec (codes).

    WeerbeeldError names the gemeenten that are missing, named twice or unknown, and unknown RIECs.
    """
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False)[["gemeente", "riec"]]
    except (KeyError, ValueError, OSError) as error:
        raise _odd(path, f"no table of gemeente and riec ({type(error).__name__})") from error
    codes, regions = set(known["code"]), set(known["riec"])
    odd = {*table["gemeente"][table["gemeente"].duplicated()], *(codes ^ set(table["gemeente"]))}
    odd |= set(table["riec"]) ^ regions
    if odd:
        raise _odd(path, f"missing, unknown or named twice: {', '.join(sorted(odd)[:NAMED])}")
    return list(table.set_index("gemeente")["riec"].loc[known["code"]])


def _odd(path: Path, found: str) -> WeerbeeldError:
    return WeerbeeldError(
        f"{path} is not usable: {found}. Expected each of the 342 gemeenten once, and the ten "
        "RIEC regions. Bring it again with 'weerbeeld update', or remove it for the shipped table."
    )
