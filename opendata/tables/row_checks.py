"""The check of the rows of an answer against the call that asked for them."""

from collections.abc import Mapping, Sequence

import pandas as pd

from errors import shortened
from opendata.contract import SourceFailedError
from opendata.tables.calls import Call
from opendata.tables.odata_answers import Row


def checked_rows(
    where: str,
    call: Call,
    rows: list[Row],
    codes: Mapping[str, list[str]],
    measures: Sequence[str],
) -> pd.DataFrame:
    """Return the rows of a call as a frame, with the codes of each dimension as categories.

    ``codes`` has all codes of each dimension, ``measures`` the keys of the columns of figures.
    SourceFailedError for a column that is not there, a row that was not asked for, or one twice.
    """
    asked = f"{where}, asked for {shortened(call.filter, 300)},"
    frame = pd.DataFrame(rows)
    names = [*codes, *measures]
    if absent := [name for name in names if name not in frame]:
        raise SourceFailedError(f"{asked} answers rows without {', '.join(absent)}.")
    for key, known in codes.items():
        found = frame[key].astype("string").str.strip()
        strange = found[~found.isin(call.codes[key])]
        if len(strange):
            raise SourceFailedError(
                f"{asked} answers {key} '{shortened(str(strange.iloc[0]))}': it does not keep to"
                " the filter."
            )
        frame[key] = pd.Categorical(found.astype(object), categories=pd.Index(known))
    twice = frame[frame.duplicated(list(codes))]
    if len(twice):
        place = " ".join(map(str, twice[list(codes)].iloc[0]))
        raise SourceFailedError(f"{asked} has more than one row of {place}.")
    return frame[names]
