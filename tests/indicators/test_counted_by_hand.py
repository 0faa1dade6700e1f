"""What is counted in a handful of records, and what would fool a naive count."""

from typing import Any

import numpy as np
import pytest
from by_hand import DAY, counted

from analysis.price_band import CUT_OFF, LEAST, sides_by_group
from indicators import tb03_unit_price

Record = dict[str, Any]

METRE = 1 / 111_195
"""In degrees of latitude."""


def firm(sbi: str = "62010", **values: Any) -> Record:  # noqa: ANN401
    return {"sbi": sbi, "founded": "2020-01-01", "dissolved": None, "premises_use": "office"} | {
        "address_kind": "ordinary",
        **values,
    }


def item(day: str, value: float = 100.0, weight: float | None = 10.0, **values: Any) -> Record:  # noqa: ANN401
    return {"firm_id": "A", "date": day, "value_eur": value, "weight_kg": weight, **values}


def attack(day: str, north: float = 0.0, **values: Any) -> Record:  # noqa: ANN401
    """Return an attack so many metres to the north of the others."""
    return {"type": "explosive_attack", "date": day, "registered": day, "discovery": "tip"} | {
        "lat": 52.0 + north * METRE,
        **values,
    }


def check(**values: Any) -> Record:  # noqa: ANN401
    return {"sbi": "49410", "discovery": "random_check", "irregular": True, "means_fit": None} | {
        **values
    }


def test_tb01_a_bulk_wholesaler_at_a_dwelling_counts_and_a_web_shop_at_home_does_not() -> None:
    at_home = {"premises_use": "dwelling"}
    numerator, denominator = counted(
        "TB01",
        "business",
        {
            "scrap at home": firm("46772", **at_home),
            "scrap in a yard": firm("46772", premises_use="industrial"),
            "fuels at home, gone": firm("46711", **at_home, dissolved="2026-01-01"),
            "web shop at home": firm("47912", **at_home),
            "agent at home": firm("46180", **at_home),
            "clothes at home": firm("46422", **at_home),
        },
    )
    assert numerator == ["scrap at home"]
    assert denominator == ["scrap at home", "scrap in a yard"]


@pytest.mark.parametrize(
    ("others", "kind", "found"),
    [(4, "ordinary", ["metals"]), (3, "ordinary", []), (9, "multi_tenant", [])],
)
def test_tb01_a_crowded_address_counts_unless_that_is_normal_there(
    others: int, kind: str, found: list[str]
) -> None:
    there = {"address_id": "one", "address_kind": kind}
    rest = {f"other {n}": firm(**there) for n in range(others)}
    numerator, denominator = counted("TB01", "business", {"metals": firm("46723", **there)} | rest)
    assert (numerator, denominator) == (found, ["metals"])


def test_tb03_is_the_robust_band_of_analysis() -> None:
    """Two goods of which one has an item too few to compare."""
    assert (tb03_unit_price.CUT_OFF, tb03_unit_price.LEAST) == (CUT_OFF, LEAST)
    rng = np.random.default_rng(3)
    many, few = 300, LEAST - 1
    price = np.exp(rng.normal(2, 0.4, many + few))
    price[[3, many + 3]] *= 100
    price[[7, many + 7]] /= 100
    value = (price * 1_000).round(2)
    goods = np.repeat([0, 1], [many, few])
    given = {
        str(n): item("2026-01-01", value[n], 1_000.0, hs6=("020329", "710812")[goods[n]])
        for n in range(many + few)
    }
    sides = sides_by_group(value / 1_000, goods)
    numerator, denominator = counted("TB03", "trade_declaration", given)
    assert {"3", "7"} <= set(numerator)
    assert {int(name) for name in numerator} == set(np.flatnonzero(np.abs(sides) > 0))
    assert {int(name) for name in denominator} == set(range(many))


def test_tb03_a_fixed_price_and_another_year_are_not_compared() -> None:
    fixed = {f"fixed {n}": item("2026-01-01") for n in range(80)}
    dear = {"dear": item("2026-01-01", 900.0), "last year": item("2025-12-31", 900.0)}
    assert counted("TB03", "trade_declaration", fixed | dear) == ([], [])


def test_tb10_gold_counts_over_trade_with_shops_apart() -> None:
    numerator, denominator = counted(
        "TB10",
        "business",
        {
            "refiner": firm("24410"),
            "wholesale of metals": firm("46722"),
            "wholesale of jewellery": firm("46480"),
            "jeweller": firm("47772"),
            "clothes shop": firm("47711"),
            "steel works": firm("24100"),
            "dental technician": firm("32502"),
        },
    )
    assert numerator == ["refiner", "wholesale of metals", "wholesale of jewellery", "jeweller"]
    assert denominator == [*numerator, "clothes shop"]


def test_lo07_cars_count_and_bicycles_clothes_and_machines_do_not() -> None:
    numerator, denominator = counted(
        "LO07",
        "business",
        {
            "cars": firm("77111"),
            "lorries": firm("77120"),
            "gone": firm("77111", dissolved=DAY),
            "bicycles": firm("77210"),
            "machines": firm("77320"),
        },
    )
    assert numerator == ["cars", "lorries"]
    assert denominator == ["cars", "lorries", "bicycles", "machines"]


def test_lo08_counts_irregular_transport_but_not_what_this_map_led_to() -> None:
    numerator, denominator = counted(
        "LO08",
        "inspection",
        {
            "haulier": check(),
            "courier in order": check(sbi="53202", irregular=False),
            "storage": check(sbi="52101", discovery="tip"),
            "steered": check(discovery="steered_check"),
            "hairdresser": check(sbi="96021"),
        },
    )
    assert numerator == ["haulier", "storage"]
    assert denominator == ["haulier", "courier in order", "storage"]


