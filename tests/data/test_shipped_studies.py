"""The shipped studies: complete, and with the counts that the papers print."""

import csv

import pytest

from data.catalog import SHIPPED
from data.checking.slug import SLUG
from data.cohort import level_counts, level_numbers, set_mask


@pytest.fixture(scope="module")
def nct(catalog):
    return catalog.study("nct01900002")


@pytest.fixture(scope="module")
def soramic(catalog):
    return catalog.study("soramic")


def counts(study, variable_id, mask) -> dict[str, int]:
    variable = study.variable(variable_id)
    numbers = level_numbers(study.codes[variable_id], len(variable.levels) + 1, mask)
    found = level_counts(study, variable, numbers, numbers)
    return {count.label: count.now for count in found}


def events(study, endpoint_id, mask) -> int:
    return int(study.outcomes[endpoint_id].event[mask].sum())


# ---- Both studies


@pytest.mark.parametrize("study_id", ["nct01900002", "soramic"])
def test_no_column_is_lost(catalog, study_id):
    study = catalog.study(study_id)
    with (SHIPPED / study_id / "patients.csv").open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    declared = ["patient", *(variable.column for variable in study.variables)]
    for endpoint in study.endpoints:
        declared += endpoint.columns
    assert sorted(declared) == sorted(header)


def test_ids_are_unique_slugs(catalog):
    for study in catalog.studies:
        lists = [[variable.id for variable in study.variables]]
        lists += [[level.id for level in variable.levels] for variable in study.variables]
        lists += [[endpoint.id for endpoint in study.endpoints]]
        lists += [[one.id for one in study.analysis_sets]]
        for ids in lists:
            assert len(set(ids)) == len(ids)
            assert all(SLUG.fullmatch(one) for one in ids)


def test_labels_of_variables_are_unique(catalog):
    for study in catalog.studies:
        labels = [variable.label for variable in study.variables]
        assert len(set(labels)) == len(labels)


def test_both_are_reconstructed_and_say_how(catalog):
    for study in catalog.studies:
        assert study.reconstructed
        assert "no row is a trial patient" in study.provenance_note
        method = (SHIPPED / study.id / "METHOD.md").read_text("utf-8")
        assert "no row is a trial patient" in method.lower()


def test_no_patient_has_an_event_after_death(catalog):
    for study in catalog.studies:
        death = study.outcomes["os"].time
        for endpoint in study.endpoints:
            if not endpoint.later_origin:
                assert (study.outcomes[endpoint.id].time <= death).all(), endpoint.id


def test_death_competes_where_it_is_no_event(catalog):
    competing = {
        (study.id, endpoint.id)
        for study in catalog.studies
        for endpoint in study.endpoints
        if endpoint.competing
    }
    assert competing == {("nct01900002", "ttrp"), ("soramic", "ttp")}


# ---- NCT01900002


def test_nct_sizes_and_events(nct):
    assert nct.default_set.id == "treated"
    treated, enrolled = set_mask(nct, "treated"), set_mask(nct, "enrolled")
    assert (treated.sum(), enrolled.sum()) == (34, 38)
    assert [events(nct, name, treated) for name in ("pfs", "os", "ttrp")] == [33, 32, 22]
    assert [endpoint.id for endpoint in nct.endpoints] == ["pfs", "os", "ttrp"]
    assert nct.analysis_set("treated").published
    assert not nct.analysis_set("enrolled").published


NCT_TABLE_1 = {
    "Sex": {"Female": 9, "Male": 25},
    "Ethnicity": {"African American": 1, "Asian": 4, "Caucasian": 16, "Hispanic": 5, "Missing": 8},
    "Hepatitis": {
        "Hepatitis B only": 3,
        "Hepatitis B and C coinfection": 4,
        "Hepatitis C only": 7,
        "No virus infection": 20,
    },
    "Smoking": {"No": 20, "Yes": 12, "Missing": 2},
    "Alcohol abuse": {"No": 15, "Yes": 18, "Missing": 1},
    "Family history of HCC": {"No": 31, "Yes": 1, "Missing": 2},
    "Evidence of cirrhosis": {"No": 12, "Yes": 22},
    "Metabolic syndrome": {"No": 14, "Yes": 20},
    "ECOG": {"0": 14, "1": 20},
    "Portal vein invasion": {"No": 26, "Yes": 8},
    "Number of nodules": {"1": 6, "2–3": 8, ">3": 20},
    "Tumor volume": {"≤50%": 27, ">50%": 7},
    "Metastasis": {"None": 30, "Present": 4},
    "Lymph-node disease": {"None": 27, "Present": 7},
    "Ascites": {"None": 30, "Slight": 4},
    "Encephalopathy": {"None": 33, "Grade 1–2": 1},
    "Child–Pugh": {"A": 33, "B": 1},
    "TNM": {
        "Stage I": 4,
        "Stage II": 4,
        "Stage IIIA": 11,
        "Stage IIIB": 5,
        "Stage IVA": 6,
        "Stage IVB": 4,
    },
    "CLIP": {"Stage 0–2": 28, "Stage 3": 5, "Stage 4–6": 1},
    "Okuda": {"Stage I": 23, "Stage II": 11, "Stage III": 0},
    "AFP, CLIP": {"<400": 27, "≥400": 7},
    # From Table 4, the only one with BCLC.
    "BCLC": {"Stage B": 9, "Stage C": 25},
}


