"""How long a click takes when many people have the dashboard open: real websockets, real sign-ins.

Each of a crowd signs in at a real provider, opens the national map, and clicks once every 15
seconds: four in five on a place or another period, one in five for another indicator, level or
page. As a browser does, it fetches what a map lacks, and asks again for the parts of a page that
have a timer. A rerun is timed from the message that asks for it to the end of the script. A crowd
clicks a while before it is measured: a minute, and 100 people five, during which another release is
published. The clients work beside the server, on the same machine. The release is that of
WEERBEELD_HOME, the same server for every crowd. Run it: ``make bench BENCHMARKS=crowd``.
"""

import json
import os
import random
import shutil
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlencode

from granting import give
from serving import Serving, serving
from visiting import Visitor, Window, provider, visiting

from benchmarks import Ratios
from store.carrying import open_grants
from store.home import Home
from store.release import current_release, open_release
from store.releases import make_current
from tools.goals import at_least, at_most

CROWDS = (10, 25, 50, 100, 200)
PUBLISHED_WITH = 100
EVERY_SECONDS = 15
MINUTES, LONG = 1, 5
"""For how long a crowd is measured, and that of PUBLISHED_WITH people."""

WARM_MINUTES = 0.75

ALONE = 60
"""Clicks without pause of one person before anybody else is there, to compare with."""

OPENS = "kaart=gemeente&indicator=VG01"
ANOTHER = (
    ("kaart", "indicator=BD01&kaart=gemeente"),
    ("kaart", "indicator=CV01&kaart=hex7"),
    ("kaart", "kaart=gemeente"),
    ("beeld", ""),
    ("plaats", "gebied=GM0363"),
    ("kaart", "indicator=FI01&kaart=gemeente"),
)
SLOW = f"95% of reruns with {PUBLISHED_WITH} people and a new release, seconds"
WELL = f"reruns with {PUBLISHED_WITH} people and a new release that went well, of all"
MORE = f"memory after {PUBLISHED_WITH} people and a new release, to before"
GOALS = {
    SLOW: at_most(1, "all readers ask for the new release at once"),
    WELL: at_least(1),
    MORE: at_most(1.1, "for a while the server holds what pages made of two releases"),
}

DEED = '[{"event": "did", "value": {"n": %d, "area": %s, "period": "%s"}}]'


@dataclass
class Person:
    """Somebody of the crowd: a browser, its window, and how long each rerun took in seconds.

    ``shut_out`` counts the pages that asked to sign in again.
    """

    visitor: Visitor
    window: Window
    places: list[str]
    periods: list[str]
    dice: random.Random
    taken: list[float] = field(default_factory=list)
    errors: int = 0
    shut_out: int = 0
    done: int = 0
    fetched: set[str] = field(default_factory=set)
    due: dict[str, float] = field(default_factory=dict)
    """When parts with a timer are asked for again."""

    def live(self, until: float) -> None:
        """Click every EVERY_SECONDS, and renew what has a timer in between."""
        try:
            self._live(until)
        except Exception:  # nobody comes back from a broken socket
            self.errors += 1

    def _live(self, until: float) -> None:
        click_at = time.monotonic() + self.dice.uniform(0, EVERY_SECONDS)
        while (now := time.monotonic()) < until:
            timers = self.window.timers
            self.due = {part: self.due.get(part, now + timers[part]) for part in timers}
            part = min(self.due, key=self.due.__getitem__, default=None)
            if part is not None and self.due[part] < click_at:
                time.sleep(max(0.0, self.due[part] - now))
                self.due[part] += timers[part]
                self.window.renew(part)
            else:
                time.sleep(max(0.0, click_at - now))
                click_at = time.monotonic() + EVERY_SECONDS
                self.click()

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
            return
        self.taken.append(time.monotonic() - began)
        drawn = [m.delta.new_element for m in self.window.messages if m.HasField("delta")]
        self.errors += any(element.HasField("exception") for element in drawn)
        self.shut_out += bool(self.window.keys("entrance"))
        for element in drawn:
            if element.HasField("bidi_component") and "kaart-map" in element.bidi_component.id:
                self._fetch(json.loads(element.bidi_component.json))

    def _fetch(self, asked: dict[str, Any]) -> None:
        """Fetch the shapes and figures that a map lacks."""
        source, level = asked["source"], asked["level"]
        which = {"level": level} | ({"within": asked["within"]} if asked["within"] else {})
        subjects = [
            which | {name: subject[name] for name in ("code", "theme") if subject.get(name)}
            for subject in asked["scenes"][level]["subjects"]
        ]
        for path, what in [(source["shapes"], which), *((source["figures"], s) for s in subjects)]:
            address = f"{path}?{urlencode(what | {'mark': source['mark']})}"
            if address not in self.fetched:
                self.fetched.add(address)
                headers = {"x-weerbeeld-link": source["link"]}
                self.errors += not self.visitor.http.get(address, headers=headers).is_success


