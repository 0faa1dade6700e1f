"""What a chapter may place by name on a line ``[[name]]``: each is drawn by a file beside this one."""

from collections.abc import Callable

from errors import WeerbeeldError
from pages.kit.glossary import draw_glossary
from pages.kit.view import PartnerView
from pages.methode.answers import draw_answers
from pages.methode.contents import draw_contents
from pages.methode.context import draw_context
from pages.methode.facts import draw_facts
from pages.methode.fairness import draw_fairness
from pages.methode.grids import draw_grids
from pages.methode.hexagons import draw_hexagons
from pages.methode.hindcast import draw_hindcast
from pages.methode.noise import draw_noise_chart, draw_noise_table
from pages.methode.order import draw_coherence, draw_order_of_maps
from pages.methode.repeats import draw_near_repeats
from pages.methode.score_hindcast import draw_score_hindcast
from pages.methode.score_steps import draw_steps_of_score
from pages.methode.stability import draw_stability
from pages.methode.steps import draw_steps
from pages.methode.sureness import draw_calibration, draw_completeness
from pages.methode.weights import draw_weights

BLOCKS: dict[str, Callable[[PartnerView], None]] = {
    "answers": draw_answers,
    "calibration": draw_calibration,
    "coherence": draw_coherence,
    "completeness": draw_completeness,
    "contents": draw_contents,
    "context": draw_context,
    "facts": draw_facts,
    "fairness": draw_fairness,
    "glossary": draw_glossary,
    "grids": draw_grids,
    "hexagons": draw_hexagons,
    "hindcast": draw_hindcast,
    "near-repeats": draw_near_repeats,
    "noise-chart": draw_noise_chart,
    "noise-table": draw_noise_table,
    "order-of-maps": draw_order_of_maps,
    "score-hindcast": draw_score_hindcast,
    "score-steps": draw_steps_of_score,
    "stability": draw_stability,
    "steps": draw_steps,
    "weights": draw_weights,
}
"""Charts, tables and lists; those about evidence draw nothing where a release has none."""


def draw_block(view: PartnerView, name: str) -> None:
    """Draw a block by its name; WeerbeeldError when there is none."""
    if name not in BLOCKS:
        raise WeerbeeldError(
            f"A chapter of Methode places the block {name!r}, which pages/methode/blocks.py lacks. "
            f"Choose from: {', '.join(BLOCKS)}."
        )
    BLOCKS[name](view)
