"""The gate to the table of evidence: rows of declared kinds, as they are declared, and no others.

Whoever builds has exact counts at hand, and each reader sees what evidence holds. So anything that
no kind in ``store/evidence`` declares ends the build, and the release in use stays.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from errors import WeerbeeldError, shortened
from store.evidence import KINDS
from store.evidence.contract import fault_of
from store.evidence.grains import Known
from store.evidence.keeping import as_json


def evidence_rows(found: Mapping[Any, Iterable[Any]], known: Known) -> list[dict[str, Any]]:
    """Return evidence as rows of its table; ``found`` holds rows by kind, ``known`` the words.

    WeerbeeldError, which names the kind and what is wrong, for anything that is not declared: a
    kind, a row of another class, a value out of its type, range, step or words, and a row that is
    there twice.
    """
    for kind, rows in found.items():
        name = kind.__name__ if isinstance(kind, type) else str(kind)
        if not isinstance(kind, type) or KINDS.get(name) is not kind:
            raise _refusal(f"'{shortened(name)}' is not a declared kind of evidence")
        seen = set()
        for row in rows:
            if type(row) is not kind:
                raise _refusal(f"a row of {name} is a {type(row).__name__}")
            if set(vars(row)) != {field.name for field in fields(row)}:
                raise _refusal(f"a row of {name} has more than its fields")
            if fault := fault_of(row, known):
                raise _refusal(f"of {name}, {shortened(fault)}")
            own = tuple(getattr(row, field) for field in kind.key)
            if own in seen:
                raise _refusal(f"{name} has two rows of {own}")
            seen.add(own)
    return [
        {"name": kind.__name__, "rows": [as_json(row) for row in rows]}
        for kind, rows in sorted(found.items(), key=lambda item: item[0].__name__)
    ]


def _refusal(what: str) -> WeerbeeldError:
    return WeerbeeldError(
        f"Evidence would hold what no kind of evidence allows: {what}. Every reader sees evidence, "
        "so the build stops and the release in use stays. Declare the kind in store/evidence, with "
        "what it rests on and how fine it is."
    )
