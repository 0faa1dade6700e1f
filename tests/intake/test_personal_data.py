"""Direct identifiers reach no disk: delivered in every column, and then looked for everywhere."""

import re
import secrets
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from postgresql import all_rows
from small_home import PARTNER, as_csv, records, shrink
from typer.testing import CliRunner, Result

from cli import app
from intake import retention
from records import KINDS, RecordKind
from store.home import Home

COUNT = 60
DIGITS = re.compile(rb"(?=(\d{14}))").findall


class Secrets:
    """Identifiers that nobody could come across by chance, each known by fourteen digits."""

    def __init__(self) -> None:
        self.tokens: dict[str, str] = {}

    def make(self, meaning: str) -> str:
        """Return a new identifier, which ``meaning`` describes when it is found somewhere."""
        token = f"{secrets.randbelow(10**14):014d}"
        self.tokens[token] = meaning
        return token

    def found_in(self, data: bytes, where: str) -> list[str]:
        """Return which identifiers stand in ``data``, as text in any encoding."""
        numbers = {number for form in (data, data.replace(b"\0", b"")) for number in DIGITS(form)}
        known = sorted(number.decode() for number in numbers if number.decode() in self.tokens)
        return [f"{self.tokens[number]} in {where}" for number in known]

    def everywhere(self, folder: Path, apart: tuple[Path, ...] = ()) -> list[str]:
        """Return where identifiers stand below ``folder``, also within Parquet, SQLite and zip."""
        found: list[str] = []
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path not in apart:
                found += self.found_in(str(path).encode(), f"the name of {path}")
                for form, data in contents(path):
                    found += self.found_in(data, f"{path} ({form})")
        return found


def contents(path: Path) -> Iterator[tuple[str, bytes]]:
    """Give the bytes of a file, and what they hold once decoded."""
    data = path.read_bytes()
    yield "as bytes", data
    if data.startswith(b"PAR1"):
        yield "as Parquet", repr(pq.read_table(path).to_pydict()).encode()
        yield "as Parquet's own data", repr(pq.read_metadata(path).to_dict()).encode()
    elif data.startswith(b"SQLite format 3"):
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            for (table,) in database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
            ).fetchall():
                rows = database.execute(f'SELECT * FROM "{table}"').fetchall()
                yield f"as SQLite table {table}", repr(rows).encode()
    elif data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                inner = path.with_name(f"{path.name}-{Path(name).name}")
                inner.write_bytes(archive.read(name))
                yield from ((f"{name} {form}", held) for form, held in contents(inner))
                inner.unlink()


def delivered(kind: RecordKind, hidden: Secrets) -> pd.DataFrame:
    """Return records with a known identifier in every cell where a partner would have one."""
    frame = records(kind, COUNT)
    for column in kind.pseudonymised:
        mark = "VERZONNEN" if column == kind.mark or kind.column(column).digits else ""
        numbers = {v: mark + hidden.make(f"{kind.name}.{column}") for v in frame[column].unique()}
        frame[column] = frame[column].map(numbers)
    frame["naam"] = [f"J. Jansen {hidden.make(f'{kind.name}: a name')}" for _ in frame.index]
    frame["bsn"] = [hidden.make(f"{kind.name}: a column that is not read") for _ in frame.index]
    return frame


