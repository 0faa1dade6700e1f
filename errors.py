"""The one family of errors that Weerbeeld shows to its users, and how a message stays readable.

A message often repeats what somebody else wrote: a file, a link, an argument. Whatever that was,
the message cannot steer a terminal, hide or turn its text, or run over many screens.
"""

LONGEST_MESSAGE = 20_000
"""Characters of a message: some screens full."""

LONGEST_FOUND = 60
"""Characters of one value that a message repeats."""


class WeerbeeldError(Exception):
    """Something the reader can mend: the message says what, where, and what to do.

    The command line prints the message and exits with code 2; pages show it as a notice.
    """

    def __str__(self) -> str:
        """Return the message, fit to be shown."""
        return readable(super().__str__())


def readable(message: str) -> str:
    """Return a message of one or more lines without control characters, its middle cut if long."""
    if len(message) > LONGEST_MESSAGE:
        message = f"{message[: LONGEST_MESSAGE - 603]}...{message[-600:]}"
    return "\n".join(map(printable, message.split("\n")))


def printable(text: str) -> str:
    """Return ``text`` as a terminal may show it on one line, without control characters."""
    return "".join(char if char.isprintable() else "\N{MIDDLE DOT}" for char in text)


def shortened(text: str, longest: int = LONGEST_FOUND) -> str:
    """Return printable ``text``, cut off where it gets too long for one line."""
    shown = printable(text[: longest + 1])
    return shown if len(shown) <= longest else shown[:longest] + "..."
