"""Fetches answers: from the service where it has something newer, else from the cache."""

from collections.abc import Callable, Sequence
from datetime import datetime
from multiprocessing.pool import ThreadPool
from pathlib import Path
from tempfile import SpooledTemporaryFile

import requests

from opendata.contract import SourceFailedError
from opendata.http.cache import Cache, CacheEntry
from opendata.http.client import AT_ONCE, LARGEST_ANSWER, LARGEST_FILE, Client
from opendata.http.network import Network

Check = Callable[[bytes], None]
IN_MEMORY = 32 * 2**20


class HttpFetcher:
    """Asks services, and keeps in ``cache`` what they answer.

    What was asked for ``fresh_since`` is not asked again: so an interrupted update goes on.
    """

    def __init__(
        self,
        cache: Cache,
        network: Network,
        fresh_since: datetime | None = None,
    ) -> None:
        self._cache = cache
        self._network = network
        self._client = Client(network)
        self._fresh_since = fresh_since

    def get(self, url: str, check: Check | None = None) -> bytes:
        """Return the answer of ``url``; see ``opendata.contract.Fetcher``."""
        known = self._cache.entry(url)
        kept = self._cache.body(known) if known else None
        if known and kept is not None and self._fresh(known):
            return _checked(kept, check)
        with SpooledTemporaryFile(IN_MEMORY) as into:
            asked = _conditions(known) if kept is not None else {}
            response = self._client.ask(url, asked, into, LARGEST_ANSWER)
            if known and kept is not None and response.status_code == 304:
                body = _checked(kept, check)
                self._cache.confirm(known)
                return body
            into.seek(0)
            body = _checked(into.read(), check)
        self._cache.keep(url, body, *_marks(response))
        return body

    def _fresh(self, entry: CacheEntry) -> bool:
        return self._fresh_since is not None and entry.asked_at >= self._fresh_since

    def get_all(self, urls: Sequence[str], check: Check | None = None) -> list[bytes]:
        """Return the answers of ``urls`` in their order, a few at a time."""
        distinct = list(dict.fromkeys(urls))
        with ThreadPool(AT_ONCE) as pool:
            try:
                found = list(pool.imap(lambda url: self.get(url, check), distinct))
            except BaseException:
                self._client.stop()
                self._client = Client(self._network)  # the next source may ask again
                raise
        answers = dict(zip(distinct, found, strict=True))
        return [answers[url] for url in urls]

    def download(self, url: str, check: Callable[[Path], None] | None = None) -> Path:
        """Return the cached file of ``url``; see ``opendata.contract.Fetcher``."""
        known = self._cache.entry(url)
        kept = self._cache.file(known) if known else None
        if known and kept and self._fresh(known):
            return kept
        with self._cache.part() as part:
            try:
                asked = _conditions(known) if kept else {}
                response = self._client.ask(url, asked, part, LARGEST_FILE)
                part.flush()
                if known and kept and response.status_code == 304:
                    self._cache.confirm(known)
                    return kept
                if check:
                    check(Path(part.name))
                return self._cache.keep_file(url, Path(part.name), *_marks(response))
            finally:
                Path(part.name).unlink(missing_ok=True)

    def file_for(self, name: str) -> Path:
        """Return where to write a file made of answers."""
        return self._cache.file_for(name)


class OfflineFetcher:
    """Answers from the cache alone: it cannot open a connection, having nothing to do it with."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def get(self, url: str, check: Check | None = None) -> bytes:
        """Return the kept answer of ``url``; SourceFailedError when there is none."""
        known = self._cache.entry(url)
        body = self._cache.body(known) if known else None
        if body is None:
            raise _not_kept(url)
        return _checked(body, check)

    def get_all(self, urls: Sequence[str], check: Check | None = None) -> list[bytes]:
        """Return the kept answers of ``urls`` in their order."""
        return [self.get(url, check) for url in urls]

    def download(self, url: str, check: Callable[[Path], None] | None = None) -> Path:
        """Return the kept file of ``url``; SourceFailedError when there is none."""
        known = self._cache.entry(url)
        kept = self._cache.file(known) if known else None
        if kept is None:
            raise _not_kept(url)
        return kept

    def file_for(self, name: str) -> Path:
        """Return where to write a file made of answers."""
        return self._cache.file_for(name)


def _checked(body: bytes, check: Check | None) -> bytes:
    if check:
        check(body)
    return body


def _conditions(entry: CacheEntry | None) -> dict[str, str]:
    """Return the headers that ask for what is newer than a kept answer (RFC 9110, 13.1)."""
    if entry is None:
        return {}
    marks = {"If-None-Match": entry.etag, "If-Modified-Since": entry.last_modified}
    return {name: value for name, value in marks.items() if value}


def _marks(response: requests.Response) -> tuple[str, str]:
    return response.headers.get("ETag", ""), response.headers.get("Last-Modified", "")


def _not_kept(url: str) -> SourceFailedError:
    return SourceFailedError(
        f"{url} was never fetched, and --offline asks nothing. Run 'weerbeeld update' once with "
        "a network.",
        "offline",
    )
