"""Printed cells are read against the study's own words, and each fault names its place."""

from __future__ import annotations

import pytest

from analysis.verdict import PRINTINGS as UNDERSTOOD
from data.sections.evidence import PRINTINGS, QUANTITIES
from data.sections.evidence_places import printed_places
from tests.studies.evidence import add_evidence, cell


def test_a_cell_is_read(folder):
    row = cell(
        "percent",
        "stage=d",
        where="arm=a",
        printed="66.7",
        level="D",
        group="A",
        note="Two of three.",
        set="stage-known",
        printing="",
    )
    (one, *_) = add_evidence(folder, row).load().evidence.cells
    assert (one.table, one.variable, one.level, one.group) == ("Table 1", "Row", "D", "A")
    assert (one.printed, one.printing) == ("66.7", "rounded")
    assert (one.quantity, one.kind, one.of) == ("percent", "percent", "stage=d")
    assert (one.analysis_set, one.note) == ("stage-known", "Two of three.")


def test_conditions_of_rows_and_of_further_tables(folder):
    study = add_evidence(
        folder,
        cell("count", where='"arm=a&stage=d,missing"'),
        cell("mean", "lesions.planned_gy", where="lesions.large=yes"),
    ).load()
    first, second = study.evidence.cells[:2]
    assert first.where == (("arm", ("a",)), ("stage", ("d", "missing")))
    assert second.where == ()
    assert second.table_where == (("large", ("yes",)),)


def test_what_else_the_section_holds(folder):
    evidence = add_evidence(folder, cell("count")).load().evidence
    assert evidence.tolerances == {"number": (1.0, 0.1), "hazard ratio": (0.5, 0.0)}
    assert (evidence.differs, evidence.disclosure) == ("All were moved.", "Dates were moved.")
    assert evidence.method.startswith("# How")
    assert [(one.what, one.source) for one in evidence.provenance] == [
        ("Events of each patient", "simulated"),
        ("Scans", ""),
    ]
    (said,) = evidence.discrepancies
    assert (said.topic, said.first_place, said.second) == ("Age", "Table 1", "60")
    assert said.recomputed == "61, as in the table"


def test_tables_come_in_order_and_the_text_last(folder):
    rows = [cell("count", table=table) for table in ("Text", "Table 10", "Table 3", "Figure")]
    cells = add_evidence(folder, *rows).load().evidence.cells
    # Table 2 is the table of subgroups, whose rows are cells without being listed again.
    assert list(dict.fromkeys(one.table for one in cells)) == [
        "Table 2",
        "Table 3",
        "Table 10",
        "Figure",
        "Text",
    ]


def test_rows_of_a_table_of_subgroups_are_cells(folder):
    cells = [
        one
        for one in add_evidence(folder, cell("count")).load().evidence.cells
        if one.table == "Table 2"
    ]
    found = {(one.variable, one.level, one.statistic): one for one in cells}
    whole = found["All", "", "median"]
    assert (whole.printed, whole.quantity, whole.of, whole.where) == (
        "10.5",
        "survival median",
        "os",
        (),
    )
    # Two rows of the file have two decimals at one year, and one of them is printed 0.5.
    assert found["All", "", "1 year"].printed == "0.50"
    assert found["Stage", "Stage B", "n"].where == (("stage", ("stage-b",)),)
    p = found["Stage", "all levels", "log-rank p"]
    assert (p.printed, p.by) == ("<0.001", "stage")
    assert ("All", "all levels", "log-rank p") not in found


def test_a_study_without_the_section_has_none(folder):
    assert folder.load().evidence is None


def test_ways_of_printing_are_those_that_are_understood():
    assert PRINTINGS == UNDERSTOOD


