"""The words of this study: columns, levels and the ids by which its published cells name them."""

from __future__ import annotations

from dataclasses import dataclass

ARMS = ("RE + sorafenib", "Sorafenib")
ARM_IDS = ("re-sorafenib", "sorafenib")
RESPONSES = ("CR", "PR", "SD", "PD")
CR, PR, SD, PD = range(4)
SITES = ("", "liver", "extrahepatic", "both")
NO_PROGRESSION, LIVER, EXTRAHEPATIC, BOTH = range(4)
NO, YES, MISSING = 0, 1, 2

COLUMNS = (
    "patient",
    "arm",
    "sex",
    "age_years",
    "age_65_or_more",
    "race_white",
    "ecog",
    "cirrhosis",
    "hepatitis_b",
    "hepatitis_c",
    "alcohol",
    "previous_tace",
    "diffuse_disease",
    "target_lesion_mm",
    "portal_vein_infiltration",
    "extrahepatic_spread",
    "child_pugh",
    "bclc",
    "outside_up_to_7",
    "albi_grade",
    "afp_over_400",
    "follow_up_images",
    "first_image_months",
    "best_response",
    "objective_response",
    "disease_control",
    "time_to_response_months",
    "dpr_percent",
    "time_of_dpr_months",
    "ets",
    "progression",
    "first_progression_site",
    "os_days",
    "os_event",
    "pfs_days",
    "pfs_event",
    "ttp_days",
    "ttp_event",
    "hepatic_pfs_days",
    "hepatic_pfs_event",
    "pps_days",
    "pps_event",
)


@dataclass(frozen=True)
class Label:
    """A characteristic with two levels.

    Attributes
    ----------
    column : str
        In ``patients.csv``.
    cell : str
        The counted level, as published cells name it.
    no, yes : str
        Both levels as ``patients.csv`` has them; `yes` is the counted one.
    missing : str
        The published cell that counts patients without a value; empty if there are none.
    """

    column: str
    cell: str
    no: str = "no"
    yes: str = "yes"
    missing: str = ""


CHILD_PUGH = Label("child_pugh", "child-pugh=b", "A", "B")
PVI = Label("portal_vein_infiltration", "pvi=yes")
SPREAD = Label("extrahepatic_spread", "extrahepatic-spread=yes")
ECOG = Label("ecog", "ecog=1", "0", "1", "ecog=missing")
BCLC = Label("bclc", "bclc=c", "A/B", "C")
CIRRHOSIS = Label("cirrhosis", "cirrhosis=yes")
UP_TO_7 = Label("outside_up_to_7", "outside-up-to-7=yes")
DIFFUSE = Label("diffuse_disease", "diffuse=yes")
ALBI = Label("albi_grade", "albi-grade=2", "1", "2", "albi-grade=missing")
AGE_65 = Label("age_65_or_more", "age-65=yes")
RACE = Label("race_white", "white=yes")
# Those whose print is one hazard ratio and nothing that ties them to another characteristic.
PLAIN = (
    Label("sex", "sex=male", "female", "male"),
    AGE_65,
    Label("hepatitis_b", "hepatitis-b=yes"),
    Label("hepatitis_c", "hepatitis-c=yes"),
    Label("alcohol", "alcohol=yes"),
    Label("previous_tace", "previous-tace=yes"),
    Label("afp_over_400", "afp=yes"),
)
