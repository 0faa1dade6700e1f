"""Attacks that follow another within 200 m and 90 days. What comes on the same day is one event."""

from bilingual import Text
from indicators.contract import Indicator, events
from indicators.shared import EVERYONE, HIGHER, NOT_PUBLIC, WGS
from indicators.subjects import SPOT

ATTACKS = "FROM incident WHERE type = 'explosive_attack' AND discovery <> 'steered_check'"
COUNTED = f"SELECT place, date, registered, partner, 1 AS amount, unit, {SPOT}"
METRES = """111195 * sqrt((other.lat - attack.lat) ** 2
    + ((other.lon - attack.lon) * cos(radians(attack.lat))) ** 2)"""
"""Over some hundreds of metres the earth is flat."""

INDICATOR = Indicator(
    code="CV02",
    name=Text("Herhaling binnen 200 m en 90 dagen", "Near repeat within 200 m and 90 days"),
    focus_area="corruption_violence",
    theme=Text("Geweld", "Violence"),
    counting="flow",
    numerator=events(
        f"""{COUNTED} FROM (SELECT * {ATTACKS}) attack WHERE EXISTS (
            SELECT 1 FROM (SELECT * {ATTACKS}) other WHERE other.date < attack.date
            AND other.date >= attack.date - INTERVAL 90 DAY AND {METRES} <= 200)""",
        "spot",
        together="type",
    ),
    denominator=events(f"{COUNTED} {ATTACKS}", "spot"),
    numerator_text=Text(
        "aanslagen met explosieven die binnen 200 m en 90 dagen op een andere volgen",
        "attacks with explosives that follow another within 200 m and 90 days",
    ),
    denominator_text=Text("aanslagen met explosieven", "attacks with explosives"),
    unit=Text("% van de aanslagen", "% of attacks"),
    per=100,
    least_denominator=10,
    levels="NRG",
    history_months=3,
    recipients=EVERYONE,
    partners=("politie",),
    source=Text("Politie", "Police"),
    legal_basis=WGS,
    licence=NOT_PUBLIC,
    delivery=Text(
        "Maandelijks; late registratie tot een jaar", "Monthly; registered up to a year late"
    ),
    direction=HIGHER,
    weight=0.25,
    weight_reason=Text(
        "Herhaling wijst op een conflict dat doorgaat, maar telt aanslagen die al meetellen: kwart gewicht",
        "A repeat points to a conflict that goes on, but counts attacks that count already: a quarter of the weight",
    ),
    evidence="literature",
    innocent=Text(
        "In een dichte wijk liggen twee ruzies zonder verband al snel binnen 200 meter, en rond de jaarwisseling is veel vuurwerk. Aanslagen van dezelfde dag tellen als een voorval. Late registratie laat een herhaling later zien.",
        "In a dense wijk two unrelated quarrels easily lie within 200 metres, and around New Year there is much firework. Attacks of one day count as one event. Late registration shows a repeat later.",
    ),
    action=Text(
        "Bespreek in de driehoek cameratoezicht of een tijdelijke sluiting; bezoek de omgeving kort na een aanslag; vraag de politie of het om een conflict gaat.",
        "Discuss cameras or a temporary closure with police and prosecutor; visit those around soon after an attack; ask the police whether it is one conflict.",
    ),
    owner="NSOC",
    review="2027-06-01",
)
