"""One contract over all phenomena: a new file in the folder is tested without another edit."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import get_args

import pytest
from wording import accusing, foreign

import phenomena
from bilingual import Language, Text
from errors import WeerbeeldError
from indicators import CATALOGUE, Indicator
from indicators.contract import FocusArea
from indicators.forbidden import forbidden_terms
from phenomena import PHENOMENA, Phenomenon, barriers, phenomenon_named, sources
from phenomena.checking import checked
from phenomena.contract import Barrier, Source, Step
from phenomena.words import HOLDERS, INSTRUMENTS, SERVICES, STAGES

CODES = list(PHENOMENA)
LANGUAGES = get_args(Language)
LEAST_STEPS = 5
LEAST_HOLDERS = 3
LEAST_SOURCES = 3
LONGEST_FILE = 200
LONGEST_SENTENCE = 30
"""Words; a longer sentence has to be read twice."""


def _texts(part: object, where: str = "") -> Iterator[tuple[str, Text]]:
    """Yield every bilingual text of a phenomenon, with where it stands."""
    if isinstance(part, Text):
        yield where, part
    elif isinstance(part, tuple):
        for number, item in enumerate(part):
            yield from _texts(item, f"{where}[{number}]")
    elif is_dataclass(part) and not isinstance(part, Source):
        for field in fields(part):
            yield from _texts(getattr(part, field.name), f"{where}.{field.name}")


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in re.split(r"(?<=[.;:?])\s+", text) if sentence]


def _disagreements(phenomenon: Phenomenon, catalogue: dict[str, Indicator]) -> list[str]:
    """Return what does not fit between the steps and what their indicators read.

    An indicator is about a focus area that the phenomenon touches, or context. Deeds and customs
    declarations are about different things, so no step is seen in both.
    """
    found = []
    for step in phenomenon.steps:
        seen_by = [catalogue[code] for code in step.indicators]
        found += [
            f"{step.name.en}: {one.code} is about {one.focus_area}, which the phenomenon leaves out"
            for one in seen_by
            if one.focus_area not in (*phenomenon.focus_areas, "context")
        ]
        read = {kind for one in seen_by for kind in one.numerator.reads}
        if {"property_transaction", "trade_declaration"} <= read:
            found.append(f"{step.name.en} is seen in deeds and in customs declarations")
    return found


def test_there_are_as_many_as_practice_names_and_each_focus_area_has_two() -> None:
    assert len(PHENOMENA) >= 12
    touched = Counter(area for one in PHENOMENA.values() for area in one.focus_areas)
    few = [area for area in get_args(FocusArea) if touched[area] < 2]
    assert not few, f"fewer than two phenomena touch {', '.join(few)}"


@pytest.mark.parametrize("code", CODES)
def test_a_phenomenon_is_complete_in_both_languages(code: str) -> None:
    texts = dict(_texts(PHENOMENA[code]))
    assert len(texts) >= 6 + 3 * LEAST_STEPS
    for where, text in texts.items():
        assert text.nl.strip(), f"{code}{where} has no Dutch text"
        assert text.en.strip(), f"{code}{where} has no English text"
        assert text.nl != text.en, f"{code}{where} is the same in both languages: {text.nl}"


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_accuses_names_a_characteristic_or_is_in_the_other_language(
    code: str, language: Language
) -> None:
    for where, text in _texts(PHENOMENA[code]):
        words = text.in_(language)
        assert accusing(words) == [], f"{code}{where}: say signal and attention"
        assert forbidden_terms(words) == [], f"{code}{where}: a characteristic of persons (P1)"
        assert foreign(words, language) == [], f"{code}{where}: words of the other language"


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sentence_can_be_read_at_once(code: str, language: Language) -> None:
    for where, text in _texts(PHENOMENA[code]):
        words = text.in_(language)
        assert words.endswith(".") != where.endswith("name"), (
            f"{code}{where}: a name has no full stop, and any other text ends with one"
        )
        long = [one for one in _sentences(words) if len(one.split()) > LONGEST_SENTENCE]
        assert not long, f"{code}{where}: {long[0]}"


@pytest.mark.parametrize("code", CODES)
def test_a_phenomenon_has_steps_that_several_partners_can_hinder(code: str) -> None:
    one = PHENOMENA[code]
    assert len(one.steps) >= LEAST_STEPS
    assert len({step.name.en for step in one.steps}) == len(one.steps), "two steps share a name"
    assert one.focus_areas
    for step in one.steps:
        assert step.misused, f"{code}, {step.name.en}: which legitimate service is misused?"
        assert step.barriers, f"{code}, {step.name.en}: who can raise a barrier?"
        assert len(set(step.barriers)) == len(step.barriers), f"{code}, {step.name.en}"
        assert len(set(step.indicators)) == len(step.indicators), f"{code}, {step.name.en}"
    holders = {barrier.holder for step in one.steps for barrier in step.barriers}
    assert len(holders) >= LEAST_HOLDERS, f"{code}: only {', '.join(sorted(holders))} can act"


@pytest.mark.parametrize("code", CODES)
def test_a_phenomenon_rests_on_public_sources(code: str) -> None:
    named = PHENOMENA[code].sources
    assert len(named) >= LEAST_SOURCES
    assert len(set(named)) == len(named)
    for source in named:
        assert source.title.strip()
        assert source.publisher.strip()
        assert source.year is None or 1990 <= source.year <= date.today().year  # noqa: DTZ011
        assert not source.address or re.fullmatch(r"https://[^\s/]+\.\w+(/\S*)?", source.address)


def test_a_source_is_named_in_one_way() -> None:
    named = {source for one in PHENOMENA.values() for source in one.sources}
    for key in ("title", "address"):
        values = Counter(value for source in named if (value := getattr(source, key)))
        assert not [value for value, times in values.items() if times > 1]


@pytest.mark.parametrize("code", CODES)
def test_steps_agree_with_what_their_indicators_read(code: str) -> None:
    assert _disagreements(PHENOMENA[code], CATALOGUE) == []


def test_steps_that_do_not_agree_are_found() -> None:
    one = PHENOMENA["property"]
    step = replace(one.steps[0], indicators=("VG01", "TB03"))
    found = _disagreements(replace(one, steps=(step,)), CATALOGUE)
    assert ["TB03 is about tbml" in found[0], "in deeds and in customs" in found[1]] == [True, True]


def test_a_blind_step_is_one_that_no_indicator_sees() -> None:
    for one in PHENOMENA.values():
        seen = [step for step in one.steps if step not in one.blind_steps]
        assert {code for step in seen for code in step.indicators} == set(one.indicators)
        assert all(step.indicators for step in seen)
        unseen = replace(one, steps=tuple(replace(step, indicators=()) for step in one.steps))
        assert unseen.blind_steps == unseen.steps
        assert unseen.indicators == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_accuses(language: Language) -> None:
    for words in (STAGES, SERVICES, HOLDERS, INSTRUMENTS):
        for text in words.values():
            assert accusing(text.in_(language)) == []
            assert foreign(text.in_(language), language) == []


def test_every_word_is_used() -> None:
    """A word that no step uses promises what is not there."""
    steps = [step for one in PHENOMENA.values() for step in one.steps]
    raised = [barrier for step in steps for barrier in step.barriers]
    assert {service for step in steps for service in step.misused} == set(SERVICES)
    assert {barrier.holder for barrier in raised} == set(HOLDERS)
    assert {barrier.instrument for barrier in raised} == set(INSTRUMENTS)
    assert {step.stage for step in steps} == set(STAGES)


def test_what_is_shared_is_shared() -> None:
    def users(shared: object) -> int:
        return sum(
            shared in one.sources or any(shared in step.barriers for step in one.steps)
            for one in PHENOMENA.values()
        )

    for module, kind in ((barriers, Barrier), (sources, Source)):
        for name, value in vars(module).items():
            if isinstance(value, kind):
                assert users(value) >= 2, f"{module.__name__}.{name}: put it where it is used"


def test_a_phenomenon_is_one_file_that_bears_its_code() -> None:
    names = [module.name for module in iter_modules(phenomena.__path__)]
    modules = [import_module(f"phenomena.{name}") for name in names]
    found = {
        module.__name__.removeprefix("phenomena."): module
        for module in modules
        if hasattr(module, "PHENOMENON")
    }
    assert {name: module.PHENOMENON.code for name, module in found.items()} == {
        code: code for code in PHENOMENA
    }
    for name, module in found.items():
        lines = Path(str(module.__file__)).read_text(encoding="utf-8").splitlines()
        assert len(lines) <= LONGEST_FILE, f"{name} has {len(lines)} lines"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose files the catalogue of phenomena finds too."""
    monkeypatch.setattr(phenomena, "__path__", [*phenomena.__path__, str(tmp_path)])
    return tmp_path


