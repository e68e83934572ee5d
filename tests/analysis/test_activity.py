"""The three rules of prescribing activity, worked by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.activity import (
    DOSE_FACTOR,
    GLASS_DOSE_FACTOR,
    body_surface,
    glass_activity,
    partition_activity,
    resin_activity,
)

positive = st.floats(0.01, 500, allow_nan=False)
fraction = st.floats(0, 0.9, allow_nan=False)


def test_glass_by_hand():
    # 120 Gy in 1.5 kg without a shunt: 180 / 50 = 3.6 GBq. With 10 %: 180 / 45 = 4 GBq, of which
    # 0.4 GBq give the lungs of 1 kg 20 Gy, those of 0.8 kg 25 Gy.
    assert glass_activity(120, 1.5, 0).activity == pytest.approx(3.6)
    found = glass_activity(120, 1.5, 0.1)
    assert found.activity == pytest.approx(4.0)
    assert (found.lung_activity, found.lung_dose) == pytest.approx((0.4, 20))
    assert glass_activity(120, 1.5, 0.1, 0.8).lung_dose == pytest.approx(25)


def test_the_factor_is_the_energy_of_yttrium():
    """0.9367 MeV a decay over a mean life of 64.1 h / ln 2."""
    joules = 0.9367 * 1.602177e-13
    decays = 1e9 * 64.1 * 3600 / math.log(2)
    assert joules * decays == pytest.approx(GLASS_DOSE_FACTOR, rel=0.002)
    assert joules * decays == pytest.approx(DOSE_FACTOR, rel=0.01)


@pytest.mark.parametrize(
    ("height", "weight", "surface"), [(1.70, 70, 1.81), (1.80, 80, 2.00), (1.60, 50, 1.50)]
)
def test_body_surface_of_common_people(height, weight, surface):
    """As Du Bois' chart gives it."""
    assert body_surface(height, weight) == pytest.approx(surface, abs=0.005)


def test_body_surface_is_du_bois_in_centimetres():
    assert body_surface(1.75, 75) == pytest.approx(0.007184 * 175**0.725 * 75**0.425, rel=1e-3)


@pytest.mark.parametrize(
    ("shunt", "share"),
    [(0, 1), (0.0999, 1), (0.10, 0.8), (0.149, 0.8), (0.15, 0.6), (0.20, 0.6), (0.201, 0)],
)
def test_resin_is_reduced_by_the_shunt(shunt, share):
    found = resin_activity(1.75, 75, 0.3, 1, shunt)
    # Body surface 1.90 less 0.2 and plus 0.3.
    assert found.calculated == pytest.approx(body_surface(1.75, 75) + 0.1)
    assert found.share == share
    assert found.activity == pytest.approx(share * found.calculated)


def test_resin_in_a_part_of_the_liver_by_hand():
    # 1.70 m and 70 kg: 1.81 m². The whole liver with 30 % tumour: 1.81 - 0.2 + 0.3 = 1.91 GBq; a
    # right lobe of 60 % of it: 1.146 GBq, and with 12 % of shunt four fifths of that: 0.917 GBq.
    assert resin_activity(1.70, 70, 0.30, 1, 0).activity == pytest.approx(1.91, abs=0.005)
    found = resin_activity(1.70, 70, 0.30, 0.60, 0.12)
    assert found.calculated == pytest.approx(1.146, abs=0.003)
    assert found.activity == pytest.approx(0.917, abs=0.003)


def test_two_lobes_get_what_the_whole_liver_gets():
    whole = resin_activity(1.80, 90, 0.25, 1, 0).activity
    lobes = [resin_activity(1.80, 90, 0.25, part, 0).activity for part in (0.65, 0.35)]
    assert sum(lobes) == pytest.approx(whole)


def test_partition_by_hand():
    # 40 Gy to 1.2 kg of liver and, at a ratio of 5, 200 Gy to 0.4 kg of tumour: 48 + 80 Gy kg.
    found = partition_activity(40, 0.4, 1.2, 5, 0)
    assert found.activity == pytest.approx(128 / 49.67)
    assert (found.tumour_dose, found.liver_dose, found.lung_dose) == (200, 40, 0)
    # A fifth to the lungs: 1.25 times the activity, and 128 / 4 = 32 Gy kg in lungs of 1 kg.
    shunted = partition_activity(40, 0.4, 1.2, 5, 0.2)
    assert shunted.activity == pytest.approx(1.25 * 128 / 49.67)
    assert shunted.lung_dose == pytest.approx(32)


@given(positive, positive, positive, positive, fraction, positive)
def test_the_partition_accounts_for_all_energy(dose, tumour, liver, ratio, shunt, lungs):
    found = partition_activity(dose, tumour, liver, ratio, shunt, lungs)
    energy = found.tumour_dose * tumour + found.liver_dose * liver + found.lung_dose * lungs
    assert energy == pytest.approx(DOSE_FACTOR * found.activity, rel=1e-9)


@given(positive, positive, fraction)
def test_without_tumour_contrast_partition_and_glass_agree(dose, mass, shunt):
    glass = glass_activity(dose, mass, shunt).activity * GLASS_DOSE_FACTOR
    parts = partition_activity(dose, mass / 4, 3 * mass / 4, 1, shunt).activity * DOSE_FACTOR
    assert glass == pytest.approx(parts, rel=1e-9)


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: glass_activity(0, 1, 0), "dose must be above 0"),
        (lambda: glass_activity(1, math.nan, 0), "mass must be above 0"),
        (lambda: glass_activity(1, 1, 1), "shunt must lie between 0 and below 1"),
        (lambda: resin_activity(1.7, 70, 1.1, 1, 0), "involvement must lie between 0 and 1"),
        (lambda: resin_activity(0.1, 1, 0, 1, 0), "too small"),
        (lambda: resin_activity(1.7, -70, 0, 1, 0), "weight must be above 0"),
        (lambda: resin_activity(1.7, 70, 0, 0, 0), "treated must lie above 0"),
        (lambda: resin_activity(1.7, 70, 0, 1.1, 0), "treated must lie above 0"),
        (lambda: partition_activity(40, 0.4, 1.2, 0, 0), "ratio must be above 0"),
        (lambda: partition_activity(40, 0.4, 1.2, 2, -0.1), "shunt must lie"),
    ],
)
def test_what_cannot_be_used_is_refused(ask, said):
    with pytest.raises(ValueError, match=said):
        ask()
