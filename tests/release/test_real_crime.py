"""The whole chain on real registered crime per buurt: 2021-2022 points ahead, 2023 judges.

A prediction is chosen on 2022 from 2021 and only then held against 2023, so that it cannot choose
what it is judged by. Only all crimes together are known per buurt; a rare offence, where protection
and smoothing weigh most, is one in twenty of them, drawn at random.
"""

from pathlib import Path
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.sparse import csr_array

from analysis.accuracy import SHARES, Choice, Hindcast, choose, hindcast
from analysis.discovery import q_values, two_sided
from analysis.empirical_bayes import marshall_local
from analysis.getis_ord import gi_star
from analysis.neighbours import from_pairs
from analysis.noisy_rates import posterior_rates
from analysis.residuals import residuals
from geo.neighbours import area_pairs
from release.looks import KEY_RANGE
from release.noise import noise_at
from release.protection import protected_counts

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

NOISE = noise_at("buurt")
YEARS = (2021, 2022, 2023)
PLAIN = "plain counts"
EXTENTS = ("km2", "addresses")
ONE_IN = {"all crime": 1, "one in twenty": 20}


class Crime(NamedTuple):
    """Registered crimes of each year in each buurt, and how large and how built-up these are."""

    years: dict[int, Floats]
    km2: Floats
    addresses: Floats
    near: csr_array


@pytest.fixture(scope="module")
def every_crime(nl_data: Path) -> Crime:
    """Buurten with borders and figures; addresses are their density around times the land area."""
    layer = gpd.read_file(nl_data / "buurten_2024.gpkg")
    columns = [f"misdrijven_{year}" for year in YEARS]
    layer = layer[~layer.is_empty & layer[columns].notna().all(axis=1)].reset_index(drop=True)
    pairs = area_pairs(layer)
    km2 = layer["oppervlakteLandHa"].to_numpy(dtype=float) / 100
    return Crime(
        {year: layer[f"misdrijven_{year}"].to_numpy(dtype=float) for year in YEARS},
        km2,
        layer["adressendichtheid"].fillna(0).to_numpy(dtype=float) * km2,
        from_pairs(pairs.first, pairs.second, len(layer)),
    )


@pytest.fixture(params=list(ONE_IN))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def crime(every_crime: Crime, kind: str) -> Crime:
    """All crimes, or one in twenty of each year."""
    return one_in(ONE_IN[kind], every_crime)


def one_in(number: int, crime: Crime) -> Crime:
    """Return one in ``number`` of the crimes of each year, drawn at random."""
    chance = np.random.default_rng(2021)
    drawn = {
        year: chance.binomial(counts.astype(int), 1 / number).astype(float)
        for year, counts in crime.years.items()
    }
    return crime._replace(years=drawn)


def published(crime: Crime, *years: int) -> Floats:
    """Return the crimes of these years together as a release would show them."""
    counts = np.sum([crime.years[year] for year in years], axis=0)
    keys = np.random.default_rng(sum(years)).integers(0, KEY_RANGE, len(counts))
    return protected_counts(counts, keys, NOISE)


def candidates(crime: Crime, shown: Floats) -> dict[str, Floats]:
    """Return what each map expects in each buurt, from published counts alone."""
    rates = posterior_rates(shown, crime.addresses, NOISE.table)
    assert rates is not None
    return {
        PLAIN: shown,
        "smoothed": rates.mean * crime.addresses,
        "local": marshall_local(shown, crime.addresses, crime.near) * crime.addresses,
    }


def table(title: str, found: dict[str, Hindcast]) -> str:
    """Return PAI and PEI at each share, a line per map."""
    lines = [title + "".join(f"   PAI {share:4.0%}  PEI" for share in SHARES) + "   mean PEI"]
    for name, each in found.items():
        pairs = zip(each.pai, each.pei, strict=True)
        cells = "".join(f"{pai:11.2f}{pei:6.3f}" for pai, pei in pairs)
        lines.append(f"{name:<{len(title)}}{cells}{each.pei.mean():11.3f}")
    return "\n".join(lines)


@pytest.mark.parametrize("extent", EXTENTS)
def test_the_chosen_map_is_not_worse_than_plain_counts(
    crime: Crime, kind: str, extent: str, capsys: pytest.CaptureFixture[str]
) -> None:
    size = {"km2": crime.km2, "addresses": crime.addresses}[extent]
    chosen = choose(candidates(crime, published(crime, 2021)), crime.years[2022], size)
    maps = candidates(crime, published(crime, 2021, 2022))
    after = crime.years[2023]
    judged = {name: hindcast(events, after, size) for name, events in maps.items()}
    optimum = hindcast(after, after, size)
    title = f"{kind}, 2021-2022 on 2023, by {extent}"
    with capsys.disabled():
        print("\n" + table(f"{title:<46}", judged | {"optimum": optimum}))
        print(f"chosen on 2022 from 2021: {chosen.name}")
    better_or_equal(chosen, judged)
    assert all((each.pei <= 1).all() for each in judged.values())
    assert judged[PLAIN].pei.mean() > hindcast(size, after, size).pei.mean()


def better_or_equal(chosen: Choice, judged: dict[str, Hindcast]) -> None:
    """Equal when plain counts were chosen; otherwise the choice must have been worth it."""
    gain = judged[chosen.name].pei.mean() - judged[PLAIN].pei.mean()
    assert gain == 0 if chosen.name == PLAIN else gain > 0


def test_where_counts_are_rare_plain_ones_are_beaten(every_crime: Crime) -> None:
    """Protection and chance weigh most there, so a map that allows for both must do better."""
    rare = one_in(20, every_crime)
    maps = candidates(rare, published(rare, 2021, 2022))
    assert choose(maps, rare.years[2023], rare.km2).name != PLAIN
    assert choose(maps, rare.years[2023], rare.addresses).name != PLAIN


def test_hot_spots_hold_more_crime_a_year_later(
    crime: Crime, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = residuals(published(crime, 2021, 2022), crime.addresses, NOISE.table)
    assert found is not None
    z = gi_star(found.deviate, crime.near)
    hot = (q_values(two_sided(z)) <= 0.05) & (z > 0)
    later = crime.years[2023][hot].sum() / crime.years[2023].sum()
    addresses = crime.addresses[hot].sum() / crime.addresses.sum()
    with capsys.disabled():
        print(
            f"\n{kind}: {hot.sum()} hot buurten, {later:.1%} of 2023 on {addresses:.1%} addresses"
        )
    assert 0 < hot.sum() < len(hot) / 4
    assert later > 2 * addresses
