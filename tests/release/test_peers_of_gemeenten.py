"""Peers are alike in what a gemeente is, found from protected counts, and sensible on the map."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import duckdb
import numpy as np
import pandas as pd
import pytest
import shapely
from numpy.typing import NDArray

from geo.areas import gemeenten
from geo.distances import KINDS, distances_km, gateways, land_border
from records.branches import GROUPS as BRANCHES
from release.noise import flow_noise, window_noise
from release.peers import FAR_KM, GROUPS, PARKS, feature_weights, features, peer_frame
from release.placing import Placer
from release.protection import protected_counts
from release.tables import Source, prepare
from store.engine import open_for_writing
from store.home import Home
from store.release import LEVEL_NUMBERS
from store.work import deliveries, records_path

BEFORE, LAST = date(2026, 5, 31), date(2026, 6, 30)
NOISE = window_noise(flow_noise(5))
OWN = NOISE[LEVEL_NUMBERS["gemeente"]]
SBI = dict(
    zip(
        (*BRANCHES, PARKS),
        ("0113", "25", "56101", "4941", "6420", "69201", "8411", "96021", "55201"),
        strict=True,
    )
)
"""A branch of each group."""


@dataclass(frozen=True)
class Town:
    """A gemeente as delivered: open figures, and establishments with their keys per branch."""

    code: str
    inhabitants: float
    per_km2: float
    units: Mapping[str, tuple[int, ...]]


@cache
def official() -> pd.DataFrame:
    """Every gemeente, numbered as a release does it, below the country and the regions."""
    codes = gemeenten()["code"]
    return pd.DataFrame({"level": "gemeente", "code": codes, "id": np.arange(12, 12 + len(codes))})


def number_of(code: str) -> int:
    return int(official().set_index("code")["id"].loc[code])


def inland() -> list[str]:
    """Gemeenten far from border and ports: they differ in nothing but what is delivered."""
    far = distances_km(gemeenten())
    return far.index[(far > FAR_KM).all(axis=1)].tolist()


def towns(codes: list[str] | None = None, seed: int = 1) -> list[Town]:
    """Gemeenten with random sizes and businesses: the first 60, or those of ``codes``."""
    rng = np.random.default_rng(seed)
    made = []
    for code in codes or gemeenten()["code"].head(60).tolist():
        sizes = rng.multinomial(rng.integers(150, 500), rng.dirichlet(np.full(len(SBI), 4.0)))
        units = {
            branch: tuple(rng.integers(0, 2**32, size).tolist())
            for branch, size in zip(SBI, sizes, strict=True)
        }
        made.append(Town(str(code), rng.lognormal(10.4, 0.8), rng.lognormal(5.4, 0.9), units))
    return made


def delivered(
    made: list[Town],
    *,
    business: bool = True,
    figures: tuple[str, ...] = ("inhabitants", "density"),
    public: tuple[str, ...] = (),
) -> duckdb.DuckDBPyConnection:
    """Return the tables of ``prepare`` that peers read, with an earlier moment that differs.

    ``public``: the branches of which public figures count the establishments.
    """
    km2 = (gemeenten().set_index("code").area / 1e6).to_dict()
    where = pd.DataFrame({"place": range(len(made)), "gemeente": [number_of(t.code) for t in made]})
    shops = [
        (place, SBI[branch], unit, LAST)
        for place, town in enumerate(made)
        for branch, units in town.units.items()
        for unit in units
    ]
    shops += [(place, "01", 7, BEFORE) for place in range(0, len(made), 2) for _ in range(100)]
    opened = [
        row
        for place, town in enumerate(made)
        for row in (
            ("inhabitants", "gemeente", town.inhabitants, place, LAST),
            ("addresses", "hex9", town.per_km2 * km2[town.code], place, LAST),
            ("inhabitants", "gemeente", 1000.0 * place + 1, place, BEFORE),
        )
        if row[0].replace("addresses", "density") in figures
    ]
    opened += [
        (f"firms_{branch}", "gemeente", float(len(units)), place, LAST)
        for place, town in enumerate(made)
        for branch, units in town.units.items()
        if branch in public
    ]
    con = duckdb.connect()
    for name, columns, rows in (
        ("place", ["place", "gemeente"], where.to_numpy().tolist()),
        ("moments", ["moment"], [(BEFORE,), (LAST,)]),
        ("business_at", ["place", "sbi", "unit", "moment"], shops if business else []),
        ("figure_at", ["figure", "level", "value", "place", "moment"], opened),
    ):
        frame = pd.DataFrame(rows, columns=columns)
        con.register("frame", frame)
        types = {"unit": "UINTEGER", "moment": "DATE", "value": "DECIMAL(18,2)", "place": "BIGINT"}
        cast = ", ".join(
            f"{column}::{types.get(column, 'BIGINT' if column == 'gemeente' else 'VARCHAR')}"
            f" AS {column}"
            for column in columns
        )
        con.execute(f"CREATE TABLE {name} AS SELECT {cast} FROM frame")
    con.execute("ALTER TABLE business_at ADD COLUMN firm_id VARCHAR")
    con.execute("UPDATE business_at SET firm_id = rowid::VARCHAR")
    return con


def found(made: list[Town], **given: bool | tuple[str, ...]) -> pd.DataFrame:
    return peer_frame(delivered(made, **given), official(), NOISE, gemeenten())  # type: ignore[arg-type]


def keyed(count: int, shown: float) -> tuple[int, ...]:
    """Return keys of ``count`` establishments that together show as ``shown``."""
    tried = np.arange(0, 2**32, 2**14, dtype=np.int64)
    shows = protected_counts(np.full(len(tried), float(count)), tried, OWN)
    return (*[0] * (count - 1), int(tried[np.flatnonzero(shows == shown)[0]]))


def with_units(town: Town, branch: str, units: tuple[int, ...]) -> Town:
    return replace(town, units={**town.units, branch: units})


def test_each_gemeente_has_ten_others_nearest_first() -> None:
    frame = found(towns())
    assert list(frame.columns) == ["area_id", "rank", "peer_id", "distance"]
    assert (frame.groupby("area_id").size() == 10).all()
    assert frame["area_id"].nunique() == 60
    assert (frame["area_id"] != frame["peer_id"]).all()
    assert not frame.duplicated(["area_id", "peer_id"]).any()
    for _, own in frame.groupby("area_id"):
        assert own["rank"].tolist() == list(range(1, 11))
        assert own["distance"].is_monotonic_increasing


def test_twins_are_each_others_first_peer() -> None:
    made = towns(inland())
    made[20] = replace(made[3], code=made[20].code)
    first = found(made).query("rank == 1").set_index("area_id")
    one, other = number_of(made[3].code), number_of(made[20].code)
    assert first.loc[one, "peer_id"] == other
    assert first.loc[other, "peer_id"] == one
    assert first.loc[one, "distance"] == pytest.approx(0.0, abs=1e-3)


def test_two_peers_are_as_far_from_one_another_either_way() -> None:
    frame = found(towns())
    there = frame.set_index(["area_id", "peer_id"])["distance"]
    back = frame.set_index(["peer_id", "area_id"])["distance"].rename_axis(there.index.names)
    both = there.to_frame("there").join(back.rename("back"), how="inner")
    assert len(both) > 100
    assert np.allclose(both["there"], both["back"])


def test_the_order_of_records_changes_nothing() -> None:
    made = towns()
    shuffled = [
        replace(town, units={name: town.units[name][::-1] for name in reversed([*town.units])})
        for town in reversed(made)
    ]
    pd.testing.assert_frame_equal(found(made), found(made))
    pd.testing.assert_frame_equal(found(made), found(shuffled))


@pytest.mark.parametrize("branch", ["trade", PARKS])
def test_no_exact_count_is_used(branch: str) -> None:
    made = towns()
    same = [with_units(town, branch, keyed(30, 31.0)) for town in made[:5]] + made[5:]
    less = [with_units(town, branch, keyed(29, 31.0)) for town in made[:5]] + made[5:]
    more = [with_units(town, branch, keyed(30, 34.0)) for town in made[:5]] + made[5:]
    pd.testing.assert_frame_equal(found(same), found(less))
    assert not found(same).equals(found(more)), "what is shown decides"


def test_a_count_that_is_not_shown_counts_as_none() -> None:
    made = towns()
    few = [with_units(made[0], PARKS, keyed(2, 0.0)), *made[1:]]
    none = [with_units(made[0], PARKS, ()), *made[1:]]
    pd.testing.assert_frame_equal(found(few), found(none))


def test_groups_weigh_the_same_however_many_features_they_hold() -> None:
    names = [name for members in GROUPS.values() for name in members]
    weights = dict(zip(names, feature_weights(names), strict=True))
    for members in GROUPS.values():
        assert sum(weights[name] for name in members) == pytest.approx(1.0)
    assert feature_weights(["seaport", "trade", "finance"]).tolist() == [1.0, 0.5, 0.5]


def test_every_division_is_in_one_branch_at_most_and_none_in_use_is_missed() -> None:
    covered = [
        division
        for group in BRANCHES.values()
        for first, last in group.divisions
        for division in range(first, last + 1)
    ]
    assert len(covered) == len(set(covered))
    assert set(range(1, 100)) - set(covered) == {4, 44, 48, 54, 57, 83, 89}


def test_what_was_not_delivered_is_left_out() -> None:
    made = towns()
    without = features(delivered(made, business=False), official(), NOISE, gemeenten())
    assert set(without) == {"inhabitants", "density", "border", *KINDS}
    assert len(found(made, business=False)) == 600
    only = features(delivered(made, figures=("density",)), official(), NOISE, gemeenten())
    assert "inhabitants" not in only
    assert {"density", *BRANCHES, PARKS} <= set(only)
    assert len(found(made, figures=("density",))) == 600


PUBLIC = {"business": False, "figures": ("inhabitants",), "public": tuple(BRANCHES)}
"""What an installation without any partner has."""


def test_public_figures_give_the_business_mix_where_nobody_delivered_it() -> None:
    made = towns()
    own = features(delivered(made, **PUBLIC), official(), NOISE, gemeenten())  # type: ignore[arg-type]
    assert set(own) == {"inhabitants", "density", *BRANCHES, "border", *KINDS}
    counts = pd.DataFrame(
        {branch: [float(len(town.units[branch])) for town in made] for branch in BRANCHES},
        index=[number_of(town.code) for town in made],
    )
    country = counts.sum() / counts.sum().sum()
    wanted = (counts + 50 * country).div(counts.sum(axis=1) + 50, axis=0) ** 0.5
    pd.testing.assert_frame_equal(
        own[list(BRANCHES)], wanted.sort_index(), check_names=False, check_index_type=False
    )
    frame = found(made, **PUBLIC)  # type: ignore[arg-type]
    assert (frame.groupby("area_id").size() == 10).all()
    assert frame["area_id"].nunique() == 60
    changed = [replace(made[0], units={**made[0].units, "trade": (1,) * 900}), *made[1:]]
    assert not found(changed, **PUBLIC).equals(frame)  # type: ignore[arg-type]


def test_delivered_establishments_go_before_public_figures() -> None:
    made = towns()
    both = found(made, public=tuple(BRANCHES))
    pd.testing.assert_frame_equal(both, found(made))


def test_the_register_of_a_few_gemeenten_does_not_hide_the_public_figures_of_all() -> None:
    """Else all others would have no establishments at all."""
    made = towns()
    for count, wanted in ((1, "public"), (53, "public"), (54, "own")):
        con = delivered(made, business=False, figures=("inhabitants",), public=tuple(BRANCHES))
        rows = [
            (place, SBI[branch], unit, LAST)
            for place in range(count)
            for branch, units in made[place].units.items()
            for unit in units
        ]
        con.register("shops", pd.DataFrame(rows, columns=["place", "sbi", "unit", "moment"]))
        con.execute("DROP TABLE business_at")
        con.execute(
            "CREATE TABLE business_at AS SELECT place::BIGINT AS place, sbi, unit::UINTEGER AS"
            " unit, moment::DATE AS moment, row_number() OVER ()::VARCHAR AS firm_id FROM shops"
        )
        own = features(con, official(), NOISE, gemeenten())
        public = features(delivered(made, **PUBLIC), official(), NOISE, gemeenten())  # type: ignore[arg-type]
        assert own.equals(public) == (wanted == "public")
        assert (PARKS in own) == (wanted == "own")


def test_a_branch_that_no_public_figure_counts_is_no_feature() -> None:
    made = towns()
    some = tuple(branch for branch in BRANCHES if branch != "public")
    own = features(
        delivered(made, business=False, figures=("inhabitants",), public=some),
        official(),
        NOISE,
        gemeenten(),
    )
    assert set(own) == {"inhabitants", "density", *some, "border", *KINDS}
    assert len(own) == 60


def test_no_establishments_of_a_branch_are_a_figure_and_an_unknown_number_is_none() -> None:
    made = towns()
    nothing = [with_units(made[0], "agriculture", ()), *made[1:]]
    assert number_of(made[0].code) in set(found(nothing, **PUBLIC)["area_id"])  # type: ignore[arg-type]
    units = {name: units for name, units in made[0].units.items() if name != "agriculture"}
    unknown = found([replace(made[0], units=units), *made[1:]], **PUBLIC)  # type: ignore[arg-type]
    assert number_of(made[0].code) not in set(unknown["area_id"])
    assert unknown["area_id"].nunique() == 59


def test_inhabitants_give_the_density_where_no_addresses_are_known() -> None:
    made = towns()
    km2 = (gemeenten().set_index("code").area / 1e6).to_dict()
    own = features(
        delivered(made, business=False, figures=("inhabitants",)), official(), NOISE, gemeenten()
    )
    for town in made:
        density = own.loc[number_of(town.code), "density"]
        assert density == pytest.approx(np.log(town.inhabitants / km2[town.code]), abs=1e-4)
    with_addresses = features(delivered(made, business=False), official(), NOISE, gemeenten())
    for town in made:
        density = with_addresses.loc[number_of(town.code), "density"]
        assert density == pytest.approx(np.log(town.per_km2), abs=1e-4)


def test_nothing_delivered_gives_no_peers_by_the_map_alone() -> None:
    frame = found(towns(), business=False, figures=())
    assert frame.empty
    assert list(frame.columns) == ["area_id", "rank", "peer_id", "distance"]


def test_with_few_gemeenten_known_all_others_are_peers() -> None:
    frame = found(towns(inland()[:4]), figures=("inhabitants",))
    assert frame["area_id"].nunique() == 4
    assert (frame.groupby("area_id").size() == 3).all()


def test_the_land_border_is_as_long_as_it_is_and_leaves_out_the_coast() -> None:
    zeeuws_vlaanderen, east = (part.length / 1000 for part in land_border(gemeenten()).geoms)
    assert 80 < zeeuws_vlaanderen < 125
    assert 780 < east < 950
    far = distances_km(gemeenten())["border"]
    on = set(far.index[far == 0])
    # Venlo, Enschede, Vaals, Sluis, Hulst, Terneuzen, Oldambt, Baarle-Nassau, Emmen
    assert {"GM0983", "GM0153", "GM0981", "GM1714", "GM0677", "GM0715", "GM1895", "GM0744"} <= on
    # Veere, Vlissingen, Texel, Eemsdelta, Rotterdam, Utrecht
    assert not on & {"GM0717", "GM0718", "GM0448", "GM1979", "GM0599", "GM0344"}
    assert far["GM0599"] > 30
    assert far["GM0448"] > 100


def test_ports_lie_in_the_gemeente_that_they_are_named_after() -> None:
    spots = gateways()
    assert spots["name"].is_unique
    assert set(spots["kind"]) == set(KINDS)
    shapes = gemeenten().geometry.to_numpy()
    away = [float(np.min(shapely.distance(shapes, spot))) for spot in spots.geometry]
    assert max(away) < 500, "in a gemeente, or on a quay just outside our borders"
    distance = distances_km(gemeenten())
    ports = ("GM0599", "GM0363", "GM0505", "GM0622", "GM0606", "GM0400", "GM0072", "GM0715")
    assert (distance.loc[["GM0718", "GM1709", "GM0518", "GM0479", *ports], "seaport"] < 0.5).all()
    airports = ["GM0394", "GM0772", "GM0599", "GM0995", "GM1730", "GM0888"]
    assert (distance.loc[airports, "airport"] == 0).all()


class Landless(Placer):
    """Places without the hexagons of the whole country, which peers do not need."""

    def land(self) -> NDArray[np.int64]:
        return np.array([], dtype=np.int64)


@pytest.fixture(scope="module")
def example_peers(example_home: Home) -> pd.DataFrame:
    """The peers of the example by name, found from the deliveries that they rest on."""
    home = example_home
    sources = [
        Source(d.kind, d.partner, records_path(home, d), d.sequence)
        for d in deliveries(open_for_writing(home))
        if d.kind in ("business", "area_figure", "incident")
    ]
    with duckdb.connect() as con:
        prepared = prepare(con, sources, Landless(home.boundaries), b"5eed" * 16)
        frame = peer_frame(con, prepared.official, NOISE, gemeenten())
    name = prepared.official.set_index("id")["name"]
    return frame.assign(gemeente=frame["area_id"].map(name), peer=frame["peer_id"].map(name))


def peers_of(frame: pd.DataFrame, name: str) -> list[str]:
    return frame.loc[frame["gemeente"] == name, "peer"].tolist()


def test_large_cities_have_large_cities_beside_them(example_peers: pd.DataFrame) -> None:
    assert example_peers["gemeente"].nunique() == 342
    assert {"Amsterdam", "'s-Gravenhage"} <= set(peers_of(example_peers, "Rotterdam"))
    assert peers_of(example_peers, "Amsterdam")[0] in ("Rotterdam", "'s-Gravenhage")


def test_border_towns_have_border_towns_beside_them(example_peers: pd.DataFrame) -> None:
    names = gemeenten().set_index("code")["name"]
    near = set(names[distances_km(gemeenten())["border"] < 1.0])
    on = example_peers["gemeente"].isin(near)
    beside = example_peers["peer"].isin(near)
    assert beside[on].mean() > 0.9
    assert beside[~on].mean() < 0.05
    for town in ("Venlo", "Winterswijk", "Terneuzen", "Roosendaal"):
        assert len(near & set(peers_of(example_peers, town))) >= 5
    assert not near & set(peers_of(example_peers, "Rotterdam"))
