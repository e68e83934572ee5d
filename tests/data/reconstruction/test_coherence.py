"""Every patient of every reconstruction could be a patient."""

from __future__ import annotations

from itertools import pairwise

import pytest

from data.reconstruction.soramic.files import read_patients, read_reconstructions
from data.reconstruction.soramic.targets import STUDY
from data.reconstruction.soramic.words import COLUMNS
from tests.data.reconstruction.coherence import faults_of

COHORTS = read_reconstructions(STUDY)
ROW = {
    "patient": "S001",
    "arm": "Sorafenib",
    "sex": "male",
    "age_years": "66",
    "age_65_or_more": "yes",
    "race_white": "yes",
    "ecog": "0",
    "cirrhosis": "yes",
    "hepatitis_b": "no",
    "hepatitis_c": "no",
    "alcohol": "yes",
    "previous_tace": "no",
    "diffuse_disease": "no",
    "target_lesion_mm": "50",
    "portal_vein_infiltration": "no",
    "extrahepatic_spread": "no",
    "child_pugh": "A",
    "bclc": "A/B",
    "outside_up_to_7": "no",
    "albi_grade": "1",
    "afp_over_400": "no",
    "follow_up_images": "4",
    "first_image_months": "2.0",
    "best_response": "PR",
    "objective_response": "yes",
    "disease_control": "yes",
    "time_to_response_months": "4.0",
    "dpr_percent": "45.0",
    "time_of_dpr_months": "6.0",
    "ets": "yes",
    "progression": "1",
    "first_progression_site": "extrahepatic",
    "os_days": "900",
    "os_event": "1",
    "pfs_days": "304",
    "pfs_event": "1",
    "ttp_days": "304",
    "ttp_event": "1",
    "hepatic_pfs_days": "400",
    "hepatic_pfs_event": "1",
    "pps_days": "596",
    "pps_event": "1",
}
UNPROGRESSED = ROW | {
    "progression": "0",
    "first_progression_site": "",
    "os_days": "400",
    "pfs_days": "400",
    "ttp_days": "304",
    "ttp_event": "0",
    "hepatic_pfs_days": "400",
    "pps_days": "",
    "pps_event": "",
}
WORST = ROW | {
    "best_response": "PD",
    "objective_response": "no",
    "disease_control": "no",
    "ets": "no",
    "time_to_response_months": "",
    "dpr_percent": "",
    "time_of_dpr_months": "",
    "first_image_months": "3.0",
    "pfs_days": "91",
    "ttp_days": "91",
    "pps_days": "809",
}


@pytest.mark.parametrize("row", [ROW, UNPROGRESSED, WORST], ids=["progressed", "not", "worst"])
def test_a_sound_patient_has_no_fault(row):
    assert list(row) == list(COLUMNS)
    assert faults_of(row) == []


@pytest.mark.parametrize(
    ("row", "change", "fault"),
    [
        (ROW, {"os_days": "303", "pps_days": "-1"}, "the endpoints are out of order"),
        (ROW, {"pfs_event": "0"}, "PFS is an event without"),
        (ROW, {"ttp_event": "0"}, "TTP and progression disagree"),
        (ROW, {"pps_days": "595"}, "PPS is not the rest of OS"),
        (ROW, {"pps_event": "0"}, "PPS is not the rest of OS"),
        (ROW, {"first_progression_site": "liver"}, "hepatic PFS is not PFS"),
        (ROW, {"first_progression_site": ""}, "progression without a site"),
        (ROW, {"hepatic_pfs_days": "200"}, "the endpoints are out of order"),
        (ROW, {"hepatic_pfs_event": "0"}, "hepatic PFS has the wrong event"),
        (
            UNPROGRESSED,
            {"os_days": "500", "pfs_days": "500", "hepatic_pfs_days": "500"},
            "the last image is too early",
        ),
        (
            UNPROGRESSED,
            {"os_event": "0", "pfs_event": "0", "hepatic_pfs_event": "0"},
            "PFS ends neither",
        ),
        (UNPROGRESSED, {"pps_days": "3"}, "PPS without progression"),
        (ROW, {"best_response": "SD"}, "objective response disagrees"),
        (ROW, {"best_response": "CR"}, "the depth does not fit"),
        (ROW, {"dpr_percent": "29.9"}, "the depth does not fit"),
        (ROW, {"time_of_dpr_months": "3.9"}, "out of order"),
        (ROW, {"time_of_dpr_months": "10.0"}, "the deepest response falls on the progression"),
        (ROW, {"time_to_response_months": ""}, "time or depth of a response"),
        (ROW, {"first_image_months": "0.7"}, "the images are out of bounds"),
        (
            ROW,
            {
                "pfs_days": "70",
                "ttp_days": "70",
                "pps_days": "830",
                "first_image_months": "2.0",
                "time_to_response_months": "2.0",
                "time_of_dpr_months": "2.1",
            },
            "out of order",
        ),
        (WORST, {"first_image_months": "2.0"}, "not at the first image"),
        (ROW, {"time_to_response_months": "2.0", "ets": "no"}, "early shrinkage"),
        (WORST, {"ets": "yes"}, "early shrinkage"),
        (ROW, {"bclc": "C"}, "BCLC does not follow"),
        (ROW, {"ecog": "1"}, "BCLC does not follow"),
        (ROW, {"age_years": "64"}, "wrong side of 65"),
        (ROW, {"diffuse_disease": "yes"}, "diffuse disease inside"),
        (ROW, {"target_lesion_mm": "61"}, "a lesion of more than 60 mm"),
        (ROW, {"child_pugh": "B"}, "Child–Pugh B with ALBI 1"),
        (ROW, {"follow_up_images": "3"}, "too few images"),
    ],
)
def test_each_fault_is_found(row, change, fault):
    assert any(fault in found for found in faults_of(row | change))


@pytest.mark.parametrize("number", range(1, len(COHORTS) + 1))
def test_every_patient_of_a_reconstruction_is_sound(number):
    rows = COHORTS[number - 1]
    assert {row["patient"]: faults_of(row) for row in rows if faults_of(row)} == {}
    assert [row["patient"] for row in rows] == [f"S{place:03d}" for place in range(1, 178)]


def test_the_arms_are_mixed():
    for rows in COHORTS:
        arms = [row["arm"] for row in rows]
        changes = sum(one != other for one, other in pairwise(arms))
        # 73 and 104 patients in random order change arm 85.8 times of 176 on average.
        assert 60 < changes < 112


def test_the_shipped_patients_are_the_first_reconstruction():
    assert read_patients(STUDY) == COHORTS[0]
