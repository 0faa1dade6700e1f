"""Emerging hot spots: the published trends of Boston, and the classes as Esri defines them."""

import warnings
from pathlib import Path
from typing import NamedTuple

import geopandas
import numpy as np
import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.stats import norm

from analysis.emerging_hot_spots import NO_FIGURE, Pattern, Window, classify, space_time_gi_star
from analysis.trend import mann_kendall

Floats = NDArray[np.float64]


class Boston(NamedTuple):
    """Values and neighbours in the order of sorted ids, with the published tau and p."""

    values: Floats
    neighbours: csr_array
    tau: Floats
    p: Floats
    as_labelled: Floats


@pytest.fixture(scope="module")
def boston(anchors: Path) -> Boston:
    contiguity = pytest.importorskip("libpysal.weights").Queen
    tracts = geopandas.read_file(anchors / "boston_tracts.geojson")
    tracts["id"] = tracts[".region_id"].astype("int64")
    tracts = tracts.sort_values("id", ignore_index=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        neighbours = csr_array(contiguity.from_dataframe(tracts, use_index=False).sparse)
    long = pandas.read_csv(anchors / "boston_ecometric.csv")
    wide = long.pivot_table(index=".region_id", columns="year", values="value").loc[tracts["id"]]
    published = pandas.read_csv(
        anchors / "boston_ehsa_published.txt", sep=" ", names=["id", "tau", "p"]
    )
    tau, p = published["tau"].to_numpy(float), published["p"].to_numpy(float)
    as_labelled = published.sort_values("id")["tau"].to_numpy(float)
    return Boston(wide.to_numpy(float), neighbours, tau, p, as_labelled)


def furthest(boston: Boston, z: Floats) -> float:
    return float(np.abs(mann_kendall(z).tau - boston.tau).max())


def test_all_168_published_trends_of_boston(boston: Boston) -> None:
    z = space_time_gi_star(boston.values, boston.neighbours, lag=1)
    found = mann_kendall(z)
    assert found.tau.shape == (168,)
    np.testing.assert_allclose(found.tau, boston.tau, atol=1e-4)
    np.testing.assert_allclose(found.p, boston.p, atol=1e-4)


def test_other_windows_and_lags_miss_the_published_trends(boston: Boston) -> None:
    values, neighbours = boston.values, boston.neighbours
    for lag in (0, 2):
        assert furthest(boston, space_time_gi_star(values, neighbours, lag)) > 0.1
    for window in (Window.CUBE, Window.NEIGHBOURHOOD):
        assert furthest(boston, space_time_gi_star(values, neighbours, 1, window)) > 0.1


def test_under_their_labels_the_published_trends_are_missed(boston: Boston) -> None:
    found = mann_kendall(space_time_gi_star(boston.values, boston.neighbours))
    assert np.abs(found.tau - boston.as_labelled).max() > 0.1


def test_without_the_continuity_correction_the_published_p_are_missed(boston: Boston) -> None:
    found = mann_kendall(space_time_gi_star(boston.values, boston.neighbours))
    uncorrected = 2 * norm.sf(np.abs(found.s) / np.sqrt(found.variance))
    assert np.abs(uncorrected - boston.p).max() > 0.01


def lattice(side: int = 6) -> csr_array:
    """Return which squares of a board touch, at a side or a corner."""
    row, column = np.divmod(np.arange(side**2), side)
    apart = np.maximum(*(np.abs(place[:, None] - place) for place in (row, column)))
    return csr_array((apart == 1).astype(float))


def skewed(side: int = 6, periods: int = 5) -> Floats:
    return np.random.default_rng(4).gamma(1.5, 2, (side * side, periods))


def test_without_lags_it_is_the_gi_star_of_esda() -> None:
    weights = pytest.importorskip("libpysal.weights").lat2W(6, 6, rook=False)
    local = pytest.importorskip("esda").G_Local
    values = skewed()
    found = space_time_gi_star(values, lattice(), lag=0)
    for period, column in enumerate(values.T):
        known = local(column, weights, transform="B", permutations=0, star=1.0).Zs
        np.testing.assert_allclose(found[:, period], known, atol=1e-9)


def by_hand(values: Floats, near: NDArray[np.bool_], lag: int, window: Window) -> Floats:
    """Gi* one place and period at a time, with row-standardised weights."""
    places, periods = values.shape
    z = np.full(values.shape, np.nan)
    for t in range(periods):
        steps = range(max(0, t - lag), t + 1)
        compared = {
            Window.STEP: values[:, t],
            Window.NEIGHBOURHOOD: values[:, list(steps)],
            Window.CUBE: values,
        }[window]
        everyone = compared[np.isfinite(compared)]
        n, mean, deviation = len(everyone), everyone.mean(), everyone.std()
        for i in range(places):
            own = np.concatenate([values[near[i] | (np.arange(places) == i), s] for s in steps])
            own = own[np.isfinite(own)]
            if np.isfinite(values[i, t]) and len(own) < n:
                weight = 1 / len(own)
                spread = deviation * np.sqrt((n * len(own) * weight**2 - 1) / (n - 1))
                z[i, t] = (own.sum() * weight - mean) / spread
    return z


@pytest.mark.parametrize("window", list(Window))
@pytest.mark.parametrize("lag", [0, 1, 2])
def test_it_is_the_formula_written_out_also_with_gaps(window: Window, lag: int) -> None:
    values = skewed()
    values[np.random.default_rng(1).random(values.shape) < 0.15] = np.nan
    near = lattice().toarray() > 0
    expected = by_hand(values, near, lag, window)
    found = space_time_gi_star(values, lattice(), lag, window)
    np.testing.assert_allclose(found, expected, atol=1e-9)
    assert np.isnan(found[np.isnan(values)]).all()
    assert np.isfinite(found[np.isfinite(values)]).all()


def test_weights_and_the_place_itself_among_its_neighbours_change_nothing() -> None:
    values, near = skewed(), lattice()
    weighted = csr_array(near.toarray() * 0.3 + np.eye(36))
    expected = space_time_gi_star(values, near)
    np.testing.assert_array_equal(space_time_gi_star(values, weighted), expected)


def test_a_planted_hot_spot_stands_out_and_equal_values_do_not() -> None:
    values = np.full((36, 4), 5.0)
    assert np.isnan(space_time_gi_star(values, lattice())).all()
    values = np.random.default_rng(2).poisson(5, (36, 4)).astype(float)
    values[[14, 15, 20, 21], 2:] += 20
    z = space_time_gi_star(values, lattice())
    assert z[14, 3] > 4
    assert np.abs(z[14, :2]).max() < 3
    assert np.isnan(space_time_gi_star(np.full((36, 2), np.nan), lattice())).all()


def test_impossible_cubes_are_refused() -> None:
    with pytest.raises(ValueError, match="places, periods"):
        space_time_gi_star(np.ones(36), lattice())
    with pytest.raises(ValueError, match="do not fit"):
        space_time_gi_star(np.ones((35, 2)), lattice())
    with pytest.raises(ValueError, match="lag"):
        space_time_gi_star(np.ones((36, 2)), lattice(), lag=-1)


def history(text: str, slope: float = 0.0) -> tuple[Floats, NDArray[np.bool_], NDArray[np.bool_]]:
    """Return z, hot and cold of one place: h hot, c cold, . neither and ? unknown."""
    letters = np.array([list(text)])
    z = np.select([letters == "h", letters == "c"], [5.0, -5.0], 0.0)
    z += slope * np.arange(len(text))
    z[letters == "?"] = np.nan
    return z, letters == "h", letters == "c"


@pytest.mark.parametrize(
    ("text", "slope", "expected"),
    [
        ("..........", 0, Pattern.NONE),
        (".hh.......", 0, Pattern.NONE),
        ("hhhhhhhh..", 0, Pattern.NONE),
        (".........h", 0, Pattern.NEW_HOT),
        ("..c......h", 0, Pattern.NEW_HOT),
        ("........hh", 0, Pattern.CONSECUTIVE_HOT),
        ("..hhhhhhhh", 0, Pattern.CONSECUTIVE_HOT),
        ("c.......hh", 0, Pattern.CONSECUTIVE_HOT),
        ("hhhhhhhhhh", 0.1, Pattern.INTENSIFYING_HOT),
        (".hhhhhhhhh", 0.1, Pattern.INTENSIFYING_HOT),
        ("hhhhhhhhhh", 0, Pattern.PERSISTENT_HOT),
        (".hhhhhhhhh", 0, Pattern.PERSISTENT_HOT),
        ("hhhhchhhhh", 0, Pattern.PERSISTENT_HOT),
        ("hhhhhhhhhh", -0.1, Pattern.DIMINISHING_HOT),
        (".h.h.....h", 0, Pattern.SPORADIC_HOT),
        ("hhhhhhh..h", 0, Pattern.SPORADIC_HOT),
        (".h.c.....h", 0, Pattern.OSCILLATING_HOT),
        ("hhhhhhhhh.", 0, Pattern.HISTORICAL_HOT),
        ("hhhhhhhhh.", -0.1, Pattern.HISTORICAL_HOT),
        ("hhhhhhhhhc", 0, Pattern.NEW_COLD),
        ("?hhhhhhhh?", 0, None),
        ("??????????", 0, None),
        ("?????????h", 0, Pattern.NEW_HOT),
        ("?.......?hh?hh", 0, Pattern.CONSECUTIVE_HOT),
        ("?.hhhhhhhhh", 0, Pattern.PERSISTENT_HOT),
    ],
)
def test_each_history_gets_the_class_of_esri(
    text: str, slope: float, expected: Pattern | None
) -> None:
    z, hot, cold = history(text, slope)
    found = classify(z, hot, cold)[0]
    assert found == (NO_FIGURE if expected is None else expected)
    mirrored = classify(-z, cold, hot)[0]
    if expected is None or expected == Pattern.NONE:
        assert mirrored == found
    else:
        assert Pattern(mirrored).name.split("_")[0] == Pattern(found).name.split("_")[0]
        assert abs(int(mirrored) - int(found)) == 8


def by_definition(text: str, z: Floats, alpha: float) -> int:
    """Esri's definitions, one place at a time and one sentence each."""
    if text[-1] == "?":
        return NO_FIGURE
    test = mann_kendall(z)
    trend = float(np.sign(test.s[0])) if test.p[0] <= alpha else 0.0
    steps = text.replace("?", "")
    for letter, other, offset, rising in (("h", "c", 0, trend), ("c", "h", 8, -trend)):
        if steps[-1] != letter:
            continue
        often = steps.count(letter) / len(steps) >= 0.9 - 1e-12
        if steps.count(letter) == 1:
            return Pattern.NEW_HOT + offset
        if often:
            kinds = {1: Pattern.INTENSIFYING_HOT, -1: Pattern.DIMINISHING_HOT}
            return kinds.get(int(rising), Pattern.PERSISTENT_HOT) + offset
        final_run = len(steps) - len(steps.rstrip(letter))
        if final_run == steps.count(letter):
            return Pattern.CONSECUTIVE_HOT + offset
        return (Pattern.OSCILLATING_HOT if other in steps else Pattern.SPORADIC_HOT) + offset
    for letter, pattern in (("h", Pattern.HISTORICAL_HOT), ("c", Pattern.HISTORICAL_COLD)):
        if steps.count(letter) / len(steps) >= 0.9 - 1e-12:
            return pattern
    return Pattern.NONE


@given(
    st.lists(
        st.text("hhhh.c?", min_size=12, max_size=12)
        | st.text("cccccccc.h", min_size=12, max_size=12),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from([-0.2, 0.0, 0.2]),
)
def test_many_places_at_once_get_what_the_definitions_say(texts: list[str], slope: float) -> None:
    parts = [history(text, slope) for text in texts]
    z, hot, cold = (np.concatenate(part) for part in zip(*parts, strict=True))
    expected = [by_definition(text, z[[i]], 0.05) for i, text in enumerate(texts)]
    assert classify(z, hot, cold, 0.05).tolist() == expected


def test_there_are_seventeen_classes_and_all_can_be_found() -> None:
    assert len(Pattern) == 17
    texts = (".........h", "........hh", ".hhhhhhhhh", ".h.h.....h", ".h.c.....h", "hhhhhhhhh.")
    found = {int(Pattern.NONE)}
    for text in texts:
        for slope in (-0.1, 0.0, 0.1):
            z, hot, cold = history(text, slope)
            found |= {int(classify(z, hot, cold)[0]), int(classify(-z, cold, hot)[0])}
    z, hot, cold = history("hhhhhhhhhh", -0.1)
    found |= {int(classify(z, hot, cold)[0]), int(classify(-z, cold, hot)[0])}
    assert found == {int(pattern) for pattern in Pattern}


def test_impossible_masks_are_refused() -> None:
    z, hot, cold = history("..h")
    with pytest.raises(ValueError, match="one shape"):
        classify(z, hot[:, :2], cold)
    with pytest.raises(ValueError, match="one shape"):
        classify(z[:, :0], hot[:, :0], cold[:, :0])
    with pytest.raises(ValueError, match="hot and cold"):
        classify(z, hot, hot)
    with pytest.raises(ValueError, match="without z"):
        classify(np.where(hot, np.nan, z), hot, cold)
    with pytest.raises(ValueError, match="alpha"):
        classify(z, hot, cold, alpha=5)
