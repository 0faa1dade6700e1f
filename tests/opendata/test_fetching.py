"""What a fetcher makes of services that are well, changed, slow, broken or away."""

import json
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from server import (
    Reply,
    Services,
    as_json,
    cut_json,
    error,
    error_page,
    moved,
    slow,
    truncated,
)

from opendata.contract import SourceFailedError
from opendata.http.cache import Cache
from opendata.http.fetcher import HttpFetcher, OfflineFetcher
from opendata.http.network import Network

HERE = "https://data.example.nl/figures"


def whole(body: bytes) -> None:
    """Raise as a source does for what is no answer."""
    try:
        json.loads(body)
    except ValueError:
        raise SourceFailedError("no JSON") from None


def test_an_unchanged_answer_is_asked_for_once_and_confirmed_after(
    services: Services, fetcher: HttpFetcher, cache: Cache
) -> None:
    services.serve(HERE, lambda _: as_json({"value": 1}))
    first = fetcher.get(f"{HERE}?a=1")
    entry = cache.entry(f"{HERE}?a=1")
    assert fetcher.get(f"{HERE}?a=1") == first == b'{"value": 1}'
    assert entry
    assert services.asked[1].headers["if-none-match"] == entry.etag
    again = cache.entry(f"{HERE}?a=1")
    assert again
    assert again.fetched == entry.fetched
    assert again.asked > entry.asked


def test_a_changed_answer_replaces_the_one_before_and_leaves_no_file(
    services: Services, fetcher: HttpFetcher, cache: Cache
) -> None:
    value = [0]
    services.serve(HERE, lambda _: as_json({"value": value[0]}))
    for number in (1, 2, 2):
        value[0] = number
        assert json.loads(fetcher.get(HERE)) == {"value": number}
    assert len(list(cache.folder.iterdir())) == 2


def test_a_kept_answer_that_was_changed_on_disk_is_fetched_anew(
    services: Services, fetcher: HttpFetcher, cache: Cache
) -> None:
    services.serve(HERE, lambda _: as_json({"value": 1}))
    body = fetcher.get(HERE)
    entry = cache.entry(HERE)
    assert entry
    for damage in (b"", b"no zstd", (cache.folder / entry.file).read_bytes()[:-3]):
        (cache.folder / entry.file).write_bytes(damage)
        assert fetcher.get(HERE) == body
    assert all("if-none-match" not in request.headers for request in services.asked)


@pytest.mark.parametrize("fault", [error(500), error(503, "0"), error(429), truncated()])
def test_what_passes_by_itself_is_asked_again(
    services: Services, fetcher: HttpFetcher, fault: object
) -> None:
    services.serve(HERE, lambda _: as_json(list(range(5_000))))
    services.fail(HERE, fault, fault)  # type: ignore[arg-type]
    assert json.loads(fetcher.get(HERE)) == list(range(5_000))
    assert len(services.asked) == 3


def test_the_service_says_how_long_to_wait(services: Services, cache: Cache) -> None:
    services.serve(HERE, lambda _: as_json(1))
    services.fail(HERE, error(503, "1"))
    network = Network(mirror=services.mirror, retries=1, backoff=0, pause=0)
    before = datetime.now(UTC)
    HttpFetcher(cache, network).get(HERE)
    assert datetime.now(UTC) - before >= timedelta(seconds=1)


def test_nobody_waits_longer_than_the_limit(services: Services, cache: Cache) -> None:
    services.serve(HERE, lambda _: as_json(1))
    services.fail(HERE, error(503, "86400"))
    network = Network(mirror=services.mirror, retries=1, longest_wait=1, pause=0)
    before = datetime.now(UTC)
    HttpFetcher(cache, network).get(HERE)
    assert datetime.now(UTC) - before < timedelta(seconds=5)


@pytest.mark.parametrize(
    ("fault", "named"),
    [
        (error(500), "refused"),
        (error(404), "refused"),
        (error(403), "refused"),
        (truncated(), "truncated"),
        (slow(3), "slow"),
        (error_page(), "changed"),
        (cut_json(), "changed"),
        (moved("http://elsewhere.example.nl/"), "refused"),
        (moved(HERE), "refused"),
    ],
)
def test_a_fault_is_named_and_leaves_the_answer_of_before(
    services: Services, fetcher: HttpFetcher, cache: Cache, fault: object, named: str
) -> None:
    services.serve(HERE, lambda _: as_json([1, 2, 3]))
    before = fetcher.get(HERE, whole)
    services.always(HERE, fault)  # type: ignore[arg-type]
    with pytest.raises(SourceFailedError) as failed:
        fetcher.get(HERE, whole)
    assert failed.value.fault == named
    assert OfflineFetcher(cache).get(HERE, whole) == before


