"""Early warning beside R's surveillance package, run on the same simulated months.

``algo.farrington`` (1996) is run unchanged, ``farringtonFlexible`` (Noufaily et al. 2013) with one
argument put right. Its versions up to 1.20.3 at least write ``dispersion = model$phi`` inside the
``data.frame`` of new months, so that ``predict.glm`` never gets it, and lay the prior weights over
the working weights that it then falls back on. The variance of the expectation so comes out as many
times too small as a month counts events. The 1996 function does hand phi to ``predict.glm``, as
both papers have it. Run unchanged, farringtonFlexible has our expectations, and thresholds up to 7%
lower where months count 6 events or more, and up to 76% higher where they count less than one.

Measured on 200 places with surveillance 1.20.3, as a share of the value, or of 1 where that is
larger: expectations within 1.2e-5, thresholds within 6.1e-5, scores within 3.0e-5, every alarm the
same. What is left is R's: it stops refining a regression when its deviance moves by less than 1e-8,
and takes the variance from the step before the last.
"""

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from analysis.early_warning import LEAST_YEARS, Baseline, farrington

Floats = NDArray[np.float64]

TOLERANCE = 1e-4
MONTHS, PLACES = 72, 40
"""Months of each place, and places of each of the five series."""

READ = """
suppressPackageStartupMessages(library(surveillance))
given <- commandArgs(trailingOnly = TRUE)
counts <- as.matrix(read.csv(given[1], header = FALSE))
options <- as.numeric(given[3:6])
last <- nrow(counts)
"""

IN_1996 = """
found <- apply(counts, 2, function(one) {
    place <- create.disProg(week = 1:last, observed = one, state = rep(0, last), freq = 12)
    a <- algo.farrington(place, list(
        range = last, b = options[1], w = options[2], alpha = 2 * options[4],
        fitFun = "algo.farrington.fitGLM", limit54 = c(0, 1)))
    c(threshold = a$upperbound, out_of_line = a$alarm, trend = a$trend)
})
write.csv(t(found), given[2], row.names = FALSE)
"""

WITH_PHI = """
fixed <- surveillance:::algo.farrington.glm
environment(fixed) <- list2env(list(predict.glm = function(object, newdata, ...) {
    stats::predict.glm(object, newdata, dispersion = object$phi, ...)
}), parent = asNamespace("surveillance"))
assignInNamespace("algo.farrington.glm", fixed, "surveillance")
"""

IN_2013 = """
found <- farringtonFlexible(sts(observed = counts, frequency = 12), list(
    range = last, b = options[1], w = options[2], weightsThreshold = options[3],
    alpha = options[4], pThresholdTrend = 1, limit54 = c(0, 1), powertrans = "2/3",
    thresholdMethod = "delta", glmWarnings = FALSE))
write.csv(data.frame(
    expected = as.vector(found@control$expected), threshold = as.vector(upperbound(found)),
    score = as.vector(found@control$score), out_of_line = as.vector(alarms(found)),
    trend = as.vector(found@control$trend)), given[2], row.names = FALSE)
"""

BASELINES = (Baseline(), Baseline(years=4, window=3, alpha=0.05, cut=1.0))

PRESENT = 'quit(status = !requireNamespace("surveillance", quietly = TRUE))'


