"""The whole attack on successive releases, and what it found, in lines to read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from attack.amounts import Amounts, attack_amounts
from attack.certificate import Certificate, certify
from attack.guessing import Guesses, guess
from attack.knowledge import KnownRelease, known_release
from attack.likelihood import About, Membership, ask
from attack.over_time import Attempt, dummies, many_records, one_record
from attack.solving import LEVELS, best_fit, possible_values, system
from attack.utility import Utility, utility
from store.home import Home

RARE = 1e-6
"""A deviation rarer than one in a million is taken as impossible in the second reading."""

CELLS = 12
"""Protected counts per gemeente, indicator and side that the solver takes on."""

MANY = 10**6

MOST_SURE = 0.7
"""Who knows all records or subjects but one may be right about it in this share of cases, from all
figures of a release together; 0.5 is chance. See decision 0029. Large subjects are told by how wide
the noise is, which is measured and not promised (0030)."""

PARTS: Mapping[About, float] = {"record": 1.0, "subject": 1.0, "large subject": 0.2}
"""What is asked about, and in which part of the tries."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Solved:
    """What the solver found for a sample of protected counts.

    ``values``: how many values remain possible, ``likely``: how many when RARE deviations are
    taken as impossible, ``right``: whether the best fit is the true value; shape (cells,).
    """

    gemeenten: int
    values: NDArray[np.int64]
    likely: NDArray[np.int64]
    right: NDArray[np.bool_]


@dataclass(frozen=True)
class Attack:
    """All that the attack on ``names`` found; fewer than ``k`` subjects are protected.

    ``left_out`` are indicators that could not be attacked: this version does not know them.
    """

    names: tuple[str, ...]
    left_out: tuple[str, ...]
    k: int
    certificate: Certificate
    guesses: Guesses
    solved: Solved
    amounts: Amounts
    members: tuple[Membership, ...]
    over_time: tuple[Attempt, ...]
    utility: Utility

    @property
    def exact(self) -> int:
        """Protected counts of which a single value remains possible."""
        return int((self.solved.values == 1).sum())

    @property
    def narrow(self) -> int:
        """Protected counts left with fewer than k possible values."""
        uncertain = self.certificate.protected - self.certificate.certain
        return max(uncertain, int((self.solved.values < self.k).sum()))

    @property
    def best_right(self) -> float:
        """Share (0-1) of protected counts that the best of the two ways of guessing gets right."""
        fitted = float(self.solved.right.mean()) if len(self.solved.right) else 0.0
        return max(self.guesses.share("right"), fitted)

    @property
    def holds(self) -> bool:
        """Whether the release keeps what is promised."""
        return (
            self.exact == 0
            and self.narrow == 0
            and self.best_right <= 0.4
            and all(
                found.right <= MOST_SURE + 2 * found.error
                for found in self.members
                if found.about != "large subject"
            )
        )

    @property
    def lines(self) -> list[str]:
        """Return what was found, to print."""
        return list(_lines(self))


def attack(
    home: Home,
    names: Sequence[str],
    *,
    gemeenten: int = 20,
    asked: int = 200,
    seed: int = 2026,
    progress: Progress = lambda *_: None,
) -> Attack:
    """Attack successive releases; ``gemeenten``: how many the solver takes on (0: all).

    ``asked``: about so many records of each count somebody asks who knows all others.

    Everything that needs no solver runs over all gemeenten. Raises WeerbeeldError when a release
    or its exact counts are not there.
    """
    steps = 5
    progress("read the releases", 0, steps)
    releases = tuple(known_release(home, name) for name in names)
    progress("prove", 1, steps)
    certificate = certify(releases)
    progress("guess", 2, steps)
    guesses = guess(releases[-1])
    solved = _solve(releases, gemeenten, seed, progress)
    amounts, use = attack_amounts(home, names[-1]), utility(home, names[-1])
    progress("ask about one record", 3, steps)
    times = {about: int(asked * part) for about, part in PARTS.items()}
    members = tuple(
        found
        for counted in releases[-1].sides
        for found in ask(releases[-1], counted.code, counted.side, asked=times, seed=seed)
    )
    progress("compare releases", 4, steps)
    later = (*one_record(2), *many_records(), dummies(60, releases=6))
    found = (certificate, guesses, solved, amounts, members, later, use)
    left_out = tuple(dict.fromkeys(code for seen in releases for code in seen.left_out))
    return Attack(tuple(names), left_out, releases[-1].k, *found)


