"""Standardisation: places compared as if all had the same mix of branches, or of dwellings."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def reference_rates(events_by_stratum: Floats, exposure_by_stratum: Floats) -> Floats:
    """Return the rate of each stratum over all places, shape (strata,).

    sum_i n_is / sum_i d_is over places i where events n and exposure d, both of shape (places,
    strata), are known; NaN for a stratum without exposure. ValueError when shapes differ or a
    number is negative.
    Source: Breslow and Day (1987), Statistical Methods in Cancer Research II, chapter 2.

    Two places and two branches. The second place has most of its firms in the quiet branch.

    >>> events = np.array([[1.0, 8.0], [9.0, 12.0]])
    >>> firms = np.array([[100.0, 100.0], [900.0, 100.0]])
    >>> reference_rates(events, firms).tolist()
    [0.01, 0.1]
    """
    known = _known(events_by_stratum, exposure_by_stratum)
    events = np.where(known, events_by_stratum, 0.0).sum(axis=0)
    return _ratio(events, np.where(known, exposure_by_stratum, 0.0).sum(axis=0))


def expected(counts_by_stratum: Floats, rates_by_stratum: Floats) -> Floats:
    """Return the events that each place would have at the reference rates, shape (places,).

    E_i = sum_s d_is r_s with exposure d (places, strata) and rates r (strata,) in events per unit
    of exposure. NaN where an exposure is NaN, or above 0 in a stratum without a rate (NaN).
    ValueError when shapes do not fit or a number is negative.
    Source: Breslow and Day (1987), chapter 2 (indirect standardisation).

    >>> firms = np.array([[100.0, 100.0], [900.0, 100.0]])
    >>> expected(firms, np.array([0.01, 0.10])).tolist()
    [11.0, 19.0]
    """
    if counts_by_stratum.ndim != 2 or rates_by_stratum.shape != counts_by_stratum.shape[1:]:
        shapes = f"{counts_by_stratum.shape} and {rates_by_stratum.shape}"
        raise ValueError(f"counts (places, strata) and rates (strata,) do not fit: {shapes}")
    if (counts_by_stratum < 0).any() or (rates_by_stratum < 0).any():
        raise ValueError("counts and rates cannot be negative")
    rated = np.isfinite(rates_by_stratum)
    sums = counts_by_stratum @ np.where(rated, rates_by_stratum, 0.0)
    unrated = (counts_by_stratum[:, ~rated] != 0).any(axis=1)
    return np.where(unrated, np.nan, sums)


def shrunken_shares(counts_by_stratum: Floats, typical: float) -> Floats:
    """Return the share of each stratum in each place, shrunk to that over all, (places, strata).

    (n_is + a p_s) / (n_i + a) with counts n, their shares p over all places and ``typical`` a: the
    mean of a Dirichlet posterior. Places without a count get p; an unknown count (NaN) adds nothing
    and has no share. ValueError when nothing was counted anywhere, a number is negative, or
    ``typical`` is not above 0.
    Source: Gelman et al. (2013), Bayesian Data Analysis, section 3.4.

    Places with ten firms of one branch, where both branches are as large: halfway to 1/2.

    >>> shrunken_shares(np.array([[10.0, 0.0], [0.0, 10.0]]), typical=10).tolist()
    [[0.75, 0.25], [0.25, 0.75]]
    """
    total = np.nansum(counts_by_stratum)
    if (counts_by_stratum < 0).any() or not (total > 0 and typical > 0):
        raise ValueError("counts and typical must be 0 or more, and above 0 somewhere")
    prior = typical * np.nansum(counts_by_stratum, axis=0) / total
    held = np.nansum(counts_by_stratum, axis=1, keepdims=True) + typical
    return np.asarray((counts_by_stratum + prior) / held)


def standardised_ratio(events: Floats, expected: Floats) -> Floats:
    """Return events over expected events, 1 for a place like the reference, shape (places,).

    O_i/E_i, NaN where either is unknown or nothing was expected. Few expected events make it
    jump: ``analysis.empirical_bayes`` takes ``expected`` as exposure. ValueError when shapes
    differ or a number is negative.
    Source: Breslow and Day (1987), chapter 2 (the standardised mortality ratio).

    >>> standardised_ratio(np.array([9.0, 21.0]), np.array([11.0, 19.0])).round(3).tolist()
    [0.818, 1.105]
    """
    _known(events, expected)
    return _ratio(events, expected)


def direct_rate(
    events_by_stratum: Floats, exposure_by_stratum: Floats, reference_exposure: Floats
) -> Floats:
    """Return the rate each place would have with the strata of the reference, shape (places,).

    sum_s w_s n_is/d_is / sum_s w_s with events n and exposure d (places, strata) and the
    reference's exposure w (strata,). NaN where a stratum with w above 0 has no rate: small places
    need indirect standardisation. ValueError when shapes do not fit, a number is negative or all
    w are 0.
    Source: Breslow and Day (1987), chapter 2 (direct standardisation).

    >>> events = np.array([[1.0, 8.0], [9.0, 12.0]])
    >>> firms = np.array([[100.0, 100.0], [900.0, 100.0]])
    >>> direct_rate(events, firms, firms.sum(axis=0)).round(4).tolist()
    [0.0217, 0.0283]
    """
    _known(events_by_stratum, exposure_by_stratum)
    if reference_exposure.shape != events_by_stratum.shape[1:]:
        raise ValueError(f"reference exposure must have shape {events_by_stratum.shape[1:]}")
    if not ((reference_exposure >= 0).all() and reference_exposure.sum() > 0):
        raise ValueError("reference exposure must be 0 or more, and above 0 somewhere")
    counted = reference_exposure > 0
    rates = _ratio(events_by_stratum[:, counted], exposure_by_stratum[:, counted])
    return np.asarray(rates @ (reference_exposure[counted] / reference_exposure.sum()))


def _known(events: Floats, exposure: Floats) -> NDArray[np.bool_]:
    if events.shape != exposure.shape:
        raise ValueError(f"shapes differ: {events.shape} and {exposure.shape}")
    if (events < 0).any() or (exposure < 0).any():
        raise ValueError("events and exposure cannot be negative")
    return np.isfinite(events) & np.isfinite(exposure)


def _ratio(over: Floats, under: Floats) -> Floats:
    return np.asarray(np.divide(over, under, out=np.full(under.shape, np.nan), where=under > 0))
