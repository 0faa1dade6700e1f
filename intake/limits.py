"""Limits of a delivery: far above what partners deliver, below what would fill the memory.

What is over a limit is refused with one fault, before it takes memory.
"""

LARGEST_CSV = 2 * 2**30
"""Bytes of a CSV file: some 15 million records of usual length. Larger ones go as Parquet."""

LARGEST_PARQUET = 4 * 2**30
"""Bytes of a Parquet file: its columns are packed, so it holds far more than as much CSV."""

LARGEST_EXCEL = 256 * 2**20
"""Bytes of an Excel file: a full sheet of a dozen columns takes some 80 MB."""

MOST_XML = 2 * 2**30
"""Bytes of XML that is read of an Excel file: a full sheet of a dozen columns takes some 700 MB."""

MOST_UNPACKED = 200
"""How many times its packed size a part of an Excel file may have: sheets shrink some ten to fifty
times, and only repetition, as in a bomb, more than this."""

MOST_SHEETS = 1_000
"""Sheets in an Excel file."""

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""The size of a sheet in Excel."""

MOST_ROWS = 20_000_000
"""Records in a delivery: six times the establishments in the trade register."""

MOST_COLUMNS = 500
"""Columns in a file, read or not: no kind has more than a dozen, wide exports some hundred."""

LONGEST_FIELD = 131_072
"""Characters of a value: what Python's csv takes. The longest that a kind asks for is a name."""

LONGEST_LINE = 2**20
"""Characters of a line of CSV: a damaged or binary file may be one line as a whole."""

MOST_TEXT = 8 * 2**30
"""Bytes of text that a Parquet file may unpack to: a few bytes can state a value that is then
repeated for millions of rows."""

MOST_FAULTS = 250_000
"""Faults that are kept: each takes memory, and a file with more is no file of its kind."""

LONGEST_NAME = 100
"""A longer name of a column is not compared with the known ones for misspelling."""
