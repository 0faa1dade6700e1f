"""When a sign-in holds, what is remembered over it, and when the server may not start without."""

import os
import sqlite3
import subprocess
import time
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from clock import Clock
from granting import GIVER
from hypothesis import given
from hypothesis import strategies as st
from planted_release import plant
from pydantic import SecretStr
from serving import COMMAND, serving

from access.oversight import end_sessions
from errors import WeerbeeldError
from settings import Settings
from store.carrying import open_grants
from store.home import Home
from store.release import current_release
from web.deep_links import LIFETIME_SECONDS, LONGEST, MOST, DeepLinks
from web.desk import Desk
from web.links import Reader
from web.oidc import auth_secrets, check_sign_in, signs_in
from web.sign_ins import SignInEndedError, SignIns

IDLE, HOUR = 1800, 3600
START = 1_800_000_000
PROVIDER = "https://aanmelden.example.nl/.well-known/openid-configuration"
SECRET = "a-client-secret-that-nobody-may-see"
SETTINGS = partial(
    Settings,
    oidc_metadata_url=PROVIDER,
    oidc_client_id="weerbeeld",
    oidc_client_secret=SecretStr(SECRET),
)


def claims(person: str = "somebody", since: int = START, lasts: int = HOUR) -> dict[str, object]:
    return {"sub": person, "iat": since, "exp": since + lasts, "nonce": f"{person}{since}"}


def why(sign_ins: SignIns, carried: dict[str, object]) -> str:
    """Return why a sign-in does not hold, '' when it does."""
    try:
        sign_ins.visit(carried)
    except SignInEndedError as ended:
        return ended.why
    return ""


@given(st.lists(st.integers(1, 2 * IDLE), max_size=12), st.integers(60, 3 * HOUR))
def test_no_sign_in_outlives_its_token_or_an_idle_half_hour(gaps: list[int], lasts: int) -> None:
    clock = Clock(float(START))
    sign_ins, carried = SignIns(IDLE, clock), claims(lasts=lasts)
    assert why(sign_ins, carried) == ""
    idle = False
    for gap in gaps:
        clock.now += gap
        idle = idle or gap >= IDLE
        expected = "expired" if clock.now >= START + lasts else "idle" if idle else ""
        assert why(sign_ins, carried) == expected


def test_looking_whether_it_holds_is_no_activity() -> None:
    clock = Clock(float(START))
    sign_ins = SignIns(IDLE, clock)
    key = sign_ins.visit(claims()).key
    for _ in range(29):
        clock.now += 60
        assert sign_ins.why_ended(key) is None
    clock.now += 60
    assert sign_ins.why_ended(key) == "idle"


def test_a_cookie_that_comes_back_after_a_restart_counts_from_its_beginning() -> None:
    clock = Clock(float(START))
    clock.now += IDLE
    assert why(SignIns(IDLE, clock), claims()) == "idle"


def test_signing_out_ends_one_sign_in_and_no_other() -> None:
    sign_ins = SignIns(IDLE, Clock(float(START)))
    first, second = claims(), claims(since=START - 1)
    sign_ins.end(sign_ins.visit(first).key)
    assert why(sign_ins, first) == "signed out"
    assert why(sign_ins, second) == ""
    assert why(sign_ins, claims("another")) == ""


def test_an_administrator_ends_what_began_before_and_nothing_after() -> None:
    clock = Clock(float(START))
    sign_ins = SignIns(IDLE, clock)
    first = sign_ins.visit(claims())
    for end, expected in ((START - 1.0, None), (START + 0.0, "ended"), (0.0, "ended")):
        sign_ins.end_before(first.key, lambda _, end=end: end)  # type: ignore[misc]
        assert sign_ins.why_ended(first.key) == expected
    clock.now += 10
    again = sign_ins.visit(claims(since=START + 5))
    sign_ins.end_before(again.key, lambda _: START + 1.0)
    assert sign_ins.why_ended(again.key) is None
    sign_ins.end_before("no sign-in", lambda _: START + 99.0)


def test_a_clock_that_runs_ahead_at_the_service_keeps_no_sign_in_alive() -> None:
    clock = Clock(float(START))
    sign_ins = SignIns(IDLE, clock)
    key = sign_ins.visit(claims(since=START + 600)).key
    clock.now += 60
    sign_ins.end_before(key, lambda _: clock.now)
    assert sign_ins.why_ended(key) == "ended"


