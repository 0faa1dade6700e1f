"""``python -m tools.attacks``: attacks over releases at full length, a line for each."""

import sys

from attack.over_time import dummies, many_records, one_record

TRIES, CELLS, RELEASES = 50, 200, 30


def main() -> int:
    """Print what attackers who hold releases side by side find out."""
    for found in (*one_record(TRIES), *many_records(), dummies(CELLS, RELEASES)):
        print(found.line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
