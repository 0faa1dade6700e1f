"""An example as large as the country is many that follow on one another, in the same files."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pandas as pd
import pytest
from command_line import weerbeeld

from demo.deliveries import LIST, write
from demo.sizes import NATIONAL, Size
from records import KINDS

TWICE = Size(registers=2, times={"trade_declaration": 5, "property_transaction": 2})
SCALE = 0.05


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An example, and one in which more of them follow on one another."""
    once, more = tmp_path_factory.mktemp("once"), tmp_path_factory.mktemp("more")
    write(once, scale=SCALE)
    write(more, scale=SCALE, size=TWICE)
    return once, more


def records(folder: Path, kind: str) -> pd.DataFrame:
    """Return all records of a kind, in the order of their files."""
    listed = pd.read_csv(folder / LIST, sep=";").query("kind == @kind")["file"]
    frames = [
        pd.read_parquet(folder / name)
        if name.endswith(".parquet")
        else pd.read_csv(folder / name, sep=";", decimal=",", dtype=str)
        for name in listed
    ]
    return pd.concat(frames, ignore_index=True)


@pytest.mark.parametrize("kind", ["business", "property_transaction", "trade_declaration"])
def test_records_are_as_many_times_more_and_none_is_another(
    kind: str, folders: tuple[Path, Path]
) -> None:
    once, more = (records(folder, kind) for folder in folders)
    times = TWICE.registers if kind == "business" else TWICE.times[kind]
    assert len(more) == pytest.approx(times * len(once), rel=0.05)
    key = list(KINDS[kind].key)
    assert not more.duplicated(key).any()
    assert set(map(tuple, once[key].to_numpy())) <= set(map(tuple, more[key].to_numpy()))


def test_who_declares_goods_is_in_the_trade_register(folders: tuple[Path, Path]) -> None:
    _, more = folders
    firms, declared = records(more, "business")["firm_id"], records(more, "trade_declaration")
    first = records(folders[0], "trade_declaration")["firm_id"]
    known = first.isin(records(folders[0], "business")["firm_id"]).mean()
    assert declared["firm_id"].isin(firms).mean() == pytest.approx(known, abs=0.02)


def test_kinds_that_are_not_named_stay_as_they_are(folders: tuple[Path, Path]) -> None:
    once, more = (
        {path.name: path.read_bytes() for path in folder.glob("*_in*") if path.is_file()}
        for folder in folders
    )
    assert once
    assert once == more


def test_the_country_is_as_large_as_it_is() -> None:
    assert NATIONAL.registers * 146_000 == pytest.approx(3_600_000, rel=0.05)
    assert NATIONAL.times["property_transaction"] * 120_000 / 3 == pytest.approx(230_000, rel=0.1)


def test_memory_does_not_follow_the_size(tmp_path: Path) -> None:
    """Eight registers and forty times the declarations take little more memory than one."""
    code = textwrap.dedent(f"""
        import resource, sys
        from pathlib import Path
        from demo.deliveries import write
        from demo.sizes import Size
        registers, declarations = map(int, sys.argv[1:3])
        size = Size(registers, {{"trade_declaration": declarations}})
        write(Path({str(tmp_path)!r}) / sys.argv[1], scale=0.3, size=size)
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    """)
    peaks = [
        int(subprocess.check_output([sys.executable, "-c", code, *sizes], text=True))
        for sizes in (("1", "1"), ("8", "16"))
    ]
    assert peaks[1] < 1.25 * peaks[0]


def test_another_size_is_refused(tmp_path: Path) -> None:
    result = weerbeeld(tmp_path, "demo", "--size", "huge")
    assert result.returncode == 2
    assert "There is no size 'huge' of the example. Choose example or national." in result.stderr
    assert not (tmp_path / "demo").exists()
