"""Steps of numbers: in words, as arrays, and with decimals enough for what is near 1."""

from math import inf, isnan, nan

import pytest

from layouts.shared.steps import Step, entering, ratio_decimals
from tests.cases import cases
from tests.studies.claims import PATIENTS, read_claims, said_of


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (Step(10, unit="years"), "per 10 years"),
        (Step(0.5), "per 0.5"),
        (Step(1000000, unit="kIU"), "per 1,000,000 kIU"),
        (Step(1, log=True, unit="ng/ml"), "per doubling"),
    ],
)
def test_words(step, words):
    assert step.words == words


def test_values():
    assert Step(10).of([5, 20]).tolist() == [0.5, 2]
    doubled = Step(1, log=True).of([1, 8, nan])
    assert doubled[:2].tolist() == [0, 3]
    assert isnan(doubled[2])


@pytest.mark.parametrize(
    ("estimate", "decimals"),
    [
        ((1.02, 1.01, 1.03), 2),
        ((1.0004, 1.0002, 1.0006), 4),
        ((0.999992, 0.999990, 0.999994), 5),
        ((1.001, 0.999, 1.20), 2),
        ((1.0, 1.0, 1.0), 2),
        ((1.0, 0.0, inf), 2),
    ],
)
def test_decimals(estimate, decimals):
    assert ratio_decimals(*estimate) == decimals


def test_what_enters_by_its_logarithm_is_named():
    study = cases().study("steps")
    assert entering(study, [study.variable("age")]) == "numbers enter linearly"
    afp = study.variable("afp")
    assert entering(study, [afp]).endswith(", AFP by its logarithm")
    assert entering(study, [afp, afp]).endswith(", AFP and AFP by their logarithms")


def test_an_adjusted_comparison_says_so_too(tmp_path):
    positive = PATIENTS.replace(",-", ",").replace("5-FU,0,", "5-FU,16,")
    log = {'label = "Delta"\n': 'label = "Delta"\nlog = true\n'}
    study = read_claims(tmp_path, log, patients=(PATIENTS, positive))
    said = " ".join(said_of(study, "arms", "study=klinik&show=balance&adjust=delta"))
    assert "numbers enter linearly, Delta by its logarithm" in said
