"""``weerbeeld verify``: whether the logs and the releases are as they were written."""

from pathlib import Path
from typing import Annotated

import typer

from commands import choices

HEAD = "head of the {} log as noted earlier, N:DIGEST"
Noted = Annotated[str | None, typer.Option(help=HEAD.format("audit"))]
NotedToo = Annotated[str | None, typer.Option(help=HEAD.format("processing"))]


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command()(verify)


Elsewhere = Annotated[Path | None, typer.Option(help="seals kept elsewhere: a file or a folder")]


def verify(
    audit_head: Noted = None, processing_head: NotedToo = None, seals: Elsewhere = None
) -> None:
    """Check both logs and every release against their digests; name what does not fit.

    Only seals ('weerbeeld log seal') or heads that are kept elsewhere show that a log was written
    anew, or its tail cut off. Seals are taken from WEERBEELD_SEALS unless named.
    """
    from errors import WeerbeeldError
    from operations.seal_checks import check_seals, known_seals, sealed_heads
    from store.chain import Head
    from store.logs import LogName
    from store.verifying import head_named, verify_logs, verify_releases
    from store.verifying_copies import verify_copies

    noted: dict[LogName, list[Head]] = {}
    if audit_head:
        noted["audit"] = [head_named(audit_head)]
    if processing_head:
        noted["processing"] = [head_named(processing_head)]
    settings = choices()
    home, elsewhere = settings.folders, seals or settings.seals
    for log, heads in sealed_heads(known_seals(home, elsewhere)).items():
        noted.setdefault(log, []).extend(heads)
    findings = [
        *verify_logs(home, noted),
        *check_seals(home, elsewhere, settings.timestamp_ca),
        *verify_releases(home.releases),
        *verify_copies(home),
    ]
    for finding in findings:
        typer.echo(f"{'sound ' if finding.sound else 'BROKEN'}  {finding.what}: {finding.words}")
    broken = sum(not finding.sound for finding in findings)
    if broken:
        raise WeerbeeldError(
            f"{broken} of {len(findings)} checks failed. Keep the files as they are, find out "
            "who changed them, and restore a backup."
        )