@pytest.mark.parametrize("acr", [None, "", "basic", ["high"], "HIGH", "high low"])
def test_a_level_that_is_asked_for_must_be_in_the_token(acr: object) -> None:
    sign_ins = SignIns(IDLE, Clock(float(START)), frozenset({"high", "substantial"}))
    given = claims() | {"acr": acr}
    unnoted = []
    for _ in range(3):
        with pytest.raises(SignInEndedError) as caught:
            sign_ins.visit(given)
        assert caught.value.why == "weak"
        unnoted.append(caught.value.unnoted)
    assert unnoted == ["somebody", "", ""], "logged once"
    assert why(sign_ins, claims("another") | {"acr": "high"}) == ""
    assert why(SignIns(IDLE, Clock(float(START))), given) == ""


def test_a_desk_ends_a_sign_in_of_a_person_or_of_all(tmp_path: Path) -> None:
    plant(tmp_path / "releases")
    desk = Desk(SETTINGS(home=tmp_path))
    key = desk.sign_ins.visit(claims(since=int(time.time()))).key
    other = desk.sign_ins.visit(claims("another", since=int(time.time()))).key
    assert (desk.why_ended(key), desk.why_ended(other)) == (None, None)
    book = open_grants(Home(tmp_path))
    end_sessions(book, "somebody", GIVER)
    with pytest.raises(SignInEndedError, match="ended"):
        desk.gateways(Reader(sign_in=key), "test")
    assert desk.why_ended(other) is None
    end_sessions(book, "", GIVER)
    assert desk.why_ended(other) == "ended"


@pytest.mark.parametrize("missing", ["sub", "exp", "iat"])
@pytest.mark.parametrize("value", [None, "", [], "soon"])
def test_claims_that_are_not_complete_let_nobody_in(missing: str, value: object) -> None:
    if (missing, value) == ("sub", "soon"):
        value = 7
    assert why(SignIns(IDLE, Clock(float(START))), claims() | {missing: value}) == "expired"


def test_a_sign_in_is_first_until_it_was_welcomed() -> None:
    sign_ins = SignIns(IDLE, Clock(float(START)))
    assert sign_ins.visit(claims()).first
    again = sign_ins.visit(claims())
    assert again.first, "when the log could not be written, it is tried again"
    sign_ins.welcome(again.key)
    assert not sign_ins.visit(claims()).first


def test_a_wish_is_given_back_once_and_to_its_browser_only() -> None:
    links = DeepLinks(Clock(float(START)))
    links.keep("mine", "indicator", {"gebied": "GM0599"})
    assert links.take("another") is None
    wish = links.take("mine")
    assert wish is not None
    assert (wish.page, wish.choices) == ("indicator", {"gebied": "GM0599"})
    assert links.take("mine") is None


def test_wishes_are_forgotten_and_never_pile_up() -> None:
    clock = Clock(float(START))
    links = DeepLinks(clock)
    links.keep("late", "methode", {})
    clock.now += LIFETIME_SECONDS
    assert links.take("late") is None
    links.keep("", "methode", {})
    assert links.take("") is None
    links.keep("first", "methode", {f"n{i}": "x" * (i * 20) for i in range(50)})
    wish = links.take("first")
    assert wish is not None
    assert len(wish.choices) <= 20
    assert all(len(value) <= LONGEST for value in wish.choices.values())
    for number in range(MOST + 5):
        links.keep(f"browser {number}", "methode", {})
    assert links.take("browser 0") is None
    assert links.take(f"browser {MOST + 4}") is not None


def signing_in(tmp_path: Path, **more: str) -> Settings:
    return Settings(
        home=tmp_path,
        url=more.get("url", "https://weerbeeld.example.nl"),
        oidc_metadata_url=more.get("provider", PROVIDER),
        oidc_client_id=more.get("client", "weerbeeld"),
        oidc_client_secret=SecretStr(more.get("secret", SECRET)),
        env="production",
    )


def test_signing_in_is_all_or_nothing(tmp_path: Path) -> None:
    check_sign_in(signing_in(tmp_path))
    assert signs_in(signing_in(tmp_path))
    assert not signs_in(Settings(home=tmp_path))
    for part in ("provider", "client", "secret"):
        with pytest.raises(WeerbeeldError, match="as well") as refused:
            signs_in(signing_in(tmp_path, **{part: ""}))
        assert SECRET not in str(refused.value)