class Surveillance:
    """Runs R on counts (places, months); answers a row per place about the last month."""

    def __init__(self, rscript: str, folder: Path) -> None:
        self.rscript, self.folder = rscript, folder

    def __call__(self, code: str, counts: Floats, baseline: Baseline) -> pd.DataFrame:
        given, answer, script = (self.folder / n for n in ("counts.csv", "found.csv", "run.R"))
        np.savetxt(given, counts.T, fmt="%d", delimiter=",")
        script.write_text(READ + code)
        options = (baseline.years, baseline.window, baseline.cut, baseline.alpha)
        command = [self.rscript, str(script), str(given), str(answer), *map(str, options)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return pd.read_csv(answer)


@pytest.fixture
def surveillance(tmp_path: Path) -> Surveillance:
    found = shutil.which("Rscript")
    if found is None:
        pytest.skip("Rscript is not installed (Debian: r-base-core and r-cran-surveillance)")
    if subprocess.run([found, "-e", PRESENT], capture_output=True, check=False).returncode:
        pytest.skip("R has no package surveillance (Debian: r-cran-surveillance)")
    return Surveillance(found, tmp_path)


@pytest.fixture
def counts() -> Floats:
    """Even, rare, seasonal and bunched, rising and falling months, and months with old peaks."""
    chance = np.random.default_rng(12)
    even = chance.poisson(6.0, (PLACES, MONTHS))
    rare = chance.poisson(0.4, (PLACES, MONTHS))
    seasonal = 20 * (1 + 0.4 * np.sin(2 * np.pi * np.arange(MONTHS) / 12))
    bunched = chance.negative_binomial(10, 10 / (10 + seasonal), (PLACES, MONTHS))
    slope = np.linspace(-0.4, 0.4, PLACES)[:, None]
    moving = chance.poisson(15 * np.exp(slope * (np.arange(MONTHS) / 12 - 3)))
    peaks = chance.poisson(6.0, (PLACES, MONTHS))
    peaks[:, MONTHS - 1 - 24] += 30
    peaks[::2, -1] += 15
    return np.concatenate([even, rare, bunched, moving, peaks]).astype(float)


def apart(ours: Floats, theirs: "pd.Series[float]") -> float:
    """Return the largest difference, as a share of what R has or of 1 where that is larger."""
    known = theirs.to_numpy()
    assert np.isfinite(known).all()
    return float((np.abs(ours - known) / np.maximum(np.abs(known), 1.0)).max())


@pytest.mark.long
@pytest.mark.parametrize("baseline", BASELINES, ids=["ours", "narrow cut"])
def test_thresholds_and_alarms_are_those_of_farrington_flexible(
    surveillance: Surveillance, counts: Floats, baseline: Baseline
) -> None:
    theirs, ours = surveillance(WITH_PHI + IN_2013, counts, baseline), farrington(counts, baseline)
    assert apart(ours.expected, theirs["expected"]) < TOLERANCE
    assert apart(ours.threshold, theirs["threshold"]) < TOLERANCE
    assert apart(ours.score, theirs["score"]) < TOLERANCE
    alarms = theirs["out_of_line"].to_numpy(dtype=bool)
    assert ((ours.score > 1) == alarms).all()
    assert 0 < alarms.sum() < len(alarms) / 2
    assert 0 < (theirs["trend"] == 0).sum() < len(theirs) / 2


def test_farrington_flexible_as_it_is_differs_in_the_variance_only(
    surveillance: Surveillance, counts: Floats
) -> None:
    theirs, ours = surveillance(IN_2013, counts, Baseline()), farrington(counts)
    assert apart(ours.expected, theirs["expected"]) < TOLERANCE
    ratio = ours.threshold / theirs["threshold"].to_numpy()
    often, seldom = counts.mean(axis=1) > 4, counts.mean(axis=1) < 1
    assert (ratio[often] > 1).all()
    assert ratio[often].max() < 1.08
    assert (ratio[seldom] < 1).all()


@pytest.mark.parametrize("years", [LEAST_YEARS - 1, 5])
def test_thresholds_are_those_of_farrington_1996(
    surveillance: Surveillance, counts: Floats, years: int
) -> None:
    """With too few years for a trend everywhere, else where theirs is significant, so kept."""
    baseline = Baseline(years=years, window=5, cut=1.0, alpha=0.025)
    theirs, ours = surveillance(IN_1996, counts, baseline), farrington(counts, baseline)
    alike = np.full(len(counts), True) if years < LEAST_YEARS else theirs["trend"] == 1
    assert alike.sum() >= PLACES / 2
    assert apart(ours.threshold[alike], theirs["threshold"][alike]) < TOLERANCE
    alarms = theirs["out_of_line"].to_numpy(dtype=bool)
    assert ((ours.score > 1) == alarms)[alike].all()
