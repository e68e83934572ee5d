"""``make import`` and ``make check``: a folder with everything said, or the questions and 1."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

import numpy as np
import pytest

from data.check import main as check
from data.checking.problems import StudyError
from data.importing.__main__ import main as make
from data.load import load_study
from tests.data.importing.made_up import days, flags, ids
from tests.data.importing.workbook import write_workbook

FORMATS = Path(__file__).parents[2] / "studies" / "formats"


def write(path, columns: dict[str, list], separator: str = ",", encoding: str = "utf-8"):
    with path.open("w", encoding=encoding, newline="") as content:
        writer = csv.writer(content, delimiter=separator)
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))
    return path


@pytest.fixture
def clinic(tmp_path):
    """An export with dates, decimal commas, words for yes and no, and a name."""
    n = 12
    columns = {
        "Patienten-Nr.": ids(n),
        "Nachname": [f"Muster{i}" for i in range(n)],
        "Geschlecht": flags(n, "w", "m"),
        "AFP (ng/ml)": [f"{10 * i},5" for i in range(n)],
        "Aszites": flags(n, "ja", "unbekannt"),
        "Therapiearm": flags(n, "RE + Sorafenib", "Sorafenib"),
        "Datum Randomisierung": [f"{i:02d}.03.2015" for i in range(1, n + 1)],
        "Datum Progress": [*["10.06.2015"] * 4, *[""] * (n - 4)],
        "Verstorben": flags(n, "ja", "nein"),
        "Datum Tod / letzter Kontakt": ["13.09.2016"] * n,
    }
    return write(tmp_path / "Größe Klinik.csv", columns, ";", "cp1252")


def test_an_export_becomes_a_study(clinic, tmp_path, capsys):
    out = tmp_path / "our-study"
    assert make([str(clinic), "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert "Left out because it seems to tell who somebody is: “Nachname”" in said
    assert "Muster" not in said
    assert (out / clinic.name).read_bytes() == clinic.read_bytes()
    study = load_study(out)
    assert [one.id for one in study.endpoints] == ["os", "pfs", "ttp"]
    assert study.arms[study.reference].label == "Sorafenib"
    assert study.randomised
    # 13 September 2016 is 562 days after 1 March 2015.
    assert study.outcomes["os"].time[:2].tolist() == [562, 561]
    assert study.outcomes["os"].event.tolist() == [1, 1, 0] * 4
    # Progression on 10 June counts before death; who neither progressed nor died was followed.
    assert study.outcomes["pfs"].time[:5].tolist() == [101, 100, 99, 98, 558]
    assert study.outcomes["pfs"].event.tolist() == [1, 1, 1, 1, 1, 0, 1, 1, 0, 1, 1, 0]
    assert study.numbers["afp-ng-ml"][1] == 10.5
    assert (study.codes["aszites"] < 0).sum() == 4
    assert "Nachname" not in [one.column for one in study.variables]
    assert check([str(out)]) == 0
    assert "OS: 8 events in 12 patients." in capsys.readouterr().out


def test_a_registry_with_a_title_codes_and_months(tmp_path, capsys):
    n = 12
    columns = {
        "Record ID": ids(n),
        "Age": [-9, *range(50, 61)],
        "PVT": flags(n, "No", "Unknown"),
        "OS (months)": [2.5 * i for i in range(1, n + 1)],
        "Vital status": flags(n, "Dead", "Alive"),
    }
    rows = [["Liver registry"], [], list(columns), *zip(*columns.values(), strict=True)]
    write_workbook(tmp_path / "registry.xlsx", rows)
    assert make([str(tmp_path / "registry.xlsx"), "--out", str(tmp_path / "registry")]) == 0
    study = load_study(tmp_path / "registry")
    np.testing.assert_allclose(study.outcomes["os"].time[:2], [2.5 * 30.4375, 5 * 30.4375])
    assert np.isnan(study.numbers["age"][0])
    assert study.numbers["age"][1] == 50


def test_a_second_file_holds_the_adverse_events(tmp_path):
    patients = {"Patient ID": ids(), "OS days": days(), "OS event": flags()}
    events = {"pat": ["P01", "P01", "P02"], "AE term": ["Pain", "Pain", "Rash"], "grade": [1, 3, 2]}
    one, two = write(tmp_path / "p.csv", patients), write(tmp_path / "ae.csv", events)
    out = tmp_path / "both"
    assert make([f"{one} {two}", "--out", str(out)]) == 0
    assert {term.label for term in load_study(out).adverse_events.terms} == {"Pain", "Rash"}
    assert tomllib.loads((out / "study.toml").read_text("utf-8"))["tables"][0]["patient"] == "pat"


def test_what_is_not_certain_is_asked_and_nothing_written(tmp_path, capsys):
    columns = {"id": ids(), "os_time": [3 * n for n in range(1, 13)], "os_event": flags()}
    path, out = write(tmp_path / "a b.csv", columns), tmp_path / "out"
    assert make([str(path), "--out", str(out)]) == 1
    told = capsys.readouterr().err
    assert "Nothing was written: the endpoint is not certain." in told
    assert "os.unit: In which unit is “os_time”?" in told
    assert not out.exists()
    assert make([str(path), "--out", str(out), "--say", "os.unit=weeks; title=Weeks"]) == 0
    study = load_study(out)
    assert study.title == "Weeks"
    assert study.outcomes["os"].time[0] == 21


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nothing.csv"], "nothing.csv does not exist. Correct FILE."),
        (["."], ". is a folder. Name a file: make import FILE=export.xlsx."),
        ([""], "Name a file: make import FILE=export.xlsx"),
    ],
)
def test_what_cannot_be_imported_is_said(arguments, sentence, capsys):
    assert make(arguments) == 1
    assert capsys.readouterr().err.startswith(sentence)


def test_a_folder_is_not_overwritten_and_has_a_name_that_is_an_id(clinic, tmp_path, capsys):
    assert make([str(clinic), "--out", str(tmp_path / "Our Study")]) == 1
    assert "our-study" in capsys.readouterr().err
    out = str(tmp_path / "study")
    assert make([str(clinic), "--out", out]) == 0
    assert make([str(clinic), "--out", out]) == 1
    assert "is there already and may have been edited" in capsys.readouterr().err
    assert make([str(clinic), "--out", f"{out}-2", "--say", "unit"]) == 1
    assert "is no answer" in capsys.readouterr().err


def test_what_is_no_table_is_said(tmp_path, capsys):
    path = tmp_path / "a.csv"
    path.write_bytes(b"%PDF-1.4 ...")
    assert make([str(path), "--out", str(tmp_path / "out")]) == 1
    assert "the file is a PDF document" in capsys.readouterr().err


def test_check_says_every_fault_of_a_folder_at_once(clinic, tmp_path, capsys):
    out = tmp_path / "study"
    assert make([str(clinic), "--out", str(out)]) == 0
    text = (out / clinic.name).read_text("cp1252")
    broken = text.replace("P03", "P02", 1).replace("13.09.2016", "31.02.2016", 1)
    (out / clinic.name).write_text(broken.replace(";ja;", ";vielleicht;", 1), "cp1252")
    assert check([str(out)]) == 1
    told = capsys.readouterr().err
    assert "P02" in told
    assert "31.02.2016" in told
    assert check([]) == check([""]) == 1
    assert check([str(tmp_path / "nowhere")]) == 1


def test_data_sets_of_adam_need_no_guess(tmp_path, capsys):
    files = " ".join(str(FORMATS / "adam" / f"{name}.csv") for name in ("adsl", "adtte"))
    assert make([files, "--out", str(tmp_path / "trial")]) == 0
    assert "These are ADaM data sets" in capsys.readouterr().out
    assert load_study(tmp_path / "trial").n == 12


def test_rows_without_ids_are_numbered(tmp_path):
    path = write(
        tmp_path / "lung.csv", {"time": days(), "status": flags(12, "2", "1"), "age": days()}
    )
    out = tmp_path / "lung"
    say = "time-to-event.event_values=2"
    assert make([str(path), "--out", str(out), "--say", say]) == 0
    study = load_study(out)
    assert study.patient_ids[:2] == ("2", "3")
    text = (out / "study.toml").read_text("utf-8")
    (out / "study.toml").write_text(text.replace('id = "patient"', 'id = "age"'), "utf-8")
    with pytest.raises(StudyError) as caught:
        load_study(out)
    assert "the file has this column" in caught.value.problems[0].sentence
