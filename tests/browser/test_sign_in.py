"""Signing in, in a real browser, at a real provider of OpenID Connect that the tests start."""

import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from granting import GIVER, give
from playwright.sync_api import Browser, Page
from serving import SECONDS, Serving, free_port, serving
from sights import PATIENCE_MS, SIZES, Sight, looking, watched
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from access.grants import revoke_grants
from pages import PAGES
from store.access import AuditLine, open_access
from store.carrying import open_grants
from store.grants import GrantBook
from store.home import Home

pytestmark = pytest.mark.browser

SECRET = "a-client-secret-that-no-log-may-hold"
LINK = "/kaart?indicator=VG01&kaart=hex8&periode=2025-12-12m"
TITLES = {page.path: page.title.nl for page in PAGES}


@dataclass
class House:
    """A dashboard that asks to sign in, its provider, and its access store."""

    serving: Serving
    access: Engine
    grants: GrantBook
    log: Path

    def go(self, page: Page, path: str) -> None:
        page.goto(f"{self.serving.origin}{path}")

    def audited(self, actor: str) -> list[tuple[str, str]]:
        """Return what the audit log says somebody did: action and result."""
        with Session(self.access) as session:
            rows = session.scalars(select(AuditLine).order_by(AuditLine.sequence))
            return [(row.action, row.result) for row in rows if row.actor == actor]


@contextmanager
def house(example: Home, folder: Path, token_seconds: int, idle_minutes: str) -> Iterator[House]:
    """Serve the example release to who signs in at a provider of its own."""
    home = Home(folder / "home")
    home.root.mkdir()
    home.releases.symlink_to(example.releases)
    port, log = free_port(), folder / "provider.log"
    command = [sys.executable, "-m", "oidc_provider_mock", "-p", str(port), "--host", "localhost"]
    with (
        log.open("wb") as out,
        subprocess.Popen(
            [*command, "--token-max-age", str(token_seconds), "--require-nonce", "true"],
            stdout=out,
            stderr=out,
        ) as provider,
    ):
        try:
            address = f"http://localhost:{port}/.well-known/openid-configuration"
            _wait(address)
            with serving(
                home.root,
                folder,
                oidc_metadata_url=address,
                oidc_client_id="weerbeeld",
                oidc_client_secret=SECRET,
                contact="servicedesk, tel. 1234",
                idle_minutes=idle_minutes,
            ) as served:
                yield House(served, open_access(home), open_grants(home), folder / "server.log")
        finally:
            provider.terminate()


def _wait(address: str) -> None:
    for _ in range(SECONDS * 5):
        try:
            urllib.request.urlopen(address, timeout=2).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"no answer from {address}")


