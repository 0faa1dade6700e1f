"""What a good answer to hostile input is, and how bad ones are distinguished."""

import traceback
import unicodedata
from pathlib import Path

LONGEST = 20_000
"""Characters of a message: some screens full, whatever the input."""

UNSEEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
"""Unicode categories that steer a terminal, hide text or turn its direction."""

ROOT = Path(__file__).resolve().parents[2]


def faults_of_message(text: str) -> list[str]:
    """Return what is wrong with a message to a reader; nothing when it is fit to be shown."""
    found = []
    if not text.strip():
        found.append("the message is empty")
    if len(text) > LONGEST:
        found.append(f"the message has {len(text):,} characters")
    unseen = {hex(ord(c)) for c in text if c != "\n" and unicodedata.category(c) in UNSEEN}
    if unseen:
        found.append(f"the message holds {', '.join(sorted(unseen)[:3])}")
    if "Traceback" in text or " object at 0x" in text:
        found.append("the message shows the inside of the program")
    return found


def place_of(error: BaseException) -> str:
    """Return the error's type and the deepest line of our own code that it came through."""
    ours = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.startswith(str(ROOT)) and "/.venv/" not in frame.filename
    ]
    where = f"{Path(ours[-1].filename).relative_to(ROOT)}:{ours[-1].lineno}" if ours else "?"
    return f"{type(error).__name__} at {where}"
