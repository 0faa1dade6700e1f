"""What stands out by two independent partners is there, and hardly anything else does.

Short forms of ``make bench BENCHMARKS=verdicts``, which names more kinds of country.
"""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from voting_countries import PLACES, cloned, simulate, with_votes

from indicators import CATALOGUE
from indicators.contract import state
from release.unlikeliness import CHANCE
from release.votes import votes

FALSE_STRONG = 0.01

pytestmark = pytest.mark.long


@pytest.mark.parametrize(("times", "countries"), [(1, 4), (3, 1)])
@pytest.mark.parametrize("differ", [0.0, 0.25])
def test_without_a_pattern_hardly_a_place_is_strong(
    times: int, countries: int, differ: float
) -> None:
    """At most 1% of places, with the catalogue and three of it; in one country that is three."""
    chance = np.random.default_rng([times, int(differ * 100)])
    strong = [
        (simulate(cloned(times), chance, differ=differ).partners() >= 2).mean()
        for _ in range(countries)
    ]
    assert np.mean(strong) <= FALSE_STRONG


@pytest.mark.parametrize(("times", "countries"), [(1, 4), (3, 3)])
@pytest.mark.parametrize(("differ", "least"), [(0.0, 0.9), (0.25, 0.85)])
def test_planted_pairs_are_strong(times: int, countries: int, differ: float, least: float) -> None:
    """Ratio 3, each expecting at least 30: so many are found, and elsewhere at most 1%.

    Where rates differ by a quarter by themselves about 90% are found, too close to ask for it.
    """
    chance = np.random.default_rng([times, int(differ * 100), 1])
    found, elsewhere = [], []
    for _ in range(countries):
        country = simulate(cloned(times), chance, differ=differ, pairs=10)
        strong = country.partners() >= 2
        places = [one.place for one in country.planted]
        found += list(strong[places])
        elsewhere.append(np.delete(strong, places).mean())
    print(f"found {np.mean(found):.3f} of {len(found)}, elsewhere {np.mean(elsewhere):.4f}")
    assert np.mean(found) >= least
    assert np.mean(elsewhere) <= FALSE_STRONG


def test_an_error_in_a_denominator_makes_nobody_strong() -> None:
    """Inhabitants counted for a third make every rate over them high, whoever tells of it."""
    inhabitants = CATALOGUE["FI01"].denominator
    shared = {
        "FI01": CATALOGUE["FI01"],
        "CV09": replace(CATALOGUE["CV09"], denominator=inhabitants),
        "BD01": CATALOGUE["BD01"],
        "VG01": CATALOGUE["VG01"],
    }
    wrong = np.arange(0, PLACES, 40)
    country = simulate(shared, np.random.default_rng(5), wrong={"inhabitants": wrong})
    both = country.figures[country.figures["vote"] > 0].groupby("area_id").size()
    assert (both.reindex(wrong + 1) >= 2).sum() >= 3, "both indicators stand out by the error"
    assert (country.partners()[wrong] <= 1).all()
    apart = country._replace(
        chosen=shared
        | {"CV09": replace(CATALOGUE["CV09"], denominator=state("SELECT figure = 'other'"))}
    )
    assert (apart.partners()[wrong] >= 2).any(), "with a denominator of its own it would be strong"


def _figures(chances: dict[int, list[float]]) -> pd.DataFrame:
    """Return a figure of each place in one window, by the number of the indicator."""
    return pd.concat(
        pd.DataFrame({CHANCE: own, "area_id": range(len(own)), "indicator_id": number})
        for number, own in chances.items()
    ).assign(level=2, period_id=4, clear=1)


def test_an_indicator_that_others_receive_changes_no_vote() -> None:
    """Who does not receive it would otherwise learn of it by what stands out elsewhere."""
    everyone, few = CATALOGUE["BD01"], replace(CATALOGUE["VG01"], recipients=("nsoc",))
    chosen = {"BD01": everyone, "VG01": few}
    border = [0.02, *[0.5] * 9]
    quiet, loud = ([0.6] * 10, [1e-9] * 10)
    own = {
        name: votes(_figures({1: border, 2: other}), chosen)
        for name, other in (("quiet", quiet), ("loud", loud))
    }
    np.testing.assert_array_equal(own["quiet"][:10], own["loud"][:10])
    together = votes(_figures({1: border, 2: loud}), {"BD01": everyone, "VG01": CATALOGUE["VG01"]})
    assert together[0] == 1
    assert own["loud"][0] == 0


def test_a_vote_says_since_when_and_needs_a_clear_interval() -> None:
    chosen = {"BD01": CATALOGUE["BD01"]}
    figures = pd.concat(
        _figures({1: own}).assign(period_id=period)
        for period, own in (
            (2, [1e-9, 0.5, 1e-9]),
            (3, [0.5] * 3),
            (5, [1e-9] * 3),
            (8, [1e-9] * 3),
        )
    )
    figures["clear"] = np.where((figures["period_id"] == 8) & (figures["area_id"] == 2), 0, 1)
    found = with_votes(figures, chosen)["vote"].to_numpy().reshape(4, 3)
    assert found.tolist() == [[2, 0, 2], [0, 0, 0], [5, 5, 5], [5, 5, 0]]
    figures[CHANCE] = np.nan
    assert with_votes(figures, chosen)["vote"].isna().all(), "too little to tell"


@pytest.mark.parametrize("code", [code for code, one in CATALOGUE.items() if not one.votes])
def test_context_and_what_is_derived_have_no_vote(code: str) -> None:
    indicator = CATALOGUE[code]
    assert indicator.focus_area == "context" or indicator.counting == "derived"
    assert indicator.weight == 0
