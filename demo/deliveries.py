"""Writes the example deliveries: what partners would send, invented, with known patterns."""

from collections.abc import Callable, Mapping
from pathlib import Path

import demo
from demo.contract import Delivery, KindExample
from demo.example import make
from demo.expected import patterns
from demo.manifest import Manifest
from demo.period import END, START
from demo.sizes import SMALL, Size
from demo.together import together
from demo.writing import Files
from folders import make_folder
from plugs import plugs
from records import kind_named

LIST = "deliveries.csv"
SEED = 2026


def kind_examples() -> list[KindExample]:
    """Return the example of every kind of record, in the order in which they are taken in."""
    found = plugs(demo.__name__, demo.__path__, "EXAMPLE", KindExample)
    return sorted(found, key=lambda one: one.order)


def write(
    folder: Path,
    seed: int = SEED,
    progress: Callable[[str], None] | None = None,
    scale: float = 1.0,
    size: Size = SMALL,
) -> Manifest:
    """Write the example deliveries, deliveries.csv (kind;file;partner, in intake order) and
    manifest.json into ``folder``, which is made where it does not exist.

    The same seed gives the same bytes. ``scale`` multiplies the volumes of records (not of the
    area figures); the patterns have their numbers at scale 1. ``size`` says how many examples
    follow on one another in the files, of which each has other records. ``progress`` gets the name
    of each step as it begins.
    """
    make_folder(folder)
    say = progress or (lambda _: None)
    example = make(seed, scale, say)
    listed: dict[int, dict[str, str]] = {}
    volumes: dict[str, int] = {}
    with Files(folder) as files:
        for register in range(size.registers):
            say(f"{register + 1} of {size.registers}") if size.registers > 1 else None
            for batch in size.batches(register, example):
                for one in kind_examples():
                    if not size.holds(one.kind, batch.number):
                        continue
                    if batch.number == 0:
                        say(kind_named(one.kind).words.en)
                    for delivery in one.deliveries(batch.example):
                        name = _file(delivery, one)
                        frame = batch.named(delivery.frame, kind_named(one.kind))
                        files.add(name, frame, kind_named(one.kind))
                        listed.setdefault(one.order, {})[name] = delivery.partner
                        volumes[one.kind] = volumes.get(one.kind, 0) + len(frame)
    _write_list(folder, listed)
    manifest = Manifest(seed, (str(START), str(END)), volumes, patterns(example), together(example))
    manifest.write(folder)
    return manifest


def _file(delivery: Delivery, one: KindExample) -> str:
    ending = "parquet" if one.parquet else "csv"
    return f"{delivery.partner.replace(':', '-')}_{one.kind}_{delivery.name}.{ending}"


def _write_list(folder: Path, listed: Mapping[int, Mapping[str, str]]) -> None:
    kinds = {one.order: one.kind for one in kind_examples()}
    lines = [
        f"{kinds[order]};{name};{partner}"
        for order, files in sorted(listed.items())
        for name, partner in files.items()
    ]
    (folder / LIST).write_text("\n".join(["kind;file;partner", *lines]) + "\n", encoding="utf-8")