@pytest.mark.parametrize("label", list(NCT_TABLE_1))
def test_nct_counts_as_printed(nct, label):
    (variable,) = [v for v in nct.variables if v.label == label]
    assert counts(nct, variable.id, set_mask(nct, "treated")) == NCT_TABLE_1[label]


# Rows of Tables 4 to 6.
NCT_TABLES_4_TO_6 = {
    "Sex": ["Female", "Male"],
    "Pathology": ["Missing", "Poor", "Good/moderate"],
    "Child–Pugh": ["A", "B"],
    "CLIP": ["Stage 0–2", "Stage 3", "Stage 4–6"],
    "Okuda": ["Stage I", "Stage II"],
    "AFP, CLIP": ["<400", "≥400"],
    "TNM": ["Stage I", "Stage II", "Stage IIIA", "Stage IIIB", "Stage IVA", "Stage IVB"],
    "Hepatitis": [
        "Hepatitis B only",
        "Hepatitis B and C coinfection",
        "Hepatitis C only",
        "No virus infection",
    ],
    "Smoking": ["Missing", "No", "Yes"],
    "Alcohol abuse": ["Missing", "No", "Yes"],
    "History of cancer": ["No", "Yes"],
    "Family history of HCC": ["Missing", "No", "Yes"],
    "Hypertension": ["No", "Yes"],
    "Nonalcoholic fatty-liver disease": ["No", "Yes"],
    "Steatosis": ["No", "Yes"],
    "Evidence of cirrhosis": ["No", "Yes"],
    "Metabolic syndrome": ["No", "Yes"],
    "Portal vein invasion": ["No", "Yes"],
    "Number of nodules": ["1", "2–3", ">3"],
    "Tumor nodularity": ["Multinodular", "Uninodular"],
    "Tumor volume": ["≤50%", ">50%"],
    "Tumor morphology": [
        "Massive/extension ≥50%",
        "Multinodular and ≤50%",
        "Uninodular and ≤50%",
    ],
    "Metastasis": ["None", "Present"],
    "Prior treatment": [
        "Local therapy (chemo/radioembolization)",
        "No therapy",
        "Surgery or transplant",
    ],
    "ECOG": ["0", "1"],
    "Vascular invasion": ["No", "Yes"],
}


def test_nct_has_every_row_of_the_subgroup_tables(nct):
    for endpoint_id, only in (("pfs", {"BCLC": ["Stage B", "Stage C"]}), ("os", {}), ("ttrp", {})):
        # A level that no patient has stands in Table 1 only.
        published = {
            variable.label: sorted(
                level.label
                for i, level in enumerate(variable.levels)
                if (nct.codes[variable.id] == i).any()
            )
            for variable in nct.variables
            if endpoint_id in variable.published
        }
        printed = NCT_TABLES_4_TO_6 | only
        assert published == {label: sorted(levels) for label, levels in printed.items()}


def test_nct_none_and_missing_are_levels_and_no_cell_is_lost(nct):
    for variable_id, level_id in (
        ("metastasis", "none"),
        ("ascites", "none"),
        ("encephalopathy", "none"),
        ("pathology", "missing"),
        ("smoking", "missing"),
        ("ethnicity", "missing"),
    ):
        assert level_id in [level.id for level in nct.variable(variable_id).levels]
        assert not nct.has_missing(nct.variable(variable_id))


def test_nct_has_its_further_tables(nct):
    assert set(nct.tables) == {"adverse-events", "lesions"}
    assert set(nct.tables["adverse-events"]["grade"]) <= {"1-2", "3", "4"}


# ---- SORAMIC