@dataclass(frozen=True)
class Use:
    """What a server uses: its memory in MB, and the seconds of the processor so far."""

    memory: float
    processor: float


def _use(served: Serving) -> Use:
    folder = Path(f"/proc/{served.process.pid}")
    pages = int((folder / "statm").read_text().split()[1])
    fields = (folder / "stat").read_text().rpartition(")")[2].split()
    ticks = int(fields[11]) + int(fields[12])
    return Use(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, ticks / os.sysconf("SC_CLK_TCK"))


@dataclass(frozen=True)
class Round:
    """How a crowd fared: reruns and seconds of the processor, the server's and the clients'."""

    taken: list[float]
    errors: int
    shut_out: int
    before: Use
    after: Use
    clients: float
    seconds: float

    @property
    def slow(self) -> float:
        """The 95th percentile of a rerun."""
        return quantiles(self.taken, n=20)[-1]

    @property
    def well(self) -> float:
        """The part of the reruns without an error or a page that asked to sign in again."""
        return 1 - (self.errors + self.shut_out) / (len(self.taken) + self.errors)

    @property
    def more(self) -> float:
        """The memory of the server, to that of before."""
        return self.after.memory / self.before.memory

    def __str__(self) -> str:
        """Return all of it in a line."""
        busy = (self.after.processor - self.before.processor) / self.seconds
        return (
            f"median {median(self.taken):5.2f} s, 95% within {self.slow:5.2f} s, at most "
            f"{max(self.taken):5.2f} s, {len(self.taken)} reruns, {self.errors} errors, "
            f"{self.shut_out} shut out, {self.before.memory:.0f} MB before and "
            f"{self.after.memory:.0f} MB after, {busy:.0%} of a core for the server and "
            f"{self.clients / self.seconds:.0%} for the clients"
        )


def _round(
    people: list[Person],
    served: Serving,
    minutes: float,
    meanwhile: Callable[[], object] = lambda: None,
) -> Round:
    """Let people click for a while; ``meanwhile`` something happens."""
    for person in people:
        person.taken, person.errors, person.shut_out = [], 0, 0
    before, clients, began = _use(served), time.process_time(), time.monotonic()
    until = began + minutes * 60
    threads = [threading.Thread(target=person.live, args=(until,)) for person in people]
    for thread in threads:
        thread.start()
    meanwhile()
    for thread in threads:
        thread.join()
    return Round(
        [seconds for person in people for seconds in person.taken],
        sum(person.errors for person in people),
        sum(person.shut_out for person in people),
        before,
        _use(served),
        time.process_time() - clients,
        time.monotonic() - began,
    )


def _alone(person: Person) -> float:
    """Return the median seconds of a rerun while nobody else is there."""
    for _ in range(ALONE):
        person.click()
    print(f"   alone: median {median(person.taken):5.2f} s", flush=True)
    return median(person.taken)


def _known(releases: Path) -> tuple[list[str], ...]:
    """Return the codes of gemeenten and of the windows of a release."""
    with open_release(current_release(releases)).connect() as found:
        areas = "SELECT code FROM area WHERE code LIKE 'GM%'"
        windows = "SELECT code FROM period WHERE kind = 'year'"
        return tuple([str(row[0]) for row in found.exec_driver_sql(q)] for q in (areas, windows))


def _publish_another(releases: Path) -> None:
    """Publish the same figures as another release, once people have clicked a while."""
    time.sleep(LONG * 60 / 3)
    another = releases / "another.db"
    shutil.copy(current_release(releases), another)
    with closing(sqlite3.connect(another)) as connection, connection:
        connection.execute("UPDATE info SET value = 'another' WHERE key = 'name'")
    make_current(another)


def main() -> Ratios:
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

        def join() -> None:
            name = f"person{len(people)}"
            give(open_grants(home), name, "nsoc")
            visitor = opened.enter_context(visiting(served))
            visitor.sign_in(name)
            window = opened.enter_context(visitor.window())
            window.silent = True
            window.run("kaart", OPENS)
            dice = random.Random(len(people))
            people.append(Person(visitor, window, places, periods, dice))

        join()
        alone = _alone(people[0])
        for size in CROWDS:
            while len(people) < size:
                join()
            _round(people, served, WARM_MINUTES)
            if size == PUBLISHED_WITH:
                found = _round(people, served, LONG, lambda: _publish_another(home.releases))
                ratios |= {SLOW: found.slow, WELL: found.well, MORE: found.more}
            else:
                found = _round(people, served, MINUTES)
                ratios[f"memory after {size} people, to before"] = found.more
            print(f"{size:4} people: {found}", flush=True)
            ratios[f"95% of reruns with {size} people, to the median of one alone"] = (
                found.slow / alone
            )
    return ratios
