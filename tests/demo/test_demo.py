"""The example deliveries: valid, on land, the same for the same seed, and with what the manifest
says is in them, counted here anew from the files."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from frames import DTYPES, schema_of

from demo import manifest
from demo.deliveries import LIST, write
from demo.gateways import LOGISTIC_TOWNS, PORTS
from demo.manifest import Manifest
from demo.patterns import LEVELS
from demo.violence_and_waste import in_the_south
from geo import areas, hexagons
from geo.area_lookup import area_rows
from geo.coordinates import to_lonlat
from records import KINDS
from records.contract import INVENTED_MARK
from records.figures import TEST_ONLY
from records.partners import PARTNERS, partner_named

VOLUMES = {
    "business": 150_000,
    "property_transaction": 120_000,
    "trade_declaration": 80_000,
    "incident": 20_000,
    "inspection": 6_000,
}
LAST_DAY = pd.Timestamp("2026-06-30")
WINDOW = pd.Timestamp("2025-07-01")
CASH = "96021 96022 96040 96012 56101 56102 56300 45112 45204 47772 47422 77111 92009"
MANY_SIGNALS = 40
TRANSPORT = ("494", "52", "53")

Counts = tuple["pd.Series[Any]", "pd.Series[Any]"]


@dataclass
class Example:
    """One full set of deliveries, read back as intake would."""

    folder: Path
    manifest: Manifest

    def __post_init__(self) -> None:
        self.deliveries = pd.read_csv(self.folder / LIST, sep=";", dtype="string")
        self._frames: dict[str, pd.DataFrame] = {}

    def records(self, kind: str) -> pd.DataFrame:
        """All deliveries of a kind, typed as the contract says, with partner and places."""
        if kind not in self._frames:
            mine = self.deliveries[self.deliveries["kind"] == kind]
            parts = [
                self._read(kind, file, by)
                for file, by in zip(mine["file"], mine["partner"], strict=True)
            ]
            self._frames[kind] = pd.concat(parts, ignore_index=True)
            if KINDS[kind].located:
                self._place(self._frames[kind])
        return self._frames[kind]

    def _read(self, kind: str, file: str, partner: str) -> pd.DataFrame:
        path = self.folder / file
        if path.suffix == ".parquet":
            raw = pd.read_parquet(path)
        else:
            raw = pd.read_csv(path, sep=";", dtype="string", keep_default_na=False)
        frame = pd.DataFrame({"partner": partner}, index=raw.index)
        for column in KINDS[kind].columns:
            values = raw[column.name].astype(object).where(raw[column.name] != "", None)
            if path.suffix == ".csv" and column.type == "decimal":
                assert not values.str.contains(".", regex=False).any(), column.name
                values = values.str.replace(",", ".")
            if path.suffix == ".csv" and column.type == "boolean":
                assert set(values.dropna()) <= {"ja", "nee"}
                values = values.map({"ja": True, "nee": False})
            if column.type == "date":
                values = pd.to_datetime(values, format="%Y-%m-%d")
            dtype: Any = DTYPES[column.type]
            frame[column.name] = values.astype(dtype)
        if "x" in raw:
            frame["lon"], frame["lat"] = to_lonlat(raw["x"].astype(int), raw["y"].astype(int))
        elif "lon" in raw:
            frame["lon"], frame["lat"] = raw["lon"], raw["lat"]
        return frame

    def _place(self, frame: pd.DataFrame) -> None:
        cell = hexagons.index_points(frame["lon"], frame["lat"])
        for level, resolution in (("hex9", 9), ("hex8", 8), ("hex7", 7)):
            values = cell if resolution == 9 else hexagons.parents(cell, resolution)
            names, at = np.unique(values, return_inverse=True)
            frame[level] = np.array(hexagons.to_text(names))[at]
        gemeenten = areas.gemeenten()
        row = area_rows(frame["lon"], frame["lat"], gemeenten, tolerance_m=0)
        frame["gemeente"] = np.where(row < 0, "none", gemeenten["code"].to_numpy()[row])

    def figure(self, name: str) -> pd.DataFrame:
        """One kind of area figure."""
        frame = self.records("area_figure")
        return frame[frame["figure"] == name]

    @cached_property
    def signals(self) -> pd.DataFrame:
        """Signals that count when sources are compared, with their organisation."""
        inspected = self.records("inspection")
        both = pd.concat([self.records("incident"), inspected[inspected["irregular"]]])
        both["organisation"] = both["partner"].str.split(":").str[0]
        counted = [code for code, partner in PARTNERS.items() if partner.signals]
        return both[both["organisation"].isin(counted) & (both["discovery"] != "steered_check")]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Example:
    folder = tmp_path_factory.mktemp("demo")
    return Example(folder, write(folder))


def _recent(frame: pd.DataFrame, dated: str = "date") -> pd.DataFrame:
    return frame[frame[dated] >= WINDOW]


def _share(frame: pd.DataFrame, hit: "pd.Series[Any]", level: str) -> Counts:
    return frame[hit].groupby(level).size(), frame.groupby(level).size()


def vg01(example: Example, level: str) -> Counts:
    sales = _recent(example.records("property_transaction"))
    sales = sales[(sales["deed"] == "sale") & (sales["buyer_type"] == "private")]
    return _share(sales, sales["mortgage_eur"] == 0, level)


def vg02(example: Example, level: str) -> Counts:
    sales = example.records("property_transaction")
    sales = sales[sales["deed"].isin(["sale", "abc_b_leg"])].sort_values(["object_id", "date"])
    limit = sales.groupby("object_id")["date"].shift() + pd.DateOffset(months=6)
    sales = _recent(sales.assign(again=sales["date"] <= limit))
    return _share(sales, sales["again"], level)


def _stock(example: Example) -> pd.DataFrame:
    firms = example.records("business")
    return firms[firms["dissolved"].isna() & (firms["founded"] <= LAST_DAY)]


def bd01(example: Example, level: str) -> Counts:
    stock = _stock(example)
    return _share(
        stock, stock["sbi"].isin(CASH.split(" ")) & (stock["premises_use"] != "dwelling"), level
    )


def bd03(example: Example, level: str) -> Counts:
    stock = _stock(example)
    together = stock.groupby("address_id")["establishment_id"].transform("size")
    return _share(stock, (together >= 5) & (stock["address_kind"] == "ordinary"), level)


def lo01(example: Example, level: str) -> Counts:
    firms = example.records("business")
    founded = _recent(firms[firms["sbi"].str.startswith(TRANSPORT)], "founded")
    stock = _stock(example)
    stock = stock[stock["sbi"].str.startswith(TRANSPORT)]
    return founded.groupby(level).size(), stock.groupby(level).size()


def tb03(example: Example, level: str) -> Counts:
    items = example.records("trade_declaration").dropna(subset="weight_kg")
    price = (items["value_eur"] / items["weight_kg"]).map(np.log)
    group = [items["hs6"], items["direction"], items["date"].dt.year]
    assert price.groupby(group).size().min() >= 150
    away = (price - price.groupby(group).transform("median")).abs()
    outside = away > 3.5 * 1.4826 * away.groupby(group).transform("median")
    items = _recent(items.assign(outside=outside))
    value = items.groupby(level)["value_eur"].sum()
    return items[items["outside"]].groupby(level)["value_eur"].sum(), value


def fi01(example: Example, _: str) -> Counts:
    suspicious = _recent(example.figure("suspicious_transactions"))
    people = example.figure("inhabitants")
    people = people[people["date"] == people["date"].max()]
    return suspicious.groupby("area")["value"].sum(), people.set_index("area")["value"]


def cv01(example: Example, level: str) -> Counts:
    attacks = _recent(example.records("incident"))
    attacks = attacks[attacks["type"] == "explosive_attack"]
    addresses = example.figure("addresses")
    cells = np.array([hexagons.from_text(area) for area in addresses["area"]])
    above = pd.Series(hexagons.to_text(hexagons.parents(cells, int(level[-1]))))
    return attacks.groupby(level).size(), addresses["value"].groupby(above.to_numpy()).sum()


def dr03(example: Example, level: str) -> Counts:
    dumped = _recent(example.records("incident"))
    dumped = dumped[dumped["type"] == "drug_waste_dumping"]
    gemeenten = areas.gemeenten()
    return dumped.groupby(level).size(), pd.Series(
        gemeenten.area.to_numpy() / 1e8, index=gemeenten["code"]
    )


def kr01(example: Example, level: str) -> Counts:
    sources = _recent(example.signals).groupby([level, "hex9"])["organisation"].nunique()
    return (sources >= 2).groupby(level).sum(), sources.groupby(level).size()


COUNT: dict[str, Callable[[Example, str], Counts]] = {
    "VG01": vg01,
    "VG02": vg02,
    "BD01": bd01,
    "BD03": bd03,
    "TB03": tb03,
    "FI01": fi01,
    "LO01": lo01,
    "CV01": cv01,
    "DR03": dr03,
    "KR01": kr01,
}


def _labelled(example: Example, indicator: str, kind: str) -> list[str]:
    return [
        pattern.place
        for pattern in example.manifest.patterns
        if (pattern.indicator, pattern.kind) == (indicator, kind)
    ]


def _rates(counted: Counts) -> pd.DataFrame:
    return pd.concat(counted, axis=1, keys=["n", "d"]).fillna(0).astype(float)


def _peers(example: Example, indicator: str, rates: pd.DataFrame) -> pd.DataFrame:
    """The places of the same kind without a label: dumpings in the south, goods in the
    distribution towns, signals in cities without a port, everywhere for the rest."""
    labels = _labelled(example, indicator, "planted") + _labelled(example, indicator, "control")
    decoys = [decoy.place for decoy in example.manifest.together if decoy.reason]
    rates = rates[~rates.index.isin([*labels, *decoys])]
    if indicator == "DR03":
        return rates[rates.index.isin(areas.gemeenten()["code"][in_the_south()])]
    if indicator == "TB03":
        return rates[rates.index.isin(LOGISTIC_TOWNS)]
    if indicator == "KR01":
        return rates[(rates["d"] >= MANY_SIGNALS) & ~rates.index.isin(list(PORTS))]
    return rates


@pytest.mark.long
def test_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    heard: list[str] = []
    write(tmp_path / "a", seed=7, progress=heard.append, scale=0.02)
    write(tmp_path / "b", seed=7, scale=0.02)
    files = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert files == sorted(path.name for path in (tmp_path / "b").iterdir())
    assert len(heard) > 4
    for file in files:
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes(), file


def test_volumes_partners_and_forms(example: Example) -> None:
    for kind, volume in VOLUMES.items():
        assert len(example.records(kind)) == pytest.approx(volume, rel=0.10), kind
    listed = example.deliveries
    assert set(listed["kind"]) == set(KINDS)
    for code in listed["partner"]:
        partner_named(code)
    organisations = {code.split(":")[0] for code in listed["partner"]}
    assert organisations == set(PARTNERS)
    assert (listed["partner"].str.startswith("gemeente:")).sum() >= 20
    parquet = listed["file"].str.endswith(".parquet")
    assert set(listed["kind"][parquet]) == {"business", "trade_declaration"}
    assert manifest.read(example.folder) == example.manifest


@pytest.mark.parametrize("kind", list(KINDS))
def test_records_keep_their_contract(example: Example, kind: str) -> None:
    frame = example.records(kind)
    schema_of(KINDS[kind]).validate(frame, lazy=True)
    assert frame[KINDS[kind].mark].str.startswith(INVENTED_MARK).all()
    assert not frame.duplicated(["partner", *KINDS[kind].key]).any()
    for column in KINDS[kind].columns:
        if column.type == "date":
            assert frame[column.name].max() <= LAST_DAY
        if column.pseudonymised:
            assert frame[column.name].str.startswith(INVENTED_MARK).all()
    if KINDS[kind].located:
        assert (frame["gemeente"] != "none").all(), "a point outside the Netherlands"


def test_figures_cover_every_gemeente(example: Example) -> None:
    codes = set(areas.gemeenten()["code"])
    people = example.figure("inhabitants")
    assert people["date"].min() <= pd.Timestamp("2023-07-01")
    for _, state in people.groupby("date"):
        assert set(state["area"]) == codes
        assert state["value"].min() >= 1_000
        assert state["value"].sum() == pytest.approx(18e6, rel=0.03)
    assert set(example.figure("suspicious_transactions")["area"]) == codes
    assert example.figure("suspicious_transactions")["date"].nunique() == 36
    addresses = example.figure("addresses")["value"]
    assert addresses.min() >= 1
    assert addresses.sum() == pytest.approx(0.45 * 18e6, rel=0.1)


@pytest.mark.parametrize("figure", TEST_ONLY)
def test_characteristics_follow_the_size_of_a_town_and_no_pattern(
    example: Example, figure: str
) -> None:
    shares = example.figure(figure).set_index("area")["value"]
    assert set(shares.index) == set(areas.gemeenten()["code"])
    assert shares.between(1, 50).all()
    people = example.figure("inhabitants").sort_values("date").drop_duplicates("area", keep="last")
    size = np.log(people.set_index("area")["value"].loc[shares.index])
    assert 0.15 < shares.corr(size, method="spearman") < 0.7
    odds = np.log(shares / (100 - shares))
    beside = odds - np.polyval(np.polyfit(size, odds, 1), size)
    planted = [
        p.place for p in example.manifest.patterns if (p.level, p.kind) == ("gemeente", "planted")
    ]
    assert len(planted) >= 10
    assert abs(beside[planted].mean()) < 3 * beside.std() / len(planted) ** 0.5


def test_manifest_labels_enough_places(example: Example) -> None:
    for indicator, level in LEVELS.items():
        mine = [p for p in example.manifest.patterns if p.indicator == indicator]
        assert {p.level for p in mine} == {level}
        assert min(p.expected for p in mine) >= 10, indicator
        for kind, ratio in (("planted", 3.0), ("control", 1.0)):
            assert sum(p.kind == kind for p in mine) >= 5
            assert {p.rate_ratio for p in mine if p.kind == kind} == {ratio}
    gemeenten = [p.place for p in example.manifest.patterns if p.level == "gemeente"]
    assert len(gemeenten) == len(set(gemeenten))


@pytest.mark.parametrize("indicator", list(COUNT))
def test_planted_rates_are_three_times_the_others(example: Example, indicator: str) -> None:
    """Within the limits, give or take one standard error of what was counted."""
    rates = _rates(COUNT[indicator](example, LEVELS[indicator]))
    peers = _peers(example, indicator, rates).sum()
    base = peers["n"] / peers["d"]
    for kind, low, high in (("planted", 2.4, 3.7), ("control", 0.7, 1.35)):
        labels = rates.reindex(_labelled(example, indicator, kind)).sum()
        ratio = labels["n"] / labels["d"] / base
        print(f"{indicator} {kind}: rate ratio {ratio:.2f} of base {base:.4g}")
        error = ratio / np.sqrt(labels["n"])
        assert low - error < ratio < high + error


@pytest.mark.parametrize("indicator", [name for name in COUNT if name != "TB03"])
def test_expected_numbers_are_what_the_base_rate_gives(example: Example, indicator: str) -> None:
    numerator, _ = COUNT[indicator](example, LEVELS[indicator])
    for kind, ratio, wide in (("planted", 3.0, 0.6), ("control", 1.0, 0.3)):
        mine = [p for p in example.manifest.patterns if p.indicator == indicator]
        expected = sum(p.expected for p in mine if p.kind == kind)
        counted = numerator.reindex(_labelled(example, indicator, kind)).fillna(0).sum()
        assert counted / expected == pytest.approx(ratio, abs=wide)


@pytest.mark.parametrize(
    ("planted", "other"),
    [
        ("VG01", "VG02"),
        ("VG02", "VG01"),
        ("BD01", "BD03"),
        ("BD03", "BD01"),
        ("LO01", "BD01"),
        ("CV01", "KR01"),
        ("DR03", "KR01"),
    ],
)
def test_patterns_stay_with_their_indicator(example: Example, planted: str, other: str) -> None:
    rates = _rates(COUNT[other](example, LEVELS[planted]))
    there = rates.reindex(_labelled(example, planted, "planted")).sum()
    beside = rates.reindex(_labelled(example, planted, "control")).sum()
    ratio = (there["n"] / there["d"]) / (beside["n"] / beside["d"])
    print(f"{other} where {planted} is planted: {ratio:.2f} of its controls")
    assert 0.4 < ratio < 2.0


def test_some_have_many_records_and_count_once(example: Example) -> None:
    """A chain is everywhere, firms have five to fifteen here, and one buyer bought forty there."""
    stock = _stock(example)
    chain = str(stock["firm_id"].mode()[0])
    own = stock[stock["firm_id"] == chain]
    assert len(own) >= 60
    assert own["gemeente"].nunique() > 20
    here = stock[stock["firm_id"] != chain].groupby(["firm_id", "gemeente"]).size()
    assert (here >= 5).sum() == pytest.approx(20, abs=5)
    assert here.max() <= 20
    sales = example.records("property_transaction")
    bought = sales.groupby(["buyer_id", "gemeente"]).size().sort_values()
    assert bought.iloc[-1] == 40
    assert (bought >= 5).sum() == 31
    ordinary = stock[stock["address_kind"] == "ordinary"].groupby("address_id")
    assert (ordinary["firm_id"].nunique() >= 5).sum() > 300
