"""A partner's word counts for what is its own: kinds, figures and places, and nothing else."""

import csv
import io
import re
from pathlib import Path

import pandas as pd
import pytest
import shapely
from cases import case
from command_line import weerbeeld
from incidents import GRONINGEN, ROTTERDAM, as_csv, incidents
from intake_samples import Refuse, Take, sample_csv
from small_home import PARTNER, records

from errors import WeerbeeldError
from geo.areas import gemeenten
from geo.own_area import MARGIN_M
from intake.faults import DeliveryRefused
from opendata import SOURCES
from records import KINDS
from records.area_figure import FIGURES
from records.authority import RIGHTS, SOURCE_OF, deliverers_of, right_of
from records.partners import PARTNERS
from store.engine import work_engine
from store.home import Home
from store.work import deliveries

ROTTERDAM_OWN = "gemeente:GM0599"
ROOT = Path(__file__).resolve().parents[2]
WHERE = {"country": "het hele land", "own area": "het eigen gebied"}


def row_of(figure: str, area: str, value: float, day: str = "2024-01-01", months: int = 0) -> str:
    return f"{figure};gemeente;{area};{day};{months};{value};CBS\n"


HEAD = "figure;level;area;date;months;value;source\n"


def outside_of_rotterdam(metres: float) -> tuple[float, float]:
    """Return a point on land so far beyond the border of Rotterdam, in another gemeente."""
    frame = gemeenten().set_index("code")
    own = frame.geometry.loc["GM0599"]
    for line in (part.exterior for part in shapely.get_parts(own.buffer(metres))):
        for point in (line.interpolate(step) for step in range(0, int(line.length), 250)):
            if abs(own.distance(point) - metres) < 1 and any(
                frame.geometry.loc[code].buffer(-300).contains(point)
                for code in frame.index.drop("GM0599")
            ):
                return float(point.x), float(point.y)
    raise AssertionError("Rotterdam has neighbours")


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("partner", sorted(PARTNERS))
def test_a_kind_comes_from_those_who_may_deliver_it(
    take: Take, refuse: Refuse, kind: str, partner: str
) -> None:
    named = {"gemeente": ROTTERDAM_OWN, "riec": "riec:rotterdam"}.get(partner, partner)
    data = sample_csv(kind)
    if kind == "area_figure" and (right := right_of(partner, kind)):
        figure = right.figures[0]
        months = 1 if figure == "suspicious_transactions" else 0
        data = (HEAD + row_of(figure, "GM0599", 5, months=months)).encode()
    if partner in deliverers_of(kind):
        assert take(data, kind, partner=named).rows
        return
    refusal = refuse(data, kind, partner=named)
    assert f"found {kind} from {named}" in str(refusal)
    assert all(code in str(refusal) for code in deliverers_of(kind))


def test_what_nobody_may_deliver_does_not_hide_other_faults(refuse: Refuse) -> None:
    data = sample_csv("business").replace(b"96021", b"x", 1)
    columns = {fault.column for fault in refuse(data, partner="politie").faults}
    assert columns == {"", "sbi"}


@pytest.mark.parametrize("accept_valid", [False, True])
def test_a_figure_of_another_source_is_refused_with_its_rows(
    refuse: Refuse, accept_valid: bool
) -> None:
    data = HEAD + row_of("livability", "GM0599", 5) + row_of("inhabitants", "GM0363", 100)
    refusal = refuse(data.encode(), "area_figure", partner="bzk", accept_valid=accept_valid)
    (fault,) = refusal.faults
    assert (fault.line, fault.column, fault.found) == (3, "figure", "'inhabitants'")
    assert "counts from cbs only" in fault.expected


def test_the_figures_of_another_gemeente_are_refused(take: Take) -> None:
    data = case("figures_of_another_with_personal_source.csv").read_bytes()
    with pytest.raises(DeliveryRefused, match="area_figure from gemeente:GM0599"):
        take(data, "area_figure", partner=ROTTERDAM_OWN)


