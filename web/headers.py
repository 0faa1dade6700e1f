"""The headers of every answer: browsers may load only what this server gives, and not frame it."""

from base64 import b64encode
from hashlib import sha256

from pages.kit.style import SCRIPTS

YEAR = 365 * 24 * 60 * 60
POWERS = (
    "accelerometer autoplay camera display-capture encrypted-media fullscreen geolocation "
    "gyroscope magnetometer microphone midi payment picture-in-picture publickey-credentials-get "
    "screen-wake-lock serial usb xr-spatial-tracking"
)
"""Powers of browsers that our pages do not need."""


def _hash_of(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def content_policy() -> str:
    """Return the content security policy.

    The only inline scripts set the page's language, show a page from its beginning and say where
    the server is; they are known by their hash. Streamlit writes its styles into the page as it
    draws, so styles may be inline.
    """
    scripts = " ".join(_hash_of(script) for script in SCRIPTS)
    rules = {
        "default-src": "'none'",
        "script-src": f"'self' 'wasm-unsafe-eval' {scripts}",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def security_headers(*, over_tls: bool) -> tuple[tuple[bytes, bytes], ...]:
    """Return the headers that every answer gets; over TLS also the one that keeps it so."""
    headers = {
        "content-security-policy": content_policy(),
        "x-frame-options": "DENY",
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "permissions-policy": ", ".join(f"{power}=()" for power in POWERS.split()),
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-embedder-policy": "require-corp",
        "cross-origin-resource-policy": "same-origin",
        "x-robots-tag": "noindex, nofollow",
    }
    if over_tls:
        headers["strict-transport-security"] = f"max-age={YEAR}"
    return tuple((name.encode(), value.encode()) for name, value in headers.items())
