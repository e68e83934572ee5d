"""Folders that are studies by their format: ADaM data sets, and those of cBioPortal."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from data.catalog import load_catalog
from data.checking.problems import StudyError
from data.importing.files import understood_files, write_folder
from data.importing.samples import PATIENTS_FILE, SAMPLES_FILE
from data.load import load_study

EXAMPLES = Path(__file__).parents[2] / "studies" / "formats"
MONTH = 30.4375


def copied(name: str, tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLES / name, tmp_path / name))


def sentences(folder: Path) -> list[str]:
    with pytest.raises(StudyError) as caught:
        load_study(folder)
    return [one.sentence for one in caught.value.problems]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture(scope="module")
def adam():
    return load_study(EXAMPLES / "adam")


@pytest.fixture(scope="module")
def cbioportal():
    return load_study(EXAMPLES / "cbioportal")


def test_a_parameter_is_an_endpoint_in_its_unit(adam):
    assert [(one.id, one.name) for one in adam.endpoints] == [
        ("os", "Overall survival"),
        ("pfs", "Progression-free survival"),
    ]
    os, pfs = adam.outcomes["os"], adam.outcomes["pfs"]
    np.testing.assert_allclose(os.time[:4], np.array([2, 4, 6, 8]) * MONTH)
    np.testing.assert_allclose(pfs.time[:4], [20, 40.5, 60, 90])
    # CNSR is 0 for an event, and 1 or 2 for two reasons of censoring.
    assert os.event.tolist() == [1, 1, 1, 0, 1, 1, 0, 0, 1, 1, 0, 0]
    assert pfs.event.tolist() == [1, 1, 1, 1, 1, 1, 0, 1, 1, 0, 1, 0]


def test_a_count_is_no_endpoint(adam):
    assert not any("Exacerbations" in one.name for one in adam.endpoints)


def test_arms_variables_and_sets_come_from_adsl(adam):
    assert [arm.label for arm in adam.arms] == ["Placebo", "Drug high", "Drug low"]
    assert adam.arms[adam.reference].label == "Placebo"
    labels = {variable.id for variable in adam.variables}
    assert {"arm", "age", "sex", "race", "ecogbl", "afpbl", "ittfl", "saffl"} <= labels
    assert not labels & {"studyid", "subjid", "dthfl", "trt01a", "trt01pn", "trtsdt", "eosstt"}
    assert [one.id for one in adam.analysis_sets] == ["ittfl", "saffl"]
    assert adam.default_set.id == "ittfl"


def test_adverse_events_are_the_treatments_and_at_their_worst(adam):
    events = adam.adverse_events
    assert {term.label for term in events.terms} == {"Nausea", "Fatigue", "Rash"}
    # One of eight began before treatment.
    assert len(events.patient) == 7


def test_the_best_response_comes_from_adrs(adam):
    response = adam.comparison.response
    variable = adam.variable(response.variable)
    assert (variable.label, variable.after_baseline) == ("Best response", True)
    assert [level.label for level in variable.levels] == ["CR", "PR", "SD", "PD", "NE"]
    assert set(response.responders) == {"cr", "pr"}


def test_a_folder_needs_no_study_toml_and_may_have_one(tmp_path):
    folder = copied("adam", tmp_path)
    assert "read by its format" in load_study(folder).files[0].found[0]
    text = 'title = "Our trial"\nrandomised = true\n\n[source]\nkind = "adam"\n'
    (folder / "study.toml").write_text(text, "utf-8")
    study = load_study(folder)
    assert (study.title, study.randomised) == ("Our trial", True)
    assert study.endpoint("os") is not None
    version = study.version
    change(folder / "adtte.csv", "X1-001,OS,Overall Survival,2.0", "X1-001,OS,Overall Survival,2.5")
    assert load_study(folder).version != version


def test_a_kind_that_is_not_known_is_said(tmp_path):
    folder = copied("adam", tmp_path)
    (folder / "study.toml").write_text('[source]\nkind = "sdtm"\n', "utf-8")
    assert sentences(folder) == [
        'study.toml, key “source.kind”: “sdtm” is no format that is known. Write "adam", '
        '"cbioportal" or "database", or remove [source].'
    ]


def test_adtte_is_needed(tmp_path):
    folder = copied("adam", tmp_path)
    (folder / "adtte.csv").unlink()
    (sentence,) = sentences(folder)
    assert sentence.startswith("adtte.xpt: the file is missing, which an ADaM study has.")


def test_a_patient_stands_once_for_each_parameter(tmp_path):
    folder = copied("adam", tmp_path)
    path = folder / "adtte.csv"
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1]]) + "\n", "utf-8")
    (sentence,) = sentences(folder)
    assert "row 38: the patient has a second row of OS" in sentence


def test_a_unit_is_found_by_dates_or_asked(tmp_path):
    folder = copied("adam", tmp_path)
    path = folder / "adtte.csv"
    path.write_text(path.read_text("utf-8").replace(",MONTHS,", ",,"), "utf-8")
    (sentence,) = sentences(folder)
    assert "the unit of OS stands neither in AVALU nor in PARAM" in sentence
    lines = path.read_text("utf-8").splitlines()
    days = {"2.0": 61, "4.0": 122}
    kept = [one for one in lines[1:] if ",OS," in one and one.split(",")[4] in days]
    head = f"{lines[0]},STARTDT,ADT"
    rows = []
    for one in kept:
        cells = one.split(",")
        n = days[cells[4]]
        cells[4] = str(n)
        end = np.datetime64("2019-01-01") + n - 1
        rows.append(",".join([*cells, "2019-01-01", str(end)]))
    path.write_text("\n".join([head, *rows]) + "\n", "utf-8")
    study = load_study(folder)
    assert study.outcomes["os"].time[:2].tolist() == [61, 122]
    # The others are in adsl and not in adtte.
    assert study.outcomes["os"].known.sum() == 2


def test_a_folder_of_cbioportal_is_a_study(cbioportal):
    assert [one.id for one in cbioportal.endpoints] == ["os", "dfs"]
    os = cbioportal.outcomes["os"]
    np.testing.assert_allclose(os.time[:3], np.array([2, 4, 6]) * MONTH)
    assert os.event.tolist() == [1, 1, 1, 0] * 3
    stage = cbioportal.variable("stage")
    assert [level.label for level in stage.levels] == ["Stage II", "Stage IIIA", "Stage IV"]
    assert (cbioportal.codes["stage"] < 0).sum() == 3
    assert [arm.label for arm in cbioportal.arms] == ["Observation", "Drug"]
    assert cbioportal.variable("age").label == "Age"


def test_samples_are_joined_where_each_patient_has_one(cbioportal, tmp_path):
    assert cbioportal.numbers["tumor-purity"].tolist()[:3] == [20, 25, 30]
    folder = copied("cbioportal", tmp_path)
    change(folder / "data_clinical_sample.txt", "S-02\tP-02", "S-02\tP-01")
    study = load_study(folder)
    assert study.variable("tumor-purity") is None
    assert any("some patients have several samples" in said for said in study.files[0].found)


def test_the_importer_joins_them_too(cbioportal, tmp_path):
    folder = copied("cbioportal", tmp_path)
    paths = [folder / PATIENTS_FILE, folder / SAMPLES_FILE]
    write_folder(understood_files(paths), paths, tmp_path / "joined")
    study = load_study(tmp_path / "joined")
    assert np.array_equal(
        study.numbers["tumor-purity"], cbioportal.numbers["tumor-purity"], equal_nan=True
    )
    assert study.variable("age").label == "Age"
    for name, one in cbioportal.outcomes.items():
        assert np.array_equal(study.outcomes[name].time, one.time)
        assert np.array_equal(study.outcomes[name].event, one.event)
    # With several samples of a patient the file of the patients is the study's, as it is.
    change(folder / SAMPLES_FILE, "S-02\tP-02", "S-02\tP-01")
    understood = understood_files(paths)
    assert understood.patients.name == PATIENTS_FILE
    found = understood.patients.table.found
    assert any("some patients have several samples" in one for one in found)


def test_few_known_outcomes_make_no_curve(tmp_path):
    folder = copied("cbioportal", tmp_path)
    path = folder / "data_clinical_patient.txt"
    lines = path.read_text("utf-8").splitlines()
    changed = [
        one.replace("1:DECEASED", "UNKNOWN").replace("0:LIVING", "UNKNOWN") if i > 7 else one
        for i, one in enumerate(lines)
    ]
    path.write_text("\n".join(changed) + "\n", "utf-8")
    (sentence,) = sentences(folder)
    assert "Only 3 of 12 patients have a known OS (“OS_STATUS” is “UNKNOWN” in 9)" in sentence


def test_formats_stand_in_a_folder_of_studies_beside_others(tmp_path):
    copied("adam", tmp_path)
    copied("cbioportal", tmp_path)
    (tmp_path / "notes").mkdir()
    catalog = load_catalog(tmp_path, shipped=tmp_path / "nothing")
    assert [one.id for one in catalog.studies] == ["adam", "cbioportal"]
    assert [one.id for one in catalog.broken] == ["notes"]
