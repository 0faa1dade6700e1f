"""Asks a time-stamping service (RFC 3161) when something was there, and checks what it answered.

Requests, signatures and certificates are the work of OpenSSL's own command, which an installation
with a time-stamping service needs.
"""

import re
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from errors import WeerbeeldError
from operations.seals import Stamp

SECONDS = 20
LARGEST_ANSWER = 2**20

_TIME = re.compile(r"Time stamp: (\w{3}) +(\d+) (\d\d:\d\d:\d\d)(?:\.\d+)? (\d{4}) GMT")


def stamper(url: str, authority: Path) -> Stamp:
    """Return what asks the service at ``url``, whose answers must lead to ``authority``'s
    certificates.

    Raises WeerbeeldError when the address is not one, or the file is not there.
    """
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise WeerbeeldError(f"WEERBEELD_TIMESTAMP_URL is '{url[:80]}', which is no web address.")
    if not authority.is_file():
        raise WeerbeeldError(
            "WEERBEELD_TIMESTAMP_CA must name the file with the certificates (PEM) that the "
            f"answers of the time-stamping service lead to; there is none at {authority}."
        )
    return partial(_ask, url, authority)


def stamped_at(answer: bytes, digest: bytes, authority: Path) -> datetime:
    """Return when ``digest`` was there, after an answer; WeerbeeldError when it does not say so."""
    with _scratch() as folder:
        (folder / "answer").write_bytes(answer)
        said = _openssl(folder, "-reply", "-in", "answer", "-text")
        found = _TIME.search(said)
        if not found:
            raise WeerbeeldError("The answer of the time-stamping service holds no time.")
        month, day, clock, year = found.groups()
        told = f"{year} {month} {day} {clock} +0000"
        moment = datetime.strptime(told, "%Y %b %d %H:%M:%S %z")
        _openssl(
            *(folder, "-verify", "-digest", digest.hex(), "-in", "answer"),
            *("-CAfile", str(authority.resolve()), "-attime", str(int(moment.timestamp()))),
        )
        return moment


def _ask(url: str, authority: Path, digest: bytes) -> bytes:
    """Return the answer of the service about a sha256, checked; WeerbeeldError when it has none."""
    with _scratch() as folder:
        _openssl(folder, "-query", "-digest", digest.hex(), "-sha256", "-cert", "-out", "query")
        answer = _post(url, (folder / "query").read_bytes())
        (folder / "answer").write_bytes(answer)
        trusted = ("-CAfile", str(authority.resolve()))
        _openssl(folder, "-verify", "-queryfile", "query", "-in", "answer", *trusted)
        return answer


def _post(url: str, query: bytes) -> bytes:
    headers = {"Content-Type": "application/timestamp-query", "User-Agent": "Weerbeeld"}
    request = urllib.request.Request(url, query, headers, method="POST")  # noqa: S310 - checked
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as reply:  # noqa: S310
            answer: bytes = reply.read(LARGEST_ANSWER + 1)
    except (OSError, ValueError) as error:
        raise WeerbeeldError(
            f"The time-stamping service at {url} cannot be asked: {error}."
        ) from None
    if len(answer) > LARGEST_ANSWER:
        raise WeerbeeldError(f"The time-stamping service at {url} answered too much.")
    return answer


@contextmanager
def _scratch() -> Iterator[Path]:
    with TemporaryDirectory(prefix="weerbeeld-") as folder:
        yield Path(folder)


def _openssl(folder: Path, *words: str) -> str:
    """Run ``openssl ts`` in a folder and return what it printed; WeerbeeldError when it refuses."""
    program = shutil.which("openssl")
    if program is None:
        raise WeerbeeldError("Time stamps need the program 'openssl', which is not installed here.")
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, its words are ours
            [program, "ts", *words],
            cwd=folder,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
            capture_output=True,
            check=False,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise WeerbeeldError("'openssl' did not end in time.") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines() or ["nothing"]
        raise WeerbeeldError(f"The time stamp is not right. OpenSSL says: {said[-1][:200]}.")
    return done.stdout.decode(errors="replace")
