"""The key of the noise is a secret of its own: kept, guarded, backed up and changed on purpose."""

import stat
from itertools import count
from pathlib import Path

import pytest

from errors import WeerbeeldError
from intake.pseudonyms import existing_key, make_key
from operations.backup import back_up
from operations.checks import check_work_store
from operations.restore import restore
from store.home import Home
from store.kept_key import KeptKey
from store.key_file import KeyFile, Ring, key_mark
from store.noise_key import VARIABLE, noise_key, rotate_noise_key

KEY = "0123456789abcdef" * 4


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.delenv(VARIABLE, raising=False)
    return Home(tmp_path / "home")


@pytest.mark.both
def test_it_is_made_once_for_its_owner_only_and_is_no_pseudonym_key(home: Home) -> None:
    key = noise_key(home)
    assert len(key) == 32
    assert stat.S_IMODE(home.noise_key_file.stat().st_mode) == 0o600
    assert noise_key(home) == key
    assert make_key(home) != (key,)
    assert existing_key(home) != key


@pytest.mark.both
def test_a_lost_key_is_never_replaced_in_silence(home: Home) -> None:
    key = noise_key(home)
    text = home.noise_key_file.read_text()
    home.noise_key_file.unlink()
    for wrong in ("", "f" * 64):
        if wrong:
            home.noise_key_file.write_text(wrong)
        with pytest.raises(WeerbeeldError, match="not the one in use so far"):
            noise_key(home)
        assert [c.state for c in check_work_store(home) if "noise" in c.what] == ["broken"]
    home.noise_key_file.write_text(text)
    assert noise_key(home) == key


@pytest.mark.both
def test_it_may_come_from_the_environment(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, KEY)
    assert noise_key(home) == bytes.fromhex(KEY)
    assert not home.noise_key_file.exists()
    with pytest.raises(WeerbeeldError, match="still holds the key in use"):
        rotate_noise_key(home)
    monkeypatch.setenv(VARIABLE, KEY[::-1])
    with pytest.raises(WeerbeeldError, match="not the one in use so far"):
        noise_key(home)
    rotate_noise_key(home)
    assert noise_key(home) == bytes.fromhex(KEY[::-1])


@pytest.mark.both
def test_a_new_key_is_taken_on_purpose(home: Home) -> None:
    before = noise_key(home)
    mark = rotate_noise_key(home)
    after = noise_key(home)
    assert after != before
    assert key_mark(after) == mark
    assert [path.name for path in home.work.glob("noise.*")] == ["noise.key"]


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize("committed", [False, True])
def test_a_kill_while_rotating_leaves_one_key_or_the_other(
    home: Home, monkeypatch: pytest.MonkeyPatch, committed: bool, again: bool
) -> None:
    before = noise_key(home)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    settle, calls = KeyFile.settle, count(1)

    def settled_once(file: KeyFile, mark: str) -> Ring | None:
        if next(calls) > 1:
            raise KeyboardInterrupt
        return settle(file, mark)

    with monkeypatch.context() as patch:
        if committed:
            patch.setattr(KeyFile, "settle", settled_once)
        else:
            patch.setattr(KeptKey, "_remember", killed)
        with pytest.raises(KeyboardInterrupt):
            rotate_noise_key(home)
    if again:
        rotate_noise_key(home)
        committed = True
    assert (noise_key(home) != before) == committed
    assert [path.name for path in home.work.glob("noise.*")] == ["noise.key"]


@pytest.mark.sqlite
def test_a_backup_holds_it_only_when_asked(home: Home, tmp_path: Path) -> None:
    key = noise_key(home)
    make_key(home)
    back_up(home, tmp_path / "with.zip", with_key=True)
    back_up(home, tmp_path / "without.zip")
    with_key, without = Home(tmp_path / "with"), Home(tmp_path / "without")
    restore(tmp_path / "with.zip", with_key.root)
    restore(tmp_path / "without.zip", without.root)
    assert noise_key(with_key) == key
    with pytest.raises(WeerbeeldError, match="not the one in use so far"):
        noise_key(without)