def _solve(releases: tuple[KnownRelease, ...], most: int, seed: int, progress: Progress) -> Solved:
    chance = np.random.default_rng(seed)
    numbers = np.unique(releases[-1].places["gemeente"])
    numbers = numbers[numbers > 0]
    chosen = chance.permutation(numbers)[:most] if most else numbers
    values, likely, right = [], [], []
    for step, gemeente in enumerate(chosen):
        progress("solve", step, len(chosen))
        for counted in releases[-1].sides:
            both = tuple(seen for seen in releases if seen.has(counted.code, counted.side))
            problem = system(both, counted.code, counted.side, int(gemeente))
            if problem is None:
                continue
            cells = chance.permutation(len(problem.true))[:CELLS]
            ends = possible_values(problem, cells)
            if ends is None:
                raise AssertionError("the true counts do not fit what was published of them")
            narrowed = possible_values(problem, cells, RARE)
            values.append(ends[:, 1] - ends[:, 0] + 1)
            likely.append((ends if narrowed is None else narrowed) @ [-1, 1] + 1)
            right.append(best_fit(problem)[cells] == problem.true[cells])
    progress("solve", len(chosen), len(chosen))
    whole = [np.concatenate(part) if part else np.array([]) for part in (values, likely, right)]
    return Solved(len(chosen), whole[0].astype(int), whole[1].astype(int), whole[2].astype(bool))


def _lines(found: Attack) -> Iterator[str]:
    proof, guesses, solved = found.certificate, found.guesses, found.solved
    yield f"Releases: {', '.join(found.names)}; fewer than k = {found.k} subjects are protected."
    if found.left_out:
        yield f"Of another version, so left out: {', '.join(found.left_out)}."
    yield (
        f"Proof over all gemeenten: {proof.published:,} published counts of subjects, of which "
        f"{proof.limiting:,} could not have been shown so with {found.k - 1} subjects more; "
        f"{proof.certain:,} of {proof.protected:,} protected counts keep at least {found.k} "
        "possible values, whatever else is known."
    )
    yield (
        f"Solver (HiGHS), {solved.gemeenten} gemeenten, {len(solved.values):,} protected counts: "
        f"{found.exact} recovered exactly, {int((solved.values < found.k).sum())} with fewer than "
        f"{found.k} possible values (least {solved.values.min(initial=MANY)}). With deviations "
        f"rarer than one in a million taken as impossible: {int((solved.likely < found.k).sum())} "
        f"with fewer than {found.k} (least {solved.likely.min(initial=MANY)})."
    )
    fitted = float(solved.right.mean()) if len(solved.right) else 0.0
    yield (
        f"Best guess right: {guesses.share('right'):.1%} of all protected counts by Bayes' rule "
        f"({guesses.share('blind'):.1%} without the release), {fitted:.1%} of the sample by the "
        "best fit of all figures together."
    )
    yield (
        f"For one who also knows that a count lies from 1 to {found.k - 1}: "
        f"{guesses.share('right_in_range'):.1%} "
        f"({guesses.share('blind_in_range'):.1%} without the release)."
    )
    table = guesses.table.groupby(["level", "side"], as_index=False)[
        ["protected", "right", "blind"]
    ]
    for level, side, protected, right, blind in table.sum().to_numpy().tolist():
        whole = max(protected, 1)
        yield (
            f"  {LEVELS[level]} {side}: {protected:,} protected, guessed {right / whole:.1%}, "
            f"without the release {blind / whole:.1%}"
        )
    for one in found.members:
        yield (
            f"  Who knows all but one {one.about} of {one.code} {one.side}: right in "
            f"{one.right:.1%} (± {one.error:.1%}; 50% without the release), {one.local:.1%} "
            "from gemeente and below"
        )
    yield "The stages that protect, on an invented country over releases:"
    for attempt in found.over_time:
        yield f"  {attempt.line}"
    yield from _amount_lines(found.amounts)
    yield from _utility_lines(found.utility)


def _amount_lines(amounts: Amounts) -> Iterator[str]:
    yield (
        f"Amounts of money and weight: {amounts.published:,} of {amounts.amounts:,} municipal ones "
        f"published; {amounts.close:,} known to within a tenth of the largest contributor."
    )
    known = (
        ("what all others add up to", amounts.largest),
        ("that, and the second largest", amounts.above_second),
    )
    for what, one in known:
        yield (
            f"  Who knows {what}: the largest contributor within a tenth in {one.right:.1%} "
            f"(± {one.error:.1%}; {one.blind:.1%} without the release)"
        )


def _utility_lines(use: Utility) -> Iterator[str]:
    yield (
        f"Utility: 12-month municipal rates on a denominator of at least 100 change by "
        f"{use.change:.1%} (median of {int(use.rates['rates'].sum()):,}); per indicator: "
        + ", ".join(f"{code} {change:.1%}" for code, change in _known(use.rates))
    )
    for code, hexagons, own, larger, gemeente in use.places.to_numpy().tolist():
        yield (
            f"  {code}: of {hexagons:,} finest hexagons with a denominator "
            f"{own + larger + gemeente:.1%} carry a figure: {own:.1%} their own, {larger:.1%} that "
            f"of a larger hexagon, {gemeente:.1%} that of the gemeente"
        )


def _known(rates: pd.DataFrame) -> Iterator[tuple[str, float]]:
    for code, number, change in rates.to_numpy().tolist():
        if number:
            yield code, change
