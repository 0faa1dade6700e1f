"""Whatever the bytes, intake gives a receipt or a WeerbeeldError, and nothing else."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake_samples import TODAY, Style, as_excel, as_parquet, sample_csv, sample_records
from small_home import PARTNER

from errors import WeerbeeldError
from intake.receive import receive
from records import KINDS
from store.home import Home

VALID = [
    sample_csv("business"),
    sample_csv("area_figure"),
    sample_csv("trade_declaration", style=Style(encoding="utf-16")),
    as_parquet(sample_records(KINDS["business"])),
    as_parquet(sample_records(KINDS["incident"])),
    as_excel(sample_records(KINDS["incident"])),
]
PIECES = st.sampled_from(
    [
        b";",
        b'"',
        b"\n",
        b"\r",
        b"\x00",
        b"\xff\xfe",
        b"\xc3",
        b"9" * 400,
        b"nan",
        b"1e99",
        b"-",
        b"",
    ]
) | st.binary(max_size=6)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Return a valid delivery with a few pieces cut out and others put in."""
    data = draw(st.sampled_from(VALID))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        cut = draw(st.sampled_from([0, 1, 2, 7, len(data)]))
        data = data[:at] + draw(PIECES) + data[at + cut :]
    return data


@pytest.mark.long
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=damaged() | st.binary(max_size=200), kind=st.sampled_from(sorted(KINDS)))
def test_any_bytes_give_a_receipt_or_an_error(data: bytes, kind: str) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "delivery"
        file.write_bytes(data)
        try:
            receipt = receive(
                kind, file, PARTNER[kind], Home(Path(folder) / "home"), True, today=TODAY
            )
            said = "\n".join(receipt.lines)
        except WeerbeeldError as error:
            said = str(error)
        assert said
        assert [path.name for path in Path(folder).iterdir()] == ["delivery"]


@pytest.mark.parametrize("length", range(0, len(VALID[3]), 97))
def test_a_parquet_file_cut_anywhere_is_refused(length: int, tmp_path: Path) -> None:
    file = tmp_path / "cut.parquet"
    file.write_bytes(VALID[3][:length])
    with pytest.raises(WeerbeeldError, match=r"truncated|empty"):
        receive("business", file, "kvk", Home(tmp_path / "home"), today=TODAY)
