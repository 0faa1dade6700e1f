"""The folders of one Weerbeeld installation; no other module spells out a path."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Served:
    """All that the web process knows: releases and grants to read, the access store to write.

    Both are in PostgreSQL where ``database`` is an address, as the web process's own role.
    """

    releases: Path
    access: Path
    database: str = field(default="", repr=False)

    @property
    def access_db(self) -> Path:
        """The access store: both logs."""
        return self.access / "access.db"

    @property
    def streets(self) -> Path:
        """Streets for maps and search, where a file of them was installed: public."""
        return self.releases / "streets.sqlite"

    @property
    def grants(self) -> Path:
        """The grants, which the web process reads and only the account of the build writes."""
        return self.access.parent / "grants"

    @property
    def grants_db(self) -> Path:
        """The store of the grants."""
        return self.grants / "grants.db"


@dataclass(frozen=True)
class Home:
    """Paths below the home folder: ``work`` for the build only, ``releases`` for readers.

    With ``database``, the address of a PostgreSQL database, the work store and the access store
    are there and releases are copied to it; records and exact counts stay files.
    """

    root: Path
    database: str = field(default="", repr=False)

    @property
    def work(self) -> Path:
        """Records, exact counts, keys: never read by the web process."""
        return self.root / "work"

    @property
    def work_db(self) -> Path:
        """The work store: which deliveries were accepted."""
        return self.work / "work.db"

    @property
    def has_work_store(self) -> bool:
        """Whether there is a work store; in a database, the folder ``work`` must be there."""
        return self.work.exists() if self.database else self.work_db.exists()

    @property
    def records(self) -> Path:
        """One Parquet file per accepted delivery, in a folder per kind."""
        return self.work / "records"

    @property
    def boundaries(self) -> Path:
        """Installed wijk and buurt borders."""
        return self.work / "boundaries"

    @property
    def open(self) -> Path:
        """Cached answers of open sources: public, and fetched again when they are gone."""
        return self.work / "open"

    @property
    def counts(self) -> Path:
        """Exact counts of the last two releases that were built, a folder each."""
        return self.work / "counts"

    @property
    def standing(self) -> Path:
        """What figures of the last releases were drawn from, a folder each, for the next build."""
        return self.work / "standing"

    @property
    def key_file(self) -> Path:
        """The secret key of the pseudonyms."""
        return self.work / "pseudonym.key"

    @property
    def noise_key_file(self) -> Path:
        """The secret key of the noise."""
        return self.work / "noise.key"

    @property
    def seal_key_file(self) -> Path:
        """The secret key that signs seals of the logs."""
        return self.work / "seal.key"

    @property
    def seals_file(self) -> Path:
        """Every seal of the logs, a line each."""
        return self.work / "seals.jsonl"

    @property
    def releases(self) -> Path:
        """Published releases and the pointer to the current one."""
        return self.root / "releases"

    @property
    def access(self) -> Path:
        """The logs: all that the web process may write."""
        return self.root / "access"

    @property
    def access_db(self) -> Path:
        """The access store: both logs."""
        return self.served.access_db

    @property
    def grants(self) -> Path:
        """The grants, which the web process reads and only the account of the build writes."""
        return self.served.grants

    @property
    def grants_db(self) -> Path:
        """The store of the grants."""
        return self.served.grants_db

    @property
    def served(self) -> Served:
        """The part of this home that the web process may know."""
        return Served(self.releases, self.access, self.database)
