"""Figures beside their goals: what is met, what falls short, what moved, and what got worse."""

from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

import benchmarks.__main__ as bench
from benchmarks import goals, quick_forms
from tools import measured
from tools.goal_chart import chart
from tools.goals import (
    Better,
    Key,
    at_least,
    at_most,
    moved,
    short,
    with_goals,
    worse,
)
from tools.measured import Rows

FAST, SMALL = ("space", "theirs, to ours"), ("build", "ours <twice>, to theirs")
GOALS = {FAST: at_least(4), SMALL: at_most(1.5, "it writes its rows twice")}
WAYS: dict[Key, Better] = {FAST: "more", SMALL: "less"}
RATIOS = st.floats(1e-3, 1e3)
SVG = "{http://www.w3.org/2000/svg}"


def rows(figures: Mapping[Key, float]) -> Rows:
    """Return figures as they are written down, without goals."""
    return {key: (f"{figure:g}", "2026-11-28", "2 cores") for key, figure in figures.items()}


def test_a_figure_stands_beside_its_goal_with_why_it_falls_short() -> None:
    found = with_goals(rows({FAST: 4, SMALL: 1.6, ("map", "bytes"): 2}), GOALS)
    assert found[FAST][:3] == ("4", "at least 4", "yes")
    assert found[SMALL][:3] == ("1.6", "at most 1.5", "no: it writes its rows twice")
    assert found["map", "bytes"] == ("2", "", "", "2026-11-28", "2 cores")


def test_only_the_last_table_of_a_document_is_measured(tmp_path: Path) -> None:
    document, above = tmp_path / "some.md", "| a | b |\n|---|---|\n| laptop | 4 million |\n\n"
    document.write_text(f"{above}| benchmark | what | figure |\n|---|---|---|\n")
    measured.write(document, rows({FAST: 4}))
    measured.write(document, measured.read(document) | rows({SMALL: 1}))
    assert measured.read(document) == rows({FAST: 4, SMALL: 1})
    assert document.read_text().startswith(above)


@given(st.fixed_dictionaries({FAST: RATIOS, SMALL: RATIOS}))
def test_rows_with_goals_get_those_of_now(figures: dict[Key, float]) -> None:
    before = with_goals(rows(figures), {FAST: at_most(1), SMALL: at_least(9, "was slow")})
    assert with_goals(before, GOALS) == with_goals(rows(figures), GOALS)
    assert with_goals(before, {}) == with_goals(rows(figures), {})


@given(RATIOS, RATIOS)
def test_what_is_listed_as_short_is_what_is_not_met(fast: float, small: float) -> None:
    listed = " ".join(short(rows({FAST: fast, SMALL: small}), GOALS))
    written = {key: float(row[0]) for key, row in rows({FAST: fast, SMALL: small}).items()}
    assert (FAST[1] in listed) == (written[FAST] < 4)
    assert (SMALL[1] in listed) == (written[SMALL] > 1.5)


def test_a_goal_of_which_nothing_was_measured_falls_short() -> None:
    (line,) = short(rows({SMALL: 1}), GOALS)
    assert line == "space: theirs, to ours: goal at least 4: not measured yet"


def test_only_what_moved_by_more_than_a_fifth_is_named() -> None:
    before = with_goals(rows({FAST: 10}), GOALS)
    assert moved("space", {"theirs, to ours": 11.9, "new": 3}, before) == []
    (line,) = moved("space", {"theirs, to ours": 12.1}, before)
    assert line == "space: theirs, to ours: 10 on 2026-11-28, now 12.1"


@given(RATIOS, st.floats(1.34, 100))
def test_a_cost_that_grew_by_more_than_a_third_is_worse(before: float, times: float) -> None:
    assert worse(before * times, before, "less")
    assert worse(before / times, before, "more")


@given(RATIOS, st.floats(0.01, 1.33))
def test_less_than_that_or_better_is_not(before: float, times: float) -> None:
    assert not worse(before * times, before, "less")
    assert not worse(before / times, before, "more")