@pytest.mark.parametrize("accept_valid", [False, True])
def test_incidents_of_another_gemeente_are_refused(refuse: Refuse, accept_valid: bool) -> None:
    data = case("incidents_of_another_gemeente.csv").read_bytes()
    refusal = refuse(data, "incident", partner=ROTTERDAM_OWN, accept_valid=accept_valid)
    assert len(refusal.faults) == 50
    assert "WEERBEELD_SET_ASIDE_OUTSIDE" in str(refusal)


def test_accepting_valid_rows_does_not_accept_what_is_outside(refuse: Refuse) -> None:
    both = pd.concat([incidents(3), incidents(2, GRONINGEN, "VERZONNEN-G")])
    refusal = refuse(as_csv(both), "incident", partner=ROTTERDAM_OWN, accept_valid=True)
    assert [fault.line for fault in refusal.faults] == [5, 6]


def test_rows_outside_are_set_aside_where_the_keeper_named_the_partner(
    take: Take, home: Home, tmp_path: Path
) -> None:
    both = pd.concat([incidents(3), incidents(2, GRONINGEN, "VERZONNEN-G")])
    with pytest.raises(DeliveryRefused):
        take(as_csv(both), "incident", partner=ROTTERDAM_OWN, set_aside={"gemeente:GM0363"})
    receipt = take(as_csv(both), "incident", partner=ROTTERDAM_OWN, set_aside={ROTTERDAM_OWN})
    assert (receipt.rows, receipt.rejected) == (3, 2)
    (delivery,) = deliveries(work_engine(home))
    assert (delivery.rows, delivery.rejected) == (3, 2)
    text = (tmp_path / "file.rejected.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["line"] for row in rows] == ["5", "6"]
    assert all("a point in gemeente GM0599" in row["fault"] for row in rows)


def test_other_faults_still_refuse_what_the_keeper_lets_be_set_aside(take: Take) -> None:
    both = pd.concat([incidents(3), incidents(1, GRONINGEN, "VERZONNEN-G")])
    data = as_csv(both).replace(b"drug_waste_dumping", b"rubbish", 1)
    options = {"kind": "incident", "partner": ROTTERDAM_OWN, "set_aside": {ROTTERDAM_OWN}}
    with pytest.raises(DeliveryRefused):
        take(data, **options)
    assert take(data, accept_valid=True, **options).rejected == 2


@pytest.mark.long
@pytest.mark.parametrize("degrees", [False, True])
def test_a_point_just_over_the_border_is_still_its_own(take: Take, degrees: bool) -> None:
    from geo.coordinates import to_lonlat

    def at(metres: float) -> bytes:
        x, y = outside_of_rotterdam(metres)
        frame = incidents(1).assign(x=x, y=y)
        if degrees:
            lon, lat = to_lonlat([x], [y])
            frame = frame.drop(columns=["x", "y"]).assign(lon=lon, lat=lat)
        return as_csv(frame)

    assert take(at(MARGIN_M - 50), "incident", partner=ROTTERDAM_OWN).rows == 1
    with pytest.raises(DeliveryRefused, match="at most 500 m beyond its border"):
        take(at(MARGIN_M + 50), "incident", partner=ROTTERDAM_OWN)


def test_a_riec_delivers_about_its_gemeenten(take: Take) -> None:
    assert take(as_csv(incidents(2)), "incident", partner="riec:rotterdam").rows == 2
    with pytest.raises(DeliveryRefused, match="a point in riec limburg"):
        take(as_csv(incidents(2)), "incident", partner="riec:limburg")


def test_a_national_partner_delivers_about_the_whole_country(take: Take) -> None:
    both = pd.concat([incidents(3), incidents(2, GRONINGEN, "VERZONNEN-G")])
    assert take(as_csv(both), "incident", partner="politie").rows == 5


@pytest.mark.parametrize("partner", ["gemeente", "riec"])
def test_who_delivers_about_an_area_must_name_it(take: Take, home: Home, partner: str) -> None:
    with pytest.raises(WeerbeeldError, match="Name which one it is"):
        take(as_csv(incidents(2)), "incident", partner=partner)
    assert not home.root.exists()


def test_the_borders_in_use_decide(take: Take, home: Home) -> None:
    """With borders that give Groningen's land to Rotterdam, its points are its own."""
    frame = gemeenten()
    code = frame["code"].replace({"GM0599": "GM0014", "GM0014": "GM0599"})
    home.boundaries.mkdir(parents=True)
    frame.assign(code=code)[["code", "geometry"]].to_parquet(home.boundaries / "gemeente.parquet")
    data = as_csv(incidents(2, GRONINGEN))
    assert take(data, "incident", partner=ROTTERDAM_OWN).rows == 2
    with pytest.raises(DeliveryRefused):
        take(as_csv(incidents(2, ROTTERDAM)), "incident", partner=ROTTERDAM_OWN)


def test_the_keeper_names_partners_in_a_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "both.csv"
    file.write_bytes(as_csv(pd.concat([incidents(3), incidents(2, GRONINGEN, "VERZONNEN-G")])))
    words = ("intake", "incident", str(file), "--partner", ROTTERDAM_OWN)
    monkeypatch.setenv("WEERBEELD_SET_ASIDE_OUTSIDE", "gemeente:GM0363")
    assert weerbeeld(tmp_path / "home", *words).returncode == 2
    monkeypatch.setenv("WEERBEELD_SET_ASIDE_OUTSIDE", f"gemeente:GM0363, {ROTTERDAM_OWN}")
    taken = weerbeeld(tmp_path / "home", *words)
    assert taken.returncode == 0, taken.stderr
    assert "3 records taken in, 2 rejected" in taken.stdout
    monkeypatch.setenv("WEERBEELD_SET_ASIDE_OUTSIDE", "everyone")
    said = weerbeeld(tmp_path / "home", *words)
    assert said.returncode == 2
    assert "'everyone' is not a known partner" in said.stderr


def test_the_table_names_kinds_that_there_are_and_each_figure_once() -> None:
    """A kind without a row, as one just added, may come from every partner."""
    assert {kind for right in RIGHTS for kind in right.kinds} <= set(KINDS)
    every = [figure for right in RIGHTS for figure in right.figures]
    assert sorted(every) == sorted(FIGURES)
    assert set(SOURCE_OF) == set(FIGURES)
    assert {right.partner for right in RIGHTS} == set(PARTNERS)


@pytest.mark.parametrize("source", sorted(SOURCES))
def test_an_open_source_brings_figures_of_its_partner(source: str) -> None:
    brings = [name for name in SOURCES[source].brings if name in FIGURES]
    assert {SOURCE_OF[name] for name in brings} <= {SOURCES[source].partner}


def test_a_kind_of_which_the_table_knows_nothing_stays_within_the_own_area() -> None:
    where = {"gemeente:GM0599": "own area", "riec:limburg": "own area", "politie": "country"}
    rights = {partner: right_of(partner, "ontheffing") for partner in where}
    assert {partner: right and right.where for partner, right in rights.items()} == where
    assert right_of("mafia", "ontheffing") is None


def test_partners_of_the_tests_may_deliver_what_they_do(take: Take) -> None:
    for kind in ("business", "incident", "property_transaction"):
        assert take(as_csv(records(KINDS[kind], 40)), kind, partner=PARTNER[kind]).rows == 40


def test_the_guide_of_the_keeper_says_what_the_table_says() -> None:
    guide = (ROOT / "docs" / "gidsen" / "gegevensbeheerder.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in guide.splitlines()]
    told: dict[str, tuple[set[str], str]] = {}
    for cells in (row for row in rows if len(row) == 3 and row[2] in WHERE.values()):
        for partner in re.findall(r"`([a-z]+)`", cells[0]):
            told[partner] = (set(re.findall(r"`([a-z_]+)`", cells[1])) & set(KINDS), cells[2])
    assert told == {right.partner: (set(right.kinds), WHERE[right.where]) for right in RIGHTS}