def test_a_service_that_is_away_is_unreachable(cache: Cache) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    network = Network(mirror=f"http://127.0.0.1:{port}", retries=1, backoff=0, pause=0)
    with pytest.raises(SourceFailedError, match=r"data\.example\.nl cannot be reached") as failed:
        HttpFetcher(cache, network).get(HERE)
    assert failed.value.fault == "unreachable"


def test_a_service_that_moved_is_followed_within_the_mirror(
    services: Services, fetcher: HttpFetcher
) -> None:
    services.serve("https://other.example.nl/new", lambda _: as_json("there"))
    services.serve(
        HERE, lambda _: Reply(status=301, headers={"Location": "//other.example.nl/new"})
    )
    assert fetcher.get(HERE) == b'"there"'


def test_answers_come_in_order_a_few_at_a_time(services: Services, fetcher: HttpFetcher) -> None:
    services.serve(HERE, lambda request: as_json(request.query))
    urls = [f"{HERE}?n={number % 15}" for number in range(20)]
    assert [json.loads(body)["n"] for body in fetcher.get_all(urls)] == [
        str(number % 15) for number in range(20)
    ]
    assert len(services.asked) == 15


def test_one_that_fails_ends_all(services: Services, fetcher: HttpFetcher) -> None:
    services.serve(HERE, lambda request: as_json(request.query))
    services.always(f"{HERE}/bad", error(404))
    with pytest.raises(SourceFailedError, match="404"):
        fetcher.get_all([f"{HERE}/good", f"{HERE}/bad", *(f"{HERE}/{n}" for n in range(9))])


def test_packed_answers_are_unpacked(services: Services, fetcher: HttpFetcher) -> None:
    services.zipped = True
    services.serve(HERE, lambda _: as_json("x" * 100_000))
    assert len(fetcher.get(HERE)) == 100_002
    services.always(HERE, truncated())
    with pytest.raises(SourceFailedError) as failed:
        fetcher.get(f"{HERE}?again")
    assert failed.value.fault == "truncated"


def test_a_download_is_streamed_to_a_file_and_kept(
    services: Services, fetcher: HttpFetcher, cache: Cache
) -> None:
    data = bytes(range(256)) * 20_000
    url = "https://files.example.nl/a/borders.gpkg"
    headers = {"ETag": '"1"'}
    services.serve(
        url,
        lambda request: (
            Reply(status=304)
            if request.headers.get("if-none-match") == '"1"'
            else Reply(data, headers=headers)
        ),
    )
    services.fail(url, truncated())
    file = fetcher.download(url)
    assert file.suffix == ".gpkg"
    assert file.read_bytes() == data
    assert fetcher.download(url) == file == OfflineFetcher(cache).download(url)
    file.write_bytes(data[:-1])
    assert fetcher.download(url).read_bytes() == data
    assert sorted(path.suffix for path in cache.folder.iterdir()) == [".gpkg", ".json"]


def test_answers_of_an_interrupted_run_are_not_asked_again(
    services: Services, fetcher: HttpFetcher, cache: Cache, network: Network
) -> None:
    services.serve(HERE, lambda _: as_json(1))
    start = datetime.now(UTC)
    fetcher.get(HERE)
    resumed = HttpFetcher(cache, network, start)
    assert resumed.get(HERE) == b"1"
    assert len(services.asked) == 1
    resumed.get(f"{HERE}?other")
    assert len(services.asked) == 2


def test_a_request_says_nothing_of_us_but_our_name(
    services: Services, fetcher: HttpFetcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "netrc").write_text("default login me password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    cookie = {"Set-Cookie": "known=1"}
    services.serve(HERE, lambda _: Reply(b"1", headers=cookie))
    fetcher.get(HERE)
    fetcher.get(HERE)
    for request in services.asked:
        assert request.headers["user-agent"].startswith("Weerbeeld/")
        assert set(request.headers) == {
            *("host", "user-agent", "accept-encoding", "accept", "connection")
        }


def test_offline_opens_no_socket(
    services: Services, fetcher: HttpFetcher, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    services.serve(HERE, lambda _: as_json(1))
    fetcher.get(HERE)

    def opened(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    with monkeypatch.context() as patch:
        patch.setattr(socket, "socket", opened)
        patch.setattr(socket, "getaddrinfo", opened)
        offline = OfflineFetcher(cache)
        assert offline.get_all([HERE, HERE]) == [b"1", b"1"]
        for ask in (offline.get, offline.download):
            with pytest.raises(SourceFailedError, match="--offline") as failed:
                ask(f"{HERE}?unknown")
            assert failed.value.fault == "offline"