@pytest.mark.parametrize(
    ("row", "column", "fault", "fix"),
    [
        (cell("average", "age"), "quantity", "“average” is no quantity", "Use one of count, "),
        (cell("mean", "stage"), "of", "“stage” is no number of the study", "Correct the id"),
        (cell("mean", "lesions.gray"), "of", "no column “lesions.gray”", "Correct it"),
        (cell("events", "dfs"), "of", "no endpoint “dfs”", "Correct the id"),
        (cell("count", "stage=e"), "of", "“stage” has no level “e”", "Use d, missing, stage-b"),
        (cell("count", "age=1"), "of", "no variable with levels “age”", "Write variable=level"),
        (cell("count", where="arm=c"), "where", "“arm” has no level “c”", "Use a, b"),
        (cell("mean", "age", where="lesions.big=yes"), "where", "no column “lesions.big”", "C"),
        (cell("count", printed="many"), "printed", "“many” is no number", "Write the number as"),
        (cell("count", printing="cut"), "printing", "“cut” is no way", "Write rounded, rounded"),
        (cell("count", set="nobody"), "set", "no analysis set “nobody”", "Correct the id"),
        (cell("log-rank p", "os", "sex"), "by", "no variable with levels “sex”", "Write the id"),
        (cell("Fisher p", "stage", "arm age"), "by", "no variable with levels “age”", "Write"),
        (cell("hazard ratio", "os"), "by", "compares one group", "Write variable=level"),
        (cell("hazard ratio", "os", "arm=c"), "by", "“arm” has no level “c”", "Use a, b"),
        (cell("Wald p", "os", "arm=a", adjusted="x=1"), "adjusted", "levels “x”", "Write v"),
        (cell("survival", "os", "soon"), "by", "“soon” is no number of months", "Write the"),
        (cell("patients with rows", "lesions", "two"), "by", "“two” is no number of rows", "Wri"),
        (cell("adverse events", "Gout", "3"), "of", "no adverse event “Gout”", "Write it as in"),
        (cell("adverse events", "Fatigue", "9"), "by", "no grade “9”", "Use one of 1, 2, 3"),
        (cell("rows", "scans"), "of", "there is no table “scans”", "Write the id of a table"),
        (cell("patients with rows", "scans", "2"), "of", "no table “scans”", "Write the id of"),
        (cell("limit of agreement lower", "age"), "of", "no difference of two", "Write table.col"),
        (cell("limit of agreement upper", "lesions.planned_gy"), "of", "no difference", "Write t"),
        (cell("Welch p", "age", "stage"), "by", "“stage” has 3 levels", "Name a variable with two"),
        (cell("Welch p", "lesions.planned_gy", "arm"), "of", "is no number of the study", "Corr"),
        (cell("Wald p", "os", "arm=a", adjusted="arm=b"), "adjusted", "that it compares", "Name"),
    ],
)
def test_a_fault_names_file_column_row_and_fix(folder, row, column, fault, fix):
    (sentence,) = add_evidence(folder, cell("count"), row).sentences()
    assert sentence.startswith(f"cells.csv, column “{column}”, row 3: ")
    assert fault in sentence
    assert f". {fix}" in sentence


def test_events_of_a_study_without_events(folder):
    add_evidence(folder, cell("adverse events", "Fatigue", "3"))
    for old in (
        '[adverse_events]\ntable = "adverse-events"\nterm = "term"\ngrade = "grade"\n'
        'set = "everybody"\ndeath = "os"\n',
        '[[adverse_events.presets]]\nlabel = "Tired"\nterms = ["Fatigue"]\n',
        '[dosimetry]\ntoxicity_preset = "tired"\n',
    ):
        folder.change("study.toml", old, "")
    (sentence,) = folder.sentences()
    assert sentence == (
        "cells.csv, column “of”, row 2: the study has no adverse events. Leave the quantity "
        "empty, or declare [adverse_events]."
    )


def test_a_file_that_has_a_header_only(folder):
    add_evidence(folder)
    (sentence,) = folder.sentences()
    assert sentence == "cells.csv: there is no row below the header. Add what is printed."


def test_faults_name_the_file_with_its_folder(folder):
    add_evidence(folder).change("study.toml", 'cells = "cells.csv"', 'cells = "printed/cells.csv"')
    (folder.path / "printed").mkdir()
    (folder.path / "cells.csv").rename(folder.path / "printed" / "cells.csv")
    (sentence,) = folder.sentences()
    assert sentence.startswith("printed/cells.csv: there is no row")


