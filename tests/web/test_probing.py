"""Whoever asks for more than its grants hold leaves a refusal, with its name, each time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from granting import GIVER, give
from planted_release import BELOW, PLACES, plant
from serving import Serving, serving
from sqlalchemy import select
from sqlalchemy.orm import Session
from visiting import Visitor, provider, visiting

from access.grants import revoke_grants
from pages import PAGES
from store.access import AuditLine, open_access
from store.carrying import open_grants
from store.home import Home

VENLO = "GM0983"
DEED = '[{"event": "did", "value": {"n": %d, "area": "%s", "period": null}}]'
ELSEWHERE = [code for code in PLACES if code != VENLO]


@dataclass
class House:
    """A server that asks to sign in, and its home."""

    serving: Serving
    home: Home

    def lines(self) -> list[tuple[str, str, str, str]]:
        """Return who did what to what, and how it ended."""
        with Session(open_access(self.home)) as session:
            rows = session.scalars(select(AuditLine).order_by(AuditLine.sequence))
            return [(row.actor, row.action, row.object, row.result) for row in rows]

    def refused(self, actor: str) -> list[str]:
        return [w for who, _, w, result in self.lines() if (who, result) == (actor, "refused")]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("probing")
    home = Home(folder / "home")
    plant(home.releases)
    with provider(folder) as sign_in, serving(home.root, folder, **sign_in) as served:
        yield House(served, home)


@contextmanager
def somebody(house: House, person: str, *grants: str) -> Iterator[Visitor]:
    """Somebody who signed in and holds these grants."""
    for grant in grants:
        give(open_grants(house.home), person, grant)
    with visiting(house.serving) as visitor:
        visitor.sign_in(person)
        yield visitor


FINE = [code for gemeente in ELSEWHERE for codes in BELOW[gemeente].values() for code in codes]
LINKS = [
    *(f"binnen={code}" for code in ELSEWHERE),
    *(f"binnen={riec}" for riec in ("rotterdam", "oost-brabant", "limburg")),
    *("binnen=NL", "binnen=GM0599"),
    *(f"gebied={code}&kaart=buurt" for code in FINE[::40]),
    *("indicator=NAT1", "indicator=REG1", "indicator=NONE", "terugblik=NAT1"),
    *("gebied=GM9999", "kaart=straat", "binnen=%5Bx%5D(http://evil.example)"),
]


def test_every_link_to_elsewhere_is_one_refusal_with_who_asked(house: House) -> None:
    with somebody(house, "prober", f"gemeente:{VENLO}") as visitor, visitor.window() as window:
        window.run("kaart")
        assert house.refused("prober") == []
        for number, link in enumerate(LINKS):
            said = window.run("bronnen", link)
            assert "U kijkt als" in said
            assert len(house.refused("prober")) == number + 1, link
    for link, line in zip(LINKS, house.refused("prober"), strict=True):
        wanted = link.partition("=")[2].partition("&")[0].replace("%5B", "[").replace("%5D", "]")
        assert line.endswith(f" {wanted}")


OWN = (
    *(f"binnen={VENLO}", f"gebied={BELOW[VENLO]['buurt'][0]}&kaart=buurt", "kaart=hex9"),
    *("gebied=GM0599&kaart=gemeente", "indicator=ALL1", "indicator=MUN1", "taal=en"),
    *(f"gebied={BELOW[VENLO]['hex9'][0]}&kaart=gemeente", "periode=2025-06-12m", "plaats=x"),
)


def test_what_a_reader_may_ask_is_no_refusal(house: House) -> None:
    """Also what a page does not offer at this level, as after another choice."""
    with somebody(house, "reader", f"gemeente:{VENLO}") as visitor, visitor.window() as window:
        for link in OWN:
            for page in ("kaart", "indicatoren"):
                window.run(page, link)
    assert house.refused("reader") == []


def test_hidden_pages_leave_a_refusal(house: House) -> None:
    hidden = [page.path for page in PAGES if "gemeente" not in page.roles]
    assert len(hidden) >= 2
    with somebody(house, "opener", f"gemeente:{VENLO}") as visitor, visitor.window() as window:
        for path in hidden:
            assert "hoort niet bij deze rol" in window.run(path)
    assert house.refused("opener") == [f"page {path}" for path in hidden]


def test_forged_values_of_widgets_leave_a_refusal(house: House) -> None:
    forged = {
        "kaart_kaart": ["hex10", "straat"],
        "kaart_indicator": ["NAT1", "Proef NAT1 (NAT1)"],
        "kaart_gebied": FINE[:2],
    }
    count = 0
    with somebody(house, "forger", f"gemeente:{VENLO}") as visitor, visitor.window() as window:
        window.run("kaart")
        for key, values in forged.items():
            for value in values:
                assert "U kijkt als" in window.run(**{key: value})
                count += 1
                assert len(house.refused("forger")) == count, (key, value)
                window.run("kaart")
    assert len(house.refused("forger")) == count


def test_a_click_on_a_place_elsewhere_is_a_refusal(house: House) -> None:
    with somebody(house, "clicker", f"gemeente:{VENLO}") as visitor, visitor.window() as window:
        window.run("kaart", "kaart=hex8")
        (key,) = window.keys("kaart-map")
        window.act(key, DEED % (1, FINE[0]))
        assert house.refused("clicker") == [f"asked area {FINE[0]}"]
        for bad in ("", "{", "5", "[" * 5000, "[5]", '[{"event": "did", "value": {"n": "x"}}]'):
            window.run("kaart")
            said = window.act(key, bad)
            assert "U kijkt als" in said
            assert "exception" not in said, bad
        own = BELOW[VENLO]["hex8"][0]
        assert own in window.act(key, DEED % (2, own))


def test_a_click_on_a_map_that_made_way_is_not_heard(house: House) -> None:
    """It travels while the next page is drawn already; only now and then does it come so late."""
    with somebody(house, "late", f"gemeente:{VENLO}") as visitor, visitor.window() as window:
        window.run("kaart")
        (key,) = window.keys("kaart-map")
        window.act(key, DEED % (1, VENLO))
        window.run("methode")
        assert "hoofdstuk" in window.act_late(key, DEED % (2, VENLO))
    assert "KeyError" not in house.serving.log.read_text(encoding="utf-8")


def test_to_ask_as_an_example_viewer_is_a_refusal(house: House) -> None:
    with somebody(house, "pretender", f"gemeente:{VENLO}") as visitor, visitor.window() as window:
        assert "hoort niet bij deze rol" in window.run("beheer", "kijker=nsoc")
    assert "as example viewer nsoc" in house.refused("pretender")


def exports_of(visitor: Visitor, page: str) -> list[str]:
    """Return the links to files on a page."""
    with visitor.window() as window:
        window.run(page)
        return window.links("/export")


def test_a_replayed_link_names_whose_it_was(house: House) -> None:
    with somebody(house, "owner", f"gemeente:{VENLO}") as owner:
        link = exports_of(owner, "kaart")[0]
        assert owner.http.get(link).status_code == 200
        with visiting(house.serving) as stranger:
            assert stranger.http.get(link).status_code == 403
        with somebody(house, "thief", "gemeente:GM0599") as thief:
            with thief.window() as window:
                window.run("kaart")
            assert thief.http.get(link).status_code == 403
        said = "by a link of owner: foreign"
        assert any(said in what for what in house.refused("unknown"))
        assert any(said in what for what in house.refused("thief"))
        revoke_grants(open_grants(house.home), "owner", None, GIVER)
        assert owner.http.get(link).status_code == 403
        assert house.refused("owner")


def test_an_export_needs_the_session_and_the_browser(house: House) -> None:
    with somebody(house, "exporter", f"gemeente:{VENLO}") as visitor:
        link = exports_of(visitor, "kaart")[0]
        cookies = {c.name: c.value for c in visitor.http.cookies.jar}
        for left_out in ("weerbeeld_browser", "_streamlit_user"):
            with visiting(house.serving) as thief:
                thief.http.cookies.clear()
                for name, value in cookies.items():
                    if name != left_out:
                        thief.http.cookies.set(name, str(value), domain="localhost.local")
                assert thief.http.get(link).status_code == 403, left_out
        assert visitor.http.get(link).status_code == 200


def test_the_number_of_a_browser_is_new_at_sign_in(house: House) -> None:
    with visiting(house.serving) as visitor:
        before = visitor.cookie("weerbeeld")
        visitor.sign_in("renewed")
        after = visitor.cookie("weerbeeld")
        assert before != after
        visitor.http.get("/")
        assert visitor.cookie("weerbeeld") == after
