"""What readers may know of the settings of a release: they follow from the code alone."""

from analysis.breaks import PERCENTILES
from release.robustness import MANY, POINTS, RUNS, RUNS_FINE, SEED
from store.evidence.of_score import STEPS, ScoreStep
from store.evidence.of_sources import ClassPercentile

NUMBERS = {
    "normalisation": (12, 0, 100),
    "robustness": (RUNS, RUNS_FINE, MANY, SEED),
    "sensitivity": (POINTS,),
}
"""The settings of a step: months and ends of the scale; runs, fewer from many places on, seed;
points."""


def score_steps() -> list[ScoreStep]:
    """Return the steps of the score with their settings, in the order of the handbook."""
    return [ScoreStep(n, name, NUMBERS.get(name, ())) for n, name in enumerate(STEPS, 1)]


def class_percentiles() -> list[ClassPercentile]:
    """Return where the classes of maps begin."""
    return [ClassPercentile(percentile) for percentile in PERCENTILES]
