"""Addresses of former pages lead to those of now, with what was chosen, and nowhere else."""

import asyncio
from urllib.parse import parse_qs, quote, urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware

from pages import PAGES
from settings import Settings
from web.former import FORMER, address_now
from web.guard import Guard
from web.site import site_of

PATHS = {f"/{page.path}" for page in PAGES}


def test_each_former_page_has_one_of_now_in_its_place() -> None:
    assert {"/landelijk-beeld", "/regiobeeld", "/gemeentebeeld", "/indicator"} <= set(FORMER)
    assert set(FORMER.values()) <= PATHS
    assert not set(FORMER) & PATHS


@pytest.mark.parametrize("name", ["regio", "gemeente", "eigen"])
def test_the_part_of_the_country_keeps_its_choice_under_the_name_of_now(name: str) -> None:
    now = address_now("/gemeentebeeld", f"kijker=nsoc&{name}=GM0983&periode=2026Q2")
    assert now == "/beeld?kijker=nsoc&binnen=GM0983&periode=2026Q2"


@given(st.sampled_from(sorted(FORMER)), st.dictionaries(st.text(min_size=1), st.text(), max_size=4))
def test_whatever_is_asked_it_leads_to_a_page_of_ours(path: str, asked: dict[str, str]) -> None:
    query = "&".join(f"{quote(name)}={quote(value)}" for name, value in asked.items())
    now = urlsplit(address_now(path, query) or "")
    assert (now.scheme, now.netloc, now.path) == ("", "", FORMER[path])
    assert len(parse_qs(now.query)) <= len(asked)


@pytest.mark.parametrize(
    ("asked", "now"),
    [
        ("/regiobeeld?regio=limburg", "/beeld?binnen=limburg"),
        ("/indicator/?indicator=FI01", "/indicatoren?indicator=FI01"),
        ("/landelijk-beeld", "/beeld"),
        ("/gemeentebeelden", None),
        ("/regiobeeld/beeld", None),
    ],
)
def test_a_browser_is_sent_on(asked: str, now: str | None) -> None:
    site = site_of(Settings(), frozenset())
    guarded = Starlette(middleware=[Middleware(Guard, site=site)])
    transport = httpx.ASGITransport(guarded)

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.get(asked)

    answer = asyncio.run(ask())
    assert answer.headers.get("location") == now
    assert answer.status_code == (308 if now else 404)
