"""The example data as one whole: every partner's records before they are written down."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from demo import characteristics, figures, open_figures, sites
from demo.businesses import register
from demo.choosing import choose_places
from demo.incidents import expected_agreement, reports
from demo.inspections import inspections, irregularities
from demo.patterns import Plan
from demo.property import land_register
from demo.reports import completeness
from demo.settlements import Settlements, settle
from demo.trade import declarations, expected_outside
from demo.violence_and_waste import dumpings_a_year, explosions_a_year, in_the_south

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Example:
    """All records, with x, y (RD New); incidents and inspections name their ``partner``."""

    settlements: Settlements
    plan: Plan
    business: pd.DataFrame
    property_transaction: pd.DataFrame
    trade_declaration: pd.DataFrame
    incident: pd.DataFrame
    inspection: pd.DataFrame
    hexagons: pd.DataFrame
    inhabitants: pd.DataFrame
    suspicious: pd.DataFrame
    characteristics: pd.DataFrame
    open_figures: pd.DataFrame
    livability: pd.DataFrame


def make(seed: int, scale: float, progress: Progress) -> Example:
    """Return the example data of ``seed``; ``scale`` multiplies the volumes."""

    def rng(step: int) -> np.random.Generator:
        return np.random.default_rng([seed, step])

    progress("places where people live")
    s = settle()
    dense = sites.choose(s, rng(1))
    expected = {
        "CV01": explosions_a_year(s) * completeness(),
        "KR01": expected_agreement(s, Plan(s, (), seed)),
        "TB03": expected_outside(s),
        "DR03": dumpings_a_year() * completeness() * in_the_south(),
        "FI01": figures.expected_suspicious(s),
    }
    patterns = choose_places(s, dense, expected, seed)
    progress("businesses")
    business = register(s, dense, patterns, scale, rng(2))
    progress("property transactions")
    property_transaction = land_register(s, dense, patterns, scale, rng(3))
    progress("trade declarations")
    trade_declaration = declarations(s, business, patterns, scale, rng(4))
    progress("inspections and incidents")
    inspection = inspections(s, business, scale, rng(5))
    incident = reports(s, patterns, irregularities(inspection), scale, rng(6))
    progress("figures of areas")
    return Example(
        settlements=s,
        plan=patterns,
        business=business,
        property_transaction=property_transaction,
        trade_declaration=trade_declaration,
        incident=incident,
        inspection=inspection,
        hexagons=figures.per_hexagon(s, business),
        inhabitants=figures.inhabitants(s),
        suspicious=figures.suspicious_transactions(s, patterns, rng(7)),
        characteristics=characteristics.shares(s, rng(8)),
        open_figures=open_figures.open_figures(s, rng(9)),
        livability=open_figures.livability(s, rng(10)),
    )
