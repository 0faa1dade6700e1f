"""The settings of an installation, from environment variables that start with WEERBEELD_."""

import os
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from errors import WeerbeeldError, shortened
from store.home import Home


class Settings(BaseSettings):
    """``home``: folder of all stores. ``port``: where the dashboard listens on 127.0.0.1.

    ``database``: a PostgreSQL database that holds the stores instead of SQLite files; the account
    of the build and that of the web process each give its address with their own role.

    ``env``: in ``production`` there are no example viewers, only people who sign in. ``url``: the
    address that readers type, where a proxy with TLS stands before the dashboard. ``k``: figures on
    fewer subjects are protected; never below 3. ``idle_minutes``: a reader who does nothing that
    long is signed out. ``oidc_``: the service where people sign in, ``oidc_acr``: the levels
    (``acr``, with spaces between) of which its token must name one. ``export_reason``: who takes an
    export gives a reason or a case number, for the log. ``contact``: whom to ask for access, as
    readers see it. ``proxy``: the proxy through which open data are fetched;
    ``mirror``: the address where they are fetched instead of at their services; ``offline``:
    nothing is fetched at all. ``set_aside_outside``: partners, with commas between, of which rows
    that are not theirs to deliver are set aside instead of the delivery being refused. ``seals``:
    where seals of the logs are exported to, a folder that nobody can change files in or a file
    that a log service reads; ``timestamp_url``: a time-stamping service (RFC 3161), whose answers
    lead to the certificates in ``timestamp_ca``.

    A secret may also be a file of its name (weerbeeld_oidc_client_secret) in the folder that
    CREDENTIALS_DIRECTORY names, as systemd hands secrets to a service.
    """

    model_config = SettingsConfigDict(
        env_prefix="WEERBEELD_",
        secrets_dir=os.environ.get("CREDENTIALS_DIRECTORY"),
        hide_input_in_errors=True,
    )

    home: Path = Path(__file__).resolve().parent / "var"
    database: SecretStr = SecretStr("")
    port: int = Field(default=8501, ge=1, le=65_535)
    env: Literal["local", "production"] = "local"
    url: str = ""
    idle_minutes: float = Field(default=30, gt=0, le=30)
    oidc_metadata_url: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_acr: str = ""
    export_reason: bool = False
    contact: str = ""
    k: int = 5
    proxy: SecretStr = SecretStr("")
    mirror: str = ""
    offline: bool = False
    set_aside_outside: str = ""
    seals: Path | None = None
    timestamp_url: str = ""
    timestamp_ca: Path | None = None

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - pydantic checks them
        """Read the settings; WeerbeeldError names those that cannot be used, never their value."""
        try:
            super().__init__(**given)
        except ValidationError as error:
            wrong = [f"WEERBEELD_{'_'.join(map(str, e['loc'])).upper()}" for e in error.errors()]
            words = [f"{n}: {e['msg']}" for n, e in zip(wrong, error.errors(), strict=True)]
            raise WeerbeeldError(f"A setting cannot be used. {'; '.join(words)}.") from None
        except (SettingsError, OSError) as error:
            raise WeerbeeldError(f"The settings cannot be read: {error}.") from None

    @field_validator("url", "oidc_metadata_url", "mirror")
    @classmethod
    def _readable_address(cls, address: str) -> str:
        """Refuse an address that cannot be parsed; those who use it check the rest."""
        _ = urlsplit(address).port
        return address

    @property
    def folders(self) -> Home:
        """The folders of this installation; WeerbeeldError when its home can be no folder."""
        try:
            return Home(self.home.resolve(), self.database.get_secret_value())
        except (OSError, RuntimeError, ValueError) as error:
            raise WeerbeeldError(
                f"WEERBEELD_HOME is '{shortened(str(self.home))}', which can be no folder: {error}."
            ) from None

    @property
    def set_aside_outside_of(self) -> frozenset[str]:
        """The partners in ``set_aside_outside``; intake knows whether they exist."""
        return frozenset(name.strip() for name in self.set_aside_outside.split(",")) - {""}

    @property
    def timestamp_authority(self) -> Path:
        """The file of the certificates that time stamps lead to; WeerbeeldError without one."""
        if self.timestamp_ca is None:
            raise WeerbeeldError(
                "WEERBEELD_TIMESTAMP_URL needs WEERBEELD_TIMESTAMP_CA, the file with the "
                "certificates (PEM) that the answers of that service lead to."
            )
        return self.timestamp_ca

    @property
    def public_url(self) -> str:
        """Where readers find the dashboard, without a slash at the end."""
        return self.url.rstrip("/") or f"http://localhost:{self.port}"
