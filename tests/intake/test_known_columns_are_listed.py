"""A file of which no column is known is refused with the columns that are."""

import os
from pathlib import Path

import pandas as pd
import pytest

from intake.faults import DeliveryRefused
from intake.receive import receive
from records import KINDS
from store.home import Home

ROOT = Path(__file__).resolve().parents[2]
FRAME = pd.DataFrame({"gwb_code": ["GM0014"], "a_inw": [243_768]})


def written(folder: Path, form: str) -> Path:
    file = folder / f"d.{form}"
    if form == "csv":
        FRAME.to_csv(file, sep=";", index=False)
    elif form == "xlsx":
        FRAME.to_excel(file, index=False, engine="xlsxwriter")
    else:
        FRAME.to_parquet(file, index=False)
    return file


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
@pytest.mark.parametrize("kind", ["area_figure", "incident"])
def test_known_columns_are_listed(tmp_path: Path, form: str, kind: str) -> None:
    partner = "cbs" if kind == "area_figure" else "politie"
    with pytest.raises(DeliveryRefused) as refused:
        receive(kind, written(tmp_path, form), partner, Home(tmp_path / "home"))
    for column in KINDS[kind].columns:
        assert column.name in str(refused.value)
    assert ("x and y" in str(refused.value)) == KINDS[kind].located


def test_the_input_that_went_wrong(tmp_path: Path) -> None:
    cases = Path(os.environ.get("CASES_DIR", ROOT.parent / "shared" / "cases"))
    if not cases.exists():
        pytest.skip(f"no inputs that went wrong in {cases} (set CASES_DIR)")
    with pytest.raises(DeliveryRefused, match="figure, level, area, date, months, value, source"):
        receive("area_figure", cases / "cbs_kwb_layout.csv", "cbs", Home(tmp_path / "home"))