@pytest.fixture(scope="module")
def door(example_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A dashboard with the times that it has in use."""
    with house(example_home, tmp_path_factory.mktemp("house"), 3600, "30") as found:
        give(found.grants, "rotterdam", "gemeente:GM0599")
        yield found


@pytest.fixture(scope="module")
def hasty(example_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A dashboard whose tokens live for 40 seconds and whose readers may sit still for 12."""
    folder = tmp_path_factory.mktemp("hasty")
    with house(example_home, folder, 40, "0.2") as found:
        for person in ("haast", "rust"):
            give(found.grants, person, "nsoc")
        yield found


@pytest.fixture
def sight(chromium: Browser) -> Iterator[Sight]:
    """A browser that nobody signed in with."""
    with looking(chromium, "laptop") as found:
        yield found


def sign_in(page: Page, person: str) -> None:
    """Go through the provider's page, from our page with the button."""
    page.get_by_role("button", name="Aanmelden").click(timeout=PATIENCE_MS)
    page.fill("input[name=sub]", person, timeout=PATIENCE_MS)
    page.get_by_role("button", name="Authorize").click()


def says(page: Page, words: str) -> None:
    page.wait_for_selector(f"text={words}", timeout=PATIENCE_MS)


def test_a_deep_link_survives_signing_in(door: House, sight: Sight, pictures: Path) -> None:
    page = sight.page
    door.go(page, LINK)
    says(page, "Meld u aan om Weerbeeld te openen")
    sight.settle()
    shown = page.inner_text("body")
    assert "servicedesk, tel. 1234" in shown
    assert not re.search(r"Rotterdam|VG01|Aankoop", shown), "nothing is shown before"
    assert Axe().run(page).violations_count == 0
    page.screenshot(path=pictures / "sign-in-laptop.png")
    sign_in(page, "rotterdam")
    says(page, "U kijkt als")
    sight.settle()
    assert urlsplit(page.url).path == "/kaart"
    for choice in ("indicator=VG01", "kaart=hex8", "periode=2025-12-12m"):
        assert choice in page.url
    assert "gemeente Rotterdam" in page.inner_text("body")
    assert all(cell["code"].startswith("88") for cell in sight.places())
    assert ("sign in", "ok") in door.audited("rotterdam")
    assert door.audited("rotterdam").count(("sign in", "ok")) == 1


def test_who_signs_in_sees_its_own_area_whatever_the_link_says(door: House, sight: Sight) -> None:
    page = sight.page
    door.go(page, "/beheer?kijker=nsoc")
    sign_in(page, "rotterdam")
    says(page, "hoort niet bij deze rol")
    assert "gemeente Rotterdam" in page.inner_text("body")


def test_a_link_elsewhere_is_not_followed_after_signing_in(door: House, sight: Sight) -> None:
    page = sight.page
    door.go(page, "/?naar=https://example.com&next=//example.com&redirect_uri=//example.com")
    sign_in(page, "rotterdam")
    says(page, "U kijkt als")
    assert page.url.startswith(f"{door.serving.origin}/beeld")


def test_a_revoked_grant_ends_access_at_the_next_click(
    door: House, sight: Sight, pictures: Path
) -> None:
    page = sight.page
    give(door.grants, "vertrekker", "nsoc")
    door.go(page, "/beeld")
    sign_in(page, "vertrekker")
    says(page, "U kijkt als")
    sight.settle()
    link = page.locator('a[href^="/export"]').first.get_attribute("href")
    assert page.request.get(f"{door.serving.origin}{link}").status == 200
    revoke_grants(door.grants, "vertrekker", None, GIVER)
    assert page.request.get(f"{door.serving.origin}{link}").status == 403
    # a page that is drawn again by itself ends as well, and takes the link with it
    page.get_by_role("link", name=TITLES["methode"]).evaluate_all("found => found[0]?.click()")
    says(page, "U hebt geen toegang tot Weerbeeld")
    sight.settle()
    assert "signalen" not in page.inner_text("body")
    page.screenshot(path=pictures / "no-access-laptop.png")
    assert ("enter", "refused") in door.audited("vertrekker")


@pytest.mark.parametrize("size", list(SIZES))
def test_who_was_granted_nothing_learns_whom_to_ask(
    size: str, door: House, chromium: Browser, pictures: Path
) -> None:
    width, height = SIZES[size]
    context = chromium.new_context(viewport={"width": width, "height": height})
    sight = watched(context.new_page())
    page = sight.page
    door.go(page, LINK)
    sign_in(page, f"onbekend-{size}")
    says(page, "U hebt geen toegang tot Weerbeeld")
    sight.settle()
    shown = page.inner_text("body")
    assert "Vraag toegang aan servicedesk, tel. 1234" in shown
    assert f"onbekend-{size}" in shown, "the code to give"
    assert "Rotterdam" not in shown
    assert Axe().run(page).violations_count == 0
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 1
    page.screenshot(path=pictures / f"unknown-user-{size}.png")
    assert ("enter", "refused") in door.audited(f"onbekend-{size}")
    page.get_by_role("radio", name="English").click()
    says(page, "You have no access to Weerbeeld")
    context.close()


def test_a_grant_is_in_force_at_the_next_click(door: House, sight: Sight) -> None:
    page = sight.page
    door.go(page, "/methode")
    sign_in(page, "nieuw")
    says(page, "U hebt geen toegang tot Weerbeeld")
    give(door.grants, "nieuw", "riec:limburg")
    page.reload()
    says(page, "RIEC Limburg")


def test_a_user_of_two_gemeenten_sees_both(door: House, sight: Sight) -> None:
    page = sight.page
    for code in ("GM0599", "GM0983"):
        give(door.grants, "twee", f"gemeente:{code}")
    door.go(page, "/kaart")
    sign_in(page, "twee")
    says(page, "U kijkt als")
    sight.settle()
    shown = page.inner_text("body")
    assert "gemeente Rotterdam en gemeente Venlo" in shown
    box = page.get_by_role("combobox", name=re.compile("Gebied")).first
    box.click()
    offered = page.locator("[role=option]").all_inner_texts()
    assert {"Rotterdam", "Venlo"} <= set(offered)


def test_signing_out_ends_every_tab_and_a_copied_cookie(
    door: House, sight: Sight, chromium: Browser
) -> None:
    page = sight.page
    give(door.grants, "uit", "nsoc")
    door.go(page, "/methode")
    sign_in(page, "uit")
    says(page, "U kijkt als")
    sight.settle()
    cookies = page.context.cookies()
    second = watched(page.context.new_page())
    door.go(second.page, "/bronnen")
    says(second.page, "U kijkt als")
    page.get_by_role("button", name="Afmelden").click()
    page.get_by_role("button", name="End session").click(timeout=PATIENCE_MS)
    says(page, "Meld u aan om Weerbeeld te openen")
    assert ("sign out", "ok") in door.audited("uit")
    held = {cookie["name"] for cookie in page.context.cookies()}
    assert not held & {"_streamlit_user", "_streamlit_user_tokens"}
    second.page.get_by_role("link", name=TITLES["methode"]).click()
    says(second.page, "U bent afgemeld.")
    stolen = chromium.new_context()
    stolen.add_cookies(cookies)  # type: ignore[arg-type]
    thief = stolen.new_page()
    door.go(thief, "/methode")
    says(thief, "U bent afgemeld.")
    stolen.close()


def test_a_forged_cookie_signs_nobody_in(door: House, sight: Sight) -> None:
    page = sight.page
    door.go(page, "/methode")
    says(page, "Meld u aan")
    forged = {"name": "_streamlit_user", "value": "eyJzdWIiOiJuc29jIn0.x.y"}
    page.context.add_cookies([forged | {"url": door.serving.origin}])  # type: ignore[list-item]
    page.reload()
    says(page, "Meld u aan")


def test_the_cookies_of_a_sign_in_are_for_us_alone(door: House, sight: Sight) -> None:
    page = sight.page
    door.go(page, "/methode")
    sign_in(page, "rotterdam")
    says(page, "U kijkt als")
    for cookie in page.context.cookies(door.serving.origin):
        assert cookie["sameSite"] == "Lax"
        assert cookie["expires"] == -1, "none outlives the browser"
        assert cookie["httpOnly"] == (cookie["name"] != "_streamlit_xsrf")


def test_who_sits_still_is_signed_out_and_who_is_busy_when_the_token_ends(
    hasty: House, sight: Sight, chromium: Browser
) -> None:
    with looking(chromium, "laptop") as other:
        for reader, person in ((other, "rust"), (sight, "haast")):
            hasty.go(reader.page, "/methode")
            sign_in(reader.page, person)
            says(reader.page, "U kijkt als")
        _is_busy_until_the_token_ends(sight.page)
        _was_signed_out_for_sitting_still(other.page)
    sign_in(sight.page, "haast")
    says(sight.page, "U kijkt als")


def _is_busy_until_the_token_ends(page: Page) -> None:
    began = time.monotonic()
    while "Uw sessie is verlopen" not in page.inner_text("body"):
        assert time.monotonic() - began < 90, "the session never ended"
        assert "niets en bent" not in page.inner_text("body"), "who clicks is not idle"
        for path in ("bronnen", "methode"):
            tab = page.get_by_role("link", name=TITLES[path])
            if tab.count():
                tab.click()
            page.wait_for_timeout(2_000)
    assert time.monotonic() - began > 20, "it ended with the token, not before"
    page.reload()
    says(page, "Uw sessie is verlopen")
    assert "U kijkt als" not in page.inner_text("body")


def _was_signed_out_for_sitting_still(page: Page) -> None:
    says(page, "minuten niets en bent daarom afgemeld")
    assert "U kijkt als" not in page.inner_text("body")
    page.reload()
    says(page, "Meld u aan om Weerbeeld te openen")
    assert "U kijkt als" not in page.inner_text("body")


def test_no_secret_is_written_down(door: House, hasty: House) -> None:
    """Runs last: what the servers wrote while people signed in, failed and signed out."""
    for served in (door, hasty):
        written = served.log.read_text(encoding="utf-8")
        assert SECRET not in written
        assert not re.search(r"eyJ[\w-]{20}", written), "no token"
        for store in served.serving.log.parent.rglob("*"):
            if store.is_file() and store.suffix != ".log" and "releases" not in store.parts:
                assert SECRET.encode() not in store.read_bytes()
