"""One contract over all indicators: a new file in the folder is tested without another edit."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import duckdb
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from stored_records import write_sources

import indicators
from bilingual import Text
from errors import WeerbeeldError
from indicators import CATALOGUE, Indicator, indicator_named
from indicators.contract import SCORED, Recipient, events
from indicators.forbidden import forbidden_terms
from indicators.shared import EVERYONE
from records.partners import PARTNERS
from release.counting import count_indicator
from release.open_counting import count_open
from release.placing import Placer
from release.tables import Prepared, Source, prepare
from store.release import LEVEL_NUMBERS

Counted = tuple[Prepared, dict[str, pd.DataFrame]]
LEVEL = LEVEL_NUMBERS
CODES = list(CATALOGUE)
SUMS = ["amount_numerator", "amount_denominator", "units_numerator", "units_denominator"]
AREAS = {"nederland": 1, "riec": 10, "gemeente": 342}
LONGEST = 75
LEAST_RECORDS = 10
STEERED = "discovery <> 'steered_check'"


EVENTS = [code for code, one in CATALOGUE.items() if one.numerator.when == "date"]


def _counted(sources: list[Source], folder: Path) -> Counted:
    kept = folder.parent / f"{folder.name}-counts"
    kept.mkdir(exist_ok=True)
    with duckdb.connect(config={"threads": 2}) as con:
        prepared = prepare(con, sources, Placer(folder), b"k" * 32)
        by_level = prepared.official.groupby("level")["id"]
        ids = {str(level): [int(n) for n in numbers] for level, numbers in by_level}
        tables = {
            code: count_open(con, i)
            if i.open
            else count_indicator(con, i, ids, kept).exact.unprotected
            for code, i in CATALOGUE.items()
        }
    return prepared, tables


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("records")


@pytest.fixture(scope="module")
def sources(folder: Path) -> list[Source]:
    return write_sources(folder)


@pytest.fixture(scope="module")
def counted(sources: list[Source], folder: Path) -> Counted:
    return _counted(sources, folder / "no-borders")


@pytest.fixture(scope="module")
def shuffled(
    sources: list[Source], folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Counted:
    """The same records in another order within each file, and the files in another order."""
    other = tmp_path_factory.mktemp("shuffled")
    rng = np.random.default_rng(1)
    moved = []
    for source in reversed(sources):
        table = pq.read_table(source.path)
        path = other / f"{source.kind}-{source.partner}.parquet"
        pq.write_table(table.take(rng.permutation(len(table))), path)
        moved.append(replace(source, path=path))
    return _counted(moved, folder / "no-borders")


def _official(code: str) -> dict[str, int]:
    """Return how many areas each official level of an indicator has, from large to small."""
    levels = CATALOGUE[code].level_names
    return {name: areas for name, areas in AREAS.items() if name in levels}


def _names(levels: set[int]) -> str:
    return ", ".join(name for name, number in LEVEL.items() if number in levels)


def _texts(indicator: Indicator) -> Iterator[tuple[str, Text]]:
    for item in fields(indicator):
        value = getattr(indicator, item.name)
        if isinstance(value, Text):
            yield item.name, value


@pytest.mark.parametrize("code", CODES)
def test_the_passport_is_complete_in_both_languages(code: str) -> None:
    indicator = CATALOGUE[code]
    texts = dict(_texts(indicator))
    assert len(texts) >= 12, f"{code} has {len(texts)} of the 12 texts; copy those of BD01"
    for name, text in texts.items():
        assert text.nl.strip(), f"{code}.{name} has no Dutch text"
        assert text.en.strip(), f"{code}.{name} has no English text"
    assert indicator.owner, f"{code}.owner is empty; say who answers for the indicator"
    assert date.fromisoformat(indicator.review), f"{code}.review must be a day, such as 2026-06-30"
    assert indicator.per > 0, f"{code}.per is {indicator.per}; say per how many the rate is shown"
    assert indicator.weight >= 0, f"{code}.weight is {indicator.weight}; it cannot be below 0"
    for_all = indicator.recipients == EVERYONE
    assert (indicator.weight > 0) == (indicator.focus_area in SCORED and for_all), (
        f"{code}.weight is {indicator.weight} in {indicator.focus_area}; indicators of "
        f"{', '.join(SCORED)} that everyone receives have one above 0, others have 0"
    )
    assert "verdacht" not in indicator.name.nl.lower() or code == "FI01", "say signal, not suspect"


@pytest.mark.parametrize("code", CODES)
def test_a_rate_is_over_enough_and_a_vote_is_the_word_of_partners(code: str) -> None:
    indicator = CATALOGUE[code]
    least = 0 if indicator.denominator.open else LEAST_RECORDS
    assert indicator.least_denominator >= max(least, 1), (
        f"{code}.least_denominator is {indicator.least_denominator}; over fewer than "
        f"{LEAST_RECORDS} records, twice k, a rate is mostly noise"
    )
    assert set(indicator.partners) <= set(PARTNERS), (
        f"{code}.partners is {indicator.partners}; choose codes of records/partners.py"
    )
    if indicator.votes:
        assert indicator.partners, f"{code}.partners is empty; say on whose word it rests"
        found = {"incident", "inspection"} & {*indicator.numerator.reads}
        assert not found or STEERED in indicator.numerator.sql, (
            f"{code} counts checks that this map led to; add AND {STEERED} to its numerator"
        )


@pytest.mark.parametrize("code", CODES)
def test_levels_and_recipients_are_known_and_respected(code: str, counted: Counted) -> None:
    indicator = CATALOGUE[code]
    assert set(indicator.levels) <= set("NRGWBH"), (
        f"{code}.levels is {indicator.levels}; choose letters of NRGWBH"
    )
    assert set(indicator.recipients) <= {"nsoc", "riec", "gemeente"}, (
        f"{code}.recipients is {indicator.recipients}; choose from nsoc, riec and gemeente"
    )
    assert indicator.recipients, f"{code}.recipients is empty; say who the indicator is meant for"
    allowed = {LEVEL[name] for name in indicator.level_names}
    published = set(counted[1][code]["level"])
    assert published <= allowed, (
        f"{code} is counted at {_names(published - allowed)}, which is not in its levels"
    )
    absent = {LEVEL["wijk"], LEVEL["buurt"]}
    assert allowed - published <= absent, (
        f"{code} has no rows at {_names(allowed - published - absent)}; its queries must give a "
        "place that is known at each of its levels"
    )


@pytest.mark.parametrize("code", CODES)
def test_columns_and_types(code: str, counted: Counted) -> None:
    table = counted[1][code]
    for side in ("numerator", "denominator"):
        amounts = table[f"amount_{side}"]
        assert amounts.dtype == float, f"{code}: its query must give numbers as the {side}"
        assert (table[f"amount_{side}"] >= 0).all(), f"{code}: the {side} is below 0 somewhere"
        if CATALOGUE[code].open:
            continue
        assert table[f"units_{side}"].dtype == "int64", f"{code}: units of the {side}"
        assert table[f"key_{side}"].between(0, 2**32 - 1).all(), f"{code}: keys of the {side}"
    assert not table.duplicated(["level", "area_id", "period_id"]).any(), (
        f"{code} counts an area and period twice; each row of its queries needs a unit of its own"
    )
    for side in ("denominator", "numerator"):
        assert table[f"amount_{side}"].sum() > 0, (
            f"{code} counts nothing: its {side} finds no record among the example values of "
            "tests/kit/stored_records.py. Compare its query with the codes of that kind in records/"
        )
    if CATALOGUE[code].share:
        assert (table["amount_numerator"] <= table["amount_denominator"] + 1e-6).all(), (
            f"{code} calls itself a share, but its numerator is larger than its denominator "
            "somewhere; count only what the denominator counts too, or set share=False"
        )


@pytest.mark.parametrize("code", CODES)
def test_what_is_corrected_for_stands_in_both_counts(code: str) -> None:
    indicator = CATALOGUE[code]
    for count in (indicator.numerator, indicator.denominator):
        assert ("AS stratum" in count.sql) == (indicator.strata is not None), (
            f"{code}: both queries give a column 'stratum' where strata is set, and none otherwise"
        )
    if indicator.strata:
        assert indicator.counting != "value", (
            f"{code}: amounts are not counted by stratum; leave strata out"
        )
        assert not indicator.open, f"{code}: public figures are not counted by stratum"
    if indicator.fallback_form:
        assert indicator.fallback_form.strata is None, f"{code}: its fallback may have no strata"


@pytest.mark.parametrize("code", CODES)
def test_every_official_area_has_a_row(code: str, counted: Counted) -> None:
    table = counted[1][code]
    for level, count in _official(code).items():
        rows = table[table["level"] == LEVEL[level]]
        found = set(rows.groupby("period_id").size())
        assert found == {count}, (
            f"{code} has {sorted(found)} rows at {level}, and each of the {count} areas needs one "
            "in every period; its queries must not leave places out"
        )


@pytest.mark.parametrize("code", CODES)
def test_additive_over_places(code: str, counted: Counted) -> None:
    """Gemeenten and RIECs add up to the country, and hexagons to the hexagons above them."""
    table = counted[1][code]

    sums = [name for name in SUMS if name in table]

    def summed(level: str) -> pd.DataFrame:
        return table[table["level"] == LEVEL[level]].groupby("period_id")[sums].sum()

    for level in list(_official(code))[1:]:
        pd.testing.assert_frame_equal(summed(level), summed("nederland"), rtol=1e-9)
    hexes = [name for name in CATALOGUE[code].level_names if name.startswith("hex")]
    for finer, coarser in zip(hexes[1:], hexes[:-1], strict=True):
        pd.testing.assert_frame_equal(summed(finer), summed(coarser), rtol=1e-9)


@pytest.mark.parametrize("code", [c for c in CODES if CATALOGUE[c].counting == "flow"])
def test_flows_add_up_over_periods(code: str, counted: Counted) -> None:
    prepared, tables = counted
    table = tables[code][tables[code]["level"] == LEVEL[list(_official(code))[-1]]]
    months = {p.id: p for p in prepared.periods if p.kind == "month"}
    monthly = table[table["period_id"].isin(months)]
    for period in (p for p in prepared.periods if p.kind != "month"):
        inside = [n for n, m in months.items() if period.start <= m.end <= period.end]
        added = monthly[monthly["period_id"].isin(inside)].groupby("area_id")["amount_numerator"]
        whole = table[table["period_id"] == period.id].set_index("area_id")["amount_numerator"]
        np.testing.assert_allclose(added.sum().sort_index(), whole.sort_index(), rtol=1e-9)


@pytest.mark.parametrize("code", [c for c in CODES if CATALOGUE[c].counting == "stock"])
def test_stocks_stand_as_at_the_last_month(code: str, counted: Counted) -> None:
    prepared, tables = counted
    table = tables[code][tables[code]["level"] == LEVEL[list(_official(code))[-1]]]
    by_end = {p.end: p.id for p in prepared.periods if p.kind == "month"}
    sums = [name for name in SUMS if name in table]
    for period in (p for p in prepared.periods if p.kind == "year"):
        window = table[table["period_id"] == period.id].set_index("area_id")[sums]
        month = table[table["period_id"] == by_end[period.end]].set_index("area_id")[sums]
        pd.testing.assert_frame_equal(window, month)


@pytest.mark.parametrize("code", CODES)
def test_independent_of_the_order_of_records(
    code: str, counted: Counted, shuffled: Counted
) -> None:
    pd.testing.assert_frame_equal(counted[1][code], shuffled[1][code])


@pytest.mark.parametrize("code", CODES)
def test_reads_only_records_that_exist(code: str) -> None:
    assert CATALOGUE[code].reads, f"{code} reads no kind of record; its queries name no table"


def test_an_indicator_is_one_short_file() -> None:
    names = [m.name for m in iter_modules(indicators.__path__)]
    plugs = [
        m for m in map(import_module, (f"indicators.{n}" for n in names)) if hasattr(m, "INDICATOR")
    ]
    assert len(plugs) == len(CATALOGUE), "two files in indicators/ define the same code"
    for module in plugs:
        name = module.__name__
        lines = Path(str(module.__file__)).read_text(encoding="utf-8").splitlines()
        assert len(lines) <= LONGEST, f"{name} has {len(lines)} lines; {LONGEST} is enough"
        code = module.INDICATOR.code.lower()
        assert code in name, (
            f"{name} defines {code.upper()}; begin the name of the file with {code}"
        )


def test_all_focus_areas_and_every_way_of_counting_are_there() -> None:
    assert {i.focus_area for i in CATALOGUE.values()} >= set(SCORED)
    assert {i.counting for i in CATALOGUE.values()} == {"flow", "stock", "value", "derived"}


@pytest.mark.long
def test_one_new_file_is_one_new_indicator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sources: list[Source], folder: Path
) -> None:
    """The catalogue finds it, and it is counted at every level without another edit."""
    source = Path(str(import_module("indicators.vg01_no_mortgage").__file__))
    text = source.read_text(encoding="utf-8").replace('code="VG01"', 'code="ZZ01"')
    (tmp_path / "zz01_new.py").write_text(text, encoding="utf-8")
    monkeypatch.setattr(indicators, "__path__", [*indicators.__path__, str(tmp_path)])
    found = indicators._discover()
    assert set(found) == {*CATALOGUE, "ZZ01"}
    with duckdb.connect() as con:
        prepared = prepare(con, sources, Placer(folder / "no-borders"), b"k" * 32)
        ids = {"gemeente": prepared.official.query("level == 'gemeente'")["id"].tolist()}
        new, old = (
            count_indicator(con, found[code], ids, tmp_path).exact.unprotected
            for code in ("ZZ01", "VG01")
        )
    pd.testing.assert_frame_equal(new, old)


def test_protected_characteristics_stop_the_build() -> None:
    guilty = replace(CATALOGUE["VG01"], numerator=events("SELECT nationality FROM incident"))
    with pytest.raises(WeerbeeldError, match="nationality"):
        indicators._checked(guilty)


@pytest.mark.parametrize(
    "column",
    ["leeftijd_koper", "aantal_huishoudens", "income", "ses_woa_score", "geboorteland", "sex"],
)
def test_proxies_are_recognised_in_column_names(column: str) -> None:
    assert forbidden_terms(f"SELECT place, {column} FROM area_figure")


def test_ordinary_columns_are_not_taken_for_proxies() -> None:
    for indicator in CATALOGUE.values():
        assert forbidden_terms(indicator.numerator.sql) == []
    assert forbidden_terms("SELECT message, mortgage_eur, percentage, passage FROM incident") == []


@pytest.mark.parametrize("code", ["CV04", "CV06"])
@pytest.mark.parametrize(
    ("levels", "recipients", "too_low"),
    [
        ("NRG", ("nsoc", "riec"), "gemeente"),
        ("NRH", ("nsoc", "riec"), "hex7"),
        ("NR", ("nsoc", "riec", "gemeente"), "gemeente"),
    ],
)
def test_what_may_never_go_below_a_riec_is_refused(
    code: str, levels: str, recipients: tuple[Recipient, ...], too_low: str
) -> None:
    meant = replace(CATALOGUE["CV01"], code=code, levels="NR", recipients=("nsoc", "riec"))
    assert indicators._checked(meant) is meant
    with pytest.raises(WeerbeeldError, match=too_low):
        indicators._checked(replace(meant, levels=levels, recipients=recipients))


def test_an_unknown_code_names_the_known_ones() -> None:
    with pytest.raises(WeerbeeldError, match="VG01"):
        indicator_named("XX99")


@pytest.mark.parametrize("code", EVENTS)
def test_events_say_when_their_records_came_in(code: str) -> None:
    named = set(CATALOGUE[code].numerator.sql.replace(",", " ").split())
    assert {"registered", "received"} & named, (
        f"{code} counts events: let its SELECT give 'registered' where the records have it, else "
        "'received', and 'partner' beside it, so that recent periods are completed"
    )
