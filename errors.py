"""The one family of errors that Weerbeeld shows to its users."""


class WeerbeeldError(Exception):
    """Something the reader can mend: the message says what, where, and what to do.

    The command line prints the message and exits with code 2; pages show it as a notice.
    """