@pytest.mark.parametrize(
    "open_line",
    [
        {"url": "http://weerbeeld.example.nl"},
        {"url": "http://localhost:8501"},
        {"provider": "http://aanmelden.example.nl/x"},
    ],
    ids=str,
)
def test_nobody_signs_in_over_an_open_line(tmp_path: Path, open_line: dict[str, str]) -> None:
    with pytest.raises(WeerbeeldError, match="https"):
        check_sign_in(signing_in(tmp_path, **open_line))


def test_the_provider_is_asked_for_a_number_and_no_name(tmp_path: Path) -> None:
    auth = auth_secrets(signing_in(tmp_path))["auth"]
    assert isinstance(auth, dict)
    assert auth["client_kwargs"] == {"scope": "openid", "prompt": "select_account"}
    assert auth["redirect_uri"] == "https://weerbeeld.example.nl/oauth2callback"
    other = auth_secrets(signing_in(tmp_path))["auth"]
    assert isinstance(other, dict)
    assert auth["cookie_secret"] != other["cookie_secret"], "a key of each process"
    assert auth_secrets(Settings(home=tmp_path)) == {}


def test_a_secret_may_be_a_file_and_is_never_shown(tmp_path: Path) -> None:
    (tmp_path / "weerbeeld_oidc_client_secret").write_text(SECRET)
    script = "from settings import Settings; s = Settings(); print(repr(s), s.oidc_client_secret)"
    script += f"; assert s.oidc_client_secret.get_secret_value() == '{SECRET}'"
    done = subprocess.run(
        [COMMAND[0].replace("weerbeeld", "python"), "-c", script],
        env={"CREDENTIALS_DIRECTORY": str(tmp_path), "PATH": os.environ["PATH"]},
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert SECRET not in done.stdout + done.stderr


def start(home: Path, **settings: str) -> "subprocess.CompletedProcess[str]":
    """Try to serve, with nothing in the environment but ``settings``."""
    named = {f"WEERBEELD_{name.upper()}": value for name, value in settings.items()}
    return subprocess.run(
        COMMAND,
        env={"WEERBEELD_HOME": str(home), "WEERBEELD_PORT": "1"} | named,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def with_real_deliveries(home: Path) -> None:
    """Make a release of which some delivery is real."""
    plant(home / "releases")
    with closing(sqlite3.connect(current_release(home / "releases"))) as release:
        changed = release.execute("UPDATE info SET value = 'no' WHERE key = 'public'")
        assert changed.rowcount == 1
        release.commit()


def test_the_server_does_not_start_for_strangers_to_see_real_data(tmp_path: Path) -> None:
    with_real_deliveries(tmp_path)
    done = start(tmp_path)
    assert done.returncode == 2
    assert "the release holds real deliveries" in done.stderr
    assert "WEERBEELD_OIDC_METADATA_URL" in done.stderr, "what to do"
    assert "Traceback" not in done.stderr


def test_the_server_does_not_start_in_production_without_signing_in(tmp_path: Path) -> None:
    done = start(tmp_path, env="production")
    assert done.returncode == 2
    assert "WEERBEELD_ENV is production" in done.stderr
    plant(tmp_path / "releases")
    assert start(tmp_path, env="production").returncode == 2, "invented or not"


def test_real_deliveries_are_shown_to_who_signs_in_only(tmp_path: Path) -> None:
    with_real_deliveries(tmp_path)
    with serving(
        tmp_path,
        tmp_path,
        oidc_metadata_url="http://localhost:1/x",
        oidc_client_id="weerbeeld",
        oidc_client_secret=SECRET,
    ) as server:
        drawn = str(server.run_script("beeld", "kijker=nsoc"))
        assert "Meld u aan om Weerbeeld te openen" in drawn
        assert "Kies als wie u kijkt" not in drawn
        assert "Venlo" not in drawn
        assert server.ask("/auth/login?provider=forged").status == 302
        assert server.ask("/auth/login?provider=forged").headers["location"] == "/"


@pytest.mark.sqlite
def test_a_real_delivery_that_comes_later_ends_the_example(tmp_path: Path) -> None:
    plant(tmp_path / "releases")
    with serving(tmp_path, tmp_path) as server:
        assert "Kies als wie u kijkt" in str(server.run_script("", ""))
        assert "U kijkt als" in str(server.run_script("beeld", "kijker=nsoc"))
        (tmp_path / "later").mkdir()
        with_real_deliveries(tmp_path / "later")
        (tmp_path / "releases").rename(tmp_path / "before")
        (tmp_path / "later" / "releases").rename(tmp_path / "releases")
        drawn = str(server.run_script("beeld", "kijker=nsoc"))
        assert "Sign in instead" in drawn
        assert "U kijkt als" not in drawn
