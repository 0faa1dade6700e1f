"""Whatever stands in the environment, the settings are used or refused in words."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from errors import WeerbeeldError
from settings import Settings
from tools.fuzz.judging import faults_of_message
from web.site import site_of

NAMES = [f"WEERBEELD_{name.upper()}" for name in Settings.model_fields]
ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=300)
BYTES = st.binary(max_size=40).map(lambda data: os.fsdecode(data.replace(b"\x00", b"")))
VALUES = (
    ANY
    | BYTES
    | st.sampled_from(
        [
            *("", "0", "-1", "70000", "1e9", "nan", "inf", "x" * 5_000, "/dev/null", "~", ".."),
            *(
                "http://[",
                "https://[::1",
                "http://x:y",
                "https://a@b:443",
                "http://",
                "//x",
                "é://é",
            ),
            *("http://localhost:9999999", "postgresql://a:b@c/d", "sqlite:///x", "production"),
        ]
    )
)


def said(environment: dict[str, str]) -> str:
    """Return what comes of an environment: the address of the dashboard, or a refusal."""
    try:
        found = Settings()
        assert found.folders.root.is_absolute()
        return ", ".join(site_of(found, frozenset()).hosts)
    except WeerbeeldError as refused:
        return f"{environment.keys()}: {refused}"


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(st.sampled_from(NAMES), VALUES, min_size=1, max_size=3))
def test_any_environment_gives_settings_or_words(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]
) -> None:
    with monkeypatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        assert faults_of_message(said(environment)) == []


@pytest.mark.parametrize("secret", ["oidc_client_secret", "database"])
def test_a_refusal_names_the_setting_and_shows_no_secret(
    monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    monkeypatch.setenv(f"WEERBEELD_{secret.upper()}", "hunter2")
    monkeypatch.setenv("WEERBEELD_PORT", "eighty")
    monkeypatch.setenv("WEERBEELD_IDLE_MINUTES", "900")
    with pytest.raises(WeerbeeldError, match=r"WEERBEELD_PORT.*WEERBEELD_IDLE_MINUTES") as refused:
        Settings()
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    "environment",
    [{"WEERBEELD_PORT": "99999"}, {"WEERBEELD_ENV": "x"}, {"WEERBEELD_URL": "http://["}],
)
def test_the_command_ends_in_words(environment: dict[str, str], tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("weerbeeld")
    done = subprocess.run(
        [program, "serve"],
        env={**os.environ, "WEERBEELD_HOME": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert next(iter(environment)) in done.stderr
