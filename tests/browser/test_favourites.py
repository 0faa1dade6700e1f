"""What a reader keeps stays in the browser: it leads back, can be taken away, and is no other's."""

import pytest
from playwright.sync_api import Browser
from sights import PATIENCE_MS, Server, Sight, link, looking

pytestmark = pytest.mark.browser


def _open(sight: Sight) -> None:
    sight.page.locator("summary", has_text="Bewaard").click()


def test_a_kept_page_leads_back_with_its_choices(server: Server, chromium: Browser) -> None:
    with looking(chromium, "laptop") as sight:
        sight.go(link(server, "plaats", "nsoc", gebied="GM0917"))
        _open(sight)
        sight.page.get_by_role("button", name="Bewaar deze pagina").click()
        sight.page.wait_for_selector("text=Bewaard (1)", timeout=PATIENCE_MS)
        sight.go(link(server, "bronnen", "nsoc"))
        _open(sight)
        assert "Heerlen" not in "".join(frame.decode(errors="ignore") for frame in sight.sent)
        sight.page.get_by_role("link", name="Heerlen · Plaats").click()
        sight.page.wait_for_selector("h1:has-text('Heerlen')", timeout=PATIENCE_MS)
        assert "gebied=GM0917" in sight.page.url
        sight.go(link(server, "bronnen", "riec:limburg"))
        sight.page.wait_for_selector("text=Bewaard (0)", timeout=PATIENCE_MS)
        sight.go(link(server, "bronnen", "nsoc"))
        _open(sight)
        sight.page.get_by_role("button", name="Haal weg: Heerlen").click()
        sight.page.wait_for_selector("text=Bewaard (0)", timeout=PATIENCE_MS)
        assert sight.faults == []
