"""Places together are what their own figures are, added up: nothing is drawn anew."""

from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planted_release import BELOW, PLACES, THIN, plant
from postgresql import reader_of
from sqlalchemy import create_engine

from access.door import Notes
from access.figures import Figure
from access.gateways import Gateways
from access.partner import PartnerGateway
from access.passport import Passport
from access.scope import AccessRefusedError
from access.together import LEAST_PLACES, MOST_PLACES, OPEN, Protection, Together, together
from access.viewer import viewer_named
from errors import WeerbeeldError
from indicators import CATALOGUE
from release.noise import noise_at
from store.evidence.of_records import Behind, Completeness
from store.grants import GrantBook
from store.logs import LONGEST, safe_text
from store.release import current_release

pytestmark = pytest.mark.both

WINDOW = "2026-06-12m"
REAL = {code: CATALOGUE[code] for code in ("BD01", "BD04", "CV01", "KR01", "TB03", "VG01", "VG12")}
SUMMED = ("BD01", "BD04", "CV01", "VG01", "VG12")
LATE = [
    Completeness("BD04", None, True, WINDOW, 0.8, 0.01),
    Completeness("BD04", "kvk", True, WINDOW, 0.5, 0.01),
    Completeness("VG01", None, False, WINDOW, 0.7, 0.01),
    Behind("CV01", "gemeente", WINDOW, 4.0),
    Behind("CV01", "wijk", WINDOW, 8.0),
]
GEMEENTEN = tuple(PLACES)
LEVELS_OF_MANY = ("riec", "gemeente", "wijk", "buurt", "hex7", "hex8")
Said = list[tuple[str, str, str]]


