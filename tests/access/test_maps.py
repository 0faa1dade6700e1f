"""What a map gets of a whole level is, cell by cell, what the gateway says of one window."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from page_drawing import gateway_of
from planted_release import BELOW, plant

from access.door import Notes
from access.figures import Figure, Score
from access.map_figures import CLEAR, FEW, HOT, NONE, NOWHERE, ROW, SHOWS, MapFigures, Sheet
from access.map_verdicts import CHANGES, NO_WINDOW, SURENESS
from access.partner import PartnerGateway
from access.partner_figures import SCORE
from access.scope import AccessRefusedError
from access.viewer import viewer_named
from map_classes import as_written, classify
from store.release import open_release

CASES = [
    ("nsoc", "FI01", "gemeente", None),
    ("nsoc", "VG01", "hex8", None),
    ("nsoc", "VG01", "gemeente", "limburg"),
    ("nsoc", SCORE, "gemeente", None),
    ("nsoc", SCORE, "hex7", "oost-brabant"),
    ("nsoc", "TB03", "riec", None),
    ("riec:limburg", "VG01", "hex9", "limburg"),
    ("riec:limburg", "BD01", "hex7", None),
    ("gemeente:GM0599", "CV01", "hex7", "GM0599"),
    ("gemeente:GM0599", SCORE, "hex8", "GM0599"),
]


def _sheet_of(figures: MapFigures, t: int, i: int) -> tuple[Sheet, int] | None:
    """Return the sheet and column of what place ``i`` shows in window ``t``."""
    for sheet in figures.sheets:
        column = int(sheet.of[i])
        if column != NOWHERE and sheet.marks[t, column] & SHOWS:
            return sheet, column
    own, column = figures.sheets[0], int(figures.sheets[0].of[i])
    return (own, column) if column != NOWHERE and own.marks[t, column] & ROW else None


def _said(gateway: PartnerGateway, row: Figure | Score, figures: MapFigures) -> float | None:
    if isinstance(row, Score):
        return float(np.rint(row.total))
    value = row.numerator if figures.counts else row.smoothed
    if value is None:
        return None
    return float(np.rint(value)) if figures.counts else float(as_written(value)[0])


def _class_of(row: Figure | Score, figures: MapFigures) -> int:
    if isinstance(row, Figure) and figures.counts:
        value = np.nan if row.numerator is None else row.numerator
        return int(classify(value, figures.limits)[0])
    return row.class_


def _rows(
    gateway: PartnerGateway, code: str, level: str, period: str, within: str | None
) -> Sequence[Figure | Score]:
    if code == SCORE:
        return gateway.scores(level, period, within)
    return gateway.figures(code, level, period, within)


def _differences(
    gateway: PartnerGateway, code: str, level: str, within: str | None
) -> Iterator[tuple[str, str, object, object]]:
    figures = gateway.map_figures(code, level, within)
    codes = gateway.map_shapes(level, within).codes
    none = len(figures.values)
    windows = [window.code for window in gateway.periods("year")]
    assert list(figures.periods) == windows
    passport = None if code == SCORE else gateway.passport(code)
    for t, window in enumerate(windows):
        rows = {row.area: row for row in _rows(gateway, code, level, window, within)}
        assert rows
        assert set(rows) <= set(codes)
        for i, area in enumerate(codes):
            found, row = _sheet_of(figures, t, i), rows.get(area)
            if found is None or row is None:
                if (found is None) != (row is None):
                    yield area, window, found, row
                continue
            sheet, column = found
            value = sheet.value[t, column]
            marks = int(sheet.marks[t, column])
            drawn = (
                sheet.level,
                None if value == none else float(figures.values[value]),
                -1 if sheet.class_[t, column] == NONE else int(sheet.class_[t, column]),
                None if sheet.percentile[t, column] == NONE else int(sheet.percentile[t, column]),
                marks // CLEAR % 4 - 1,
                marks // HOT % 4 - 1,
                None if sheet.since[t, column] == NONE else figures.since[sheet.since[t, column]],
                bool(marks & FEW),
            )
            percentile = None if row.percentile is None else min(int(row.percentile), 99)
            few = isinstance(row, Figure) and row.numerator == 0
            expected = (
                row.figure_level,
                _said(gateway, row, figures),
                _class_of(row, figures),
                percentile,
                row.clear if isinstance(row, Figure) else 0,
                row.hot if isinstance(row, Figure) else 0,
                row.since if isinstance(row, Figure) else None,
                few and passport is not None and not passport.open,
            )
            if drawn != expected:
                yield area, window, drawn, expected


@pytest.mark.parametrize(("viewer", "code", "level", "within"), CASES)
def test_every_cell_is_what_the_gateway_says(
    viewer: str, code: str, level: str, within: str | None, example_release: Path
) -> None:
    gateway = gateway_of(example_release, viewer)
    assert list(_differences(gateway, code, level, within))[:3] == []


def test_cells_of_a_release_full_of_thin_places_as_well(tmp_path: Path) -> None:
    release = open_release(plant(tmp_path))
    for viewer in ("nsoc", "riec:limburg", "gemeente:GM0983", "riec:limburg+gemeente:GM0599"):
        gateway = PartnerGateway(viewer_named(viewer), Notes(lambda *_: None), release, tuple)
        for code in ("ALL1", "REG1", "MUN1", "HEX1", SCORE):
            for level in ("gemeente", "wijk", "buurt", "hex7", "hex8", "hex9"):
                try:
                    gateway.breaks(code, level)
                except AccessRefusedError:
                    continue
                assert list(_differences(gateway, code, level, None))[:3] == []


@pytest.mark.parametrize(
    ("viewer", "code", "level", "within"), [case for case in CASES if case[1] != SCORE][::2]
)
def test_every_interval_is_what_the_gateway_says(
    viewer: str, code: str, level: str, within: str | None, example_release: Path
) -> None:
    gateway = gateway_of(example_release, viewer)
    bounds, codes = gateway.map_bounds(code, level, within), gateway.map_shapes(level, within).codes
    written = [*bounds.values.tolist(), None]
    for t, window in enumerate(gateway.periods("year")):
        own = {f.area: f for f in gateway.figures(code, level, window.code, within) if not f.lent}
        for i, area in enumerate(codes):
            column, figure = int(bounds.of[i]), own.get(area)
            drawn = [None, None]
            if column != NOWHERE:
                drawn = [written[bounds.low[t, column]], written[bounds.high[t, column]]]
            limits = [None, None] if figure is None else [figure.low, figure.high]
            expected = [None if end is None else float(as_written(end)[0]) for end in limits]
            if figure is not None:
                assert drawn == expected, (area, window.code)


def _verdict_differences(
    gateway: PartnerGateway, level: str, within: str | None, focus: str | None
) -> Iterator[tuple[str, str, object, object]]:
    found = gateway.map_verdicts(level, within, focus)
    codes = gateway.map_shapes(level, within).codes
    for t, window in enumerate(gateway.periods("year")):
        known = {row.area: row for row in gateway.verdicts(level, window.code, within, focus)}
        assert set(known) == set(codes)
        for i, area in enumerate(codes):
            change = int(found.change[t, i])
            drawn = (
                SURENESS[found.sure[t, i]],
                int(found.independent[t, i]),
                None if change == NONE else CHANGES[change],
            )
            own = known[area]
            expected = (own.sure, own.independent, own.change)
            if drawn != expected:
                yield area, window.code, drawn, expected


@pytest.mark.parametrize(
    ("viewer", "level", "within", "focus"),
    [
        ("nsoc", "gemeente", None, None),
        ("nsoc", "gemeente", "limburg", "financial_services"),
        ("nsoc", "gemeente", None, "context"),
        ("nsoc", "hex7", None, None),
        ("nsoc", "hex7", "oost-brabant", "context"),
        ("riec:limburg", "hex9", "limburg", None),
        ("gemeente:GM0599", "gemeente", None, "tbml"),
        ("gemeente:GM0599", "hex8", "GM0599", None),
    ],
)
def test_every_verdict_is_what_the_gateway_says(
    viewer: str, level: str, within: str | None, focus: str | None, example_release: Path
) -> None:
    gateway = gateway_of(example_release, viewer)
    assert list(_verdict_differences(gateway, level, within, focus))[:3] == []


def test_the_example_has_every_verdict_and_every_change(example_release: Path) -> None:
    gateway = gateway_of(example_release)
    found = gateway.map_verdicts("gemeente")
    context = gateway.map_verdicts("gemeente", None, "context")
    sure = {*np.unique(found.sure).tolist(), *np.unique(context.sure).tolist()}
    assert sure == set(range(len(SURENESS)))
    assert set(np.unique(found.change).tolist()) == {*range(len(CHANGES)), NONE}
    assert found.earlier == (*[NO_WINDOW] * 4, 0, 1, 2, 3, 4)


def test_verdicts_of_a_release_full_of_thin_places_as_well(tmp_path: Path) -> None:
    release = open_release(plant(tmp_path))
    for viewer in ("nsoc", "riec:limburg", "gemeente:GM0983", "riec:limburg+gemeente:GM0599"):
        gateway = PartnerGateway(viewer_named(viewer), Notes(lambda *_: None), release, tuple)
        for level in gateway.levels():
            if level == "hex9" and viewer == "nsoc":
                continue
            for focus in (None, "financial_services", "context"):
                assert list(_verdict_differences(gateway, level, None, focus))[:3] == []


def test_how_well_the_ranks_of_scores_hold_comes_along(example_release: Path) -> None:
    gateway = gateway_of(example_release)
    figures, codes = gateway.map_figures(SCORE, "gemeente"), gateway.map_shapes("gemeente").codes
    held = {row.area: row.stability for row in gateway.stability("gemeente")}
    own = figures.sheets[0]
    assert {c: int(figures.held[own.of[i]]) for i, c in enumerate(codes) if c in held} == held


def test_what_lies_within_nothing_that_may_be_read_is_refused_and_logged(tmp_path: Path) -> None:
    lines: list[tuple[str, str, str]] = []
    notes = Notes(lambda *line: lines.append(line))
    release = open_release(plant(tmp_path))
    gateway = PartnerGateway(viewer_named("gemeente:GM0983"), notes, release, tuple)
    for ask in (
        lambda: gateway.map_figures("ALL1", "hex8", "GM0599"),
        lambda: gateway.map_shapes("hex8", "GM0599"),
        lambda: gateway.map_figures("NAT1", "gemeente"),
        lambda: gateway.map_verdicts("hex8", "GM0599"),
    ):
        lines.clear()
        with pytest.raises(AccessRefusedError):
            ask()
        assert [result for _, _, result in lines] == ["refused"]
    lines.clear()
    gateway.map_figures("ALL1", "hex8", "GM0983")
    gateway.map_verdicts("hex8", "GM0983", "logistics")
    assert lines == [
        ("read", "map_figures ALL1 hex8 within GM0983", "ok"),
        ("read", "map_verdicts hex8 logistics within GM0983", "ok"),
    ]


def test_what_was_kept_for_one_viewer_is_not_given_to_another(tmp_path: Path) -> None:
    release = open_release(plant(tmp_path))

    def codes(viewer: str) -> set[str]:
        gateway = PartnerGateway(viewer_named(viewer), Notes(lambda *_: None), release, tuple)
        return set(gateway.map_shapes("buurt").codes)

    assert codes("gemeente:GM0983") == set(BELOW["GM0983"]["buurt"])
    assert codes("gemeente:GM0599") == set(BELOW["GM0599"]["buurt"])
    assert codes("nsoc") > codes("riec:limburg") > codes("gemeente:GM0983")
