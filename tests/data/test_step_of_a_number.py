"""A number that enters a regression by its logarithm is above 0 in every row."""

from __future__ import annotations

import pytest

from data.checking.problems import StudyError
from tests.shipped import load_catalog
from tests.studies.claims import PATIENTS, read_claims

LOG = {'label = "Delta"\n': 'label = "Delta"\nlog = true\n'}
POSITIVE = PATIENTS.replace(",-", ",").replace("5-FU,0,", "5-FU,16,")


def test_each_row_without_a_logarithm_is_named(tmp_path):
    changed = POSITIVE.replace("P3,Sorafenib + 5-FU,4,", "P3,Sorafenib + 5-FU,0,")
    changed = changed.replace("P8,Gemcitabin,5,", "P8,Gemcitabin,-5,")
    with pytest.raises(StudyError) as failed:
        read_claims(tmp_path, LOG, patients=(PATIENTS, changed))
    fix = "Write a number above 0, or remove log = true in study.toml."
    assert [one.sentence for one in failed.value.problems] == [
        f"patients.csv, column “delta”, row 4: “0” has no logarithm. {fix}",
        f"patients.csv, column “delta”, row 9: “-5” has no logarithm. {fix}",
    ]


def test_positive_numbers_and_empty_cells_have_one_or_need_none(tmp_path):
    changed = POSITIVE.replace("P3,Sorafenib + 5-FU,4,", "P3,Sorafenib + 5-FU,,")
    assert read_claims(tmp_path, LOG, patients=(PATIENTS, changed)).variable("delta").log


def test_without_a_logarithm_any_number_will_do(tmp_path):
    delta = read_claims(tmp_path).variable("delta")
    assert (delta.per, delta.log) == (None, False)


@pytest.mark.parametrize("study", load_catalog().studies, ids=lambda study: study.id)
def test_shipped_numbers_known_before_treatment_say_their_step(study):
    numbers = [one for one in study.variables if one.is_number and not one.after_baseline]
    assert numbers
    assert all(one.per or one.log for one in numbers)
    age = study.variable("age-years")
    assert age.per == 10
