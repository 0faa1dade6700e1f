"""``weerbeeld show`` and ``indicators``: what can be read."""

import sys
from typing import Annotated

import typer

from commands import choices

FORMAT = "a format of exports/; a name that is none lists them"


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    app.command()(show)
    app.command()(indicators)


def _out(content: bytes) -> None:
    sys.stdout.buffer.write(content)
    sys.stdout.flush()


def show(
    indicator: Annotated[str, typer.Argument(help="code of an indicator, e.g. VG01")],
    level: Annotated[str, typer.Option(help="nederland, riec, gemeente, wijk, buurt, hex7-9")],
    as_: Annotated[
        str | None, typer.Option("--as", help="example viewer: nsoc, riec:limburg, ...")
    ] = None,
    period: Annotated[str | None, typer.Option(help="2026-06, 2026-Q2 or 2026-06-12m")] = None,
    format_: Annotated[str, typer.Option("--format", help=FORMAT)] = "csv",
) -> None:
    """Print what a viewer may see of an indicator (example data only)."""
    from access.scope import AccessRefusedError
    from access.session import example_gateways, logbook
    from exports import ExportRequest, export_file, export_named
    from store.console import ORIGIN, os_account

    export_named(format_)
    settings, account = choices(), os_account()
    if as_ is None:
        logbook(settings.folders.served, account, ORIGIN)("read", f"figures {indicator}", "refused")
        raise AccessRefusedError(
            "Say as whom you look: --as nsoc, riec:limburg or gemeente:GM0599. That works only "
            "while all data are invented; real figures are read in the dashboard, signed in."
        )
    gateways = example_gateways(
        settings.folders.served, as_, env=settings.env, actor=account, origin=ORIGIN
    )
    request = ExportRequest("figures", indicator.upper(), level, period or "", format=format_)
    _out(export_file(request, gateways).content)


def indicators(
    format_: Annotated[
        str, typer.Option("--format", help=f"{FORMAT}; else a table to look at")
    ] = "",
) -> None:
    """List the catalogue."""
    import pandas as pd
    from rich.console import Console
    from rich.table import Table

    from exports import ExportTable, export_for
    from indicators import CATALOGUE

    rows = [
        {
            "code": indicator.code,
            "name_nl": indicator.name.nl,
            "name_en": indicator.name.en,
            "focus_area": indicator.focus_area,
            "counting": indicator.counting,
            "unit": indicator.unit.en,
            "levels": " ".join(indicator.level_names),
            "recipients": " ".join(indicator.recipients),
            "weight": indicator.weight,
            "evidence": indicator.evidence,
        }
        for indicator in CATALOGUE.values()
    ]
    if format_:
        found = ExportTable(
            pd.DataFrame(rows), invented=False, title="Catalogue", source="Weerbeeld"
        )
        _out(export_for(format_, level="").write(found))
        return
    table = Table("code", "name", "focus area", "counting", "unit", "levels")
    for row in rows:
        table.add_row(
            *(str(row[c]) for c in ("code", "name_en", "focus_area", "counting")),
            str(row["unit"]),
            str(row["levels"]),
        )
    Console().print(table)