def test_a_row_of_a_table_of_subgroups_may_say_why_it_differs(folder):
    add_evidence(folder, cell("count"))
    file = folder.path / "table-2.csv"
    head, *lines = file.read_text("utf-8").splitlines()
    made = [f"{head},note,p_note", *(f"{line},Curve,Test" for line in lines)]
    file.write_text("\n".join(made) + "\n", "utf-8")
    notes = {
        one.statistic: one.note for one in folder.load().evidence.cells if one.table == "Table 2"
    }
    assert (notes["n"], notes["events"]) == ("", "")
    assert notes["median"] == notes["2 years, upper 95 %"] == "Curve"
    assert notes["log-rank p"] == "Test"


def test_a_column_that_is_missing(folder):
    add_evidence(folder, cell("count")).change("cells.csv", ",note", ",remark")
    (sentence,) = folder.sentences()
    assert "cells.csv, column “note”: the column is missing" in sentence


def test_a_discrepancy_without_its_columns(folder):
    add_evidence(folder, cell("count")).change("discrepancies.csv", "second_place", "place")
    (sentence,) = folder.sentences()
    assert "discrepancies.csv, column “second_place”: the column is missing" in sentence


@pytest.mark.parametrize(
    ("old", "new", "key", "fault"),
    [
        ("number = [1, 0.1]", "number = [-1]", "tolerance.number", "one or two numbers"),
        ("number = [1, 0.1]", "number = [1, 2, 3]", "tolerance.number", "one or two numbers"),
        ("number = [1, 0.1]", "numbers = [1]", "tolerance.numbers", "the key is not known"),
        (
            'source = "simulated"\nmade = "At',
            'source = "found"\nmade = "At',
            "provenance[1].source",
            "“found” is not one of",
        ),
        ('cells = "cells.csv"', 'cell = "cells.csv"', "cells", "the key is missing"),
        ('method = "METHOD.md"', 'method = "../METHOD.md"', "method", "is not the name of a file"),
    ],
)
def test_a_fault_of_the_section(folder, old, new, key, fault):
    add_evidence(folder, cell("count")).change("study.toml", old, new)
    found = [one for one in folder.sentences() if f"key “evidence.{key}”" in one]
    assert len(found) == 1, folder.sentences()
    assert fault in found[0]


def test_a_file_that_is_not_there(folder):
    add_evidence(folder, cell("count"))
    (folder.path / "METHOD.md").unlink()
    (sentence,) = folder.sentences()
    assert sentence == "METHOD.md: the file is missing. Add it to the study's folder."


def test_many_faults_are_listed_up_to_twelve(folder):
    sentences = add_evidence(folder, *[cell("average")] * 20).sentences()
    assert len(sentences) == 13
    assert "8 more rows" in sentences[-1]


def test_places_come_from_the_cells(folder):
    study = add_evidence(
        folder,
        cell("count", "arm=a"),
        cell("percent", "arm=a", table="Text"),
        cell("mean", "age", where="stage=d"),
        cell("Fisher p", "stage", "arm"),
        cell("hazard ratio", "os", "arm=a", adjusted="ascites=none", table="Table 3"),
        cell("adverse events", "Fatigue", "3"),
        cell("", of="stage"),
    ).load()
    places = {
        name: {(one.what, one.tables) for one in found}
        for name, found in printed_places(study).items()
    }
    assert places["arm"] == {
        ("counts", ("Table 1", "Text")),
        ("tests", ("Table 1",)),
        ("os", ("Table 3",)),
    }
    assert places["ascites"] == {("os", ("Table 3",))}
    assert places["age"] == {("summaries", ("Table 1",))}
    # Table 2 splits overall survival by stage.
    assert places["stage"] == {
        ("groups", ("Table 1",)),
        ("tests", ("Table 1",)),
        ("os", ("Table 2",)),
    }
    assert "afp" not in places


def test_every_quantity_has_a_kind():
    assert set(QUANTITIES.values()) == {
        "count",
        "percent",
        "number",
        "median",
        "survival",
        "hazard ratio",
        "p",
    }