def test_bd08_who_was_not_looked_at_is_no_misfit() -> None:
    numerator, denominator = counted(
        "BD08",
        "inspection",
        {
            "no seats": check(sbi="96021", means_fit=False, irregular=False),
            "seats": check(sbi="96021", means_fit=True),
            "not looked at": check(sbi="96021", means_fit=None),
            "steered": check(sbi="96021", means_fit=False, discovery="steered_check"),
        },
    )
    assert numerator == ["no seats"]
    assert denominator == ["no seats", "seats"]


def at(address: str, founded: str, dissolved: str | None = None, **values: Any) -> Record:  # noqa: ANN401
    return firm(address_id=address, founded=founded, dissolved=dissolved, **values)


def test_bd10_premises_that_two_firms_left_count_once() -> None:
    numerator, denominator = counted(
        "BD10",
        "business",
        {
            "first": at("shop", "2023-01-01", "2024-12-31"),
            "second": at("shop", "2025-01-01", "2025-09-30"),
            "third": at("shop", "2025-10-01"),
            "one before": at("office", "2020-01-01", "2025-01-01"),
            "one now": at("office", "2025-02-01"),
            "long ago": at("old", "2010-01-01", "2024-06-29"),
            "long ago too": at("old", "2010-01-01", "2020-01-01"),
            "since then": at("old", "2024-07-01"),
            "empty now": at("gone", "2024-01-01", "2025-01-01"),
            "empty too": at("gone", "2025-02-01", "2026-01-01"),
        },
    )
    assert numerator == ["third"]
    assert denominator == ["third", "one now", "since then"]


def test_bd10_firms_that_stay_or_register_anew_did_not_leave() -> None:
    """A family's firms in one house, an owner who starts over, and a shared building."""
    shared = {"address_kind": "multi_tenant"}
    numerator, denominator = counted(
        "BD10",
        "business",
        {
            "family 1": at("house", "2019-01-01"),
            "family 2": at("house", "2025-01-01"),
            "family 3": at("house", "2026-01-01"),
            "closed": at("salon", "2024-01-01", "2025-01-01", firm_id="S"),
            "closed again": at("salon", "2025-01-02", "2025-12-31", firm_id="S"),
            "open": at("salon", "2026-01-01", firm_id="S"),
            "tenant gone": at("hub", "2024-01-01", "2025-01-01", **shared),
            "tenant gone too": at("hub", "2024-01-01", "2025-02-01", **shared),
            "tenant": at("hub", "2024-01-01", **shared),
        },
    )
    assert numerator == []
    assert denominator == ["family 3", "open"]


def test_bd10_is_looked_at_on_each_day_by_itself() -> None:
    moved = {
        "first": at("shop", "2020-01-01", "2024-02-01"),
        "second": at("shop", "2024-02-02", "2024-10-01"),
        "third": at("shop", "2024-10-02"),
    }
    days = ("2024-06-30", "2024-12-31", "2026-06-30")
    numerator, denominator = counted("BD10", "business", moved, days)
    assert numerator == ["third"]
    assert denominator == ["second", "third", "third"]


def test_bd11_a_holding_beside_its_working_firm_is_normal() -> None:
    hall = {"premises_use": "industrial"}
    numerator, denominator = counted(
        "BD11",
        "business",
        {
            "storage": firm("52102", **hall),
            "holding alone": firm("64200", **hall),
            "holding": firm("64200", **hall, address_id="works"),
            "its works": firm("25620", **hall, address_id="works"),
            "holding in an office": firm("64200"),
            "storage at a shop": firm("52102", premises_use="shop"),
        },
    )
    assert numerator == ["storage", "holding alone"]
    assert denominator == ["storage", "holding alone", "holding", "its works"]


def test_bd13_a_plan_that_does_not_fit_is_no_signal() -> None:
    grounds = ("bibob", "bad_conduct", "false_statement", "public_order", "other")
    refused = {ground: {"decision": "refused", "ground": ground} for ground in grounds}
    withdrawn = {"withdrawn": {"decision": "withdrawn", "ground": "bibob"}}
    granted = {"granted": {"decision": "granted", "ground": "none"}}
    numerator, denominator = counted("BD13", "vergunning", refused | withdrawn | granted)
    assert numerator == ["bibob", "bad_conduct", "false_statement", "withdrawn"]
    assert denominator == [*grounds, "withdrawn", "granted"]


def test_cv02_what_follows_nearby_and_soon_counts() -> None:
    numerator, denominator = counted(
        "CV02",
        "incident",
        {
            "first": attack("2026-01-01"),
            "near and soon": attack("2026-04-01", 199),
            "too far": attack("2026-01-05", 5_000),
            "too far from it": attack("2026-02-05", 5_202),
            "too late": attack("2026-07-02", 150),
            "arson": attack("2026-01-02", type="arson"),
            "steered": attack("2026-01-03", discovery="steered_check"),
        },
    )
    assert numerator == ["near and soon"]
    assert denominator == ["first", "near and soon", "too far", "too far from it", "too late"]


def test_cv02_attacks_of_one_day_are_one_event() -> None:
    bangs = {f"bang {n}": attack("2025-12-31", 20.0 * n) for n in range(5)}
    assert counted("CV02", "incident", bangs)[0] == []


def test_cv02_degrees_of_longitude_are_shorter() -> None:
    east = {"first": attack("2026-01-01"), "east": attack("2026-01-09", lon=5.0 + 300 * METRE)}
    assert counted("CV02", "incident", east)[0] == ["east"]
