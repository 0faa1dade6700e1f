"""What CBS and PDOK call the columns of border files, in any year and cut as a Shapefile cuts."""

CODE_COLUMNS = ("{level}code", "{short}_code", "statcode", "code", "gwb_code")
NAME_COLUMNS = ("{level}naam", "{short}_naam", "statnaam", "name")
WATER_COLUMNS = ("water", "h2o")
YEAR_COLUMNS = ("jaarcode",)

SHORT = {"buurt": "bu", "wijk": "wk", "gemeente": "gm"}
"""Levels, the finest first, as CBS shortens them in BU_CODE and BU_NAAM until 2021."""

LONGEST_IN_SHAPEFILE = 10
"""Letters of a column name that a Shapefile keeps: gemeentecode is cut to gemeenteco."""


def spelled(names: tuple[str, ...], level: str) -> list[str]:
    """Return names of columns as they are for areas of ``level``."""
    return [name.format(level=level, short=SHORT.get(level, level)) for name in names]


def column(fields: list[str], names: tuple[str, ...], level: str) -> str | None:
    """Return the first of ``names`` among ``fields``, whatever its case, whole or cut."""
    lower = {field.lower(): field for field in fields}
    whole = spelled(names, level)
    cut = [name[:LONGEST_IN_SHAPEFILE] for name in whole]
    return next((lower[name] for name in (*whole, *cut) if name in lower), None)


def level_of(fields: list[str]) -> str | None:
    """Return the level that columns are of: the finest that has a code column of its own name."""
    return next((level for level in SHORT if column(fields, CODE_COLUMNS[:2], level)), None)
