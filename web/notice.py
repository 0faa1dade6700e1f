"""A page for when the dashboard itself cannot answer: what happened, in two languages, no more."""

from html import escape
from http import HTTPStatus

from starlette.responses import HTMLResponse

from bilingual import Text

TEXTS: dict[HTTPStatus, Text] = {
    HTTPStatus.FORBIDDEN: Text("Dit mag niet.", "This is not allowed."),
    HTTPStatus.NOT_FOUND: Text("Deze pagina bestaat niet.", "This page does not exist."),
    HTTPStatus.METHOD_NOT_ALLOWED: Text(
        "Hier kan alleen worden gelezen.",
        "Nothing but reading is possible here.",
    ),
    HTTPStatus.CONFLICT: Text(
        "Er is een nieuwe uitgave. Open de pagina opnieuw.",
        "There is a new release. Open the page again.",
    ),
    HTTPStatus.MISDIRECTED_REQUEST: Text(
        "Deze server luistert niet naar dit adres.",
        "This server does not answer to this address.",
    ),
    HTTPStatus.TOO_MANY_REQUESTS: Text(
        "Dit is te veel in te korte tijd. Probeer het zo opnieuw.",
        "This is too much in too short a time. Try again in a moment.",
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: Text(
        "Er ging iets mis. Probeer het opnieuw; de beheerder ziet de melding.",
        "Something went wrong. Try again; the administrator sees the message.",
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: Text(
        "Dit kan nu niet. Probeer het later opnieuw.",
        "This is not possible now. Try again later.",
    ),
}

PAGE = """<!DOCTYPE html>
<html lang="nl"><head><meta charset="utf-8"><title>Weerbeeld</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{{font:1.05rem/1.5 system-ui,sans-serif;color:#1a2733;max-width:40rem;margin:12vh auto;
padding:0 1.2rem}}h1{{font-size:1.5rem;line-height:1.3}}a{{color:#154273}}p{{margin:.6rem 0}}
[lang=en]{{color:#4d5b68}}</style></head>
<body><main><h1>{nl}</h1><p lang="en">{en}</p>
<p><a href="/">Naar het begin van Weerbeeld</a> <span lang="en">(to the start)</span></p></main>
</body></html>
"""


def notice(status: HTTPStatus, text: Text | None = None) -> HTMLResponse:
    """Return the page for a status, with the text of that status or with ``text``."""
    shown = text or TEXTS[status]
    page = PAGE.format(nl=escape(shown.nl), en=escape(shown.en))
    return HTMLResponse(page, status, {"cache-control": "no-store"})