def test_soramic_sizes_and_endpoints(soramic):
    assert soramic.n == 177
    assert counts(soramic, "arm", set_mask(soramic, "analysed")) == {
        "RE + sorafenib": 73,
        "Sorafenib": 104,
    }
    assert [endpoint.id for endpoint in soramic.endpoints] == [
        "pfs",
        "os",
        "ttp",
        "hepatic-pfs",
        "pps",
    ]
    assert soramic.default_split == "arm"


# Table 1 and 2: counts in RE + sorafenib and in sorafenib. Diffuse disease is printed as 83
# overall, which its arms contradict; the arms count.
SORAMIC_BY_ARM = {
    "sex": {"Male": (65, 90), "Female": (8, 14)},
    "age-65": {"Yes": (39, 50), "No": (34, 54)},
    "white": {"Yes": (67, 92), "No": (6, 12)},
    "ecog": {"0": (52, 82), "1": (18, 22), "Missing": (3, 0)},
    "cirrhosis": {"Yes": (60, 93), "No": (13, 11)},
    "hepatitis-b": {"Yes": (4, 10), "No": (69, 94)},
    "hepatitis-c": {"Yes": (18, 30), "No": (55, 74)},
    "alcohol": {"Yes": (36, 47), "No": (37, 57)},
    "previous-tace": {"Yes": (20, 25), "No": (53, 79)},
    "diffuse": {"Yes": (39, 54), "No": (34, 50)},
    "pvi": {"Yes": (30, 55), "No": (43, 49)},
    "extrahepatic-spread": {"Yes": (11, 6), "No": (62, 98)},
    "child-pugh": {"A": (70, 95), "B": (3, 9)},
    "bclc": {"A or B": (22, 29), "C": (51, 75)},
    "outside-up-to-7": {"Yes": (60, 88), "No": (13, 16)},
    "albi-grade": {"1": (45, 46), "2": (25, 57), "Missing": (3, 1)},
    "afp": {"Yes": (23, 32), "No": (50, 72)},
    "best-response": {"CR": (10, 4), "PR": (35, 27), "SD": (16, 44), "PD": (12, 29)},
    "objective-response": {"Yes": (45, 31), "No": (28, 73)},
    "disease-control": {"Yes": (61, 75), "No": (12, 29)},
    "ets": {"Yes": (44, 29), "No": (29, 75)},
    "progression": {"Yes": (38, 78), "No": (35, 26)},
    "first-progression-site": {
        "Liver": (25, 66),
        "Extrahepatic": (6, 7),
        "Both": (7, 5),
        "Missing": (35, 26),
    },
}


@pytest.mark.parametrize("variable_id", list(SORAMIC_BY_ARM))
def test_soramic_counts_by_arm_as_printed(soramic, variable_id):
    arms = [soramic.codes["arm"] == arm for arm in (0, 1)]
    first, second = (counts(soramic, variable_id, arm) for arm in arms)
    found = {label: (first[label], second[label]) for label in first}
    assert found == SORAMIC_BY_ARM[variable_id]


def test_soramic_events(soramic):
    analysed = set_mask(soramic, "analysed")
    arms = [soramic.codes["arm"] == arm for arm in (0, 1)]
    assert [events(soramic, "ttp", arm) for arm in arms] == [38, 78]
    # Not printed: the number of events that the printed standard errors need.
    assert events(soramic, "pfs", analysed) == 160
    assert events(soramic, "os", analysed) == 150


def test_soramic_post_progression_survival_is_known_for_those_who_progressed(soramic):
    known = soramic.outcomes["pps"].known
    assert known.sum() == 116
    progressed = soramic.codes["progression"] == 1
    assert (known == progressed).all()
    for endpoint_id in ("pfs", "os", "ttp", "hepatic-pfs"):
        assert soramic.outcomes[endpoint_id].known.all()


def test_soramic_publishes_the_rows_of_its_cox_table(soramic):
    published = {variable.id for variable in soramic.variables if "pfs" in variable.published}
    assert published == {
        "arm",
        "sex",
        "age-65",
        "ecog",
        "cirrhosis",
        "hepatitis-b",
        "hepatitis-c",
        "alcohol",
        "previous-tace",
        "pvi",
        "child-pugh",
        "bclc",
        "outside-up-to-7",
        "afp",
    }


def test_soramic_planned_nothing_but_the_comparison_of_arms(soramic):
    # The paper is a post-hoc analysis.
    assert [variable.id for variable in soramic.variables if variable.prespecified] == ["arm"]
