"""How long a click takes when many people have the dashboard open: real websockets, real sign-ins.

Each of a crowd signs in at a real provider, opens the national map, and clicks once every 15
seconds: four in five on a place or another period, one in five for another indicator, level or
page. A rerun is timed from the message that asks for it to the end of the script. The clients work
beside the server, on the same machine. The release is that of WEERBEELD_HOME, the same server for
every crowd. Run it: ``make bench BENCHMARKS=crowd``.
"""

import os
import random
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from granting import give
from serving import Serving, serving
from visiting import Window, provider, visiting

from store.carrying import open_grants
from store.home import Home
from store.release import current_release, open_release

CROWDS = (1, 10, 25, 50, 100)
EVERY_SECONDS = 15
MINUTES = float(os.environ.get("WEERBEELD_CROWD_MINUTES", "1"))
"""For how long each crowd clicks."""

OPENS = "kaart=gemeente&indicator=VG01"
ANOTHER = (
    ("kaart", "indicator=BD01&kaart=gemeente"),
    ("kaart", "indicator=CV01&kaart=hex7"),
    ("kaart", "kaart=gemeente"),
    ("beeld", ""),
    ("plaats", "gebied=GM0363"),
    ("kaart", "indicator=FI01&kaart=gemeente"),
)
DEED = '[{"event": "did", "value": {"n": %d, "area": %s, "period": "%s"}}]'


@dataclass
class Person:
    """Somebody of the crowd: a window, and how long each of its reruns took in seconds."""

    window: Window
    places: list[str]
    periods: list[str]
    dice: random.Random
    taken: list[float] = field(default_factory=list)
    errors: int = 0
    done: int = 0

    def click(self) -> None:
        """Do one thing, and wait until the page is drawn."""
        maps = self.window.keys("kaart-map")
        if maps and self.dice.random() < 0.8:
            self.done += 1
            place = f'"{self.dice.choice(self.places)}"' if self.dice.random() < 0.5 else "null"
            deed = DEED % (self.done, place, self.dice.choice(self.periods))
            self._time(lambda: self.window.act(maps[0], deed))
        else:
            page, query = self.dice.choice(ANOTHER)
            self._time(lambda: self.window.run(page, query or "taal=nl"))

    def _time(self, act: Callable[[], str]) -> None:
        began = time.monotonic()
        try:
            act()
        except Exception:
            self.errors += 1
        else:
            self.taken.append(time.monotonic() - began)
            drawn = [m.delta.new_element for m in self.window.messages if m.HasField("delta")]
            self.errors += any(element.HasField("exception") for element in drawn)


def _live(person: Person, until: float) -> None:
    time.sleep(person.dice.uniform(0, EVERY_SECONDS))
    while time.monotonic() < until:
        began = time.monotonic()
        person.click()
        time.sleep(max(0.0, EVERY_SECONDS - (time.monotonic() - began)))


def _memory(served: Serving) -> float:
    """Return the memory of a server in MB."""
    pages = int(Path(f"/proc/{served.process.pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _crowd(people: list[Person]) -> tuple[float, float, int]:
    """Let people click; return the median and the 95th percentile of a rerun, and the errors."""
    for person in people:
        person.taken, person.errors = [], 0
    until = time.monotonic() + MINUTES * 60
    threads = [threading.Thread(target=_live, args=(person, until)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = [seconds for person in people for seconds in person.taken]
    return median(taken), quantiles(taken, n=20)[-1], sum(person.errors for person in people)


def _known(releases: Path) -> tuple[list[str], ...]:
    """Return the codes of gemeenten and of the windows of a release."""
    with open_release(current_release(releases)).connect() as found:
        areas = "SELECT code FROM area WHERE code LIKE 'GM%'"
        windows = "SELECT code FROM period WHERE kind = 'year'"
        return tuple([str(row[0]) for row in found.exec_driver_sql(q)] for q in (areas, windows))


def main() -> dict[str, float]:
    releases = (Path(os.environ["WEERBEELD_HOME"]) / "releases").resolve()
    places, periods = _known(releases)
    ratios: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as opened:
        home, folder = Home(Path(temporary) / "home"), Path(temporary)
        home.root.mkdir()
        home.releases.mkdir()
        for part in releases.iterdir():
            (home.releases / part.name).symlink_to(part)
        sign_in = opened.enter_context(provider(folder))
        served = opened.enter_context(serving(home.root, folder, **sign_in))
        people: list[Person] = []
        alone = 0.0
        for size in CROWDS:
            for number in range(len(people), size):
                give(open_grants(home), f"person{number}", "nsoc")
                visitor = opened.enter_context(visiting(served))
                visitor.sign_in(f"person{number}")
                window = opened.enter_context(visitor.window())
                window.silent = True
                window.run("kaart", OPENS)
                people.append(Person(window, places, periods, random.Random(number)))
            before = _memory(served)
            middle, slow, errors = _crowd(people)
            alone = alone or middle
            print(
                f"{size:4} people: median {middle:5.2f} s, 95% within {slow:5.2f} s, "
                f"{errors} errors, {before:.0f} MB before and {_memory(served):.0f} MB after",
                flush=True,
            )
            ratios[f"95% of reruns with {size} people, to the median of one alone"] = slow / alone
            ratios[f"memory after {size} people, to before"] = _memory(served) / before
    return ratios
