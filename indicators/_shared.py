"""What several passports say in the same words."""

from indicators._contract import Both, Recipient

EVERYONE: tuple[Recipient, ...] = ("nsoc", "riec", "gemeente")

WGS = Both(
    "Wet gegevensverwerking door samenwerkingsverbanden (RIEC)",
    "Act on data processing by partnerships (RIEC)",
)
NOT_PUBLIC = Both("Niet openbaar; alleen dit beeld", "Not public; only this picture")
HIGHER = Both("Hoger vraagt meer aandacht", "Higher asks for more attention")
CONTEXT = Both("Context: staat naast de score, niet erin", "Context: beside the score, not in it")
