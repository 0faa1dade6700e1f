"""A short run of ``make fuzz``: hostile input gets one clear error, never a trace or a hang."""

import re
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
INPUTS, SECONDS = 1_500, 45


def test_no_input_brings_a_trace_a_hang_or_half_a_load(capsys: pytest.CaptureFixture[str]) -> None:
    asked = {"inputs": INPUTS, "seconds": SECONDS, "seed": secrets.randbelow(10**6)}
    words = [word for name, value in asked.items() for word in (f"--{name}", str(value))]
    ran = subprocess.run(
        [sys.executable, "-m", "tools.fuzz", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS + 240,
    )
    with capsys.disabled():
        print(f"\n{ran.stdout}(seed {asked['seed']})")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    counted = re.search(r"([\d,]+) inputs in", ran.stdout)
    assert counted
    assert int(counted[1].replace(",", "")) > 100
    assert "traces 0, hangs 0, crashes 0, half loads 0, bad messages 0" in ran.stdout
