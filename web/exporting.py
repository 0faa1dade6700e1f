"""Hands out exports: a link says what is asked and who asks, the grants of this moment decide."""

from http import HTTPStatus
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from access.scope import AccessRefusedError
from bilingual import Text
from errors import WeerbeeldError
from exports import ExportRequest, FormatRefusedError, export_file
from store.logs import LogFailedError
from web.desk import Desk
from web.links import LinkRefusedError
from web.notice import notice
from web.sign_ins import SignInEndedError

REFUSED = {
    "forged": Text("Deze link is niet van Weerbeeld.", "This link is not Weerbeeld's."),
    "foreign": Text(
        "Deze link is voor een andere browser gemaakt. Open de pagina zelf.",
        "This link was made for another browser. Open the page yourself.",
    ),
    "expired": Text(
        "Deze link is verlopen. Ga terug naar de pagina en kies opnieuw.",
        "This link is too old. Go back to the page and choose again.",
    ),
    "ended": Text(
        "U bent afgemeld. Meld u opnieuw aan en kies daarna opnieuw.",
        "You were signed out. Sign in again, then choose again.",
    ),
    "outside": Text("U mag deze gegevens niet lezen.", "You may not read these data."),
    "reason": Text(
        "Geef op de pagina eerst een reden of zaaknummer, en kies dan opnieuw.",
        "Give a reason or a case number on the page first, then choose again.",
    ),
    "format": Text(
        "Deze tabel kan niet in dit formaat. Ga terug naar de pagina en kies een ander.",
        "This table does not fit this format. Go back to the page and choose another.",
    ),
}


class Exporting:
    """Answers a link with the file, or says why not; each leaves a line in the audit log."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def answer(self, request: Request) -> Response:
        """Check the link, look the grants up, read, log, and only then answer."""
        origin = f"export {request.client.host if request.client else ''}".strip()
        try:
            return self._file(request, origin)
        except LogFailedError:
            return notice(HTTPStatus.SERVICE_UNAVAILABLE)

    def _file(self, request: Request, origin: str) -> Response:
        browsers = self._desk.browsers
        number, carried = browsers.number(request.cookies), browsers.carried(request.cookies)
        actor, what = self._desk.asker(number), "a link"
        try:
            reader, wanted = self._desk.links.open(request.query_params.get("link", ""), carried)
            actor, what = self._desk.asker(number, reader), _named(wanted)
            if self._desk.settings.export_reason and not wanted.has_reason:
                raise LinkRefusedError("This export needs a reason.", "reason")
            file = export_file(wanted, self._desk.gateways(reader, origin))
        except LinkRefusedError as refusal:
            if refusal.content:
                whose, wanted = refusal.content
                what = f"{_named(wanted)} by a link of {self._desk.named(whose)}"
            return self._refuse(refusal.why, f"{what}: {refusal.why}", origin, actor)
        except SignInEndedError as refusal:
            return self._refuse("ended", f"{what}: {refusal.why}", origin, actor)
        except AccessRefusedError:
            return self._refuse("outside", what, origin, actor)
        except FormatRefusedError:
            return self._refuse("format", what, origin, actor)
        except LogFailedError:
            raise
        except WeerbeeldError:
            self._desk.log(actor, origin)("export", what, "failed")
            return notice(HTTPStatus.SERVICE_UNAVAILABLE)
        self._desk.log(actor, origin)("export", what, "ok")
        headers = {
            "content-disposition": f'attachment; filename="{quote(file.name)}"',
            "cache-control": "no-store",
        }
        return Response(file.content, media_type=file.media_type, headers=headers)

    def _refuse(self, why: str, what: str, origin: str, actor: str) -> Response:
        self._desk.log(actor, origin)("export", what, "refused")
        return notice(HTTPStatus.FORBIDDEN, REFUSED[why])


def _named(request: ExportRequest) -> str:
    why = f", reason: {request.reason}" if request.reason else ""
    return f"{request.format} {request.name}{why}"
