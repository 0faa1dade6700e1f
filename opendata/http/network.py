"""How services are reached: by which way, how politely, and with how much patience."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Network:
    """How services are reached. ``proxy`` and ``mirror`` are addresses, or empty.

    With a mirror ``https://HOST/PATH`` is asked at ``{mirror}/HOST/PATH``. ``retries`` is how
    often an answer that did not come is asked for again; ``backoff`` seconds, doubling, pass
    before, or what the service asks for, at most ``longest_wait``. ``pause``: seconds between two
    questions to one host. ``connect`` and ``silence``: how long to wait for a connection and for
    the next bytes; ``whole`` for one whole answer.
    """

    proxy: str = ""
    mirror: str = ""
    retries: int = 4
    backoff: float = 1.0
    longest_wait: int = 120
    pause: float = 0.1
    connect: float = 10.0
    silence: float = 60.0
    whole: float = 3600.0

    def hasty(self, seconds: float) -> "Network":
        """Return this network without retries, and with no wait over ``seconds``."""
        return replace(self, retries=0, connect=seconds, silence=seconds)
