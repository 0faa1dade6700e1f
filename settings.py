"""The settings of an installation, from environment variables that start with WEERBEELD_."""

from pathlib import Path
from typing import Literal

from pydantic_settings import BaseSettings, SettingsConfigDict

from store.home import Home


class Settings(BaseSettings):
    """``home``: folder of all stores. ``port``: where the dashboard listens on 127.0.0.1.

    ``env``: in ``production`` there are no example viewers, only people who sign in. ``url`` is
    what readers type, where a proxy with TLS stands before the dashboard. ``k``: figures on fewer
    subjects are protected; never below 3.
    """

    model_config = SettingsConfigDict(env_prefix="WEERBEELD_")

    home: Path = Path(__file__).resolve().parent / "var"
    port: int = 8501
    env: Literal["local", "production"] = "local"
    url: str = ""
    k: int = 5

    @property
    def folders(self) -> Home:
        """The folders of this installation."""
        return Home(self.home.resolve())

    @property
    def public_url(self) -> str:
        """Where readers find the dashboard, without a slash at the end."""
        return self.url.rstrip("/") or f"http://localhost:{self.port}"
