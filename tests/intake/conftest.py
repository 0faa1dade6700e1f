"""What the tests of intake share: a home, and ways to take in a delivery and be refused.

Unless a test says otherwise, each kind is delivered by a partner that may.
"""

from pathlib import Path

import pytest
from intake_samples import TODAY, Refuse, Take
from small_home import PARTNER

from intake.faults import DeliveryRefused
from intake.receipt import Receipt
from intake.receive import receive
from store.home import Home


@pytest.fixture(autouse=True)
def _no_key_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WEERBEELD_PSEUDONYM_KEY", raising=False)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def take(home: Home, tmp_path: Path) -> Take:
    """Take in bytes as a delivery."""

    def take_in(
        data: bytes, kind: str = "business", name: str = "file.csv", **more: object
    ) -> Receipt:
        file = tmp_path / name
        file.write_bytes(data)
        options: dict[str, object] = {"home": home, "today": TODAY, **more}
        options.setdefault("partner", PARTNER.get(kind, "kvk"))
        return receive(kind, file, **options)  # type: ignore[arg-type]

    return take_in


@pytest.fixture
def refuse(take: Take, home: Home) -> Refuse:
    """Offer bytes that must be refused, and see that nothing was stored."""

    def refused(data: bytes, kind: str = "business", **more: object) -> DeliveryRefused:
        with pytest.raises(DeliveryRefused) as caught:
            take(data, kind, **more)
        assert not home.work.exists()
        assert caught.value.faults
        return caught.value

    return refused
