"""Incidents of all types, from every organisation that reports them."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from demo import open_country
from demo.agreement import AGREE_SHARE, companions
from demo.arrays import Floats, Texts, coded
from demo.contract import Delivery, Example, KindExample, by_partner, by_year
from demo.decoys import NEW_YEAR, bangs
from demo.gateways import PORTS
from demo.incident_types import RIECS, SORTS, Sort
from demo.inspections import inspections, irregularities
from demo.patterns import Plan
from demo.period import DAYS, YEARS, dates, sample_days
from demo.reports import completeness, discoveries, registration_lags, reporting_gemeenten
from demo.settlements import Settlements
from demo.variation import gamma_field
from demo.violence_and_waste import dumpings, dumpings_a_year, explosions, explosions_a_year
from geo import areas

CITY_INHABITANTS = 100_000
CITY_FACTOR = 5.0
"""In cities more of everything is seen per inhabitant."""
PUBLIC = ("explosive_attack", "shooting", "arson", "drug_waste_dumping")
"""Reported by whoever sees or hears them: no check finds these."""
IRREGULAR_A_YEAR = 500
"""Inspections that count as a signal."""
DISTINCT = 0.93
"""Hexagons per signal within 12 months: some signals share one."""


def _city_weights(s: Settlements) -> Floats:
    """Weights of rows that add up per gemeente to its (weighted) inhabitants, spread wide."""
    flat = s.addresses**0.45
    per_gemeente = np.bincount(s.gemeente, flat, minlength=len(s.of_gemeente))
    city = np.where(s.of_gemeente >= CITY_INHABITANTS, CITY_FACTOR, 1.0) * s.of_gemeente
    weights: Floats = flat * (city / per_gemeente)[s.gemeente]
    return weights


def expected_agreement(s: Settlements, plan: Plan) -> Floats:
    """Return the hexagons to expect in 12 months in which two organisations agree, per
    gemeente without a port, (342,); ``plan`` knows how places differ."""
    dumped, exploded = dumpings_a_year(), explosions_a_year(s)
    dumped = dumped * plan.gemeente_rates("DR03").balanced(dumped).before
    exploded = exploded * plan.rates("CV01").balanced(exploded).before
    city = np.bincount(s.gemeente, _city_weights(s), minlength=len(s.of_gemeente))
    a_year = sum(sort.a_year for sort in SORTS if sort.where == "city")
    signals = a_year * city / city.sum() + dumped
    signals += IRREGULAR_A_YEAR * s.of_gemeente / s.of_gemeente.sum()
    signals += np.bincount(s.gemeente, exploded, minlength=len(s.of_gemeente))
    no_port = ~areas.gemeenten()["code"].isin(list(PORTS)).to_numpy()
    expected: Floats = AGREE_SHARE * DISTINCT * completeness() * signals * no_port
    return expected


def _place(
    s: Settlements, sort: Sort, n: int, reporting: Texts, rng: np.random.Generator
) -> pd.DataFrame:
    if sort.where == "port":
        codes = areas.gemeenten()["code"].tolist()
        weight = np.array(list(PORTS.values()))
        gemeente = rng.choice([codes.index(code) for code in PORTS], n, p=weight / weight.sum())
        x, y = open_country.scatter(gemeente, rng)
        return pd.DataFrame({"x": x, "y": y, "gemeente": gemeente})
    chance = _city_weights(s) if sort.where == "city" else s.estate + 0.1 * s.inhabitants
    chance = chance * gamma_field(rng, s.gemeente, 0.1)
    if set(sort.partners) == {"gemeente"}:
        chance = chance * (reporting[s.gemeente] != "")
    row = rng.choice(len(s.cell), n, p=chance / chance.sum())
    x, y = s.scatter(row, rng)
    return pd.DataFrame({"x": x, "y": y, "gemeente": s.gemeente[row]})


def _partners(
    sort: Sort,
    gemeente: "np.ndarray[tuple[int], np.dtype[np.int64]]",
    reporting: Texts,
    rng: np.random.Generator,
) -> Texts:
    """Return who reports; a gemeente or RIEC that does not deliver leaves it to another."""
    weight = np.array(list(sort.partners.values()))
    partner = rng.choice(list(sort.partners), len(gemeente), p=weight / weight.sum())
    partner = partner.astype("U24")
    national = [name for name in sort.partners if name not in ("gemeente", "riec")]
    riec = areas.gemeenten()["riec"].to_numpy(dtype=str)[gemeente]
    own = np.char.add("riec:", riec)
    for name, code, delivers in (
        ("gemeente", reporting[gemeente], reporting[gemeente] != ""),
        ("riec", own, np.isin(riec, RIECS)),
    ):
        mine = partner == name
        partner[mine & delivers] = code[mine & delivers]
        if national:
            partner[mine & ~delivers] = national[0]
    return partner


def _other(
    s: Settlements, reporting: Texts, scale: float, rng: np.random.Generator
) -> list[pd.DataFrame]:
    frames = []
    for sort in SORTS:
        n = int(rng.poisson(sort.a_year * YEARS * scale))
        frame = _place(s, sort, n, reporting, rng)
        frame["type"] = sort.type
        frame["partner"] = _partners(sort, frame["gemeente"].to_numpy(), reporting, rng)
        frame["day"] = sample_days(rng, n, season=0.08, peak=10, trend=0.02)
        frames.append(frame)
    return frames


def incidents(example: Example) -> pd.DataFrame:
    """Return the incidents in order of registration, with ``partner``, x and y (RD New)."""
    s, plan, scale = example.settlements, example.plan, example.scale
    rng = example.rng(6)
    found_by_inspections = irregularities(example.records(inspections))
    reporting = reporting_gemeenten(s)
    found = pd.concat(
        [
            explosions(s, plan, scale, rng),
            dumpings(plan, scale, rng),
            *bangs(s, plan.decoys[NEW_YEAR], scale, example.rng(16)),
            *_other(s, reporting, scale, rng),
        ],
        ignore_index=True,
    )
    found["discovery"] = discoveries(found["day"].to_numpy(), rng)
    public = found["type"].isin(PUBLIC).to_numpy()
    found.loc[public, "discovery"] = rng.choice(
        ["tip", "own_initiative"], public.sum(), p=[0.9, 0.1]
    )
    signals = pd.concat([found[found["discovery"] != "steered_check"], found_by_inspections])
    second = companions(signals, reporting, plan.gemeente_rates("KR01"), rng)
    second["discovery"] = rng.choice(["own_initiative", "tip"], len(second))
    found = pd.concat([found, second], ignore_index=True)
    found["registered"] = found["day"] + registration_lags(len(found), rng)
    found = found[found["registered"] < DAYS].sort_values("registered", kind="stable")
    return pd.DataFrame(
        {
            "incident_id": coded("I", np.arange(len(found))),
            "type": found["type"].to_numpy(dtype=str),
            "date": dates(found["day"].to_numpy()),
            "registered": dates(found["registered"].to_numpy()),
            "discovery": found["discovery"].to_numpy(dtype=str),
            "x": found["x"].to_numpy(),
            "y": found["y"].to_numpy(),
            "partner": found["partner"].to_numpy(dtype=str),
            "gemeente": found["gemeente"].to_numpy(),
        }
    )


def _deliveries(example: Example) -> Iterator[Delivery]:
    """Give a delivery per partner, of the police one per year."""
    for delivery in by_partner(example.records(incidents)):
        if delivery.partner == "politie":
            yield from by_year(delivery.partner, delivery.frame, "registered")
        else:
            yield delivery


EXAMPLE = KindExample("incident", 5, _deliveries)
