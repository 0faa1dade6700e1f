"""Refuses a phenomenon that names what is not there, so that no page shows a step wrongly."""

from collections.abc import Collection, Iterable
from typing import get_args

from errors import WeerbeeldError
from indicators import CATALOGUE
from indicators.contract import FocusArea
from phenomena.contract import Phenomenon, Step
from phenomena.words import HOLDERS, INSTRUMENTS, SERVICES, STAGES

_WORDS = "phenomena/words.py"


def checked(phenomenon: Phenomenon) -> Phenomenon:
    """Return the phenomenon; WeerbeeldError says what is wrong in it, where, and what to do."""
    where = f"Phenomenon {phenomenon.code}"
    _known(phenomenon.focus_areas, get_args(FocusArea), where, "focus area", "FocusArea")
    for step in phenomenon.steps:
        _check_step(step, f"{where}, step '{step.name.en}',")
    stages = [step.stage for step in phenomenon.steps]
    if stages != sorted(stages, key=list(STAGES).index):
        raise WeerbeeldError(
            f"{where} has its steps in the order {', '.join(stages)}. Put them in the order "
            f"{', '.join(STAGES)}; a stage may have several steps or none."
        )
    return phenomenon


def _check_step(step: Step, where: str) -> None:
    absent = [code for code in step.indicators if code not in CATALOGUE]
    if absent:
        raise WeerbeeldError(
            f"{where} is seen by {', '.join(absent)}, which is no indicator of the catalogue. "
            "Correct the code, or take it out: the step then counts as one that nobody sees yet."
        )
    _known([step.stage], STAGES, where, "stage", _WORDS)
    _known(step.misused, SERVICES, where, "service", _WORDS)
    _known([b.holder for b in step.barriers], HOLDERS, where, "holder of a barrier", _WORDS)
    _known([b.instrument for b in step.barriers], INSTRUMENTS, where, "instrument", _WORDS)


def _known(words: Iterable[str], known: Collection[str], where: str, what: str, list_: str) -> None:
    absent = [word for word in words if word not in known]
    if absent:
        raise WeerbeeldError(
            f"{where} names '{absent[0]}', which is no {what}. Choose one of: "
            f"{', '.join(known)}; or add it to {list_}."
        )
