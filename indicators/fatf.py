"""The groups of risk indicators for laundering through trade by FATF and Egmont Group (2021).

Those on the structure of the business, on its activity and on documents and commodities need no
bank data. The fourth, on accounts, does.
"""

from bilingual import Text

STRUCTURE = Text("structuur van het bedrijf", "structure of the business")
DOCUMENTS = Text("handelsdocumenten en goederen", "trade documents and commodities")


def by_fatf(group: Text, why: Text) -> Text:
    """Return why an indicator counts, with the group that it comes from.

    >>> by_fatf(STRUCTURE, Text("Telt", "Counts")).en
    'Counts (FATF/Egmont 2021, group structure of the business)'
    """
    return Text(
        f"{why.nl} (FATF/Egmont 2021, groep {group.nl})",
        f"{why.en} (FATF/Egmont 2021, group {group.en})",
    )
