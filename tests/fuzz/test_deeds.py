"""Whatever a browser sends in the name of a map, a place or period is chosen, or none."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as hs
from streamlit.components.v2.bidi_component.serialization import deserialize_trigger_list
from streamlit.proto.BackMsg_pb2 import BackMsg

from pages.parts.picking import DEED, LONGEST, MOST, Deed, deed_of, is_deed
from web.messages import without_false_events

NAMES = ("n", "area", "period", "level", "follows", "renew", "event", "value")
WORDS = hs.sampled_from([*NAMES, DEED, "GM0599", ""])
JSON = hs.recursive(
    hs.none() | hs.booleans() | hs.integers() | hs.floats() | WORDS | hs.text(max_size=60),
    lambda inner: hs.lists(inner, max_size=3) | hs.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
def test_what_was_told_has_its_form_or_is_nothing(sent: object) -> None:
    deed = deed_of(sent)
    if deed is not None:
        assert 0 < deed.n <= MOST
        for code in (deed.area, deed.period, deed.level):
            assert code is None or 0 < len(code) <= LONGEST
        assert deed.follows in (None, True, False)


@pytest.mark.parametrize("area", ["GM0599", None, "<b>x</b>", "[x](http://evil.example)"])
def test_a_click_tells_a_place(area: str | None) -> None:
    sent = {"n": 3, "area": area, "period": "2026-06-12m", "renew": True}
    assert deed_of(sent) == Deed(3, area, "2026-06-12m")
    followed = deed_of({**sent, "level": "hex7", "follows": False})
    assert followed == Deed(3, area, "2026-06-12m", "hex7", follows=False)


@pytest.mark.parametrize(
    "sent",
    [
        *({}, {"n": 0}, {"n": True}, {"n": -1}, {"n": 1.5}, {"n": 10**9}, {"n": "1"}),
        *({"n": 1, "area": 5}, {"n": 1, "area": ""}, {"n": 1, "area": "x" * 41}),
        *({"n": 1, "level": 7}, {"n": 1, "level": ""}, {"n": 1, "follows": "ja"}),
        *({"n": 1, "follows": 1}, {"n": 1, "follows": {}}),
        *({"n": 1, "period": ["2026"]}, [], None, "n", 5),
    ],
)
def test_anything_else_tells_nothing(sent: object) -> None:
    assert deed_of(sent) is None


FORM = json.dumps([{"event": DEED, "value": {"n": 1, "area": "GM0599", "period": None}}])
BAD = (
    *("", "{", "5", "null", "NaN", "\x00", "[" * 300_000, '"did"', '["did"]', "{}"),
    *('[{"event": "did"}]', '[{"event": 5, "value": {"n": 1}}]', '[{"value": {"n": 1}}]'),
    '[{"event": "other", "value": {"n": 1}}]',
)


@pytest.mark.parametrize("sent", BAD)
def test_what_no_map_says_does_not_reach_the_framework(sent: str) -> None:
    asked = BackMsg()
    widgets = asked.rerun_script.widget_states.widgets
    widgets.add(id="$$ID-1-page-map-x__events", json_trigger_value=sent)
    widgets.add(id="$$ID-1-page-map-x__events", json_trigger_value=FORM)
    widgets.add(id="$$ID-1-page-map-x", json_value=sent or "[")
    widgets.add(id="$$ID-1-page-map-x", string_value=sent)
    widgets.add(id="$$ID-3-z", string_value=sent)
    passed = BackMsg()
    passed.ParseFromString(without_false_events(bytes(asked.SerializeToString())))
    kept = passed.rerun_script.widget_states.widgets
    assert [widget.json_trigger_value for widget in kept if "events" in widget.id] == [FORM]
    assert "$$ID-3-z" in [widget.id for widget in kept]
    assert all(widget.json_value in ("", "{}", "null") for widget in kept)


def test_what_is_no_message_is_left_to_the_framework_to_refuse() -> None:
    assert without_false_events(b"\xff\xff") == b"\xff\xff"


@given(hs.text() | JSON.map(json.dumps))
def test_what_passes_can_be_read(sent: str) -> None:
    if is_deed(sent):
        assert all(deed_of(event["value"]) for event in deserialize_trigger_list(sent) or [])
