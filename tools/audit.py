"""Asks whether known weaknesses stand against the exact versions that Weerbeeld is installed with.

Run by ``make audit``. On a network that does not reach the advisories it says so and goes on:
that nothing was found is only said of versions that were really looked up.
"""

import json
import subprocess
import sys
from pathlib import Path

CONSTRAINTS = Path(__file__).resolve().parent.parent / "constraints.txt"
SECONDS = 600
COMMAND = (
    *(sys.executable, "-m", "pip_audit", "--requirement", str(CONSTRAINTS)),
    *("--no-deps", "--disable-pip", "--format", "json", "--progress-spinner", "off"),
)


def report(answer: str) -> tuple[list[str], int]:
    """Return what to print of pip-audit's answer, and the exit code: 1 for a known weakness."""
    try:
        asked = json.loads(answer)["dependencies"]
    except (ValueError, KeyError):
        return ["Audit skipped: the advisories cannot be reached from here."], 0
    known = [dependency for dependency in asked if "vulns" in dependency]
    if not known:
        return [
            f"Audit skipped: the index holds no advisories for any of {len(asked)} versions."
        ], 0
    lines = [
        f"{dependency['name']} {dependency['version']}: {weakness['id']}, "
        f"mended in {', '.join(weakness['fix_versions']) or 'no version yet'}"
        for dependency in known
        for weakness in dependency["vulns"]
    ]
    lines.append(f"Audited {len(known)} of {len(asked)} versions: {len(lines)} known weaknesses.")
    return lines, int(len(lines) > 1)


def main() -> int:
    """Audit, print, and return the exit code."""
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command
            COMMAND, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        print("Audit skipped: the advisories did not answer in time.")
        return 0
    lines, code = report(done.stdout)
    print("\n".join(lines))
    return code


if __name__ == "__main__":
    sys.exit(main())
