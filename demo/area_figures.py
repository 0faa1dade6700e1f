"""The example figures about areas, as their sources would send them."""

from collections.abc import Iterator

from demo import characteristics, figures, open_figures
from demo.businesses import businesses
from demo.contract import Delivery, Example, KindExample


def _deliveries(example: Example) -> Iterator[Delivery]:
    s, rng = example.settlements, example.rng
    per_hexagon = figures.per_hexagon(s, example.records(businesses))
    suspicious = figures.suspicious_transactions(s, example.plan, rng(7))
    yield Delivery("cbs", "adressen-en-bedrijven", per_hexagon)
    yield Delivery("cbs", "inwoners", figures.inhabitants(s))
    yield Delivery("fiu", "verdachte-transacties", suspicious)
    yield Delivery("cbs", "open-cijfers", open_figures.open_figures(s, rng(9)))
    yield Delivery("bzk", "leefbaarheid", open_figures.livability(s, rng(10)))
    yield Delivery("cbs", "kenmerken-voor-de-toets", characteristics.shares(s, rng(8)))


EXAMPLE = KindExample("area_figure", 1, _deliveries)
