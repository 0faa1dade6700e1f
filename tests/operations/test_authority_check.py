"""The doctor names what an earlier version took in and no build counts."""

from pathlib import Path

import pandas as pd
import pytest
from incidents import GRONINGEN, as_csv, incidents
from small_home import TODAY

import intake.examining
from intake.receive import receive
from operations.authority_check import check_authority
from store.home import Home

ROTTERDAM = "gemeente:GM0599"


@pytest.mark.long
def test_what_an_earlier_version_took_in_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, file = Home(tmp_path / "home"), tmp_path / "file.csv"

    def deliver(partner: str, frame: pd.DataFrame) -> None:
        file.write_bytes(as_csv(frame))
        receive("incident", file, partner, home, today=TODAY)

    deliver("politie", incidents(4, GRONINGEN))
    deliver(ROTTERDAM, incidents(3))
    assert [check.state for check in check_authority(home)] == ["ok"]
    for check in ("check_authority", "check_rights"):
        monkeypatch.setattr(intake.examining, check, lambda *_: None)
    both = pd.concat([incidents(3, prefix="A"), incidents(2, GRONINGEN, "G")])
    deliver(ROTTERDAM, both)
    deliver("kvk", incidents(5, prefix="K"))
    some, every = check_authority(home)
    assert (some.state, every.state) == ("attention", "attention")
    assert some.words.startswith(f"2 of 5 incident records of {ROTTERDAM}")
    assert every.words.startswith("5 of 5 incident records of kvk")
    assert "A build leaves them out" in some.words
