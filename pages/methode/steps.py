"""The seven steps from delivery to map, each with a number from the release at hand."""

from pages.kit.blocks import draw_cards
from pages.kit.view import PartnerView

Card = tuple[str, str, str]

FIRST_ROW = 4


def _before_protection(view: PartnerView) -> list[Card]:
    gateway = view.gateway
    deliveries, months = len(gateway.deliveries()), len(gateway.periods("month"))
    gemeenten = len(gateway.areas("gemeente"))
    return [
        (
            view.say("1. Levering", "1. Delivery"),
            view.say(f"{deliveries} leveringen", f"{deliveries} deliveries"),
            view.say(
                "Partners sturen gegevens in een vaste vorm. Een levering met een fout wordt in haar geheel geweigerd.",
                "Partners send data in a fixed form. A delivery with a fault is refused whole.",
            ),
        ),
        (
            view.say("2. Plaats", "2. Place"),
            view.say(f"{gemeenten} gemeenten", f"{gemeenten} municipalities"),
            view.say(
                "Elk gegeven krijgt een plaats: een zeshoek, een gemeente en een RIEC-regio.",
                "Each record gets a place: a hexagon, a municipality and a RIEC region.",
            ),
        ),
        (
            view.say("3. Telling", "3. Count"),
            view.say(f"{months} maanden", f"{months} months"),
            view.say(
                "Elke indicator telt een teller en een noemer, per plaats en per periode.",
                "Each indicator counts a numerator and a denominator, by place and period.",
            ),
        ),
    ]


def _from_protection(view: PartnerView) -> list[Card]:
    last = view.gateway.protects() - 1
    return [
        (
            view.say("4. Bescherming", "4. Protection"),
            view.say(f"1 t/m {last} nooit getoond", f"1 to {last} never shown"),
            view.say(
                "Elk aantal krijgt een kleine afwijking, behalve open cijfers. Alles hierna rekent daarmee.",
                "Each count but those that are open gets a small deviation. All that follows uses those.",
            ),
        ),
        (
            view.say("5. Cijfer", "5. Figure"),
            view.say("90%-interval", "90% interval"),
            view.say(
                "Teller gedeeld door noemer, voorzichtig waar weinig is geteld, en hoe zeker dat is.",
                "Numerator divided by denominator, careful where little was counted, and how sure that is.",
            ),
        ),
        (
            view.say("6. Rang en score", "6. Rank and score"),
            view.say("0 tot 100", "0 to 100"),
            view.say(
                "Plaatsen van een soort komen op volgorde; de score is een gewogen gemiddelde van die plekken.",
                "Places of a kind are put in order; the score is a weighted mean of those positions.",
            ),
        ),
        (
            view.say("7. Uitgave", "7. Release"),
            view.gateway.facts().name[:8],
            view.say(
                "Alles samen is een uitgave die niet meer verandert. Deze pagina's lezen alleen die.",
                "All together is a release that does not change any more. These pages read only that.",
            ),
        ),
    ]


def draw_steps(view: PartnerView) -> None:
    """Draw the steps as cards, in two rows."""
    cards = [*_before_protection(view), *_from_protection(view)]
    draw_cards(cards[:FIRST_ROW])
    draw_cards(cards[FIRST_ROW:])
