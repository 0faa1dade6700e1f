"""A plug of the wrong type is refused with the file to mend and the file to read."""

import re

import pytest

from bilingual import Text
from errors import WeerbeeldError
from opendata import sources
from plugs import plugs


def test_a_plug_of_another_type_is_named_with_its_file_and_its_contract() -> None:
    words = (
        "SOURCE in opendata/sources/cbs_bankruptcies.py is a Bankruptcies. Make it a Text: "
        "bilingual.py says what that is."
    )
    with pytest.raises(WeerbeeldError, match=re.escape(words)):
        plugs(sources.__name__, sources.__path__, "SOURCE", Text)
