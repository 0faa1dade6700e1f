"""A missing cell is one fault at its own place, whatever rules of the kind read it."""

from itertools import combinations

import pytest
from intake_samples import TODAY, as_parquet, sample_records

from intake.examining import examine
from intake.faults import DeliveryRefused
from intake.progress import silent
from records import KINDS, RecordKind


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_two_missing_cells_are_the_only_faults_of_their_row(kind: RecordKind) -> None:
    [record] = sample_records(kind, 1)
    for pair in combinations([column for column in kind.columns if column.name in record], 2):
        names = {column.name for column in pair}
        required = {column.name for column in pair if column.required}
        if not required:
            continue
        data = as_parquet([{**record, **dict.fromkeys(names)}])
        with pytest.raises(DeliveryRefused) as refused:
            examine(data, kind, TODAY, silent, accept_valid=False)
        assert {fault.column for fault in refused.value.faults} == required, names


def test_a_missing_cell_beside_a_broken_rule_is_reported_as_missing() -> None:
    kind = KINDS["vergunning"]
    missing, broken = sample_records(kind, 2)
    records = [{**missing, "ground": None}, {**broken, "decision": "granted", "ground": "bibob"}]
    with pytest.raises(DeliveryRefused) as refused:
        examine(as_parquet(records), kind, TODAY, silent, accept_valid=False)
    assert [(fault.line, fault.column, fault.found) for fault in refused.value.faults] == [
        (1, "ground", "(empty)"),
        (2, "ground", "'bibob'"),
    ]
