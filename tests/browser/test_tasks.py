"""Six tasks of an ordinary day, done as a new user would: by clicking, at most five times each."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Locator
from sights import PATIENCE_MS, Server, Sight, looking

from store import logs
from store.access import open_access
from store.home import Home

pytestmark = [pytest.mark.browser, pytest.mark.long]

MOST_CLICKS = 5


@dataclass
class User:
    """Somebody at the start page, whose clicks are counted; typing is no click."""

    sight: Sight
    clicks: list[str] = field(default_factory=list)

    def click(self, what: Locator, name: str) -> None:
        """Click the first of ``what``, and wait until the page stands."""
        what.first.scroll_into_view_if_needed(timeout=PATIENCE_MS)
        what.first.click(timeout=PATIENCE_MS)
        self.clicks.append(name)
        assert len(self.clicks) <= MOST_CLICKS, self.clicks
        self.sight.settle()

    def press(self, name: str) -> None:
        self.click(self.sight.page.get_by_role("button", name=re.compile(name)), name)

    def follow(self, name: str) -> None:
        self.click(self.sight.page.get_by_role("link", name=re.compile(name)), name)

    def choose(self, label: str, option: str) -> None:
        """Open a select box and click one of its options: two clicks."""
        box = self.sight.page.get_by_role("combobox", name=re.compile(label))
        self.click(box, label)
        self.click(self.sight.page.get_by_role("option", name=re.compile(option)), option)

    def until(self, holds: Callable[[], object]) -> None:
        """Wait until something holds: a click is answered a moment later."""
        deadline = time.monotonic() + PATIENCE_MS / 1000
        while not holds() and time.monotonic() < deadline:
            self.sight.page.wait_for_timeout(100)
        assert holds()
        self.sight.settle()

    def reads(self, begin: str) -> None:
        """Wait until the title of the page begins so."""
        self.until(lambda: re.match(begin, self.sight.page.inner_text("h1")))

    @property
    def sees(self) -> str:
        return self.sight.page.inner_text("body")


@pytest.fixture
def user(server: Server, chromium: Browser) -> Iterator[User]:
    with looking(chromium, "laptop") as sight:
        sight.page.goto(server.url)
        sight.page.wait_for_selector("text=Kies als wie u kijkt", timeout=PATIENCE_MS)
        yield User(sight)
        assert sight.faults == []


def test_nsoc_takes_five_facts_with_sources_and_a_picture_about_logistics(user: User) -> None:
    user.press("Openen: NSOC")
    user.reads("In .* gemeenten? steekt")
    user.choose("Thema", "Logistieke dienstverleners")
    user.until(lambda: "thema=logistics" in user.sight.page.url)
    said = user.sees
    facts = set(re.findall(r"^(.+): (Kamer van Koophandel) \((.+)\)", said, re.MULTILINE))
    counted = re.search(r"In (\d+|geen) gemeenten? steekt iets eruit", said)
    verdicts = re.search(r"Van (\d+) gemeenten: (.+)\.", said)
    card = re.search(r"Logistieke dienstverleners\n+(\d+) gemeenten", said)
    changed = re.search(r"In (\d+|geen) gemeenten? veranderde wat eruit steekt", said)
    assert card
    assert all([counted, verdicts, changed])
    assert facts, "places by name, with the partner on whose word"
    assert len(facts) == int(card[1]), "the list and the card agree"
    assert "CBS / Kadaster" in said
    assert "Gegevens tot en met" in said
    with user.sight.page.expect_download() as waiting:
        user.press("Bewaar als afbeelding")
    assert waiting.value.suggested_filename.endswith(".png")


def test_nsoc_sees_where_explosives_became_worse_and_on_whose_word(user: User) -> None:
    user.press("Openen: NSOC")
    user.follow("Indicatoren")
    user.press("Aanslagen met explosieven")
    user.reads("Aanslagen met explosieven")
    said = user.sees
    assert re.search(r"Aanslagen met explosieven: .* in het land", said)
    assert re.search(r"is duidelijk gestegen|past binnen de onzekerheid|duidelijk gedaald", said)
    assert "Politie" in said
    user.follow("Op de kaart")
    user.until(lambda: "/kaart" in user.sight.page.url)
    user.reads("Aanslagen met explosieven")
    user.press("Wat er veranderde")
    state = user.sight.map_state()
    assert (state["code"], state["mode"]) == ("CV01", "change")
    kinds = {place["text"].split(":")[0] for place in user.sight.places()}
    assert kinds & {"duidelijk gestegen", "geen duidelijke verandering"}


def test_a_riec_names_three_gemeenten_with_reasons_and_peers(user: User) -> None:
    user.press("Openen: RIEC Limburg")
    user.reads("RIEC Limburg")
    said = user.sees
    listed = user.sight.page.locator("[class*='st-key-to-'] button").all_inner_texts()
    named = {line.partition(":")[0]: line.partition(":")[2] for line in listed if ":" in line}
    assert len(named) >= 3
    assert all("(" in reason for reason in named.values()), "each with its indicator"
    assert "RIEC Limburg" in said
    first = next(iter(named))
    user.press(re.escape(first))
    user.until(lambda: "Alles over deze plaats" in user.sees)
    user.follow("Alles over deze plaats")
    user.reads(re.escape(first))
    assert "Vergelijkbare gemeenten" in user.sees
    assert "Kan ook onschuldig zijn" in user.sees
    assert "Wat u kunt doen" in user.sees


@pytest.mark.usefixtures("with_streets")
def test_rotterdam_goes_from_a_street_to_its_hexagon_and_what_to_do(user: User) -> None:
    user.press("Openen: Gemeente Rotterdam")
    user.follow("^Plaats$")
    box = user.sight.page.get_by_role("textbox", name=re.compile("^Zoek"))
    box.fill("Lange Dijk")
    box.press("Enter")
    user.press("Lange Dijk")
    user.reads("Zeshoek bij")
    assert user.sight.map_state()["chosen"]
    assert re.search(r"te weinig|niets|steekt", user.sees), "how sure"
    user.click(user.sight.page.get_by_text(re.compile("^Per indicator")), "Per indicator")
    user.until(lambda: "Wat u kunt doen" in user.sees)
    assert re.search(r"\d \(\d|\d+,\d+ .*\(", user.sees), "figures with their interval"


def _tab_to(user: User, target: Locator) -> None:
    """Press the tab key until what is wanted has the focus."""
    page = user.sight.page
    for _ in range(120):
        page.keyboard.press("Tab")
        if target.first.evaluate("e => e === document.activeElement"):
            return
    raise AssertionError("the keyboard does not reach it")


@pytest.mark.usefixtures("with_streets")
def test_the_same_with_the_keyboard_alone(user: User) -> None:
    page = user.sight.page
    _tab_to(user, page.get_by_role("button", name="Openen: Gemeente Rotterdam"))
    page.keyboard.press("Enter")
    user.sight.settle()
    _tab_to(user, page.get_by_role("link", name=re.compile("^Plaats$")))
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Rotterdam')", timeout=PATIENCE_MS)
    user.sight.settle()
    _tab_to(user, page.get_by_role("textbox", name=re.compile("^Zoek")))
    page.keyboard.type("Lange Dijk")
    page.keyboard.press("Enter")
    found = page.get_by_role("button", name=re.compile("Lange Dijk"))
    found.first.wait_for(timeout=PATIENCE_MS)
    user.sight.settle()
    _tab_to(user, found)
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Zeshoek bij')", timeout=PATIENCE_MS)
    user.sight.settle()
    _tab_to(user, page.locator("summary", has_text="Per indicator"))
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Wat u kunt doen", timeout=PATIENCE_MS)
    assert user.clicks == []


def test_the_keeper_sees_what_is_late(user: User) -> None:
    user.press("Openen: Gegevensbeheerder")
    user.reads(".*(laat|op tijd)")


@pytest.fixture
def looked_yesterday(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dirk looked at Venlo and Eva at Rotterdam, yesterday."""
    yesterday = datetime.now(UTC) - timedelta(days=1)
    monkeypatch.setattr(logs, "_now", lambda: yesterday.isoformat(timespec="microseconds"))
    engine = open_access(Home(server.spy_log.parent))
    for who, place in (("dirk", "GM0983"), ("eva", "GM0599")):
        for action, what in (
            ("view", f"plaats gebied {place}"),
            ("read", f"profile gemeente {place}"),
        ):
            logs.audit(
                engine, action=action, object=what, result="ok", origin="dashboard", actor=who
            )
    engine.dispose()


@pytest.mark.usefixtures("looked_yesterday")
def test_the_auditor_sees_who_looked_at_venlo_yesterday(user: User) -> None:
    user.press("Openen: Auditor")
    user.choose("Wanneer", "gisteren")
    place = user.sight.page.get_by_role("combobox", name=re.compile("Ging over"))
    user.click(place, "Ging over")
    user.sight.page.keyboard.type("Venlo")
    user.sight.page.keyboard.press("Enter")
    user.sight.settle()
    cells = user.sight.page.locator('[data-testid="stDataFrame"] td')

    def who() -> str:
        return " ".join(cells.all_text_contents())

    user.until(lambda: "dirk" in who() and "eva" not in who())
