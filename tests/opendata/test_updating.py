"""An update from services that are well, broken or away: what is kept, what readers see."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pdok
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pdok import BORDERS, NEIGHBOURHOODS, serve_borders, serve_neighbourhoods
from server import (
    Services,
    altered,
    cut_json,
    error,
    error_in_json,
    error_page,
    playing,
    renamed,
    slow,
    truncated,
)
from typer.testing import CliRunner

from cli import app
from errors import WeerbeeldError
from geo import areas
from opendata import SOURCES
from opendata import left_out as why
from opendata.contract import SourceFailedError, UpdateRequest
from opendata.http.cache import Cache
from opendata.http.fetcher import HttpFetcher
from opendata.http.network import Network
from opendata.updating.one_source import Result
from opendata.updating.update import update
from store.home import Home
from store.publication import update_lock
from store.source_status import SourceStatus, read_statuses
from store.source_status_writing import known_statuses

ROOT = Path(__file__).resolve().parents[2]
NAME = "pdok_neighbourhoods"
ASKED = UpdateRequest(2025, date(2025, 1, 1))
BUURTEN = NEIGHBOURHOODS.format(year=2025, name="buurten")
PDOK = "https://api.pdok.nl"
FORMER = BORDERS.format(name="buurt_gegeneraliseerd")


@dataclass(frozen=True)
class Installation:
    """A home, and services that it updates from."""

    home: Home
    services: Services

    def update(self, *names: str) -> list[Result]:
        network = Network(
            mirror=self.services.mirror, retries=1, backoff=0, pause=0, connect=2, silence=0.5
        )
        chosen = [SOURCES[name] for name in names or (NAME,)]
        return update(
            self.home,
            chosen,
            list(SOURCES.values()),
            ASKED,
            lambda cache, since: HttpFetcher(cache, network, since),
            lambda *_: None,
        )

    @property
    def status(self) -> SourceStatus:
        return known_statuses(self.home)[NAME]

    def held(self) -> pd.DataFrame:
        """Return the figures that a build would read: of each key the row that came last."""
        files = sorted(self.home.records.glob("area_figure/*.parquet"), key=os.path.getmtime)
        rows = pd.concat([pd.read_parquet(file) for file in files])
        key = ["figure", "level", "area", "date", "months"]
        return rows.drop_duplicates(key, keep="last").sort_values(key)[[*key, "value"]]

    def state(self) -> dict[str, str]:
        """Return the digest of all that a build reads."""
        kept = [*self.home.records.rglob("*.parquet"), *self.home.boundaries.glob("*")]
        return {str(path): sha256(path.read_bytes()).hexdigest() for path in kept}


@pytest.fixture
def installation(services: Services, tmp_path: Path) -> Installation:
    serve_neighbourhoods(services)
    serve_borders(services)
    return Installation(Home(tmp_path / "home"), services)


@pytest.fixture
def run(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Run ``weerbeeld`` in the installation; returns its exit code and what it printed."""
    monkeypatch.setenv("WEERBEELD_HOME", str(installation.home.root))
    monkeypatch.setenv("WEERBEELD_MIRROR", installation.services.mirror)
    monkeypatch.setattr("opendata.http.network.Network.backoff", 0)

    def run(*arguments: str) -> str:
        done = CliRunner().invoke(app, list(arguments))
        said = done.output if done.exit_code in (0, 2) else repr(done.exception)
        if isinstance(done.exception, WeerbeeldError):
            said = str(done.exception)
        return f"{done.exit_code}\n{said}"

    return run


def test_borders_and_figures_come_in_once(installation: Installation) -> None:
    (first,) = installation.update()
    assert first.taken
    assert (first.status.outcome, first.taken.borders) == ("ok", ("wijk", "buurt"))
    assert first.taken.new == len(installation.held()) == first.status.figures > 100
    installed = areas.installed_areas("buurt", installation.home.boundaries)
    assert installed is not None
    assert len(installed) == 4 * pdok.TOWNS
    state = installation.state()
    (again,) = installation.update()
    assert again.taken
    assert again.status.outcome == "unchanged"
    assert (again.taken.new, again.taken.unchanged) == (0, first.taken.new)
    assert installation.state() == state