def opened(release: Path, viewer: str = "nsoc", said: Said | None = None) -> PartnerGateway:
    lines = [] if said is None else said
    nobody = GrantBook(None, create_engine("sqlite://"))
    notes = Notes(lambda *line: lines.append(line))
    return Gateways(viewer_named(viewer), notes, reader_of(release), nobody).partner()


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A planted release of indicators of the catalogue, some late and some behind."""
    return plant(tmp_path_factory.mktemp("real"), REAL, LATE)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return plant(tmp_path_factory.mktemp("planted"))


def known_of(code: str, level: str) -> Protection:
    """Return what is published of the noise, said once more."""
    if REAL[code].open:
        return OPEN
    complete = 0.8 if code == "BD04" else 1.0
    behind = {"gemeente": 4.0, "wijk": 8.0}.get(level, 0.0) if code == "CV01" else 0.0
    return Protection(noise_at(level).table, 5, complete, behind)


def expected_of(gateway: PartnerGateway, code: str, level: str, areas: list[str]) -> Together:
    """Return the function of what ``figures`` shows."""
    shown = [row for row in gateway.figures(code, level) if row.area in areas]
    asked = Together(code, level, WINDOW, len(set(areas)))
    return together(asked, gateway.passport(code), shown, known_of(code, level))


@settings(max_examples=60, deadline=None)
@given(data=st.data(), code=st.sampled_from(SUMMED))
def test_a_sum_is_a_function_of_the_figures_that_are_shown(
    real: Path, data: st.DataObject, code: str
) -> None:
    gateway = opened(real)
    level = data.draw(st.sampled_from([x for x in REAL[code].level_names if x in LEVELS_OF_MANY]))
    every = sorted(area.code for area in gateway.areas(level))
    areas = data.draw(st.lists(st.sampled_from(every), min_size=LEAST_PLACES, unique=True))
    found = gateway.sum_of(code, level, areas)
    assert found == expected_of(gateway, code, level, areas)
    assert found == gateway.sum_of(code, level, [*reversed(areas), areas[0]], WINDOW)


@pytest.mark.example
@pytest.mark.parametrize("code", ["BD01", "CV01", "VG01"])
def test_so_it_is_on_the_example(example_release: Path, code: str) -> None:
    gateway = opened(current_release(example_release))
    shown = {row.area: row for row in gateway.figures(code, "gemeente")}
    chance = np.random.default_rng(1)
    late = {
        (row.indicator, row.period): row.share
        for row in gateway.evidence(Completeness)
        if row.completed and row.partner is None
    }
    assert (code, WINDOW) in late or code != "CV01"
    noise = Protection(noise_at("gemeente").table, 5, late.get((code, WINDOW), 1.0))
    for places in (3, 10, 30, 60):
        areas = sorted(chance.choice(list(shown), places, replace=False).tolist())
        found = gateway.sum_of(code, "gemeente", areas)
        asked = Together(code, "gemeente", WINDOW, places)
        rows = [shown[area] for area in areas]
        assert found == together(asked, gateway.passport(code), rows, noise)
        assert found.numerator == sum(row.numerator or 0.0 for row in rows)
        assert found.low is not None
        assert found.high is not None
        assert 0 <= found.low < found.high


@pytest.mark.example
def test_gemeenten_of_a_region_are_together_what_the_region_is(example_release: Path) -> None:
    """Both are of the same records, protected apart: so their intervals overlap."""
    gateway, compared = opened(current_release(example_release)), 0
    for code in ("BD01", "BD04", "CV01", "VG01", "VG02"):
        for region in gateway.figures(code, "riec"):
            areas = [area.code for area in gateway.areas("gemeente", region.area)]
            if LEAST_PLACES <= len(areas) <= MOST_PLACES:
                found = gateway.sum_of(code, "gemeente", areas)
                assert found.low is not None
                assert found.high is not None
                assert region.low is not None
                assert region.high is not None
                assert found.low < region.high, (code, region.area)
                assert region.low < found.high, (code, region.area)
                compared += 1
    assert compared >= 25


def test_a_known_sum(real: Path) -> None:
    gateway = opened(real)
    rows = {row.area: row for row in gateway.figures("BD04", "gemeente")}
    found = gateway.sum_of("BD04", "gemeente", GEMEENTEN)
    numerator = sum(rows[area].numerator or 0.0 for area in GEMEENTEN)
    assert (found.places, found.shown, found.few, found.withheld) == (5, 5, 0, 0)
    assert not found.at_least
    assert found.numerator == numerator
    assert found.denominator == 100_000
    assert found.mix == pytest.approx(1.1)
    assert found.rate == pytest.approx(numerator / (100_000 * 1.1 * 0.8) * 100)


def test_a_part_without_a_figure_of_its_own_makes_it_at_least(real: Path) -> None:
    buurten = [code for levels in BELOW.values() for code in levels["buurt"]]
    found = opened(real).sum_of("VG01", "buurt", buurten)
    thin = len(set(buurten) & THIN)
    assert thin
    assert found.at_least
    assert (found.places, found.shown, found.withheld) == (len(buurten), len(buurten) - thin, thin)


def row(passport: Passport, number: int, **changed: Any) -> Figure:  # noqa: ANN401
    """Return a figure of 10 in 200, with what is ``changed``."""
    usual = Figure(
        area=f"GM{number:04}",
        period=WINDOW,
        numerator=10.0,
        denominator=200.0,
        rate=5.0,
        smoothed=5.0,
        low=2.9,
        high=7.6,
        percentile=50.0,
        class_=1,
        clear=0,
        hot=0,
        mix=None,
        contribution=None,
        since=None,
        name="",
        gemeente="",
        riec="",
        lon=0.0,
        lat=0.0,
        figure_of=f"GM{number:04}",
        figure_level="gemeente",
        indicator=passport.code,
    )
    return usual._replace(**changed)


@pytest.fixture(scope="module")
def put(real: Path) -> partial[Together]:
    """Return the function of figures, for VG01."""
    passport, noise = opened(real).passport("VG01"), Protection(noise_at("gemeente").table, 5)

    def sum_of(figures: list[Figure], *, places: int = 0, noise: Protection = noise) -> Together:
        asked = Together("VG01", "gemeente", WINDOW, places or len(figures))
        return together(asked, passport, figures, noise)

    return partial(sum_of)


def three(real: Path, **changed: object) -> list[Figure]:
    passport = opened(real).passport("VG01")
    return [row(passport, n) for n in (1, 2)] + [row(passport, 3, **changed)]


def test_none_or_few_is_added_as_0_and_may_be_more(real: Path, put: partial[Together]) -> None:
    found = put(three(real, numerator=0.0, low=0.01, high=2.4))
    assert (found.numerator, found.denominator) == (20, 600)
    assert (found.shown, found.few, found.withheld, found.at_least) == (3, 1, 1, True)


@pytest.mark.parametrize(
    "changed",
    [
        {"figure_of": "NL", "figure_level": "nederland", "numerator": None, "denominator": None},
        {"smoothed": None, "low": None, "high": None, "rate": None},
    ],
)
def test_what_is_lent_or_too_little_to_tell_is_left_out(
    real: Path, put: partial[Together], changed: dict[str, object]
) -> None:
    found = put(three(real, **changed))
    assert (found.numerator, found.denominator, found.shown) == (20, 400, 2)
    assert found.at_least
    assert found == put(three(real)[:2], places=3)


def test_where_nothing_is_shown_there_is_no_rate(real: Path, put: partial[Together]) -> None:
    lent = [one._replace(figure_of="NL") for one in three(real)]
    found = put(lent)
    assert (found.numerator, found.rate, found.low, found.withheld) == (None, None, None, 3)


def test_noise_what_is_behind_and_wider_units_widen_the_interval(
    real: Path, put: partial[Together]
) -> None:
    def width(found: Together) -> float:
        assert found.low is not None
        assert found.high is not None
        return found.high - found.low

    table = noise_at("gemeente").table
    exact = put(three(real), noise=Protection(np.ones((1, 1)), 5))
    noisy = put(three(real))
    behind = put(three(real), noise=Protection(table, 5, behind=5.0))
    wide = put(three(real, numerator=80.0, low=15.0, high=70.0))
    narrow = put(three(real, numerator=80.0, low=34.0, high=46.0))
    assert width(exact) < width(noisy) < width(behind)
    assert width(narrow) < 0.8 * width(wide)


@settings(max_examples=40, deadline=None)
@given(
    counts=st.lists(
        st.tuples(st.sampled_from([0, 5, 6, 17, 80, 900]), st.integers(900, 5_000)),
        min_size=1,
        max_size=12,
    )
)
def test_the_rate_lies_in_its_interval(
    real: Path, put: partial[Together], counts: list[tuple[int, int]]
) -> None:
    passport = opened(real).passport("VG01")
    rows = [
        row(passport, n, numerator=float(part), denominator=float(whole))
        for n, (part, whole) in enumerate(counts)
    ]
    found = put(rows)
    assert found.low is not None
    assert found.high is not None
    assert found.rate is not None
    assert 0 <= found.low <= found.rate <= found.high
    assert found.high > found.low


@pytest.mark.parametrize("areas", [GEMEENTEN[:2], [GEMEENTEN[0]] * 5, []])
def test_fewer_than_three_different_places_are_refused(real: Path, areas: list[str]) -> None:
    with pytest.raises(WeerbeeldError, match="Choose 3 to 60 different places") as refused:
        opened(real).sum_of("VG01", "gemeente", areas)
    assert not isinstance(refused.value, AccessRefusedError)


def test_more_than_sixty_places_are_refused(real: Path) -> None:
    many = [f"GM{number:04}" for number in range(MOST_PLACES + 1)]
    with pytest.raises(WeerbeeldError, match="61 places were asked for together"):
        opened(real).sum_of("VG01", "gemeente", many)


@pytest.mark.parametrize("code", ["TB03", "KR01"])
def test_amounts_and_what_is_derived_are_never_added(real: Path, code: str) -> None:
    with pytest.raises(WeerbeeldError, match=f"Figures of {code} are not added up"):
        opened(real).sum_of(code, "gemeente", GEMEENTEN)


def test_a_place_that_may_not_be_read_is_refused_as_one_that_is_not_there(planted: Path) -> None:
    own, other = BELOW["GM0983"]["buurt"], BELOW["GM0599"]["buurt"][0]
    said: Said = []
    gateway = opened(planted, "gemeente:GM0983+gemeente:GM0946", said)
    also = BELOW["GM0946"]["buurt"]
    assert gateway.sum_of("ALL1", "buurt", [*own, *also]).places == 4
    messages = []
    for code in (other, "BU00000000"):
        with pytest.raises(AccessRefusedError) as refused:
            gateway.sum_of("ALL1", "buurt", [*own, *also, code])
        messages.append(str(refused.value).replace(code, "it"))
        assert said[-1][2] == "refused"
    assert messages[0] == messages[1]


def test_the_log_names_indicator_level_number_and_every_place(planted: Path) -> None:
    said: Said = []
    opened(planted, said=said).sum_of("ALL1", "gemeente", [*GEMEENTEN, GEMEENTEN[0]])
    codes = " ".join(sorted(GEMEENTEN))
    assert said == [("read", f"sum_of ALL1 gemeente 5 places {WINDOW} {codes}", "ok")]


def test_no_place_of_many_falls_off_a_line_of_the_log(tmp_path: Path) -> None:
    """Sixty hexagons, refused: each stands in a line that the log keeps whole."""
    many = [f"89196b3aac{number:03}ff" for number in range(MOST_PLACES)]
    said: Said = []
    with pytest.raises(AccessRefusedError):
        opened(plant(tmp_path), "riec:limburg", said).sum_of("ALL1", "hex9", many)
    assert all(result == "refused" for _, _, result in said)
    assert all(safe_text(line) == line for _, line, _ in said)
    assert all("sum_of ALL1 hex9 60 places" in line for _, line, _ in said)
    assert max(len(line) for _, line, _ in said) <= LONGEST
    written = " ".join(line for _, line, _ in said)
    assert all(code in written for code in many)
