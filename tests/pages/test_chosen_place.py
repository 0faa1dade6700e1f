"""A chosen place at another level: the larger one around it, or none."""

from pathlib import Path

import pytest
from page_drawing import gateway_of
from streamlit.testing.v1 import AppTest

from pages.parts.chosen_place import level_of
from store.release import LEVEL_NUMBERS


def _script(releases: str, viewer: str, level: str) -> None:
    from pathlib import Path

    import streamlit as st
    from page_drawing import gateway_of

    from pages.kit.choices import begin, chosen
    from pages.parts.chosen_place import settle_place

    begin()
    settle_place(gateway_of(Path(releases), viewer), level)
    st.session_state["settled"] = chosen()


def settled(releases: Path, level: str, area: str, viewer: str = "nsoc") -> dict[str, str]:
    at = AppTest.from_function(_script, args=(str(releases), viewer, level), default_timeout=60)
    at.query_params["gebied"] = area
    at.run()
    assert not at.exception, at.exception
    found: dict[str, str] = at.session_state["settled"]
    return found


@pytest.mark.parametrize(
    ("level", "area", "expected"),
    [
        ("gemeente", "GM0917", {"gebied": "GM0917"}),
        ("riec", "GM0917", {"gebied": "limburg"}),
        ("hex7", "GM0917", {}),
        ("wijk", "GM0917", {}),
        ("gemeente", "limburg", {}),
    ],
)
def test_an_official_place_at_another_level(
    level: str, area: str, expected: dict[str, str], example_release: Path
) -> None:
    assert settled(example_release, level, area) == expected


def test_a_hexagon_gives_way_to_what_it_lies_in(example_release: Path) -> None:
    gateway = gateway_of(example_release)
    fine = gateway.areas("hex8", "GM0599")[0]
    coarse = settled(example_release, "hex7", fine.code)
    around = next(area for area in gateway.areas("hex7") if area.code == coarse["gebied"])
    assert abs(around.lon - fine.lon) + abs(around.lat - fine.lat) < 0.05
    assert settled(example_release, "gemeente", fine.code)["gebied"] == "GM0599"
    assert "gebied" not in settled(example_release, "hex8", around.code)


def test_the_form_of_a_code_says_its_level(example_release: Path) -> None:
    gateway = gateway_of(example_release, "riec:limburg")
    for level in LEVEL_NUMBERS:
        codes = [area.code for area in gateway.areas(level)[:20]]
        assert {level_of(code) for code in codes} <= {level}