def test_an_update_that_stops_between_two_files_leaves_borders_that_can_be_read(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = Path.replace
    placed: list[Path] = []

    def stopping(source: Path, target: Path) -> Path:
        if target.parent == installation.home.boundaries:
            placed.append(target)
            if len(placed) == 3:
                raise KeyboardInterrupt
        return moved(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", stopping)
        with pytest.raises(KeyboardInterrupt):
            installation.update()
    folder = installation.home.boundaries
    assert sorted(path.name for path in folder.iterdir()) == ["buurt.parquet", "wijk.parquet"]
    assert areas.installed(folder) == []
    (again,) = installation.update()
    assert again.taken
    assert [sheet.level for sheet in areas.installed(folder)] == ["wijk", "buurt"]
    (folder / "wijk.parquet").unlink()
    assert [sheet.level for sheet in areas.installed(folder)] == ["buurt"]


def test_only_what_changed_comes_in_again(installation: Installation) -> None:
    installation.update()
    features = pdok.areas("buurt", 2025)
    features[3]["properties"]["aantal_inwoners"] = 77
    installation.services.serve(BUURTEN, pdok.collection(BUURTEN, features, 5))
    (result,) = installation.update()
    assert result.taken
    assert (result.taken.new, result.taken.borders) == (1, ())
    held = installation.held().set_index(["figure", "area"])["value"]
    assert held["inhabitants", features[3]["properties"]["buurtcode"]] == 77
    assert result.status.figures == len(held)


FAULTS = {
    "unreachable": None,
    "refused": error(500),
    "slow": slow(2),
    "truncated": truncated(),
    "changed": error_page(),
}


@pytest.mark.parametrize("named", FAULTS)
def test_a_failure_leaves_all_as_it_was_and_says_so(installation: Installation, named: str) -> None:
    (before,) = installation.update()
    state, services = installation.state(), installation.services
    features = pdok.areas("gemeente", 2025)
    features[0]["properties"]["aantal_inwoners"] = 5
    gemeenten = NEIGHBOURHOODS.format(year=2025, name="gemeenten")
    services.serve(gemeenten, pdok.collection(gemeenten, features, 5))
    fault = FAULTS[named]
    if fault:
        services.always(BUURTEN, fault)
    else:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            services.mirror = f"http://127.0.0.1:{listener.getsockname()[1]}"
    (failed,) = installation.update()
    assert failed.taken is None
    assert installation.state() == state
    status = installation.status
    assert (status.outcome, status.fault) == ("failed", named)
    assert status.tried_at
    assert before.status.tried_at
    assert status.tried_at > before.status.tried_at
    for kept in ("fetched_at", "until", "figures", "left_out", "attribution"):
        assert getattr(status, kept) == getattr(before.status, kept)
    assert status in read_statuses(installation.home.served)


def test_borders_that_are_refused_leave_figures_and_other_borders(
    installation: Installation,
) -> None:
    """Wijken are sound and buurten lie elsewhere: neither comes in, nor a figure."""
    installation.update()
    state = installation.state()
    far = [
        {**f, "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}}
        for f in pdok.areas("buurt", 2025, lambda n: {"aantal_inwoners": n, **FIRMS})
    ]
    wijken = NEIGHBOURHOODS.format(year=2025, name="wijken")
    other = pdok.areas("wijk", 2025)
    other[0]["properties"]["wijknaam"] = "Another name"
    installation.services.serve(wijken, pdok.collection(wijken, other, 5))
    installation.services.serve(BUURTEN, pdok.collection(BUURTEN, far, 5))
    (failed,) = installation.update()
    assert failed.taken is None
    assert "not imported" in failed.status.words
    assert installation.state() == state


FIRMS = {"aantal_bedrijfsvestigingen": 1}


def test_what_has_no_border_or_does_not_exist_is_counted(installation: Installation) -> None:
    unknown = {"gemeente": "GM9998", "wijk": "WK999800", "buurt": "BU99980000"}
    for level, code in unknown.items():
        address = NEIGHBOURHOODS.format(year=2025, name=pdok.PLURAL[level])
        features = pdok.areas(level, 2025)
        odd = {**features[0], "properties": {**features[0]["properties"], f"{level}code": code}}
        odd["geometry"] = None
        installation.services.serve(address, pdok.collection(address, [*features, odd], 5))
    (result,) = installation.update()
    out = {reason.en: count for reason, count in result.status.left_out}
    assert out[why.NO_BORDER.en] == 2
    assert out[why.UNKNOWN_AREA.en] == 3 * (4 + len(pdok.BRANCHES))
    assert not set(unknown.values()) & set(installation.held()["area"])


def test_one_source_that_fails_does_not_stop_the_next(installation: Installation) -> None:
    installation.services.always(BUURTEN, error(404))
    failed, other = installation.update(NAME, "pdok_borders")
    assert failed.taken is None
    assert other.taken
    assert other.taken.borders == ("wijk", "buurt")


def test_a_failure_of_several_answers_at_once_does_not_stop_the_next_question(
    installation: Installation, services: Services
) -> None:
    fetcher = HttpFetcher(Cache(installation.home.open), Network(mirror=services.mirror, pause=0))
    services.always(BUURTEN, error(404))
    with pytest.raises(SourceFailedError):
        fetcher.get_all([f"{BUURTEN}?n={number}" for number in range(9)])
    services.always(BUURTEN, None)
    assert fetcher.get(BUURTEN)


def test_an_answer_that_nobody_foresaw_is_a_failure_of_its_source(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def odd(*_: object) -> None:
        raise ZeroDivisionError("oops")

    with monkeypatch.context() as patch:
        patch.setattr(type(SOURCES[NAME]), "fetch", odd)
        (failed,) = installation.update()
    assert failed.status.fault == "changed"
    assert "ZeroDivisionError" in failed.status.words


def doubled(page: dict[str, list[dict[str, dict[str, int]]]]) -> dict[str, object]:
    for feature in page["features"]:
        feature["properties"]["aantal_inwoners"] *= 2
    return dict(page)


ORDERED = {
    "well": None,
    "changed figures": altered(doubled),
    "error": error(503, "0"),
    "page": error_page(),
    "json": error_in_json(),
    "cut": truncated(),
    "half": cut_json(),
    "renamed": renamed("aantal_inwoners", "inwoners"),
}


@pytest.mark.long
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@example(order=["well", "changed figures"] * 2)
@given(order=st.lists(st.sampled_from(sorted(ORDERED)), min_size=2, max_size=4))
def test_in_any_order_of_faults_all_that_is_held_was_once_published_whole(
    order: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    single = float(sum(1000 + n for n in range(4 * pdok.TOWNS)))
    expected: float | None = None
    with playing() as services:
        serve_neighbourhoods(services, per_page=30)
        installation = Installation(Home(tmp_path_factory.mktemp("home")), services)
        for name in order:
            services.always(BUURTEN, ORDERED[name])
            (result,) = installation.update()
            well = name in ("well", "changed figures")
            assert (result.taken is not None) == well, (name, result.status.words)
            if well:
                expected = single * (2 if name == "changed figures" else 1)
            if expected is None:
                assert not installation.home.records.exists()
                continue
            held = installation.held()
            buurten = held[(held["level"] == "buurt") & (held["figure"] == "inhabitants")]
            assert buurten["value"].sum() == expected


def test_a_killed_update_goes_on_where_it_was(installation: Installation, tmp_path: Path) -> None:
    services = installation.services
    services.always(BUURTEN, slow(30))
    environment = {
        **os.environ,
        "WEERBEELD_HOME": str(installation.home.root),
        "WEERBEELD_MIRROR": services.mirror,
    }
    command = [sys.executable, "-c", "from cli import main; main()", "update", NAME, "--year=2025"]
    with subprocess.Popen(command, cwd=ROOT, env=environment) as process:
        end = time.monotonic() + 60
        while not services.asked_of(BUURTEN):
            assert time.monotonic() < end
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
    services.always(BUURTEN, None)
    before = len(services.asked)
    (result,) = installation.update()
    assert result.status.outcome == "ok"
    later = services.asked[before:]
    assert later
    assert all(request.address == BUURTEN for request in later)
    assert not list((installation.home.open / "answers").glob("part-*"))
    installation.update()
    assert any(request.address != BUURTEN for request in services.asked[before + len(later) :])


def test_two_updates_do_not_run_at_once(installation: Installation) -> None:
    with update_lock(installation.home), pytest.raises(WeerbeeldError, match="at work"):
        installation.update()


# The command


@pytest.mark.long
def test_the_command_prints_one_table(run: Callable[..., str]) -> None:
    said = run("update", "--year", "2025")
    assert said.startswith("0\n")
    assert NAME in said
    assert "borders of wijk; borders of buurt" in said
    assert "pdok_geopackage" not in said
    assert "unchanged" in run("update", "--year", "2025").split("─")[-1]


def test_a_named_source_that_fails_ends_with_2(
    run: Callable[..., str], installation: Installation
) -> None:
    installation.services.always(BUURTEN, error(404))
    said = run("update", NAME, "pdok_borders", "--year", "2025")
    assert said.startswith("2\n")
    assert "404" in said
    assert areas.installed_areas("wijk", installation.home.boundaries) is not None


@pytest.mark.long
def test_earlier_borders_that_fail_do_not_fail_the_source_that_was_named(
    run: Callable[..., str], installation: Installation
) -> None:
    run("update", NAME, "--year", "2025")
    for file in installation.home.records.glob("area_figure/*.parquet"):
        rows = pd.read_parquet(file)
        rows["area"] = rows["area"].str.replace(r"^(BU.*)01$", r"\g<1>77", regex=True)
        rows["date"] = date(2024, 1, 1)
        rows.to_parquet(file)
    assert run("update", NAME, "--year", "2025", "--offline").startswith("0\n")
    installation.services.always(FORMER, error(404))
    said = run("update", NAME, "--year", "2025")
    assert said.startswith("0\n")
    assert "pdok_former_borders" in said
    assert known_statuses(installation.home)["pdok_former_borders"].outcome == "failed"


def test_once_asks_what_was_never_asked_and_says_one_line(
    run: Callable[..., str], installation: Installation
) -> None:
    installation.services.always(PDOK, error(404))
    said = run("update", NAME, "--once", "--timeout", "2")
    assert said.startswith("2\n")
    assert len(said.strip().splitlines()) == 2
    asked = len(installation.services.asked)
    assert asked == 1
    assert run("update", NAME, "--once") == "0\n"
    assert len(installation.services.asked) == asked


def test_without_an_answer_once_is_over_within_the_time_out(
    run: Callable[..., str], installation: Installation
) -> None:
    installation.services.always(PDOK, slow(30))
    start = time.monotonic()
    assert "did not answer in time" in run("update", "pdok_borders", "--once", "--timeout", "1")
    assert time.monotonic() - start < 5


DEAF = """
import socket, time
socket.getaddrinfo = lambda *_, **__: time.sleep(600)
from cli import main
main()
"""


@pytest.mark.long
def test_where_no_name_is_ever_found_once_ends_in_time_and_asks_no_more(tmp_path: Path) -> None:
    """A machine without a network may wait minutes for the address of a name."""
    environment = {**os.environ, "WEERBEELD_HOME": str(tmp_path)}
    environment = {k: v for k, v in environment.items() if "proxy" not in k.lower()}
    command = [sys.executable, "-c", DEAF, "update", "pdok_borders", "--once", "--timeout", "1"]
    outcomes = []
    for _ in range(2):
        start = time.monotonic()
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        outcomes.append((done.returncode, done.stdout.count("\n"), done.stderr))
        assert time.monotonic() - start < 20
    assert outcomes == [(2, 1, ""), (0, 0, "")]


def test_make_run_asks_once_and_goes_on(tmp_path: Path) -> None:
    """The recipe itself, with a command that fails as one without a network does."""
    calls = tmp_path / "calls"
    fails = tmp_path / "weerbeeld"
    fails.write_text(f'#!/bin/sh\necho "$@" >> {calls}\nexit 2\n')
    fails.chmod(0o755)
    settings = [f"WEERBEELD={fails}", f"WEERBEELD_HOME={tmp_path}"]
    command = ["make", "-o", "install", "neighbourhoods", *settings]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    assert calls.read_text().split() == ["update", "pdok_borders", "--once", "--timeout", "2"]
    for known in ("work/boundaries/buurt.json", "releases/sources.json"):
        (tmp_path / known).parent.mkdir(parents=True)
        (tmp_path / known).touch()
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        (tmp_path / known).unlink()
    assert len(calls.read_text().splitlines()) == 1


def test_offline_uses_what_was_fetched_and_opens_no_socket(
    run: Callable[..., str], installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("update", "--year", "2025")
    state, asked = installation.state(), len(installation.services.asked)

    def opened(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    with monkeypatch.context() as patch:
        for name in ("socket", "create_connection", "getaddrinfo"):
            patch.setattr(socket, name, opened)
        assert run("update", "--year", "2025", "--offline").startswith("0\n")
        patch.setenv("WEERBEELD_OFFLINE", "true")
        assert "was never fetched" in run("update", NAME, "--year", "2024")
    assert installation.status.fault == "offline"
    assert installation.state() == state
    assert len(installation.services.asked) == asked


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nothing"], "no open source"),
        (["--year", "1894"], "expected 1995"),
        (["--since", "2023-13"], "expected a month"),
        (["--since", "last week"], "expected a month"),
        (["--timeout", "0"], "number of seconds"),
        (["--timeout", "nan"], "number of seconds"),
        (["pdok_former_borders"], "goes with --year"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    run: Callable[..., str], arguments: list[str], words: str
) -> None:
    assert words in run("update", *arguments)


@pytest.mark.parametrize("address", ["ftp://x", "http://", "http://[", "proxy:3128", "http://a:0"])
@pytest.mark.parametrize("name", ["PROXY", "MIRROR"])
def test_an_address_that_is_none_is_refused(
    run: Callable[..., str], monkeypatch: pytest.MonkeyPatch, name: str, address: str
) -> None:
    monkeypatch.setenv(f"WEERBEELD_{name}", address)
    assert f"WEERBEELD_{name}" in run("update")


def test_a_proxy_is_used_and_its_password_never_shown(
    run: Callable[..., str], installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    monkeypatch.setenv("WEERBEELD_PROXY", f"http://me:secret@127.0.0.1:{port}")
    said = run("update", NAME, "--timeout", "2")
    assert "cannot be reached" in said
    assert "secret" not in said
    assert not installation.services.asked
