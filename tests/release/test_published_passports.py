"""The build publishes the passport of every indicator without its queries."""

import json

import pytest

from indicators import CATALOGUE
from release.contents import passport


@pytest.mark.parametrize("code", CATALOGUE)
def test_a_passport_holds_no_query(code: str) -> None:
    indicator = CATALOGUE[code]
    published = json.dumps(passport(indicator))
    forms = [form for form in (indicator, indicator.fallback_form) if form is not None]
    for count in [count for form in forms for count in (form.numerator, form.denominator)]:
        assert json.dumps(count.sql) not in published


@pytest.mark.parametrize("code", CATALOGUE)
def test_a_passport_has_every_text_in_both_languages(code: str) -> None:
    texts = [value for value in passport(CATALOGUE[code]).values() if isinstance(value, dict)]
    assert texts
    assert all(set(text) == {"nl", "en"} for text in texts)
