"""The table of subgroups: every row there, every cell where it belongs, nothing unescaped."""

from __future__ import annotations

import itertools
import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.charts.log_axis import log_axis
from layouts.subgroups.table import subgroup_table
from tests.tables import TableReader
from tests.views import Views


@pytest.fixture(scope="module")
def subgroup_views(all_studies):
    return Views(all_studies, "subgroups")


@pytest.fixture(scope="module")
def table(subgroup_views):
    return lambda query: TableReader(subgroup_table(subgroup_views(query)))


def test_every_row_of_the_papers_tables_is_there(table, subgroup_views):
    rows = 0
    for endpoint in ("pfs", "os", "ttrp"):
        view = subgroup_views(f"study=nct01900002&endpoint={endpoint}")
        read = table(f"study=nct01900002&endpoint={endpoint}")
        levels = {(r["variable"], r["level"]) for r in read.rows if r["level"]}
        # A level that no patient has is none of the papers' rows.
        levels -= {("okuda", "stage-iii")}
        assert levels == {place for place in view.paper.rows if place != ("", "")}
        rows += len(levels) + 1
    assert rows == 203


def test_cells_of_a_row(table):
    row = table("study=nct01900002").row("hepatitis", "hepatitis-c-only")
    assert (row["name"], row["n"], row["events"]) == ("Hepatitis C only", "7", "7")
    assert row["median"] == "5.78 (3.35–NR)"


def test_every_row_has_as_many_columns_as_the_head(table):
    for query in (
        "study=nct01900002",
        "study=soramic",
        "study=soramic&show=medians",
        "study=soramic&show=effect",
        "study=nct01900002&set=enrolled",
    ):
        read = table(query)
        head = read.rows[0]["columns"]
        wrong = [r for r in read.rows if r["columns"] not in (head, 99)]
        assert not wrong, (query, head, wrong[:2])


def test_a_row_leads_to_its_split_with_filters_kept(table):
    links = table("study=soramic&endpoint=os&pvi=yes").links
    assert links["child-pugh"] == "/survival?study=soramic&endpoint=os&by=child-pugh&pvi=yes"


def test_few_events_are_marked_and_kept(table):
    row = table("study=nct01900002").row("child-pugh", "b")
    assert row["mark"] == "few events"
    assert row["median"] == "19.15"


def test_an_emptied_level_stays_with_zero(table):
    row = table("study=nct01900002&pvt=yes").row("bclc", "stage-b")
    assert row["n"] == "0"
    assert "emptied" in row["class"]
    assert row["median"] == "–"


def test_the_papers_cells_stand_beside_ours(table):
    row = table("study=nct01900002&published=on").row("sex", "female")
    assert row["paper-median"] == "12.25 (5.72–NR)"
    assert row["paper-n"] == "9"
    assert row["paper-survival-12"] == "56 % (31–100)"
    assert table("study=nct01900002&published=on").row("sex")["paper-p"] == "0.175"


def test_the_papers_cells_are_not_shown_beside_a_filter(table):
    text = table("study=nct01900002&published=on&pvt=no").rows
    assert not any(key.startswith("paper-") for row in text for key in row)


def test_a_p_below_a_thousandth_in_the_paper(table):
    read = table("study=nct01900002&endpoint=os&published=on")
    assert read.row("alcohol-abuse")["paper-p"] == "< 0.001"


@pytest.mark.parametrize(
    ("kind", "position"),
    [
        ("log-rank", 0),
        ("permutation", 1),
        ("holm", 2),
        ("benjamini-hochberg", 3),
        ("westfall-young", 4),
    ],
)
def test_the_switch_changes_the_p_values(subgroup_views, kind, position):
    view = subgroup_views(f"study=nct01900002&p={kind}")
    kinds = ("log-rank", "permutation", "holm", "benjamini-hochberg", "westfall-young")
    forms = [view.p_values(name) for name in kinds]
    read = TableReader(subgroup_table(view))
    shown = read.row("hepatitis")["p"]
    at = [v.id for v in view.variables].index("hepatitis")
    assert shown == f"{forms[position][at]:.3f}"
    assert len({round(float(form[at]), 3) for form in forms}) > 2


