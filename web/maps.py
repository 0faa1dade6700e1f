"""Hands out what a map is drawn of: its code to everybody, shapes and figures within a grant."""

import re
from collections.abc import Callable, Mapping
from gzip import compress
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from access.partner import PartnerGateway
from access.scope import AccessRefusedError
from access.verdicts import VERDICTS
from errors import WeerbeeldError
from pages.kit.view import MapSource
from pages.kit.words import FOCUS_WORDS
from store.kept import kept
from store.logs import LogFailedError
from store.release import LEVEL_NUMBERS
from web.desk import Desk
from web.links import LinkRefusedError, Reader
from web.map_code import LIBRARIES, MAIN, address_of, files
from web.notice import notice
from web.packing import (
    packed_bounds,
    packed_figures,
    packed_ground,
    packed_names,
    packed_shapes,
    packed_verdicts,
)
from web.sign_ins import SignInEndedError

SHAPES, NAMES = "/kaart/vormen", "/kaart/namen"
GROUND, STREETS = "/kaart/ondergrond", "/kaart/straten"
FIGURES, BOUNDS = "/kaart/cijfers", "/kaart/intervallen"
ENTRY = "/_stcore/bidi-components/weerbeeld.kaart/entry.js"
"""What Streamlit's page loads to draw the component: it loads our code in turn."""

FOR_GOOD = "public, max-age=31536000, immutable"
WHILE_RELEASED = "private, max-age=31536000, immutable"
LINK = "x-weerbeeld-link"
"""The header that says who asks: in an address it would be kept in histories and logs."""


class AskedWronglyError(WeerbeeldError):
    """What was asked lacks something, or names a level or a focus area that there is not."""


TILE = re.compile(r"[0-9]{1,5}", re.ASCII)
NO_STREETS = compress(b'{"degree":1,"names":[],"lines":[]}', mtime=0)

Asked = Mapping[str, str]
Read = Callable[[PartnerGateway, Asked], bytes]
"""Reads through a gateway what is asked, and packs it."""


def map_paths() -> frozenset[str]:
    """Return all paths that a map asks for."""
    return frozenset({SHAPES, NAMES, GROUND, STREETS, FIGURES, BOUNDS, ENTRY, *files()})


def map_source(desk: Desk, reader: Reader, carried: str) -> MapSource | None:
    """Return where a reader's maps come from; None for a browser that takes no cookies."""
    if not carried:
        return None
    return MapSource(
        code=address_of(MAIN),
        libraries=tuple(address_of(name) for name in LIBRARIES),
        shapes=SHAPES,
        names=NAMES,
        figures=FIGURES,
        bounds=BOUNDS,
        ground=GROUND,
        streets=STREETS,
        link=desk.links.make_pass(reader, carried),
    )


def code(request: Request) -> Response:
    """Return a file of code."""
    headers = {"content-encoding": "gzip", "cache-control": FOR_GOOD}
    content = files()[request.url.path]
    return Response(content, media_type="text/javascript", headers=headers)


