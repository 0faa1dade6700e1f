"""The attacker finds nothing in two successive releases, and much as soon as one thing is off."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from kept import Keep
from successive import deliver_late_records

from attack.certificate import certify
from attack.guessing import guess
from attack.knowledge import KnownRelease, attackable, known_release
from attack.report import MOST_SURE, Attack, attack
from attack.solving import best_fit, possible_values, system
from errors import WeerbeeldError
from operations.build import build
from release.noise import Noise
from store.home import Home
from store.release import LEVEL_NUMBERS

pytestmark = pytest.mark.long

GEMEENTE, RIEC = LEVEL_NUMBERS["gemeente"], LEVEL_NUMBERS["riec"]
OPEN_DOOR = Noise(5, 0.0, 1, np.array([[0.0, 1.0, 0.0]]))
"""Protection switched off: every count is shown unchanged."""


@pytest.fixture(scope="session")
def successive(example_home: Home, keep: Keep, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The example with a second release, after late records came in."""

    def build_second(root: Path) -> None:
        home = Home(root)
        # Copying a store that this process has open would drop SQLite's locks on it.
        left_out = shutil.ignore_patterns("access")
        shutil.copytree(example_home.root, root, ignore=left_out, dirs_exist_ok=True)
        if not any(home.counts.glob("*/place.parquet")):
            build(home, again=True)
        late = tmp_path_factory.mktemp("late")
        deliver_late_records(example_home.root / "demo", home, late)
        build(home)

    return keep("successive", build_second, "tests/kit/successive.py")


@pytest.fixture(scope="session")
def found(successive: Home) -> Attack:
    return attack(successive, attackable(successive), gemeenten=3, asked=60)


@pytest.fixture(scope="session")
def seen(successive: Home) -> KnownRelease:
    """The last release, one indicator: enough to see what an open door gives away."""
    whole = known_release(successive, attackable(successive)[-1])
    return replace(whole, sides=(whole.find("CV01", "numerator"),))


def test_two_successive_releases_give_nothing_away(
    found: Attack, capsys: pytest.CaptureFixture[str]
) -> None:
    with capsys.disabled():
        print("\n" + "\n".join(found.lines))
    assert len(found.names) == 2
    assert found.certificate.protected > 100_000
    assert found.certificate.certain == found.certificate.protected
    assert len(found.solved.values) > 200
    assert found.exact == 0
    assert found.narrow == 0
    assert found.solved.likely.min() >= found.k
    assert found.best_right <= 0.4
    assert found.guesses.share("right_in_range") <= found.guesses.share("blind_in_range") + 0.1
    assert found.holds


def test_who_knows_all_subjects_but_one_guesses_that_one_no_better(found: Attack) -> None:
    """All establishments of one firm, all purchases of one buyer: hardly better than one record.

    The aim is 65%, 67% is measured (decision 0030); beyond MOST_SURE a release does not hold.
    """
    asked = [one for one in found.members if one.about == "subject"]
    assert {one.code for one in asked} >= {"BD01", "BD03", "VG01", "VG02"}
    assert np.mean([one.right for one in asked]) <= MOST_SURE


def test_what_is_published_stays_useful(found: Attack) -> None:
    """12-month municipal rates move by about 5% (median); 90% of hexagons carry a figure.

    It was below 5% with 16 indicators; of those that came later, more count few.
    """
    assert found.utility.rates["rates"].sum() > 1_000
    assert found.utility.change <= 0.06
    places = found.utility.places
    assert len(places) >= 5
    assert ((places["own"] + places["larger"] + places["gemeente"]) >= 0.9).all()


def test_amounts_are_hardly_ever_known_closely(found: Attack) -> None:
    assert found.amounts.published > 500
    assert found.amounts.close <= 0.02 * found.amounts.amounts


def _without(seen: KnownRelease, levels: tuple[int, ...]) -> KnownRelease:
    """Return the release as if protection were switched off at some levels."""
    opened = []
    for counted in seen.sides:
        cells = counted.cells
        off = cells["level"].isin(levels) & cells["shown"].notna()
        shown = cells["shown"].where(~off, cells["exact"])
        opened.append(replace(counted, cells=cells.assign(shown=shown)))
    noise = {table: OPEN_DOOR if table[0] in levels else own for table, own in seen.noise.items()}
    return replace(seen, sides=tuple(opened), noise=noise)


def _solved(seen: KnownRelease, gemeenten: int = 4) -> tuple[np.ndarray, float]:
    """Return how many values remain possible of municipal counts, and how many fits are right."""
    numbers = np.random.default_rng(1).permutation(np.unique(seen.places["gemeente"]))
    widths, right = [], []
    for gemeente in numbers[numbers > 0][:gemeenten]:
        problem = system((seen,), "CV01", "numerator", int(gemeente))
        if problem is not None:
            cells = np.arange(min(8, len(problem.true)))
            ends = possible_values(problem, cells)
            assert ends is not None
            assert (ends[:, 0] <= problem.true[cells]).all()
            assert (ends[:, 1] >= problem.true[cells]).all()
            widths.append(ends[:, 1] - ends[:, 0] + 1)
            right.append(best_fit(problem)[cells] == problem.true[cells])
    return np.concatenate(widths), float(np.concatenate(right).mean())


def test_with_protection_the_solver_is_left_with_many_values(seen: KnownRelease) -> None:
    widths, right = _solved(seen)
    assert widths.min() >= 5
    assert right <= 0.5


@pytest.mark.parametrize("off", [(GEMEENTE,), (RIEC,)], ids=["gemeente", "riec"])
def test_with_one_protection_off_the_attack_succeeds(
    seen: KnownRelease, off: tuple[int, ...]
) -> None:
    """Exact region totals are enough: all that lies outside the gemeente is known."""
    opened = _without(seen, off)
    widths, right = _solved(opened)
    assert (widths == 1).mean() >= 0.25
    assert right >= 0.25
    proof = certify((opened,))
    assert proof.limiting > 0
    assert proof.certain < proof.protected
    assert _rate(guess(opened).table) > _rate(guess(seen).table) + 0.1


def _rate(table: "object") -> float:
    cells = table[table["level"] == GEMEENTE]  # type: ignore[index]
    return float(cells["right"].sum() / cells["protected"].sum())


def test_a_release_without_exact_counts_is_refused(example_home: Home, tmp_path: Path) -> None:
    with pytest.raises(WeerbeeldError, match="nothing to measure"):
        attackable(Home(tmp_path))
    with pytest.raises(WeerbeeldError, match="cannot be attacked"):
        known_release(example_home, "0000000000000000")
