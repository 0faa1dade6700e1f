"""The whole example, as a newcomer gets it: areas, sums, and the patterns that were planted."""

import json

import pandas as pd
import pytest
from scipy.stats import binom
from sqlalchemy import text

from access.session import example_gateways
from demo.patterns import LEVELS as PLANTED
from indicators import CATALOGUE
from store.home import Home
from store.release import LEVEL_NUMBERS, current_release, open_release

AREAS = {"nederland": 1, "riec": 10, "gemeente": 342}
TOP = 0.95
LEAST_EXPECTED = 10

HIGHEST = 10
"""Of few places that stand alone, as many patterns as are planted are more than 5%."""


def _official(code: str) -> dict[str, int]:
    """Return how many areas each official level of an indicator has, from large to small."""
    return {level: areas for level, areas in AREAS.items() if level in CATALOGUE[code].level_names}


@pytest.mark.parametrize("code", list(CATALOGUE))
def test_all_areas_are_shown_at_each_level(code: str, example_home: Home) -> None:
    gateway = example_gateways(example_home.served, "nsoc", env="local").partner()
    for level, count in _official(code).items():
        figures = gateway.figures(code, level)
        if CATALOGUE[code].counting == "value" and level == "gemeente":
            rated = sum(figure.smoothed is not None for figure in figures)
            assert 200 < rated < count, "amounts of few, or that one or two make up, have no rate"
        elif not CATALOGUE[code].denominator.open and level == "gemeente":
            shown = len(figures)
            assert 0.97 * count <= shown <= count, "a 0 that one has most of is left out"
        else:
            assert len(figures) == count
    for level in CATALOGUE[code].level_names:
        if level.startswith("hex") and level != "hex9":
            assert len(gateway.figures(code, level)) > 100


@pytest.mark.parametrize(
    "code", [c for c, i in CATALOGUE.items() if i.counting != "derived" and not i.open]
)
def test_on_the_exact_store_areas_add_up_to_the_country(code: str, example_home: Home) -> None:
    name = current_release(example_home.releases).stem
    exact = pd.read_parquet(example_home.counts / name / f"{code}.parquet")

    def summed(level: str) -> pd.DataFrame:
        rows = exact[exact["level"] == LEVEL_NUMBERS[level]]
        return rows.groupby("period_id")[["amount_numerator", "amount_denominator"]].sum()

    for level in list(_official(code))[1:]:
        pd.testing.assert_frame_equal(summed(level), summed("nederland"), rtol=1e-9)


def _percentiles(home: Home, code: str, level: str) -> pd.Series:
    """Return the published rank (0-1) of each place with a denominator in the last window."""
    query = text(
        "SELECT a.code, f.smoothed FROM figure f JOIN area a ON a.id = f.area_id"
        " JOIN passport p ON p.id = f.indicator_id WHERE p.code = :code AND f.level = :level"
        " AND f.denominator > 0 AND f.period_id ="
        " (SELECT max(id) FROM period WHERE kind = 'year')"
    )
    with open_release(current_release(home.releases)).connect() as connection:
        rows = pd.read_sql(query, connection, params={"code": code, "level": LEVEL_NUMBERS[level]})
    return rows.set_index("code")["smoothed"].rank(pct=True)


def test_planted_patterns_are_found_in_the_published_release(
    example_home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    """Rate ratio 3, 10 expected: 90% in the top 5% (of few: the highest ten).

    Of control places 5% are there by chance: at most what 99 of 100 keys of the noise would give.
    """
    manifest = json.loads((example_home.root / "demo" / "manifest.json").read_text())
    patterns = pd.DataFrame(manifest["patterns"])
    patterns = patterns[patterns["expected"] >= LEAST_EXPECTED]
    ranks = []
    for (code, level), group in patterns.groupby(["indicator", "level"]):
        every = _percentiles(example_home, str(code), str(level))
        rank = every.reindex(group["place"])
        top = rank >= min(TOP, 1 - HIGHEST / len(every))
        ranks.append(group.assign(top=top.to_numpy(), rank=rank.to_numpy()))
    judged = pd.concat(ranks)
    table = judged.pivot_table(
        index=["indicator", "level"], columns="kind", values="top", aggfunc=["sum", "count"]
    ).astype(int)
    share = judged.groupby("kind")["top"].mean()
    with capsys.disabled():
        print(f"\nIn the top 5% of the published release:\n{table.to_string()}")
        print(f"planted {share['planted']:.1%}, control {share['control']:.1%}")
    assert set(judged["indicator"]) == set(PLANTED)
    assert share["planted"] >= 0.9
    places = int((judged["kind"] == "control").sum())
    assert share["control"] <= binom.ppf(0.99, places, 1 - TOP) / places


def test_every_planted_indicator_stands_out_on_its_own(example_home: Home) -> None:
    """No indicator hides behind the others: each finds most of its own patterns.

    Of those that have a figure at all: open data may not know the hexagon as inhabited.
    """
    manifest = json.loads((example_home.root / "demo" / "manifest.json").read_text())
    patterns = pd.DataFrame(manifest["patterns"])
    planted = patterns[(patterns["expected"] >= LEAST_EXPECTED) & (patterns["kind"] == "planted")]
    for (code, level), group in planted.groupby(["indicator", "level"]):
        every = _percentiles(example_home, str(code), str(level))
        rank = every.reindex(group["place"]).dropna()
        assert len(rank) >= len(group) - 1, code
        assert (rank >= min(TOP, 1 - HIGHEST / len(every))).mean() >= 0.8, code
