"""In the example the planted pairs are strong, and decoys and everything else are not."""

from pathlib import Path

import pytest

from access.door import Notes
from access.partner import PartnerGateway
from access.verdicts import Verdict
from access.viewer import viewer_named
from demo import manifest
from store.home import Home
from store.release import current_release, open_release


@pytest.fixture(scope="module")
def gateway(example_release: Path) -> PartnerGateway:
    release = open_release(current_release(example_release))
    return PartnerGateway(viewer_named("nsoc"), Notes(lambda *_: None), release, tuple)


@pytest.fixture(scope="module")
def verdicts(gateway: PartnerGateway) -> dict[str, Verdict]:
    return {row.area: row for row in gateway.verdicts("gemeente")}


@pytest.fixture(scope="module")
def together(example_home: Home) -> manifest.Manifest:
    return manifest.read(example_home.root / "demo")


def test_pairs_are_strong_and_hardly_anything_else(
    verdicts: dict[str, Verdict], together: manifest.Manifest
) -> None:
    pairs = [row for row in together.together if row.reason is None]
    assert len(pairs) == 6
    for row in pairs:
        assert verdicts[row.place].sure == "strong", row
        assert set(row.indicators) <= {vote.indicator for vote in verdicts[row.place].votes}
    strong = [row for row in verdicts.values() if row.sure == "strong"]
    assert len(strong) <= len(pairs) + 0.01 * len(verdicts)
    assert {verdicts[row.place].change for row in pairs} & {"new", "confirmed", "worse"}


def test_decoys_are_one_partners_word_at_most(
    verdicts: dict[str, Verdict], together: manifest.Manifest
) -> None:
    decoys = [verdicts[row.place] for row in together.together if row.reason is not None]
    assert len(decoys) == 4
    assert {row.sure for row in decoys} <= {"possible", "nothing"}
    assert sum(row.sure == "possible" for row in decoys) >= 2, "they do tempt"


def test_context_that_stands_out_is_named_and_gives_no_vote(
    gateway: PartnerGateway, verdicts: dict[str, Verdict]
) -> None:
    """Drug waste was 26.4 where the country had 3.1, and no headline said so."""
    beside = {row.area: row for row in gateway.verdicts("gemeente", focus="context")}
    waste = [
        row for row in beside.values() if any(vote.indicator == "DR03" for vote in row.context)
    ]
    assert len(waste) >= 4
    assert all(row.sure == "context" and not row.votes for row in waste)
    assert all(verdicts[row.area].context == row.context for row in waste)
    context = {vote.indicator for row in verdicts.values() for vote in row.context}
    voted = {vote.indicator for row in verdicts.values() for vote in row.votes}
    assert not context & voted


def test_a_focus_area_has_verdicts_of_its_own(
    gateway: PartnerGateway, verdicts: dict[str, Verdict]
) -> None:
    for focus in ("tbml", "financial_services", "logistics", "corruption_violence"):
        for row in gateway.verdicts("gemeente", focus=focus):
            assert set(row.votes) <= set(verdicts[row.area].votes)
            assert row.independent <= verdicts[row.area].independent
