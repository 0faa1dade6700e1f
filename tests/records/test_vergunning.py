"""Decisions on permits: what their rule refuses, and an example that could have been sent."""

from pathlib import Path

import pytest
from frames import parsed, schema_of
from small_home import TODAY

from demo.example import make
from demo.permits import DECISIONS, GEMEENTEN, permits
from intake.faults import DeliveryRefused
from intake.receive import receive
from records import KINDS
from records.contract import INVENTED_MARK
from records.examples import example_csv
from records.vergunning import DECISIONS as CODES
from records.vergunning import GROUNDS, PERMITS
from store.home import Home

VERGUNNING = KINDS["vergunning"]


@pytest.mark.parametrize(
    ("decision", "ground", "kept"),
    [
        (code, ground, (code == "granted") == (ground == "none"))
        for code in CODES
        for ground in GROUNDS
    ],
)
def test_only_a_refusal_or_withdrawal_names_a_ground(
    tmp_path: Path, decision: str, ground: str, kept: bool
) -> None:
    file = tmp_path / "vergunning.csv"
    row = example_csv(VERGUNNING, 1)
    assert ";refused;" in row
    assert ";bibob;" in row
    row = row.replace(";refused;", f";{decision};").replace(";bibob;", f";{ground};")
    file.write_text(row, encoding="utf-8")

    def check() -> int:
        home = Home(tmp_path / "home")
        return receive("vergunning", file, "gemeente:GM0599", home, dry_run=True, today=TODAY).rows

    if kept:
        assert check() == 1
        return
    with pytest.raises(DeliveryRefused) as refused:
        check()
    (fault,) = refused.value.faults
    assert (fault.line, fault.column, fault.found) == (2, "ground", f"'{ground}'")
    assert fault.expected == VERGUNNING.rules[0].expected.en


@pytest.mark.long
def test_the_example_is_what_a_handful_of_gemeenten_would_send() -> None:
    frame = permits(make(7, 0.5, lambda _: None))
    records = [
        {str(name): value for name, value in row.items()} for row in frame.to_dict("records")
    ]
    schema_of(VERGUNNING).validate(parsed(VERGUNNING, records), lazy=True)
    assert frame["firm_id"].str.startswith(INVENTED_MARK).all()
    assert frame["partner"].str.fullmatch(r"gemeente:GM\d{4}").all()
    assert frame["partner"].nunique() == GEMEENTEN
    assert set(frame["permit"]) == set(PERMITS)
    assert set(frame["ground"]) == set(GROUNDS)
    shares = frame["decision"].value_counts(normalize=True)
    for code, share in DECISIONS.items():
        assert shares[code] == pytest.approx(share, abs=0.03)
