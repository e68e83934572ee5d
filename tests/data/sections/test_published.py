"""Published tables are read against the study's own labels."""

import math

import pytest


def test_rows_are_found_by_label_or_value(base):
    table = base.published_subgroups["os"]
    assert table.title == "Table 2"
    assert table.order == ("stage",)
    assert set(table.rows) == {("", ""), ("stage", "stage-b"), ("stage", "d")}
    assert table.rows["stage", "d"].cells["y1"] == 0.75
    assert math.isnan(table.rows["stage", "d"].cells["median"])


def test_a_p_value_below_a_bound_is_its_bound(base):
    assert base.published_subgroups["os"].rows["stage", "stage-b"].cells["p"] == 0.001


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Stage,D,", "Stage,E,", "table-2.csv, column “level”, row 4: “E” is no level of Stage"),
        ("Stage,Stage B", "Etage,Stage B", "column “variable”, row 3: “Etage” is no label"),
        ("6,4,10.5", "6,four,10.5", "column “events”, row 2: “four” is not a number"),
        (",y2_hi,p", ",y2_high,p", "column “y2_hi”: the column is missing"),
        ("Stage,D,", "Stage,Stage B,", "column “level”, row 4: the row's level stands twice"),
    ],
)
def test_a_fault_names_its_place(folder, old, new, said):
    folder.change("table-2.csv", old, new)
    (sentence,) = folder.sentences()
    assert said in sentence


def test_only_an_endpoint_of_the_study_once(folder):
    folder.change("study.toml", 'endpoint = "os"', 'endpoint = "dfs"')
    (sentence,) = folder.sentences()
    assert "“dfs” is no endpoint" in sentence


def test_shipped_tables_have_all_rows(catalog):
    tables = catalog.study("nct01900002").published_subgroups
    assert {name: len(table.rows) for name, table in tables.items()} == {
        "pfs": 69,
        "os": 67,
        "ttrp": 67,
    }
    assert tables["pfs"].order[:3] == ("sex", "pathology", "child-pugh")