def test_orders(subgroup_views):
    def names(query):
        view = subgroup_views(f"study=nct01900002&{query}")
        return [view.variables[i].label for i in view.order()], view

    paper, view = names("order=published")
    assert paper[:3] == ["Sex", "Pathology", "Child–Pugh"]
    _, view = names("order=group")
    groups = [view.variables[i].group for i in view.order()]
    assert groups[0] == "Disease stage"
    assert len(set(groups)) == 1 + sum(a != b for a, b in itertools.pairwise(groups))
    assert subgroup_table(view).count('class="group-row"') == len(set(groups))
    by_name, _ = names("order=name")
    assert by_name == sorted(paper, key=str.casefold)
    _, view = names("order=p")
    values = [view.p_values("log-rank")[i] for i in view.order()]
    assert values == sorted(values)
    _, view = names("order=adjusted&p=holm")
    values = [view.p_values("holm")[i] for i in view.order()]
    assert values == sorted(values)


def test_search_and_group(subgroup_views):
    view = subgroup_views("study=nct01900002&search=hepatitis")
    assert {view.variables[i].id for i in view.order()} == {"hepatitis"}
    view = subgroup_views("study=nct01900002&group=disease-stage")
    assert {view.variables[i].group for i in view.order()} == {"Disease stage"}
    assert "No variable or level" in subgroup_table(subgroup_views("study=soramic&search=zzz"))


def test_an_unestimable_effect_keeps_its_row_and_says_why(table):
    read = table("study=nct01900002&set=enrolled")
    row = read.row("child-pugh", "b")
    assert row["n"] == "1"
    assert "hazard-ratio" not in row
    assert row["arms"].count("/") == 2


def test_the_forest_has_one_interaction_p_for_each_variable(table, subgroup_views):
    read = table("study=soramic")
    for variable in subgroup_views("study=soramic").variables:
        assert re.fullmatch(r"0\.\d{3}|< 0\.001|–", read.row(variable.id)["interaction"])
        levels = [r for r in read.rows if r["variable"] == variable.id and r["level"]]
        assert levels
        assert all("p" not in r and "interaction" not in r for r in levels)


def test_places_lie_within_the_cells(table):
    for query in ("study=nct01900002", "study=soramic", "study=edges"):
        for style in table(query).styles:
            for number in re.findall(r"left:(-?[\d.]+)%", style):
                assert 0 <= float(number) <= 100


def test_labels_are_escaped(subgroup_views, all_studies):
    from dataclasses import replace

    view = subgroup_views("study=edges")
    variable = replace(view.variables[0], label="<script>x</script>", meaning='"><i>')
    spoiled = replace(view, variables=(variable, *view.variables[1:]))
    text = subgroup_table(spoiled)
    assert "<script>" not in text
    assert '"><i>' not in text


@pytest.mark.parametrize(
    "query", ["study=edges&age=200..300", "study=edges&age=200..300&show=effect"]
)
def test_nobody_in_view_is_no_table(subgroup_views, query):
    assert subgroup_table(subgroup_views(query)) == ""


def test_a_study_where_nobody_has_the_event(table):
    read = table("study=edges&endpoint=quiet")
    assert read.row("stage")["p"] == "–"


ratio = st.floats(0.02, 50).flatmap(
    lambda x: st.floats(1.01, 30).map(lambda wide: (x, x / wide, x * wide))
)


@given(st.lists(ratio, max_size=12))
def test_the_axis_is_symmetric_and_holds_every_estimate(estimates):
    axis = log_axis([*estimates, (math.nan, math.nan, math.nan)])
    assert axis.low == pytest.approx(1 / axis.high)
    assert [round(1 / t, 3) for t in reversed(axis.ticks)] == [round(t, 3) for t in axis.ticks]
    assert 1 in axis.ticks
    for value, _, _ in estimates:
        if 1 / 16 < value < 16:
            assert axis.low <= value <= axis.high
        assert 0 <= float(axis.place(value).rstrip("%")) <= 100
    assert axis.place(1) == "50.00%"


def test_all_patients_have_their_hazard_ratio_and_a_diamond(subgroup_views):
    context = subgroup_views("study=soramic&show=effect")
    overall = subgroup_table(context).split('class="overall"')[1].split("</tbody>")[0]
    assert "<b>0.69</b>" in overall  # as published
    assert 'class="diamond"' in overall
    assert "66/73 · 94/104" in overall