def test_one_new_file_is_one_new_phenomenon(folder: Path) -> None:
    (folder / "new_one.py").write_text(
        "from dataclasses import replace\n"
        "from phenomena.trade import PHENOMENON as TRADE\n"
        "PHENOMENON = replace(TRADE, code='new_one')\n",
        encoding="utf-8",
    )
    found = phenomena._discover()
    assert set(found) == {*PHENOMENA, "new_one"}
    assert found["new_one"].steps == PHENOMENA["trade"].steps


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("bad_type", "PHENOMENON = 'gold'\n", "PHENOMENON in phenomena/bad_type.py is a str"),
        ("bad_twin", "from phenomena.gold import PHENOMENON\n", "Two files define phenomenon gold"),
    ],
)
def test_a_file_that_is_no_phenomenon_is_refused(
    folder: Path, name: str, text: str, said: str
) -> None:
    (folder / f"{name}.py").write_text(text, encoding="utf-8")
    with pytest.raises(WeerbeeldError, match=said):
        phenomena._discover()


GOLD = PHENOMENA["gold"]
STEP = GOLD.steps[0]
BARRIER = STEP.barriers[0]

BAD: dict[str, tuple[Step, str]] = {
    "indicator": (
        replace(STEP, indicators=("BD04", "XX99")),
        "XX99, which is no indicator.*take it out",
    ),
    "stage": (
        replace(STEP, stage="middle"),  # type: ignore[arg-type]
        "'middle', which is no stage. Choose one of: front",
    ),
    "service": (replace(STEP, misused=("magic",)), "'magic', which is no service. .*words.py"),
    "holder": (
        replace(STEP, barriers=(replace(BARRIER, holder="nobody"),)),
        "'nobody', which is no holder of a barrier",
    ),
    "instrument": (
        replace(STEP, barriers=(replace(BARRIER, instrument="wand"),)),
        "'wand', which is no instrument",
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_a_step_that_names_what_is_not_there_is_refused(what: str) -> None:
    bad, said = BAD[what]
    with pytest.raises(WeerbeeldError, match=f"Phenomenon gold, step 'A shop that.*{said}"):
        checked(replace(GOLD, steps=(bad, *GOLD.steps[1:])))


def test_an_unknown_focus_area_and_steps_out_of_order_are_refused() -> None:
    with pytest.raises(WeerbeeldError, match="gold names 'sports', which is no focus area"):
        checked(replace(GOLD, focus_areas=("sports",)))  # type: ignore[arg-type]
    with pytest.raises(WeerbeeldError, match="Put them in the order front, location, staff"):
        checked(replace(GOLD, steps=GOLD.steps[::-1]))


def test_an_unknown_code_names_the_known_ones() -> None:
    assert phenomenon_named("GOLD") is GOLD
    with pytest.raises(WeerbeeldError, match=r"'silver' is not a phenomenon.*underground_banking"):
        phenomenon_named("silver")
