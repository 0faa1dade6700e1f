"""Tables of which CBS makes a new one every year: found by year, and checked by their title."""

from collections.abc import Mapping

from opendata.contract import Fetcher, SourceFailedError
from opendata.tables.odata3 import CBS, OData3Table
from opendata.tables.odata_answers import query, read_all, texts

TABLES = f"https://{CBS}/ODataCatalog/Tables"


def table_of_year(fetcher: Fetcher, known: Mapping[int, str], title: str, year: int) -> OData3Table:
    """Return the table '``title`` ``year``': a ``known`` one, else what the catalogue lists.

    SourceFailedError when there is none, or when the table is about another year.
    """
    name = known.get(year) or _listed(fetcher, f"{title} {year}")
    table = OData3Table(fetcher, CBS, name)
    if str(year) not in table.title:
        raise SourceFailedError(
            f"{table.where} is called '{table.title}', expected '{title} {year}'."
        )
    return table


def _listed(fetcher: Fetcher, title: str) -> str:
    wanted = title.casefold()
    where = f"The catalogue of {CBS}"
    url = f"{TABLES}?{query(format='json', filter=f'substringof({wanted!r},tolower(Title))')}"
    none = f"lists no table '{title}'. Ask for another year with --year."
    (rows,) = read_all(fetcher, [url], where, none)
    listed = texts(rows, ("Identifier", "Title"), where)
    found = [name for name, text in listed if text.strip().casefold() == wanted]
    if len(found) != 1:
        raise SourceFailedError(f"{where} {none}")
    return found[0]
