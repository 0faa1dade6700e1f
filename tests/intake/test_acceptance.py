"""What is kept of an accepted delivery, and that nothing is ever half done."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from intake_samples import TODAY, Take, as_csv, lonlat, sample_csv, sample_records
from small_home import PARTNER

from errors import WeerbeeldError
from geo.hexagons import index_points
from intake import accepting
from intake.receive import receive
from records import KINDS
from store.engine import work_engine
from store.home import Home
from store.work import Delivery, deliveries, records_path

VALID = sample_csv("business")

pytestmark = pytest.mark.both


def accepted(home: Home) -> list[Delivery]:
    return deliveries(work_engine(home))


def contents(home: Home) -> dict[Path, bytes]:
    """Return what every file of the work store holds; a refusal is logged in the other one."""
    return {path: path.read_bytes() for path in home.work.rglob("*") if path.is_file()}


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_is_kept_as_its_contract_says(take: Take, home: Home, kind: str) -> None:
    records = sample_records(KINDS[kind], 4)
    receipt = take(as_csv(records), kind)
    (delivery,) = accepted(home)
    table = pq.read_table(records_path(home, delivery))
    located = ["lon", "lat", "cell"] if KINDS[kind].located else []
    names = [column.name for column in KINDS[kind].columns]
    assert table.column_names == [*names, *located, "partner"]
    types = {"text": "string", "date": "date32[day]", "integer": "int64",
             "decimal": "decimal128(18, 2)", "boolean": "bool"}  # fmt: skip
    for column in KINDS[kind].columns:
        assert str(table.schema.field(column.name).type) == types[column.type]
        if not column.pseudonymised:
            true = [record[column.name] for record in records]
            if column.type == "decimal":
                true = [Decimal(f"{value:.2f}") for value in true]
            assert table[column.name].to_pylist() == true
    if located:
        lon, lat = lonlat(records)
        np.testing.assert_array_equal(table["cell"], index_points(lon, lat, 9))
        np.testing.assert_allclose(table["lon"], lon)
        np.testing.assert_allclose(table["lat"], lat)
    assert set(table["partner"].to_pylist()) == {PARTNER[kind].partition(":")[0]}
    assert receipt.rows == delivery.rows == 4


def test_the_delivery_is_recorded(take: Take, home: Home) -> None:
    receipt = take(VALID)
    (delivery,) = accepted(home)
    assert (delivery.kind, delivery.partner, delivery.file_name) == ("business", "kvk", "file.csv")
    assert (delivery.first_date, delivery.last_date) == (date(2024, 1, 1), date(2024, 1, 3))
    assert (delivery.encoding, delivery.separator, delivery.crs) == ("utf-8", ";", "EPSG:28992")
    assert delivery.invented
    assert delivery.received_at.utcoffset() is not None
    assert delivery.id == receipt.delivery_id
    assert not receipt.already_known


def test_real_records_are_not_called_invented(take: Take, home: Home) -> None:
    assert not take(VALID.replace(b"VERZONNEN", b"KVK")).invented
    assert not accepted(home)[0].invented


def test_money_keeps_its_cents_and_says_when_it_is_rounded(take: Take, home: Home) -> None:
    records = sample_records(KINDS["property_transaction"])
    for record, price in zip(records, (1234567890123.45, 0.005, 0.29), strict=True):
        record["price_eur"] = price
    receipt = take(as_csv(records), "property_transaction")
    kept = pq.read_table(records_path(home, accepted(home)[0]))["price_eur"].to_pylist()
    assert kept[::2] == [Decimal("1234567890123.45"), Decimal("0.29")]
    assert [line for line in receipt.lines if "rounded" in line] == [
        "price_eur: values with more than two decimals were rounded to two"
    ]


def test_the_same_delivery_twice_changes_nothing(take: Take, home: Home) -> None:
    take(VALID)
    before = contents(home)
    receipt = take(VALID, name="other name.csv")
    assert receipt.already_known
    assert any("nothing changed" in line for line in receipt.lines)
    assert contents(home) == before


def test_the_same_file_of_another_partner_is_another_delivery(take: Take, home: Home) -> None:
    data = sample_csv("incident")
    take(data, "incident", partner="politie")
    assert not take(data, "incident", partner="kmar").already_known
    assert [delivery.partner for delivery in accepted(home)] == ["politie", "kmar"]


def test_later_deliveries_come_later(take: Take, home: Home) -> None:
    ids = [take(VALID.replace(b"96021", code)).delivery_id for code in (b"11", b"22", b"33")]
    assert [delivery.id for delivery in accepted(home)] == ids
    assert [delivery.sequence for delivery in accepted(home)] == [1, 2, 3]


def test_a_dry_run_writes_nothing(take: Take, home: Home) -> None:
    receipt = take(VALID, dry_run=True)
    assert receipt.dry_run
    assert receipt.rows == 3
    assert not home.root.exists()
    take(VALID)
    (home.records / "business" / "orphan.parquet").write_bytes(b"left behind")
    before = contents(home)
    assert take(VALID, dry_run=True).already_known
    take(VALID.replace(b"96021", b"11"), dry_run=True)
    assert contents(home) == before


def test_a_refused_delivery_leaves_earlier_ones_as_they_were(take: Take, home: Home) -> None:
    take(VALID)
    before = contents(home)
    with pytest.raises(WeerbeeldError):
        take(VALID.replace(b"96021", b"x", 1))
    assert contents(home) == before


def test_an_interrupt_at_any_step_leaves_nothing(take: Take, home: Home, tmp_path: Path) -> None:
    steps: list[str] = []
    other = Home(tmp_path / "other")
    take(VALID, home=other, progress=lambda step, _done, _total: steps.append(step))
    assert list(dict.fromkeys(steps)) == ["reading", "checking", "writing"]
    for stop in range(len(steps)):
        seen: list[str] = []

        def interrupt(
            step: str, done: int, total: int, stop: int = stop, seen: list[str] = seen
        ) -> None:
            seen.append(step)
            if len(seen) > stop:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            take(VALID, progress=interrupt)
        assert not home.has_work_store or accepted(home) == []
        assert list(home.root.rglob("*.parquet*")) == []
    assert take(VALID).already_known is False


def _fail_after(monkeypatch: pytest.MonkeyPatch, module: object, name: str) -> None:
    original: Callable[..., object] = getattr(module, name)

    def fails(*arguments: object) -> None:
        original(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(module, name, fails)


def test_records_without_a_row_do_not_exist_and_are_cleared_away(
    take: Take, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(VALID)
    with monkeypatch.context() as patch:
        _fail_after(patch, accepting, "write_whole")
        with pytest.raises(KeyboardInterrupt):
            take(VALID.replace(b"96021", b"11"))
    assert len(accepted(home)) == 1
    assert len(list(home.records.rglob("*.parquet"))) == 2
    (home.records / "business" / "left.parquet.tmp").write_bytes(b"half")
    assert take(VALID).already_known
    assert len(list(home.records.rglob("*.parquet*"))) == 1


def test_a_full_disk_is_said_and_leaves_nothing(
    take: Take, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pq.ParquetWriter, "write_table", full)
    with pytest.raises(WeerbeeldError, match=r"No space left on device.*Nothing was stored"):
        take(VALID)
    assert accepted(home) == []
    assert list(home.root.rglob("*.parquet*")) == []


def test_records_that_were_lost_are_restored(take: Take, home: Home) -> None:
    take(VALID)
    (delivery,) = accepted(home)
    records_path(home, delivery).unlink()
    assert take(VALID).already_known is False
    assert records_path(home, delivery).exists()
    assert len(accepted(home)) == 1


@pytest.mark.sqlite
def test_a_home_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file")
    file = tmp_path / "file.csv"
    file.write_bytes(VALID)
    with pytest.raises(WeerbeeldError, match="cannot be made"):
        receive("business", file, "kvk", Home(blocked), today=TODAY)
