"""A figure of its own source is taken in by an update however it jumps, and the log says so."""

from datetime import date
from pathlib import Path

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from opendata import SOURCES
from opendata.contract import COLUMNS, SourceData
from opendata.http.cache import Cache
from opendata.http.fetcher import OfflineFetcher
from opendata.updating.taking_in import take_in
from store.access import AuditLine, open_access
from store.home import Home


def brought(year: int, value: float) -> SourceData:
    row = ("suspicious_transactions", "gemeente", "GM0599", date(year, 1, 1), 12, value, "FIU")
    return SourceData(pd.DataFrame([row], columns=list(COLUMNS)))


def test_an_update_confirms_what_jumps(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    fetcher = OfflineFetcher(Cache(home.open))
    for year, value in ((2023, 400), (2024, 9_000)):
        taken = take_in(home, SOURCES["fiu"], brought(year, value), fetcher, lambda *_: None)
        assert taken.new == 1
    with Session(open_access(home)) as session:
        changes = [what for what in session.scalars(select(AuditLine.object)) if "fiu" in what]
    assert [what.endswith("confirmed in spite of 1") for what in changes] == [False, True]
