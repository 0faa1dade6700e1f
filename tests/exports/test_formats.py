"""The contract of every format: what is read back is what was shown, and says whose it is."""

from dataclasses import replace

import pandas as pd
import pytest
from planted_release import LEVELS, PLANTED, plant
from typer.testing import CliRunner

from access.gateways import Gateways
from access.session import example_gateways
from cli import app
from exports import (
    EXPORTS,
    Export,
    ExportRequest,
    ExportTable,
    FormatRefusedError,
    export_file,
    export_for,
    exports_for,
)
from exports.contract import INVENTED_NOTE
from indicators import CATALOGUE
from pages.kit.table import file_links
from pages.kit.view import View
from store.home import Home

LAST = "2026-06-12m"
REQUESTS = [
    *(ExportRequest("figures", "ALL1", level) for level in LEVELS if level != "hex9"),
    ExportRequest("figures", "REG1", "gemeente", "2026-03-12m", "limburg"),
    ExportRequest("scores", "", "gemeente"),
    ExportRequest("deliveries"),
    ExportRequest("audit"),
]
CASES = [
    pytest.param(request, export, id=f"{request.name} as {export.name}")
    for request in REQUESTS
    for export in exports_for(request.level)
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("formats"))
    plant(home.releases)
    return home


def gateways_for(home: Home, request: ExportRequest) -> Gateways:
    viewer = "auditor" if request.table == "audit" else "nsoc"
    return example_gateways(home.served, viewer, env="local")


def as_text(rows: pd.DataFrame) -> pd.DataFrame:
    """Return numbers as rounded text and anything else as text, '' where nothing stands."""
    return pd.DataFrame(
        {
            name: [
                ""
                if pd.isna(value)
                else f"{float(value):.5g}"
                if isinstance(value, int | float)
                else str(value)
                for value in rows[name]
            ]
            for name in rows
        },
        dtype=str,
    )


@pytest.mark.parametrize(("request_", "export"), [pytest.param(*c.values, id=c.id) for c in CASES])
def test_what_is_read_back_is_what_was_shown(
    request_: ExportRequest, export: Export, home: Home
) -> None:
    gateways = gateways_for(home, request_)
    shown = request_.read(gateways, outlined=export.places)
    name, found = export.name, export.read(export.write(shown))
    assert len(shown.rows) > 0, f"{request_.name} has no rows to write: mend the planted release"
    own, back = list(shown.rows.columns), list(found.rows.columns)
    assert back[: len(own)] == own, (
        f"{name} reads back the columns {back}; write {own} first, in this order, and any of its "
        "own after them"
    )
    pd.testing.assert_frame_equal(
        as_text(found.rows[own]), as_text(shown.rows), obj=f"what {name} reads back"
    )
    assert found.about == shown.about, (
        f"{name} reads back {found.about}; write all of ExportTable.about, and read it with "
        "ExportTable.read_back"
    )
    assert list(found.outlines) == list(shown.outlines), (
        f"{name} reads back {len(found.outlines)} outlines of {len(shown.outlines)}; a format with "
        "places=True draws the outline of every place, any other draws none"
    )


@pytest.mark.parametrize("export", EXPORTS.values(), ids=list(EXPORTS))
@pytest.mark.parametrize("table", ["figures", "scores"])
def test_every_format_says_whose_figures_these_are(export: Export, table: str, home: Home) -> None:
    """The words of the passport and the release, in the file itself and in what is read back."""
    asked = REQUESTS[2] if table == "figures" else ExportRequest("scores", "", "gemeente")
    gateways = gateways_for(home, asked)
    content = export_file(replace(asked, format=export.name), gateways).content
    source, licence = PLANTED["ALL1"].source, PLANTED["ALL1"].licence
    found = export.read(content)
    for what, words in {
        "source": f"{source.nl} / {source.en}",
        "licence": f"{licence.nl} / {licence.en}",
        "attribution": "Planted",
        "period": LAST,
        "release": "planted",
        "level": "gemeente",
    }.items():
        kept = getattr(found, what)
        assert kept == words, (
            f"{export.name} reads back {kept!r} as the {what} of the {table}, and {words!r} was "
            "shown; write all of ExportTable.about"
        )
    assert found.invented, f"{export.name} loses that the {table} are invented; write its mark"
    for words in (found.source, found.licence, "Planted", LAST, "planted", INVENTED_NOTE):
        assert words.encode() in content, (
            f"{export.name} does not hold {words!r} as text that people can read in the file; "
            "write it in UTF-8, unpacked"
        )


