"""How far protection moves a count, from the table that the build draws from."""

USUAL = 0.99


def usual_deviation(table: list[list[float]]) -> int:
    """Return the deviation that a larger count stays within in 99% of cases.

    ``table`` is that of ``PartnerGateway.perturbation``.
    """
    row = table[-1]
    return next(step for step in range(len(row)) if chance_within(row, step) >= USUAL)


def chance_within(row: list[float], deviation: int) -> float:
    """Return the chance (0-1) that a count deviates by at most ``deviation``."""
    middle = len(row) // 2
    return sum(row[middle - deviation : middle + deviation + 1])
