"""Declared value whose price per kilo lies outside the usual band of its goods, direction and year."""

from bilingual import Text
from indicators.contract import Indicator, events
from indicators.shared import EVERYONE, HIGHER, NOT_PUBLIC, WGS

PRICED = """
    WITH priced AS (
        SELECT *, year(date) AS jaar, value_eur / weight_kg AS price
        FROM trade_declaration WHERE weight_kg > 0),
    band AS (
        SELECT hs6, direction, jaar, quantile_disc(price, 0.01) AS low,
            quantile_disc(price, 0.99) AS high
        FROM priced GROUP BY ALL HAVING count(*) >= 100)
    SELECT place, date, received, partner, value_eur AS amount, unit, firm_id AS firm
    FROM priced JOIN band USING (hs6, direction, jaar)"""

INDICATOR = Indicator(
    code="TB03",
    name=Text("Eenheidsprijs buiten de band", "Unit price outside the band"),
    focus_area="tbml",
    theme=Text("Handel", "Trade"),
    counting="value",
    numerator=events(f"{PRICED} WHERE price NOT BETWEEN low AND high", "firm", together="hs6"),
    denominator=events(PRICED, "firm", together="hs6"),
    numerator_text=Text(
        "aangegeven waarde met een kiloprijs buiten het 1e-99e percentiel van goed, richting en jaar",
        "declared value with a price per kg outside the 1st-99th percentile of its goods, direction and year",
    ),
    denominator_text=Text("aangegeven waarde met een gewicht", "declared value with a weight"),
    unit=Text("% van de aangegeven waarde", "% of the declared value"),
    per=100,
    least_denominator=10,
    levels="NRG",
    recipients=EVERYONE,
    partners=("douane",),
    source=Text("Douane, aangiften in- en uitvoer", "Customs, import and export declarations"),
    legal_basis=WGS,
    licence=NOT_PUBLIC,
    delivery=Text(
        "Maandelijks, circa 6 weken na de aangifte", "Monthly, about 6 weeks after the declaration"
    ),
    direction=HIGHER,
    weight=1.0,
    weight_reason=Text(
        "Kernsignaal van witwassen via handel", "Core signal of trade-based money laundering"
    ),
    evidence="literature",
    innocent=Text(
        "Verschil in kwaliteit binnen een goederencode, kleine zendingen, monsters en retouren. De plaats is die van de aangever, niet van de goederen.",
        "Differences in quality within one goods code, small shipments, samples and returns. The place is the declarant's, not the goods'.",
    ),
    action=Text(
        "Leg de goederencodes voor aan de Douane; een gemeente kijkt mee via het RIEC.",
        "Put the goods codes to Customs; a municipality takes part through the RIEC.",
    ),
    owner="NSOC",
    review="2027-06-01",
)