@pytest.mark.parametrize("export", EXPORTS.values(), ids=list(EXPORTS))
def test_each_row_that_is_invented_says_so_and_no_other(export: Export) -> None:
    rows = pd.DataFrame({"area": ["GM0983", "GM0599"], "numerator": [5.0, 7.0]})
    table = ExportTable(rows, invented=True, level="gemeente", release="r")
    found = export.read(export.write(table))
    marks = list(found.rows["data"]) if "data" in found.rows else []
    assert marks == [INVENTED_NOTE] * 2, (
        f"{export.name} reads back the marks {marks}; each row that is invented needs its own in a "
        "column 'data', as ExportTable.objects gives it"
    )
    assert found.invented, f"{export.name} reads an invented table back as a real one"
    real = export.read(export.write(replace(table, invented=False)))
    assert "data" not in real.rows, f"{export.name} marks rows that are not invented; leave it out"
    assert not real.invented, f"{export.name} reads a real table back as an invented one"
    assert list(rows.columns) == ["area", "numerator"], (
        f"{export.name} changes the table that it writes; let it work on a copy"
    )


@pytest.mark.parametrize("export", EXPORTS.values(), ids=list(EXPORTS))
def test_a_table_without_rows_is_a_file_too(export: Export) -> None:
    none = pd.DataFrame({"area": [], "numerator": []})
    found = export.read(export.write(ExportTable(none, invented=True)))
    assert len(found.rows) == 0, f"{export.name} reads rows back from a table that has none"


def test_the_name_of_a_format_is_its_own_and_fit_for_a_link() -> None:
    for name, export in EXPORTS.items():
        assert name == export.name, f"the export {export.name} is listed as {name}"
        assert name.isalnum(), f"'{name}' stands in links; write it in letters and digits only"
        assert name == name.lower(), f"'{name}' stands in links; write it in small letters"
        assert export.ending.isalnum(), (
            f"{name}.ending is '{export.ending}'; give what follows the dot, such as csv"
        )
    labels = [export.label for export in EXPORTS.values()]
    twice = sorted({label for label in labels if labels.count(label) > 1})
    assert not twice, f"two formats have the label {', '.join(twice)}; readers choose by it"


def test_a_table_without_places_does_not_fit_a_format_that_draws_them(home: Home) -> None:
    drawing = [export for export in EXPORTS.values() if export.places]
    assert drawing, "no format draws places any more, so nothing here is tested"
    for export in drawing:
        for asked in (ExportRequest("deliveries"), ExportRequest("audit")):
            with pytest.raises(FormatRefusedError, match="places"):
                export_file(replace(asked, format=export.name), gateways_for(home, asked))
        assert export_for(export.name, "riec") is export, f"{export.name} is refused for RIECs"


def test_the_command_line_offers_for_the_catalogue_what_fits_it() -> None:
    for export in EXPORTS.values():
        result = CliRunner().invoke(app, ["indicators", "--format", export.name])
        if export.places:
            assert isinstance(result.exception, FormatRefusedError), (
                f"{export.name} draws places, which the catalogue has none of; it must be refused"
            )
            assert result.stdout == "", (
                f"{export.name} is refused, and printed something all the same"
            )
        else:
            found = export.read(result.stdout_bytes)
            assert list(found.rows["code"]) == list(CATALOGUE), (
                f"{export.name} does not read back the indicators of the catalogue in their order"
            )
            assert found.source == "Weerbeeld", f"{export.name} loses the source of the catalogue"


def test_a_request_without_a_format_is_refused_with_the_known_ones(home: Home) -> None:
    with pytest.raises(FormatRefusedError, match="csv"):
        export_file(REQUESTS[0], gateways_for(home, REQUESTS[0]))


@pytest.mark.parametrize("level", ["gemeente", ""])
def test_a_page_offers_each_format_that_the_table_fits(level: str, home: Home) -> None:
    asked = ExportRequest("figures", "ALL1", level) if level else ExportRequest("deliveries")
    gateways = gateways_for(home, asked)
    links = file_links(
        View("nl", gateways.partner(), "test", lambda r: f"/export?{r.format}"), asked
    )
    expected = [export for export in EXPORTS.values() if level or not export.places]
    assert len(links) == len(expected), (
        f"a page offers {len(links)} links where {', '.join(e.name for e in expected)} fit"
    )
    for link, export in zip(links, expected, strict=True):
        assert f'href="/export?{export.name}"' in link, f"no link leads to {export.name}: {link}"
        assert f"({export.label})" in link, f"the link to {export.name} lacks its label: {link}"
    assert file_links(View("nl", gateways.partner(), "test"), asked) == [], (
        "a page offers files where the server hands out none"
    )
