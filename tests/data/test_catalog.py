"""All studies together: a bad one is listed with its reasons and never stops the others."""

import shutil
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.catalog import Catalog, load_catalog
from data.checking.problems import StudyError
from data.load import load_study

SHIPPED_IDS = ["nct01900002", "soramic"]


def own_catalog(folder) -> Catalog:
    return load_catalog(folder.path.parent)


def test_the_shipped_studies(catalog):
    assert [study.id for study in catalog.studies] == SHIPPED_IDS
    assert catalog.broken == ()
    assert catalog.notes == ()


def test_own_studies_follow_the_shipped(folder):
    catalog = own_catalog(folder)
    assert [study.id for study in catalog.studies] == [*SHIPPED_IDS, "base"]
    assert catalog.study("base").title == "Base study"
    assert catalog.study("nobody") is None
    assert catalog.broken == ()


@pytest.mark.parametrize(
    ("spoil", "file", "part"),
    [
        (lambda p: (p / "study.toml").unlink(), "study.toml", "the file is missing"),
        (lambda p: (p / "patients.csv").unlink(), "patients.csv", "the file is missing"),
        (lambda p: (p / "adverse_events.csv").unlink(), "adverse_events.csv", "is missing"),
        (lambda p: (p / "study.toml").write_text("id = "), "study.toml", "read as TOML"),
        (lambda p: (p / "patients.csv").write_text(""), "patients.csv", "the file is empty"),
        (
            lambda p: (p / "patients.csv").write_bytes(b"%PDF-1.7\n"),
            "patients.csv",
            "the file is a PDF document",
        ),
        (lambda p: p.rename(p.with_name("other")), "study.toml", "“base” is not the folder's name"),
        (
            lambda p: ((p / "study.toml").unlink(), (p / "study.toml").mkdir()),
            "study.toml",
            "the file is missing",
        ),
    ],
)
def test_a_bad_study_is_listed_and_stops_nobody(folder, spoil, file, part):
    spoil(folder.path)
    catalog = own_catalog(folder)
    assert [study.id for study in catalog.studies] == SHIPPED_IDS
    (broken,) = catalog.broken
    assert catalog.broken_study(broken.id) is broken
    (problem,) = broken.problems
    assert problem.file == file
    assert part in problem.sentence


def test_a_bad_study_does_not_hide_the_next_one(folder):
    shutil.copytree(folder.path, folder.path.with_name("aaa"))
    catalog = own_catalog(folder)
    assert [study.id for study in catalog.studies] == [*SHIPPED_IDS, "base"]
    assert [broken.id for broken in catalog.broken] == ["aaa"]


def test_a_study_may_not_take_the_id_of_a_shipped_one(folder, catalog):
    folder.change("study.toml", 'id = "base"', 'id = "soramic"')
    folder.path.rename(folder.path.with_name("soramic"))
    both = own_catalog(folder)
    assert [study.id for study in both.studies] == SHIPPED_IDS
    assert both.study("soramic").version == catalog.study("soramic").version
    assert [problem.sentence for problem in both.broken_study("own/soramic").problems] == [
        "study.toml, key “id”: a study “soramic” is already there. Rename this folder and its id."
    ]


def test_the_folder_of_further_studies_is_absent(tmp_path):
    catalog = load_catalog(tmp_path / "nowhere")
    assert [study.id for study in catalog.studies] == SHIPPED_IDS
    assert catalog.notes == (
        f"The folder of further studies, {tmp_path / 'nowhere'}, does not exist. "
        "Create it or correct STUDIES_DIR.",
    )


def test_the_folder_of_further_studies_is_a_file(tmp_path):
    (tmp_path / "studies").write_text("")
    catalog = load_catalog(tmp_path / "studies")
    assert [study.id for study in catalog.studies] == SHIPPED_IDS
    assert "cannot be read" in catalog.notes[0]


def test_a_file_that_may_not_be_read(folder, monkeypatch):
    def refuse(path, *_):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("pathlib.Path.open", refuse)
    assert folder.sentences() == [
        "study.toml: the file cannot be read (Permission denied). "
        "Give the server the right to read it."
    ]


def test_hidden_folders_and_files_are_no_studies(folder):
    for name in (".git", "_old"):
        (folder.path.parent / name).mkdir()
    (folder.path.parent / "notes.txt").write_text("none")
    assert own_catalog(folder).broken == ()


def test_an_analysis_set_needs_a_patient(folder):
    folder.change("study.toml", '"Stage C", {', '"Stage C", "Stage E", {')
    folder.change("study.toml", '["stage-c", "d"]', '["stage-e"]')
    assert folder.sentences() == [
        "study.toml, key “analysis_sets[stage-known].rule”: no patient belongs to this analysis "
        "set. Correct its rule."
    ]


def test_further_tables(folder):
    table = folder.load().tables["adverse-events"]
    assert table["term"].tolist() == ["Fatigue", "Nausea", "Fatigue"]
    folder.change("adverse_events.csv", "P4", "P9")
    assert folder.sentences() == [
        "adverse_events.csv, column “patient”, row 4: there is no patient “P9” in the patients' "
        "file. Correct the id."
    ]
    folder.change("adverse_events.csv", "patient,", "who,")
    assert "adverse_events.csv, column “patient”: the column is missing" in folder.sentences()[0]


def test_the_version_changes_with_any_file(folder):
    versions = {folder.load().version, folder.load().version}
    assert len(versions) == 1
    folder.change("patients.csv", "P1,A,Stage B", "P1,B,Stage B")
    versions.add(folder.load().version)
    folder.change("study.toml", "Base study", "The study")
    versions.add(folder.load().version)
    folder.change("adverse_events.csv", "Nausea", "Pain")
    versions.add(folder.load().version)
    assert len(versions) == 4


@given(st.data())
@settings(deadline=None, max_examples=150)
def test_no_bytes_make_the_loader_stumble(base_folder, tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "bytes" / "base"
    shutil.copytree(base_folder.path, path, dirs_exist_ok=True)
    name = data.draw(st.sampled_from(["study.toml", "patients.csv", "adverse_events.csv"]))
    sound = (path / name).read_bytes()
    place = data.draw(st.integers(0, len(sound)))
    junk = data.draw(
        st.binary(max_size=5) | st.sampled_from([b"\0", b'"', b",", b"\r", b"\xff\xfe", b"1e9"])
    )
    end = place + data.draw(st.integers(0, 4) | st.just(len(sound)))
    (path / name).write_bytes(sound[:place] + junk + sound[end:])
    try:
        study = load_study(path)
    except StudyError as error:
        problems = error.problems
    else:
        assert study.n <= 6
        return
    assert problems
    assert all(problem.sentence.endswith(".") for problem in problems)


def test_the_reference_arm(base, catalog):
    assert base.arms[base.reference].reference
    assert base.reference == 1
    alone = replace(base, arms=base.arms[:1])
    assert (alone.reference, replace(base, arms=()).reference) == (0, 0)
