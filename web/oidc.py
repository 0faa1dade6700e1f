"""Signing in by OpenID Connect: what it needs, and when the server may not start without it."""

import secrets
from urllib.parse import urlsplit

from streamlit.runtime.secrets import SecretsValue

from access.facts import facts_of
from errors import WeerbeeldError
from settings import Settings
from store.served import open_current
from web.site import LOCAL

NAMES = ("oidc_metadata_url", "oidc_client_id", "oidc_client_secret")


def _given(settings: Settings) -> dict[str, str]:
    secret = settings.oidc_client_secret.get_secret_value()
    values = (settings.oidc_metadata_url, settings.oidc_client_id, secret)
    return dict(zip(NAMES, values, strict=True))


def signs_in(settings: Settings) -> bool:
    """Return whether readers sign in; otherwise there are only example viewers.

    Raises WeerbeeldError when the settings of the sign-in service are incomplete.
    """
    given = _given(settings)
    missing = [f"WEERBEELD_{name.upper()}" for name, value in given.items() if not value]
    if missing and len(missing) < len(NAMES):
        raise WeerbeeldError(
            f"Signing in needs {', '.join(missing)} as well. Set all three, or none."
        )
    return not missing


def auth_secrets(settings: Settings) -> dict[str, SecretsValue]:
    """Return what Streamlit needs to sign readers in; empty without a sign-in service.

    Cookies are signed with a key of this process, so a restart ends all sign-ins. Nothing but the
    number of the account is asked for: no name, no address.
    """
    if not signs_in(settings):
        return {}
    given = _given(settings)
    return {
        "auth": {
            "redirect_uri": f"{settings.public_url}/oauth2callback",
            "cookie_secret": secrets.token_hex(32),
            "client_id": given["oidc_client_id"],
            "client_secret": given["oidc_client_secret"],
            "server_metadata_url": given["oidc_metadata_url"],
            "client_kwargs": {"scope": "openid", "prompt": "select_account"},
        }
    }


def _why_sign_in(settings: Settings) -> str:
    """Return why readers must sign in, '' when they need not."""
    if settings.env == "production":
        return "WEERBEELD_ENV is production"
    try:
        release = open_current(settings.folders.served)
    except WeerbeeldError:
        return ""
    real = not facts_of(release).public
    return "the release holds real deliveries" if real else ""


def _is_open(url: str) -> bool:
    """Return whether others can read along on the way to an address."""
    parts = urlsplit(url)
    return parts.scheme != "https" and parts.hostname not in LOCAL


def check_sign_in(settings: Settings) -> None:
    """Raise WeerbeeldError when real data would be shown without sign-in, or sign-in is not secret.

    Example viewers exist only while all data are invented or public, and never in production.
    """
    if signs_in(settings):
        _check_secrecy(settings)
        return
    reason = _why_sign_in(settings)
    if reason:
        needed = ", ".join(f"WEERBEELD_{name.upper()}" for name in NAMES)
        raise WeerbeeldError(
            f"The dashboard does not start: {reason}, so everybody who looks must sign in, and no "
            f"sign-in service is set. Set {needed} and WEERBEELD_URL."
        )


def _check_secrecy(settings: Settings) -> None:
    production = settings.env == "production"
    addresses = {"URL": settings.public_url, "OIDC_METADATA_URL": settings.oidc_metadata_url}
    for name, url in addresses.items():
        if _is_open(url) or (production and not url.startswith("https://")):
            raise WeerbeeldError(
                f"WEERBEELD_{name} is {url}: signing in needs https, or others can read along."
            )
