"""Whatever a browser sends in place of a click, a place of the map is chosen, or none."""

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as hs
from streamlit.elements.deck_gl_json_chart import PydeckSelectionSerde
from streamlit.proto.BackMsg_pb2 import BackMsg

from access.figures import Score
from access.scope import AccessRefusedError
from pages.parts import map as page_map
from pages.parts.map import MapRequest, draw_map
from pages.parts.map_figures import PICTURES
from pages.parts.picking import is_selection, picked_place
from pages.parts.rows import LENT, ShownPlace
from web.messages import without_false_selections

KNOWN = ("GM0599", "GM0363")
LAYERS = [name for name, _, _ in PICTURES]
CODES = hs.sampled_from([*KNOWN, "GM0344", "", "x" * 999]) | hs.text(max_size=9)
JSON = hs.recursive(
    hs.none() | hs.booleans() | hs.integers() | hs.floats() | CODES,
    lambda inner: (
        hs.lists(inner, max_size=3)
        | hs.dictionaries(
            hs.sampled_from(["selection", "objects", "indices", *LAYERS, "c", "properties"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_only_places_of_the_map_are_chosen(selection: object) -> None:
    strays: list[str] = []
    assert picked_place(selection, LAYERS, KNOWN, strays.append) in (None, *KNOWN)
    assert not set(strays) & {*KNOWN, ""}


@pytest.mark.parametrize("code", [*KNOWN, "GM0344", "<b>x</b>", "[x](http://evil.example)"])
@pytest.mark.parametrize("layer", LAYERS)
def test_a_click_on_a_hexagon_or_an_area(code: str, layer: str) -> None:
    for place in ({"c": code}, {"properties": {"c": code, "n": "x"}}):
        strays: list[str] = []
        found = picked_place({"objects": {layer: [place]}}, LAYERS, KNOWN, strays.append)
        assert found == (code if code in KNOWN else None)
        assert strays == ([] if found else [code]), "what is not on the map is not passed over"


def place(code: str) -> ShownPlace:
    points = (None, None, None, None)
    score = Score(code, code, code, "", 5.0, 52.0, 50.0, *points, None, 1, code, "gemeente")
    return ShownPlace(score, code, 50.0, 1, "", "", "", "", LENT, None)


class Nothing:
    """A gateway of which no grant reaches anything."""

    def asked(self, what: str, name: str) -> None:
        raise AccessRefusedError(f"no {what} {name}")


def drawn(monkeypatch: pytest.MonkeyPatch, sent: str) -> tuple[str | None, list[bool]]:
    """Return the place that a map gives when the browser sent ``sent``, and what was drawn."""
    drawings: list[bool] = []

    def chart(_deck: object, on_select: str = "ignore", **_look: object) -> object:
        drawings.append(on_select == "rerun")
        return PydeckSelectionSerde().deserialize(sent) if on_select == "rerun" else None

    monkeypatch.setattr(st, "pydeck_chart", chart)
    places = [place(code) for code in KNOWN]
    monkeypatch.setattr(page_map, "deck_of", lambda view, request: None)
    view: Any = SimpleNamespace(gateway=Nothing())
    return draw_map(view, MapRequest("gemeente", places, 3, "kaart"), "map"), drawings


@pytest.mark.parametrize(
    "sent",
    [
        *("", "{", "5", "null", "NaN", "\x00", "[" * 300_000, '"selection"', '["selection"]'),
        *('{"selection": 5}', '{"selection": null}', '{"selection": "x"}'),
        *('{"selection": ["objects"]}', '{"selection": {"objects": 5}}'),
        '{"selection": {"objects": {"figures": 5}}}',
    ],
)
def test_what_is_no_selection_leaves_a_map(sent: str, monkeypatch: pytest.MonkeyPatch) -> None:
    place, drawings = drawn(monkeypatch, sent)
    assert place is None
    assert drawings in ([True], [True, False])


def test_a_selection_chooses(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = json.dumps({"selection": {"objects": {LAYERS[-1]: [{"c": "GM0599"}]}, "indices": {}}})
    assert drawn(monkeypatch, sent) == ("GM0599", [True])


FORM = '{"selection": {"objects": {}, "indices": {}}}'


@pytest.mark.parametrize(
    "sent", ["", "{", "5", "null", "[" * 300_000, '{"selection": 5}', '{"selection": {}}', "[]"]
)
def test_what_is_no_selection_does_not_reach_the_framework(sent: str) -> None:
    asked = BackMsg()
    for number, text in (
        ("$$ID-1-page-map-x", sent),
        ("$$ID-2-page-map-y", FORM),
        ("$$ID-3-z", sent),
    ):
        asked.rerun_script.widget_states.widgets.add(id=number, string_value=text)
    passed = BackMsg()
    passed.ParseFromString(without_false_selections(bytes(asked.SerializeToString())))
    kept = [widget.id for widget in passed.rerun_script.widget_states.widgets]
    assert kept == ["$$ID-2-page-map-y", "$$ID-3-z"]


def test_what_is_no_message_is_left_to_the_framework_to_refuse() -> None:
    assert without_false_selections(b"\xff\xff") == b"\xff\xff"


@given(hs.text() | JSON.map(json.dumps))
def test_what_passes_for_a_selection_can_be_read(sent: str) -> None:
    if is_selection(sent):
        PydeckSelectionSerde().deserialize(sent)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(sent=hs.text() | JSON.map(json.dumps), draw=hs.just(drawn))
def test_any_text_in_place_of_a_selection(
    sent: str, draw: Callable[..., tuple[str | None, list[bool]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert draw(monkeypatch, sent)[0] in (None, *KNOWN)
