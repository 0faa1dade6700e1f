"""What a page asks of a map, and the message that tells it to the browser.

The message says what to show and in which words; shapes and figures come by routes of their own
(``web/maps.py``), once. So a reader moves through time and place without the server.
"""

from dataclasses import dataclass
from typing import Any

from pages.kit import palette
from pages.kit.choices import FOLLOW, NO, YES, kept
from pages.kit.view import MapSource, PartnerView
from pages.parts.map_subject import subject_of
from pages.parts.map_words import control_texts

CREDIT = "CBS/Kadaster, GeoNames"

COLOURS = {
    "empty": palette.EMPTY,
    "elsewhere": palette.ELSEWHERE,
    "stands": palette.STANDS_OUT,
    "hot": palette.HOT,
    "chosen": palette.CHOSEN,
    "rose": palette.ROSE,
    "fell": palette.FELL,
    "same": palette.SAME,
    "strong": palette.STRONG,
    "strong_border": palette.STRONG_BORDER,
    "possible": palette.POSSIBLE,
    "possible_border": palette.POSSIBLE_BORDER,
    "quiet": palette.QUIET,
    "context": palette.CONTEXT,
    "new": palette.NEW,
    "worse": palette.WORSE,
    "cooled": palette.COOLED,
}
"""The colours that are no class of a scale, by the names that the browser knows."""


@dataclass(frozen=True)
class MapRequest:
    """What to draw at a level, and in which window it opens.

    ``code`` is an indicator, SCORE, or VERDICTS with ``theme`` as its focus area (None: all
    together); ``beside`` is another one, drawn in a second map. With ``only``, of each no other
    places are drawn than those that stand out. ``within`` is the area that frames
    the sight, ``focus`` a point to look at (longitude, latitude); ``borders`` is the level of the
    lines over the figures. ``title`` is the accessible name.

    ``levels``, coarse to fine, are those between which a reader may let the map change by zooming:
    ``code`` and ``beside`` have them all, ``level`` is one of them and ``within`` the same for all.
    With ``follows`` it does so from the beginning, unless the reader chose otherwise.
    """

    code: str
    level: str
    period: str
    title: str
    within: str | None = None
    chosen: str | None = None
    focus: tuple[float, float] | None = None
    height: int = 560
    borders: str | None = "gemeente"
    theme: str | None = None
    beside: str | None = None
    only: bool = False
    levels: tuple[str, ...] = ()
    follows: bool | None = None

    @property
    def following(self) -> bool:
        """Whether the level follows the zoom: as the reader chose, or else as the page opens."""
        chosen = {YES: True, NO: False}.get(kept(FOLLOW) or "", bool(self.follows))
        return chosen and self.level in self.levels


def message(view: PartnerView, source: MapSource, request: MapRequest) -> dict[str, Any]:
    """Return what the browser needs to know of a map, some kilobytes of it."""
    windows, streets = view.gateway.periods("year"), view.gateway.streets()
    return {
        "source": {
            "code": source.code,
            "libraries": source.libraries,
            "shapes": source.shapes,
            "names": source.names,
            "figures": source.figures,
            "bounds": source.bounds,
            "ground": source.ground,
            "streets": source.streets,
            "link": source.link,
            "mark": view.gateway.map_mark(),
            "of": view.gateway.ground().digest,
            "street_file": streets.sha256 if streets else None,
        },
        "code": request.code,
        "level": request.level,
        "within": request.within,
        "theme": request.theme,
        "beside": request.beside,
        "only": request.only,
        "levels": request.levels if request.level in request.levels else [],
        "follows": request.following,
        "scenes": {
            level: _scene(view, request, level)
            for level in dict.fromkeys((request.level, *request.levels))
        },
        "frame": {"within": request.within, "focus": request.focus},
        "chosen": request.chosen,
        "period": request.period,
        "periods": [{"code": window.code, "text": view.period(window)} for window in windows],
        "title": request.title,
        "height": request.height,
        "language": view.language,
        "colours": COLOURS,
        "labels": control_texts(view),
        "credit": ", ".join([CREDIT, *_ground_credits(view)]),
        "picture": _credits(view),
    }


def _ground_credits(view: PartnerView) -> list[str]:
    """Return whose the ground and the installed streets are."""
    streets = view.gateway.streets()
    return [view.gateway.ground().credit, *([streets.credit] if streets else [])]


def _credits(view: PartnerView) -> list[str]:
    """Return what a saved picture says below the map: whose data, of which release."""
    facts = view.gateway.facts()
    release = view.say(f"Weerbeeld, uitgave {facts.name}", f"Weerbeeld, release {facts.name}")
    invented = view.say("Verzonnen voorbeeld", "Invented example") if facts.invented else ""
    whose = [*view.gateway.attributions(), *_ground_credits(view)]
    return [line for line in (invented, *whose, release) if line]


def _scene(view: PartnerView, request: MapRequest, level: str) -> dict[str, object]:
    """Return what is drawn at a level: borders over the figures, and its subjects."""
    codes = [request.code, *([request.beside] if request.beside else [])]
    own = level == request.level
    return {
        "name": view.levels(level),
        "borders": request.borders if own else borders_of(level),
        "subjects": [subject_of(view, code, request.theme, level) for code in codes],
    }


def borders_of(level: str) -> str | None:
    """Return the level whose borders help who zooms in, None where the map draws those itself."""
    return None if level in ("riec", "gemeente") else "gemeente"
