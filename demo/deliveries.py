"""Writes the example deliveries: what partners would send, invented, with known patterns."""

from collections.abc import Callable
from pathlib import Path

import demo
from demo.contract import Delivery, KindExample
from demo.example import make
from demo.expected import patterns
from demo.manifest import Manifest
from demo.period import END, START
from demo.together import together
from demo.writing import write_csv, write_parquet
from folders import make_folder
from plugs import plugs
from records import RecordKind, kind_named

LIST = "deliveries.csv"
SEED = 2026


def kind_examples() -> list[KindExample]:
    """Return the example of every kind of record, in the order in which they are taken in."""
    found = plugs(demo.__name__, demo.__path__, "EXAMPLE", KindExample)
    return sorted(found, key=lambda one: one.order)


def _write(delivery: Delivery, kind: RecordKind, parquet: bool, folder: Path) -> str:
    suffix, writer = ("parquet", write_parquet) if parquet else ("csv", write_csv)
    file = f"{delivery.partner.replace(':', '-')}_{kind.name}_{delivery.name}.{suffix}"
    writer(delivery.frame, kind, folder / file)
    return file


def write(
    folder: Path,
    seed: int = SEED,
    progress: Callable[[str], None] | None = None,
    scale: float = 1.0,
) -> Manifest:
    """Write the example deliveries, deliveries.csv (kind;file;partner, in intake order) and
    manifest.json into ``folder``, which is made where it does not exist.

    The same seed gives the same bytes. ``scale`` multiplies the volumes of records (not of the
    area figures); the patterns have their numbers at scale 1. ``progress`` gets the name of each
    step as it begins.
    """
    make_folder(folder)
    say = progress or (lambda _: None)
    example = make(seed, scale, say)
    lines = ["kind;file;partner"]
    volumes: dict[str, int] = {}
    for one in kind_examples():
        kind = kind_named(one.kind)
        say(kind.words.en)
        for delivery in one.deliveries(example):
            file = _write(delivery, kind, one.parquet, folder)
            lines.append(f"{kind.name};{file};{delivery.partner}")
            volumes[kind.name] = volumes.get(kind.name, 0) + len(delivery.frame)
    (folder / LIST).write_text("\n".join(lines) + "\n", encoding="utf-8")
    manifest = Manifest(seed, (str(START), str(END)), volumes, patterns(example), together(example))
    manifest.write(folder)
    return manifest
