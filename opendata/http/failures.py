"""What went wrong with a question to a service, as an error in words."""

from urllib.parse import urlsplit

import requests
from urllib3.exceptions import (
    DecodeError,
    IncompleteRead,
    ProtocolError,
    ReadTimeoutError,
)

from errors import shortened
from opendata.contract import Fault, SourceFailedError


def refused(url: str, response: requests.Response) -> SourceFailedError:
    """Return the error for an answer with a status that is none of success."""
    status = f"{response.status_code} {response.reason or ''}".strip()
    return SourceFailedError(f"{without_query(url)} answered {shortened(status)}.", "refused")


def unanswered(url: str, problem: Exception) -> SourceFailedError:
    """Return the error for a question that got no whole answer."""
    cause = problem.args[0] if problem.args else problem
    host, fault = urlsplit(url).netloc, _fault(problem, cause)
    words = {
        "slow": f"{without_query(url)} did not answer in time.",
        "truncated": f"{without_query(url)} broke off before the end of its answer.",
        "unreachable": f"{host} cannot be reached: {shortened(str(_root(cause)), 160)}.",
    }
    return SourceFailedError(words[fault], fault)


def _fault(problem: Exception, cause: object) -> Fault:
    slow = (requests.Timeout, TimeoutError, ReadTimeoutError)
    if isinstance(problem, slow) or isinstance(cause, slow):
        return "slow"
    cut = (requests.exceptions.ChunkedEncodingError, ProtocolError, DecodeError)
    if isinstance(problem, cut) or isinstance(cause, IncompleteRead):
        return "truncated"
    return "unreachable"


def _root(cause: object) -> object:
    """Return the innermost reason that urllib3 gives."""
    reason = getattr(cause, "reason", None)
    return _root(reason) if isinstance(reason, Exception) else cause


def without_query(url: str) -> str:
    """Return an address without its query, short enough for a message."""
    parts = urlsplit(url)
    return shortened(f"{parts.netloc}{parts.path}", 120)
