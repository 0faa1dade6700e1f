"""What is well-formed and hard to believe is named in a dry run, and taken in when confirmed."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from command_line import weerbeeld
from incidents import as_csv, incidents
from intake_samples import Take
from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.judging import UnconfirmedError
from records.contract import INVENTED_SOURCE
from store.access import AuditLine, open_access
from store.engine import work_engine
from store.home import Home
from store.logs import verify_chain
from store.work import deliveries


def figures(
    figure: str, values: Mapping[str, float], day: str, level: str = "gemeente", months: int = 0
) -> bytes:
    frame = pd.DataFrame({"figure": figure, "level": level, "area": list(values), "date": day})
    frame = frame.assign(months=months, value=list(values.values()), source=INVENTED_SOURCE)
    return frame.to_csv(sep=";", index=False, decimal=",").encode()


def refused(take: Take, home: Home, data: bytes, kind: str, words: str, **more: object) -> None:
    """See that a dry run names it, that nothing is taken in without --confirm, and all with it."""
    before = len(deliveries(work_engine(home))) if home.has_work_store else 0
    dry = take(data, kind, dry_run=True, **more)
    assert any(words in line for line in dry.lines), dry.lines
    assert any("--confirm" in line for line in dry.lines)
    with pytest.raises(UnconfirmedError, match="--confirm") as caught:
        take(data, kind, **more)
    assert words in str(caught.value)
    after = len(deliveries(work_engine(home))) if home.has_work_store else 0
    assert after == before
    assert take(data, kind, confirm=True, **more).doubts
    assert len(deliveries(work_engine(home))) == before + 1


@pytest.mark.parametrize(("value", "words"), [(6_643_110, "10 times"), (0, "instead of")])
def test_a_figure_ten_times_its_last_value(
    take: Take, home: Home, value: float, words: str
) -> None:
    take(
        figures("inhabitants", {"GM0599": 664_311, "GM0363": 900_000}, "2024-01-01"), "area_figure"
    )
    data = figures("inhabitants", {"GM0599": value, "GM0363": 905_000}, "2025-01-01")
    refused(take, home, data, "area_figure", words)


def test_it_is_the_last_value_before_its_day_that_counts(take: Take, home: Home) -> None:
    for day, value in (("2022-01-01", 100_000), ("2024-01-01", 5_000)):
        take(figures("inhabitants", {"GM0599": value}, day), "area_figure", confirm=True)
    take(figures("inhabitants", {"GM0599": 40_000}, "2025-01-01"), "area_figure")
    refused(
        take, home, figures("inhabitants", {"GM0599": 8_000}, "2023-01-01"), "area_figure", "1/12"
    )


def test_a_correction_is_compared_with_what_it_corrects(take: Take, home: Home) -> None:
    take(figures("dwellings", {"GM0599": 300_000}, "2024-01-01"), "area_figure")
    data = figures("dwellings", {"GM0599": 30_000}, "2024-01-01")
    refused(take, home, data, "area_figure", "1/10 of the last value (300,000)")


def test_a_jump_within_one_delivery(take: Take, home: Home) -> None:
    months = pd.date_range("2024-01-01", periods=6, freq="MS").strftime("%Y-%m-%d")
    parts = [
        figures("bankruptcies", {"GM0599": 400 if month == "2024-05-01" else 31}, month, months=1)
        for month in months
    ]
    data = b"".join([parts[0], *(part.split(b"\n", 1)[1] for part in parts[1:])])
    refused(take, home, data, "area_figure", "bankruptcies of GM0599 on 2024-05-01: 400")


def test_small_figures_move_by_chance(take: Take) -> None:
    take(figures("bankruptcies", {"GM0599": 1}, "2024-01-01", months=1), "area_figure")
    assert not take(
        figures("bankruptcies", {"GM0599": 15}, "2024-02-01", months=1), "area_figure"
    ).doubts


def hexagons_of(count: int) -> list[str]:
    from geo import hexagons
    from geo.coordinates import to_lonlat

    x, y = np.meshgrid(np.arange(88_000, 96_000, 300.0), np.arange(434_000, 441_000, 300.0))
    cells = np.unique(hexagons.index_points(*to_lonlat(x.ravel(), y.ravel())))
    return list(hexagons.to_text(cells[:count]))


@pytest.mark.parametrize(("grown", "doubted"), [(3, False), (30, True)])
def test_homes_are_built_in_some_hexagons_and_not_in_many(
    take: Take, grown: int, doubted: bool
) -> None:
    cells = hexagons_of(200)
    take(figures("addresses", dict.fromkeys(cells, 12), "2024-01-01", "hex9"), "area_figure")
    values = {cell: 240 if n < grown else 13 for n, cell in enumerate(cells)}
    data = figures("addresses", values, "2025-01-01", "hex9")
    assert bool(take(data, "area_figure", dry_run=True).doubts) == doubted


def test_a_month_with_a_tenth_of_the_usual_records(take: Take, home: Home) -> None:
    take(as_csv(incidents(1_200)), "incident", partner="politie")
    few = incidents(6, prefix="VERZONNEN-B", first="2026-01-01", days=30)
    refused(take, home, as_csv(few), "incident", "2026-01: 6 incident records", partner="politie")


def test_a_month_without_records_between_others(take: Take, home: Home) -> None:
    every = incidents(1_200)
    torn = every[every["date"].dt.month != 6]
    refused(take, home, as_csv(torn), "incident", "2025-06: 0 incident records", partner="politie")


def test_a_month_with_ten_times_the_usual_records(take: Take, home: Home) -> None:
    take(as_csv(incidents(360)), "incident", partner="politie")
    many = incidents(900, prefix="VERZONNEN-B", first="2026-01-01", days=31)
    refused(take, home, as_csv(many), "incident", "2026-01: 900 incident", partner="politie")


def test_late_records_of_a_month_that_is_there_are_no_gap(take: Take) -> None:
    take(as_csv(incidents(1_200)), "incident", partner="politie")
    late = incidents(12, prefix="VERZONNEN-L")
    assert not take(as_csv(late), "incident", partner="politie").doubts


def test_a_last_month_of_which_some_days_have_come_is_no_gap(take: Take) -> None:
    take(as_csv(incidents(1_200)), "incident", partner="politie")
    begun = incidents(9, prefix="VERZONNEN-B", first="2026-01-01", days=3)
    assert not take(as_csv(begun), "incident", partner="politie").doubts


def test_another_partner_has_another_usual(take: Take) -> None:
    take(as_csv(incidents(1_200)), "incident", partner="politie")
    few = incidents(6, prefix="VERZONNEN-B", first="2026-01-01", days=30)
    assert not take(as_csv(few), "incident", partner="kmar").doubts


def test_all_points_on_one_spot(take: Take, home: Home) -> None:
    frame = incidents(40).assign(x=92_500.0, y=437_500.0)
    refused(take, home, as_csv(frame), "incident", "40 of 40 points are one", partner="politie")


def test_nearly_all_points_on_one_spot(take: Take, home: Home) -> None:
    frame = incidents(40)
    frame.loc[frame.index[:37], ["x", "y"]] = (92_500.0, 437_500.0)
    refused(take, home, as_csv(frame), "incident", "37 of 40 points are one", partner="politie")


def test_a_confirmed_delivery_is_logged_as_such(take: Take, home: Home) -> None:
    frame = incidents(40).assign(x=92_500.0, y=437_500.0)
    take(as_csv(frame), "incident", partner="politie", confirm=True)
    engine = open_access(home)
    with Session(engine) as session:
        objects = session.scalars(select(AuditLine.object)).all()
    assert any(one.endswith("confirmed in spite of 1") for one in objects)
    assert verify_chain(engine, "audit").broken is None


def test_the_command_asks_for_confirmation(tmp_path: Path) -> None:
    file = tmp_path / "spot.csv"
    file.write_bytes(as_csv(incidents(40).assign(x=92_500.0, y=437_500.0)))
    words = ("intake", "incident", str(file), "--partner", "politie")
    refusal = weerbeeld(tmp_path / "home", *words)
    assert refusal.returncode == 2
    assert "one and the same" in refusal.stderr
    dry = weerbeeld(tmp_path / "home", *words, "--dry-run")
    assert dry.returncode == 0
    assert "one and the same" in dry.stdout
    assert weerbeeld(tmp_path / "home", *words, "--confirm").returncode == 0
