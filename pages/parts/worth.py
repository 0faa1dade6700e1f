"""What a release knows of its own worth, in the order in which readers will ask."""

from pages.kit.view import PartnerView
from pages.parts.worth_fairness import draw_fairness
from pages.parts.worth_grids import draw_grids
from pages.parts.worth_hindcast import draw_hindcast
from pages.parts.worth_order import draw_coherence, draw_order_of_maps
from pages.parts.worth_repeats import draw_near_repeats
from pages.parts.worth_score import draw_stability
from pages.parts.worth_score_hindcast import draw_score_hindcast
from pages.parts.worth_steps import draw_steps_of_score
from pages.parts.worth_sureness import draw_calibration, draw_completeness


def draw_worth_of_figures(view: PartnerView) -> None:
    """Draw whether figures and their intervals can be relied on; each part only where known."""
    draw_hindcast(view)
    draw_calibration(view)
    draw_completeness(view)
    draw_order_of_maps(view)
    draw_near_repeats(view)


def draw_worth_of_score(view: PartnerView) -> None:
    """Draw whether the score can be relied on; each part only where known."""
    draw_steps_of_score(view)
    draw_coherence(view)
    draw_stability(view)
    draw_grids(view)
    draw_score_hindcast(view)
    draw_fairness(view)
