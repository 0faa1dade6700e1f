"""Services that are played on this machine, and a fetcher that asks them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from server import Services, playing

from opendata.http.cache import Cache
from opendata.http.fetcher import HttpFetcher
from opendata.http.network import Network


@pytest.fixture
def services() -> Iterator[Services]:
    """The services, with nothing to answer yet."""
    with playing() as services:
        yield services


@pytest.fixture
def network(services: Services) -> Network:
    """A network of which the services are the mirror, without long waits."""
    return Network(mirror=services.mirror, retries=2, backoff=0.01, pause=0, connect=2, silence=1)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """An empty cache."""
    return Cache(tmp_path / "answers")


@pytest.fixture
def fetcher(cache: Cache, network: Network) -> HttpFetcher:
    """A fetcher with an empty cache."""
    return HttpFetcher(cache, network)
