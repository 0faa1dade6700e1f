"""Limits of border files: far above what CBS publishes, far below what would fill the memory.

The Netherlands have some 15,000 buurten, of which the general borders take 4 MB and the most
detailed some 300 MB.
"""

LARGEST_FILE = 2 * 2**30
"""Bytes of a border file, after unpacking: several times the most detailed borders."""

MOST_AREAS = 50_000
"""Areas in a file: three times the number of buurten."""

MOST_POINTS = 50_000_000
"""Corner points in a file, 16 bytes each: some 3,000 a buurt."""

MOST_POINTS_OF_ONE = 1_000_000
"""Corner points of one area: one each metre of a border of 1,000 km."""

MOST_MEMBERS = 1_000
"""Files in a zip: CBS puts fewer than a hundred into one."""

MOST_UNPACKED = 200
"""How many times its packed size a file may have: tables of text shrink some fifty times, and
only repetition, as in a bomb, more than this."""

LARGEST_VALUE = 256 * 2**20
"""Bytes of one value in a GeoPackage: a border of 16 million points."""

SECONDS = 120.0
"""How long looking through a GeoPackage may take: some seconds suffice for 300 MB."""
