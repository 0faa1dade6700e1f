"""The empty page in which the browser draws the dashboard: Streamlit's, made ours.

It has the language of the link, our name and icon, one inline script of ours, and words for a
reader without JavaScript.
"""

import re
from base64 import b64encode
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse
from streamlit import file_util

from errors import WeerbeeldError
from pages.kit.style import BASE
from web.browsers import Browsers, new_number
from web.renewal import cookie_of

ICON = Path(__file__).parent / "icon.png"
NO_SCRIPT = {
    "nl": "Weerbeeld werkt alleen met JavaScript. Zet het aan voor dit adres.",
    "en": "Weerbeeld needs JavaScript. Turn it on for this address.",
}


def icon_url() -> str:
    """Return the icon as a data URL, so that no file needs to be served for it."""
    return f"data:image/png;base64,{b64encode(ICON.read_bytes()).decode()}"


def _replace(pattern: str, new: str, text: str) -> str:
    found, count = re.subn(pattern, lambda _: new, text, flags=re.S)
    if count != 1:
        raise WeerbeeldError(
            f"Streamlit's page has {count} places that match {pattern} where one was expected: "
            "install the versions in constraints.txt."
        )
    return found


def shell_page(language: str) -> str:
    """Return the empty page in a language, nl or en."""
    text = (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")
    text = _replace(r"^<!--.*?-->\s*", "", text)
    text = _replace(r'<html lang="en">', f'<html lang="{language}">', text)
    text = _replace(r"<title>.*?</title>", "<title>Weerbeeld</title>", text)
    base = f"<script>{BASE}</script>"
    text = _replace(r"<script>\s*window\.prerenderReady = false\s*</script>", base, text)
    text = _replace(r'<link rel="service-desc"[^>]*>', "", text)
    text = _replace(r'href="\./favicon\.png"', f'href="{icon_url()}"', text)
    reason = f"<noscript><p>{NO_SCRIPT[language]}</p></noscript>"
    text = _replace(r"<noscript>.*?</noscript>", reason, text)
    return re.sub(r"\s*<!--.*?-->", "", text, flags=re.S)


class Shell:
    """Answers every address of the dashboard with the empty page."""

    def __init__(self, browsers: Browsers) -> None:
        self._browsers = browsers
        self._pages = {language: shell_page(language) for language in NO_SCRIPT}

    def answer(self, request: Request) -> HTMLResponse:
        """Return the page in the language of the link; give a new browser its number."""
        language = "en" if request.query_params.get("taal") == "en" else "nl"
        response = HTMLResponse(self._pages[language], headers={"cache-control": "no-store"})
        if not self._browsers.number(request.cookies):
            response.headers.append("set-cookie", cookie_of(self._browsers.name, new_number()))
        return response
