"""The options of the Evidence page in a link."""

from __future__ import annotations

import pytest

from callbacks.pages import OPTION_NAMES
from data.address import default_view, read_address
from layouts.evidence.options import NAMES, EvidenceOptions, read_options
from layouts.evidence.page import control_values


@pytest.mark.parametrize(
    "option",
    ["view=who", "table=table-9", "statistic=mode", "verdict=wrong", "order=random", "show=many"],
)
def test_an_unknown_option_is_noted_and_dropped(all_studies, option):
    reading = read_address("/evidence", f"?study=soramic&{option}", all_studies, OPTION_NAMES)
    options, notes = read_options(reading.study, reading.view)
    assert options == EvidenceOptions()
    (note,) = notes
    assert f"“{option.partition('=')[0]}” can be " in note


def test_controls_are_options_of_the_page(all_studies):
    for study in all_studies.studies:
        assert set(control_values(study, default_view(study, "evidence"))) <= NAMES
