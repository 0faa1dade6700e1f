"""What an export is: a table on its way out, with its sources and whether it is invented."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

INVENTED_NOTE = "VERZONNEN VOORBEELD / INVENTED EXAMPLE"


@dataclass(frozen=True)
class Sheaf:
    """Rows to take along. ``invented`` marks every row, so that a copy of one still says so."""

    rows: pd.DataFrame
    invented: bool
    attributions: tuple[str, ...] = ()

    @property
    def marked(self) -> pd.DataFrame:
        """The rows, with a last column that says that they are invented if they are."""
        return self.rows.assign(data=INVENTED_NOTE) if self.invented else self.rows


@dataclass(frozen=True)
class Export:
    """One format: its name, media type and how a sheaf is written as bytes."""

    name: str
    media_type: str
    write: Callable[[Sheaf], bytes]
