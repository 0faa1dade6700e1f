"""Logs work on the console: changes, with the account that made them, and operations on personal
data, without it.
"""

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager

from errors import WeerbeeldError
from store.access import open_access
from store.home import Home
from store.logs import LogFailedError, Result, audit, processing

ORIGIN = "console"


def os_account() -> str:
    """Return the account of the operating system, as the system itself knows it."""
    if os.name != "posix":
        return getpass.getuser()
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid {os.getuid()}"


def log_change(home: Home, action: str, what: str, result: Result = "ok") -> None:
    """Write a change to the audit log; call it before the step that cannot be undone.

    Raises LogFailedError when it cannot be written: the change must then not be made.
    """
    engine = open_access(home)
    try:
        audit(engine, action=action, object=what, result=result, origin=ORIGIN, actor=os_account())
    finally:
        engine.dispose()


@contextmanager
def processed(
    home: Home, activity: str, operation: str, subject: str | None = None
) -> Iterator[None]:
    """Log in the processing log that an operation begins, and how it ends."""
    engine = open_access(home)
    try:
        with processing(engine, activity=activity, operation=operation, subject=subject):
            yield
    finally:
        engine.dispose()


@contextmanager
def refusals_logged(home: Home, action: str, what: str) -> Iterator[None]:
    """Log in the audit log when a change is refused with a WeerbeeldError."""
    try:
        yield
    except LogFailedError:
        raise
    except WeerbeeldError:
        log_change(home, action, what, "refused")
        raise
