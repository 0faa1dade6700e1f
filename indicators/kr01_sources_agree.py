"""Res-9 hexagons in which independent organisations agree. Not additive over periods, so derived."""

from bilingual import Text
from indicators.contract import Indicator, windowed
from indicators.shared import CONTEXT, EVERYONE, HIGHER, NOT_PUBLIC, WGS

AGREEING = """
    WITH account AS (
        SELECT cell, date, partner, told,
            type || ' ' || round(lon, 5) || ' ' || round(lat, 5) AS event
        FROM incident WHERE discovery <> 'steered_check'
        UNION ALL
        SELECT cell, date, partner, told, firm_id AS event
        FROM inspection WHERE irregular AND discovery <> 'steered_check'),
    signal AS (
        SELECT cell, date, arg_min(partner, (told, partner)) AS partner
        FROM account JOIN independent USING (partner) GROUP BY cell, date, event),
    per_cell AS (
        SELECT cell, period.code AS period, count(DISTINCT partner) AS partners
        FROM signal
        JOIN period ON date > last_day(period."end" - INTERVAL 12 MONTH) AND date <= period."end"
        GROUP BY ALL)
    SELECT place, period, 1 AS amount, unit, cell FROM per_cell JOIN cell_place USING (cell)"""

"""Two organisations that put the same on one day and one very spot, or checked one firm on one day,
tell of one event: that is a copy, or a joint check, and counts as the word of the first."""

INDICATOR = Indicator(
    code="KR01",
    name=Text("Bronnen die elkaar bevestigen", "Independent sources that agree"),
    focus_area="context",
    theme=Text("Samenhang", "Coherence"),
    counting="derived",
    numerator=windowed(f"{AGREEING} WHERE partners >= 2", "cell", together="cell"),
    denominator=windowed(AGREEING, "cell", together="cell"),
    numerator_text=Text(
        "zeshoeken met signalen van twee of meer organisaties in 12 maanden",
        "hexagons with signals of two or more organisations in 12 months",
    ),
    denominator_text=Text(
        "zeshoeken met een signaal in 12 maanden", "hexagons with any signal in 12 months"
    ),
    unit=Text("% van de zeshoeken met een signaal", "% of hexagons with a signal"),
    per=100,
    least_denominator=10,
    levels="NRGH",
    finest_hexagon=7,
    recipients=EVERYONE,
    partners=(),
    source=Text("Afgeleid van alle partners", "Derived from all partners"),
    legal_basis=WGS,
    licence=NOT_PUBLIC,
    delivery=Text("Elke bouw", "Each build"),
    direction=HIGHER,
    weight=0.0,
    weight_reason=CONTEXT,
    evidence="expert",
    innocent=Text(
        "Waar vaker gezocht wordt, wordt vaker gevonden. Signalen uit controles die deze kaart stuurde tellen niet mee, en wat twee organisaties van hetzelfde voorval melden telt als één.",
        "Where more is searched, more is found. Signals from checks that this map led to do not count, and what two organisations report of one event counts as one.",
    ),
    action=Text(
        "Breng de organisaties die hier signalen hebben bij elkaar: een RIEC-casus begint vaak zo.",
        "Bring the organisations with signals here together: a RIEC case often starts so.",
    ),
    owner="NSOC",
    review="2027-06-01",
)
