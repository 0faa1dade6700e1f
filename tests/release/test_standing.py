"""Figures stand until enough has changed, and nobody sees which record it was."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.contract import Count, events, state
from release.looks import DRAWN, KEY_RANGE
from release.standing import BEHIND, LAST_DRAW, MOST_DRAWS, Standing, digest, identity

K = 5
FLOW = events("SELECT place, date, 1 AS amount, unit FROM incident")
STOCK = state("SELECT place, moment, 1 AS amount, unit FROM business_at")
LOOKS = ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"]


class Line:
    """Builds one after the other, each standing on the one before."""

    def __init__(self, folder: Path, count: Count = FLOW) -> None:
        self.folder, self.count, self.built = folder, count, 0

    def build(self, units: dict[tuple[str, str], int], looks: list[str] = LOOKS) -> pd.DataFrame:
        """Return what stands, by area and look: of ``units``, with keys that follow from them."""
        before = self.folder / f"{self.built - 1}" if self.built else None
        now = self.folder / f"{self.built}"
        now.mkdir()
        self.built += 1
        rows = [(a, b, n) for (a, b), n in units.items() if n and b in looks]
        frame = pd.DataFrame(rows, columns=["area", "look", "units"])
        frame[[c for c in DRAWN if c != "units"]] = 0
        frame["amount"] = frame["units"].astype(float)
        frame["subjects"] = frame["units"]
        frame["most"] = 1
        frame["key"] = [hash((a, b, n)) % KEY_RANGE for a, b, n in rows]
        standing = Standing(before, now, b"secret", K)
        adds = self.count.when == "date"
        held = standing.stand(self.count, "gemeente", frame, looks, adds=adds)
        return held.set_index(["area", "look"])[["units", "key"]]


def full(count: int, areas: int = 30) -> dict[tuple[str, str], int]:
    return {(f"GM{area:04}", look): count for area in range(areas) for look in LOOKS}


def test_what_does_not_change_stands(tmp_path: Path) -> None:
    line = Line(tmp_path)
    first = line.build(full(20))
    for _ in range(3):
        pd.testing.assert_frame_equal(line.build(full(20)), first)


@pytest.mark.parametrize("changed", [1, K - 1])
@pytest.mark.parametrize("sign", [1, -1])
def test_fewer_than_k_changes_never_move_a_figure(tmp_path: Path, changed: int, sign: int) -> None:
    line = Line(tmp_path)
    first = line.build(full(20))
    for area in range(30):
        units = full(20)
        units[f"GM{area:04}", "2025-Q2"] += sign * changed
        pd.testing.assert_frame_equal(line.build(units), first)


def test_a_record_where_there_was_none_is_not_seen(tmp_path: Path) -> None:
    """Neither in a quarter that was empty, nor in an area that counted nothing before."""
    units = full(20)
    units["GM0003", "2025-Q1"] = 0
    line = Line(tmp_path)
    first = line.build(units)
    units["GM0003", "2025-Q1"] = 1
    units["GM9999", "2025-Q1"] = 2
    pd.testing.assert_frame_equal(line.build(units), first)


def test_many_changes_move_a_figure_to_a_fresh_draw(tmp_path: Path) -> None:
    line = Line(tmp_path)
    first = line.build(full(20))
    second = line.build(full(40))
    assert (second["units"] == 40).all()
    assert (first["key"] != second["key"]).mean() > 0.99


def test_how_many_changes_it_takes_differs_by_area(tmp_path: Path) -> None:
    """From k to 2k-1, in one release that brings so many."""
    moved = {}
    for changed in range(K - 1, 2 * K + 1):
        folder = tmp_path / str(changed)
        folder.mkdir()
        line = Line(folder)
        first = line.build(full(20))
        units = full(20)
        for area in range(30):
            units[f"GM{area:04}", "2025-Q2"] += changed
        second = line.build(units)
        moved[changed] = (first["units"] != second["units"]).groupby("area").any().sum()
    assert moved[K - 1] == 0
    assert 0 < moved[K] < 30
    assert list(moved.values()) == sorted(moved.values())
    assert moved[2 * K - 1] == moved[2 * K] == 30


def test_what_trickles_in_moves_a_figure_in_a_release_that_brings_nothing(tmp_path: Path) -> None:
    line, units = Line(tmp_path), full(20)
    first = line.build(units)
    for _ in range(2 * K):
        for area in range(30):
            units[f"GM{area:04}", "2025-Q2"] += 1
        assert (line.build(units)["units"] == first["units"]).all()
    assert (line.build(units).xs("2025-Q2", level="look")["units"] == 20 + 2 * K).all()


@pytest.mark.long
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(st.integers(-3, 7), min_size=1, max_size=25))
def test_no_figure_is_far_behind(
    steps: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    line = Line(tmp_path_factory.mktemp("line"))
    units = {("GM0001", "2025-Q1"): 2_000}
    line.build(units)
    draws = 0
    for step in steps:
        units["GM0001", "2025-Q1"] += step
        before = line.built
        held = line.build(units)
        kept = pd.read_parquet(tmp_of(line, before))
        draws = int(kept["draws"].max())
        if draws < MOST_DRAWS:
            assert abs(held["units"].iloc[0] - units["GM0001", "2025-Q1"]) < BEHIND * K
    assert draws <= LAST_DRAW


def tmp_of(line: Line, number: int) -> Path:
    return line.folder / str(number) / f"{identity(line.count)}.gemeente.parquet"


def test_the_number_of_draws_is_bounded(tmp_path: Path) -> None:
    line, seen = Line(tmp_path), set()
    for step in range(2 * LAST_DRAW):
        held = line.build({("GM0001", "2025-Q1"): 1_000 + 20 * step})
        seen.add(int(held["key"].iloc[0]))
    assert len(seen) == MOST_DRAWS
    for step in range(2 * LAST_DRAW):
        held = line.build({("GM0001", "2025-Q1"): 2_000 * (step + 1)})
        seen.add(int(held["key"].iloc[0]))
    assert len(seen) == LAST_DRAW


def test_a_new_quarter_is_drawn_and_an_old_one_is_forgotten(tmp_path: Path) -> None:
    line = Line(tmp_path)
    line.build(full(20), LOOKS[:3])
    held = line.build(full(20), LOOKS[1:])
    assert set(held.index.get_level_values("look")) == set(LOOKS[1:])
    assert set(pd.read_parquet(tmp_of(line, 1))["look"]) == set(LOOKS[1:])


def test_the_same_inputs_and_predecessor_keep_the_same_bytes(tmp_path: Path) -> None:
    found = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        line = Line(tmp_path / name)
        line.build(full(20))
        line.build(full(31))
        found.append(digest(line.folder / "1"))
    assert found[0] == found[1]


def test_looks_at_one_stock_share_noise_and_flows_do_not(tmp_path: Path) -> None:
    alike = {}
    for count in (STOCK, FLOW):
        (tmp_path / count.when).mkdir()
        units = {(f"GM{a:04}", look): 20 + a for a in range(3_000) for look in LOOKS}
        keys = Line(tmp_path / count.when, count).build(units)["key"].unstack("look")
        alike[count.when] = np.corrcoef(keys.to_numpy().T)[0, 1]
    assert alike["moment"] == pytest.approx(0.6, abs=0.06)
    assert alike["date"] == pytest.approx(0, abs=0.06)


def test_another_select_stands_for_itself() -> None:
    assert identity(FLOW) == identity(events(f"  {FLOW.sql}\n"))
    assert identity(FLOW) != identity(events(FLOW.sql.replace("incident", "inspection")))
