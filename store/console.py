"""Logs work on the console: changes, with the account that made them, and operations on personal
data, without it.
"""

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from errors import WeerbeeldError
from store.access import open_access
from store.home import Home
from store.logs import LogFailedError, Result, audit, processing

ORIGIN = "console"

LOGIN = Path("/proc/self/loginuid")
"""Linux keeps here as whom somebody signed in; no process without special rights changes it."""

NOBODY = 2**32 - 1


def os_account() -> str:
    """Return the account of the operating system, as the system itself knows it.

    Where somebody signed in as one account and works as another (sudo, runuser), Linux still knows
    the first, and both are named: ``anna (as weerbeeld)``.
    """
    if os.name != "posix":
        return getpass.getuser()
    account, login = os.getuid(), _login()
    if login in (None, account):
        return _name(account)
    return f"{_name(login)} (as {_name(account)})"


def _login() -> int | None:
    """Return as which account somebody signed in to this machine; None where that is not known."""
    try:
        number = int(LOGIN.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    return None if number == NOBODY else number


def _name(account: int | None) -> str:
    import pwd

    try:
        return pwd.getpwuid(account or 0).pw_name
    except KeyError:
        return f"uid {account}"


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