class Maps:
    """Answers with shapes and figures, or says why not; each leaves a line in the audit log."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def shapes(self, request: Request) -> Response:
        """Return the shapes of a level."""
        return self._answer(request, _shapes, WHILE_RELEASED)

    def names(self, request: Request) -> Response:
        """Return the places to name on a map."""
        return self._answer(request, _names, WHILE_RELEASED)

    def ground(self, request: Request) -> Response:
        """Return what lies under and over the figures."""
        return self._answer(request, _ground, WHILE_RELEASED)

    def streets(self, request: Request) -> Response:
        """Return the streets of a tile."""
        return self._answer(request, _streets, WHILE_RELEASED)

    def figures(self, request: Request) -> Response:
        """Return the figures of an indicator, or the verdicts, at a level in all windows."""
        return self._answer(request, _figures, "no-store")

    def bounds(self, request: Request) -> Response:
        """Return the intervals of an indicator at a level, in all windows."""
        return self._answer(request, _bounds, "no-store")

    def _answer(self, request: Request, read: Read, keep: str) -> Response:
        origin = f"map {request.client.host if request.client else ''}".strip()
        try:
            return self._read(request, read, keep, origin)
        except LogFailedError:
            return notice(HTTPStatus.SERVICE_UNAVAILABLE)

    def _read(self, request: Request, read: Read, keep: str, origin: str) -> Response:
        """Check the pass, look the grants up, read, log, and only then answer."""
        browsers, asked = self._desk.browsers, request.query_params
        number, carried = browsers.number(request.cookies), browsers.carried(request.cookies)
        actor, what = self._desk.asker(number), f"map {request.url.path.rpartition('/')[2]}"
        try:
            reader = self._desk.links.open_pass(request.headers.get(LINK, ""), carried)
            gateway = self._desk.gateways(reader, origin).partner()
            if _given(asked, "mark") != gateway.map_mark():
                return notice(HTTPStatus.CONFLICT)
            content = read(gateway, asked)
        except (LinkRefusedError, SignInEndedError) as refusal:
            self._desk.log(actor, origin)("read", f"{what}: {refusal.why}", "refused")
            return notice(HTTPStatus.FORBIDDEN)
        except LogFailedError:
            raise
        except WeerbeeldError as error:
            return notice(_status_of(error))
        headers = {"content-encoding": "gzip", "cache-control": keep}
        return Response(content, media_type="application/octet-stream", headers=headers)


def _status_of(error: WeerbeeldError) -> HTTPStatus:
    """Return what an error means to a browser; the gateway has logged what it refused."""
    if isinstance(error, AccessRefusedError):
        return HTTPStatus.FORBIDDEN
    wrongly = isinstance(error, AskedWronglyError)
    return HTTPStatus.NOT_FOUND if wrongly else HTTPStatus.SERVICE_UNAVAILABLE


def _given(asked: Asked, name: str) -> str:
    if name not in asked:
        raise AskedWronglyError(f"A map must say which {name} it asks for.")
    return asked[name]


def _level(asked: Asked) -> str:
    level = _given(asked, "level")
    if level not in LEVEL_NUMBERS:
        raise AskedWronglyError(f"'{level[:40]}' is not a level.")
    return level


def _shapes(gateway: PartnerGateway, asked: Asked) -> bytes:
    return _kept_shapes(gateway.map_shapes(_level(asked), asked.get("within") or None))


def _names(gateway: PartnerGateway, _: Asked) -> bytes:
    return packed_names(gateway.places(0))


def _theme(asked: Asked) -> str | None:
    theme = asked.get("theme") or None
    if theme is not None and theme not in FOCUS_WORDS:
        raise AskedWronglyError(f"'{theme[:40]}' is not a focus area.")
    return theme


def _ground(gateway: PartnerGateway, _: Asked) -> bytes:
    return _kept_ground(gateway.ground())


def _streets(gateway: PartnerGateway, asked: Asked) -> bytes:
    x, y = (_given(asked, name) for name in "xy")
    if not (TILE.fullmatch(x) and TILE.fullmatch(y)):
        raise AskedWronglyError("A tile has a column and a row in figures.")
    return gateway.street_tile(int(x), int(y)) or NO_STREETS


def _figures(gateway: PartnerGateway, asked: Asked) -> bytes:
    code, level, within = _given(asked, "code"), _level(asked), asked.get("within") or None
    if code == VERDICTS:
        return _kept_verdicts(gateway.map_verdicts(level, within, _theme(asked)))
    return _kept_figures(gateway.map_figures(code, level, within))


def _bounds(gateway: PartnerGateway, asked: Asked) -> bytes:
    within = asked.get("within") or None
    return _kept_bounds(gateway.map_bounds(_given(asked, "code"), _level(asked), within))


_kept_shapes = kept(64)(packed_shapes)
_kept_ground = kept(2)(packed_ground)
_kept_figures = kept(64)(packed_figures)
_kept_verdicts = kept(32)(packed_verdicts)
_kept_bounds = kept(16)(packed_bounds)
