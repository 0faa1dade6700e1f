"""What this server answers to: its own addresses, and the paths that exist. All else is refused."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from streamlit import file_util

from errors import WeerbeeldError
from pages import PAGES
from settings import Settings

LOCAL = ("localhost", "127.0.0.1")
NOT_SERVED = ("index.html", "manifest.json")
"""Files of Streamlit that are replaced by our own, or show its version."""


@dataclass(frozen=True)
class Site:
    """``origins`` as browsers write them, ``shells`` the paths that show the dashboard.

    ``behind_proxy``: readers come through a proxy, which says from where. ``files`` are the paths
    of scripts, styles and fonts, ``routes`` all other paths.
    """

    origins: frozenset[str]
    hosts: frozenset[str]
    over_tls: bool
    behind_proxy: bool
    shells: frozenset[str]
    files: frozenset[str]
    routes: frozenset[str]

    def knows(self, path: str) -> bool:
        """Return whether there is anything at a path."""
        return path in self.shells or path in self.files or path in self.routes


def _files() -> frozenset[str]:
    folder = Path(file_util.get_static_dir())
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return frozenset(f"/{name}" for name in names if name not in NOT_SERVED)


def shell_paths() -> frozenset[str]:
    """Return the paths at which the dashboard is drawn: the bare address, and that of each page."""
    return frozenset({"/", *(f"/{page.path}" for page in PAGES)})


def site_of(settings: Settings, routes: frozenset[str]) -> Site:
    """Return what a server with these settings answers to; ``routes`` are its paths of its own.

    Raises WeerbeeldError when the public address is not one.
    """
    public = urlsplit(settings.public_url)
    if public.scheme not in ("http", "https") or not public.hostname or public.path.strip("/"):
        raise WeerbeeldError(
            f"WEERBEELD_URL is '{settings.url}', which is not an address such as "
            "https://weerbeeld.example.nl (no path behind it). Set it to what readers type."
        )
    local = {f"http://{host}:{settings.port}" for host in LOCAL}
    return Site(
        origins=frozenset({f"{public.scheme}://{public.netloc}", *local}),
        hosts=frozenset({public.hostname, *LOCAL}),
        over_tls=public.scheme == "https",
        behind_proxy=public.scheme == "https" or public.hostname not in LOCAL,
        shells=shell_paths(),
        files=_files(),
        routes=routes,
    )
