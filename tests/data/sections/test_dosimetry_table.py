"""Doses: cells to numbers, and a sentence for each fault."""

from __future__ import annotations

import numpy as np
import pytest


def test_cells_become_doses(base):
    found = base.dosimetry
    assert [dose.id for dose in found.doses] == ["liver", "lesion"]
    liver, lesion = found.doses
    assert (liver.of_lesions, liver.paired, liver.unit) == (False, False, "Gy")
    assert (lesion.of_lesions, lesion.paired, lesion.decimals) == (True, True, 0)
    assert set(found.values) == {
        ("liver", "planned"),
        ("lesion", "planned"),
        ("lesion", "delivered"),
    }
    assert found.values["lesion", "planned"].tolist() == [100, 80, 60]
    delivered = found.values["lesion", "delivered"]
    assert (delivered[0], np.isnan(delivered[1]), delivered[2]) == (120, True, 45.5)
    assert found.lesions.patient.tolist() == [2, 2, 3]
    assert found.lesions.responder.tolist() == [1, 0, -1]
    assert found.lesions.target.tolist() == [1, 0, 1]
    assert found.columns.prescription.method == "glass"
    assert (found.columns.lesions.one, found.columns.lesions.several) == ("lesion", "lesions")


def test_the_shipped_studies(catalog):
    single = catalog.study("nct01900002").dosimetry
    assert [dose.id for dose in single.doses] == [
        "treated-liver",
        "normal-liver",
        "tumour",
        "uptake-ratio",
        "lung-shunt",
    ]
    assert single.lesions.patient.size == 53
    assert [dose.paired for dose in single.doses] == [True] * 4 + [False]
    other = catalog.study("soramic").dosimetry
    assert (other.doses, other.lesions) == ((), None)
    assert other.columns.prescription.method == "resin"


def test_nothing_declared_is_none(folder):
    text = (folder.path / "study.toml").read_text("utf-8")
    head, rest = text.split("[lesions]\n")
    (folder.path / "study.toml").write_text(
        head + "[[adverse_events.presets]]\n" + rest.split("[[adverse_events.presets]]\n")[1],
        "utf-8",
    )
    assert folder.load().dosimetry is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "P3,no,no,80,\n",
            "P3,no,no,-80,\n",
            "lesions.csv, column “planned_gy”, row 3: the dose -80 is negative",
        ),
        ("P3,no,no,80,\n", "P3,no,no,many,\n", "row 3: “many” is not a number"),
        (
            "P3,no,no,80,\n",
            "P3,maybe,no,80,\n",
            "column “response”, row 3: “maybe” is neither yes nor no",
        ),
        ("P4,,yes,60,45.5", "P9,,yes,60,45.5", "row 4: there is no patient “P9”"),
        (
            "planned_gy,delivered_gy",
            "planned_gy,given",
            "column “delivered_gy”: the column is missing",
        ),
    ],
)
def test_a_fault_of_a_cell_names_its_place(folder, old, new, said):
    folder.change("lesions.csv", old, new)
    assert any(said in sentence for sentence in folder.sentences())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            '[lesions]\ntable = "lesions"',
            '[lesions]\ntable = "tumours"',
            "key “lesions.table”: there is no table “tumours”. Use adverse-events, lesions.",
        ),
        ('planned = "afp_ng"\n', "", "neither planned nor delivered is given"),
        (
            'toxicity_preset = "tired"',
            'toxicity_preset = "liver"',
            "there is no preset of adverse events “liver”. Use tired.",
        ),
        (
            'toxicity_preset = "tired"',
            'toxicity_dose = "lung"',
            "there is no dose “lung”. Use liver, lesion.",
        ),
        ('method = "glass"', 'method = "paper"', "“paper” is not one of glass, resin, partition"),
        ('id = "lesion"\n', 'id = "liver"\n', "the id “liver” stands twice"),
        (
            'table = "lesions"\nplanned',
            'table = "organs"\nplanned',
            "“organs” is not one of patients, lesions",
        ),
        (
            '[lesions]\ntable = "lesions"\nresponder = "response"\ntarget = "large"\n',
            "",
            "no lesions are declared. Add the section [lesions].",
        ),
    ],
)
def test_a_fault_of_the_declaration_is_said(folder, old, new, said):
    folder.change("study.toml", old, new)
    assert any(said in sentence for sentence in folder.sentences())