def spoiled(kind: RecordKind, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the records with every kind of fault on some row."""
    bad: Any = frame.astype(dict.fromkeys(frame, object))
    if kind.pseudonymised:
        key = kind.key[0]
        bad.loc[3, key] = bad.loc[2, key]
        bad.loc[5, kind.pseudonymised[-1]] = None
        bad.loc[8, kind.mark] = bad.loc[8, kind.mark].removeprefix("VERZONNEN")
        for column in (c for c in kind.columns if not c.pseudonymised):
            bad.loc[6, column.name] = bad.loc[6, key]
        bad.loc[7, "x"], bad.loc[7, "y"] = bad.loc[7, "y"], bad.loc[7, "x"]
    bad.loc[4, kind.dated] = "31-02-2026"
    return pd.DataFrame(bad)


@pytest.fixture
def hidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Secrets:
    """Identifiers to hide; everything that may be written to lies below ``tmp_path``."""
    for name in ("scratch", "account", "in", "home"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(tmp_path / "scratch"))
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "MPLCONFIGDIR"):
        monkeypatch.setenv(name, str(tmp_path / "account"))
    monkeypatch.setenv("WEERBEELD_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("WEERBEELD_PSEUDONYM_KEY", raising=False)
    monkeypatch.chdir(tmp_path / "account")
    shrink(monkeypatch.setattr)
    return Secrets()


def test_the_search_finds_what_is_there(hidden: Secrets, tmp_path: Path) -> None:
    folder = tmp_path / "planted"
    folder.mkdir()
    number = hidden.make("planted")
    for encoding in ("utf-8", "utf-16", "utf-16-be", "utf-32"):
        (folder / f"{encoding}.txt").write_bytes(f"a{number}b".encode(encoding))
    table = pa.table({"a": pa.array([number] * 5000, pa.string())})
    pq.write_table(table, folder / "a.parquet", compression="zstd")
    with closing(sqlite3.connect(folder / "a.db")) as database:
        database.execute("CREATE TABLE t (a TEXT, n INTEGER)")
        database.execute("INSERT INTO t VALUES (?, ?)", ["", int("1" + number)])
        database.commit()
    with zipfile.ZipFile(folder / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(folder / "a.parquet", "deep.parquet")
    (folder / number).write_text("")
    found = {line.split(" in ")[1].split(" (")[0] for line in hidden.everywhere(folder)}
    assert len(found) == 8


@pytest.mark.long
def test_identifiers_reach_no_file_no_log_and_no_screen(
    hidden: Secrets, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    home, said = Home(tmp_path / "home"), []

    def run(*words: str, stdin: str | None = None, code: int = 0) -> Result:
        result = CliRunner().invoke(app, words, input=stdin)
        said.append(result.output + repr(result.exception))
        assert result.exit_code == code or (code == 2 and result.exception), result.output
        return result

    apart, frames = [], {}
    for kind in KINDS.values():
        frame = frames[kind.name] = delivered(kind, hidden)
        bad = spoiled(kind, frame)
        partner = ("--partner", PARTNER[kind.name])
        files = {
            f"{kind.name}.csv": as_csv(frame),
            f"{kind.name}-bad.csv": as_csv(bad),
            f"{kind.name}-cut.csv": as_csv(frame)[:-40],
            f"{kind.name}-utf16.csv": as_csv(frame).decode().encode("utf-16"),
            f"{kind.name}-misspelt.csv": as_csv(frame).replace(b";source;", b";sorce;", 1)
            if kind.name == "area_figure"
            else as_csv(frame).replace(b";x;y;", b";x;yy;", 1),
        }
        for name, data in files.items():
            (tmp_path / "in" / name).write_bytes(data)
            apart.append(tmp_path / "in" / name)
        good, *others = (str(tmp_path / "in" / name) for name in files)
        run("intake", kind.name, good, *partner, "--dry-run")
        for other in (others[0], others[1], others[3]):
            run("intake", kind.name, other, *partner, "--dry-run", code=2)
            run("intake", kind.name, other, *partner, code=2)
        run("intake", kind.name, others[0], *partner, "--accept-valid", "--dry-run")
        accepted = run("intake", kind.name, others[0], *partner, "--accept-valid")
        assert "rejected, with what is wrong" in accepted.output
        run("intake", kind.name, others[2], *partner)
        run("intake", kind.name, good, *partner)
        assert "nothing changed" in run("intake", kind.name, good, *partner).output
    run("intake", "incident", str(apart[-1]), "--partner", "nobody", code=2)
    run("build")
    for level in ("gemeente", "hex7"):
        run("show", "BD01", "--level", level, "--as", "nsoc")
    run("release", "list")
    assert hidden.everywhere(tmp_path, tuple(apart)) == []

    firm = str(frames["business"]["firm_id"].iloc[0])
    assert "business" in run("subject", "find", stdin=f"{firm}\n").output
    assert "Releases stay" in run("subject", "delete", stdin=f"{firm}\n").output
    assert "No records" in run("subject", "find", stdin=firm).output
    run("subject", "find", stdin=f"{firm}\n{firm}\n", code=2)
    run("subject", "find", "nonsense", stdin=firm, code=2)
    run("build")
    assert retention.run(home, date(2029, 1, 1))
    run("retention", "run")
    backup = str(tmp_path / "backup.zip")
    run("backup", backup, code=2 if home.database else 0)
    if home.database:
        assert hidden.found_in(all_rows(home), "the database") == []
    else:
        run("restore", backup, "--home", str(tmp_path / "restored"))
    run("verify")
    run("doctor")
    assert hidden.everywhere(tmp_path, tuple(apart)) == []
    shown = capfd.readouterr()
    assert hidden.found_in("".join([*said, *shown]).encode(), "what was printed") == []
    assert len(hidden.tokens) > 1_000
    assert len(list(tmp_path.rglob("*.rejected.csv"))) == len(KINDS)
    with capfd.disabled():
        searched = sum(path.is_file() for path in tmp_path.rglob("*")) - len(apart)
        print(f"\n{len(hidden.tokens):,} identifiers: 0 found in {searched} files and on screen")