@pytest.mark.parametrize(
    ("runs", "code"),
    [
        ([{FAST: 3.2, SMALL: 1.3}], 0),
        ([{FAST: 40, SMALL: 0.1}], 0),
        ([{FAST: 2.9, SMALL: 1}, {FAST: 3.1, SMALL: 1}], 0),
        ([{FAST: 2.9, SMALL: 1}, {FAST: 4, SMALL: 1.4}], 0),
        ([{FAST: 2.9, SMALL: 1}, {FAST: 2, SMALL: 1.4}, {FAST: 3.1, SMALL: 2}], 0),
        ([{FAST: 2.9, SMALL: 1}] * 3, 1),
        ([{FAST: 4, SMALL: 1.4}] * 3, 1),
    ],
)
def test_ci_fails_on_what_is_worse_in_every_run(
    runs: list[dict[Key, float]],
    code: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    recorded, given_runs = tmp_path / "quick.md", iter(runs)
    recorded.write_text("| benchmark | what | ratio | date | machine |\n|---|---|---|---|---|\n")
    measured.write(recorded, rows({FAST: 4, SMALL: 1}))
    monkeypatch.setattr(bench, "QUICK_RESULTS", recorded)
    monkeypatch.setattr(bench, "apart", lambda work, *args: work(*args))
    monkeypatch.setattr(bench, "quick_forms", lambda: WAYS)
    monkeypatch.setattr(bench, "quick_of", lambda name: next(given_runs))
    assert bench.quick(["both"]) == code
    assert list(given_runs) == [], "no run is done that nothing asks for"
    worst = capsys.readouterr().out.rpartition("Got worse by more than a third:\n")[2]
    assert worst.startswith("nothing") == (code == 0)


def test_a_ratio_that_was_never_recorded_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded = tmp_path / "quick.md"
    recorded.write_text("| benchmark | what | ratio | date | machine |\n|---|---|---|---|---|\n")
    monkeypatch.setattr(bench, "QUICK_RESULTS", recorded)
    monkeypatch.setattr(bench, "apart", lambda work, *args: work(*args))
    monkeypatch.setattr(bench, "quick_forms", lambda: WAYS)
    monkeypatch.setattr(bench, "quick_of", lambda name: {FAST: 4.0})
    assert bench.quick(["space"]) == 1


def bars(picture: str) -> list[tuple[float, float]]:
    """Return where the bar of each figure begins and ends."""
    found = ElementTree.fromstring(picture).findall(f"{SVG}rect")[1:]
    spans = [(float(bar.attrib["x"]), float(bar.attrib["width"])) for bar in found]
    return [(left, left + width) for left, width in spans]


@given(RATIOS, RATIOS)
def test_a_bar_is_to_the_right_when_its_goal_is_met(fast: float, small: float) -> None:
    picture = chart(rows({FAST: fast, SMALL: small, ("map", "bytes"): 3}), GOALS)
    (small_bar, fast_bar), written = bars(picture), rows({FAST: fast, SMALL: small})
    line = ElementTree.fromstring(picture).find(f"{SVG}line")
    assert line is not None
    middle = float(line.attrib["x1"])
    for bar, met in (
        (fast_bar, float(written[FAST][0]) >= 4),
        (small_bar, float(written[SMALL][0]) <= 1.5),
    ):
        assert (bar[0] == middle) if met else (bar[1] <= middle + 1)


@pytest.mark.sqlite
@pytest.mark.long
def test_the_documents_agree_with_the_benchmarks() -> None:
    known, written, anew = goals(), measured.read(bench.RESULTS), "run 'make bench-table'"
    assert with_goals(written, known) == written, anew
    assert bench.CHART.read_text(encoding="utf-8") == chart(written, known), (
        "run 'make bench-table'"
    )
    recorded = measured.read(bench.QUICK_RESULTS)
    assert {key: row[1] for key, row in recorded.items()} == quick_forms()
