"""The filter rail: every variable, every level with its counts, nothing that disappears."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callbacks.pages import OPTION_NAMES
from data.address import default_view, read_address, read_filter
from data.catalog import load_catalog
from data.cohort import select
from data.load import load_study
from layouts.frame.filters import filter_rail, presets
from layouts.frame.rail_state import rail_state, rail_update
from tests.studies.edges import write_studies
from tests.trees import Element, named, text, with_class, with_prop

CATALOG = load_catalog()


def rail_of(catalog, query: str):
    """Study, view, state and components of the rail at an address."""
    reading = read_address("/survival", f"?{query}", catalog, OPTION_NAMES)
    assert not reading.notes
    state = rail_state(reading.study, reading.view.cohort)
    return reading.study, reading.view, state, filter_rail(reading.study, reading.view, state)


def controls(tree) -> dict[tuple[str, str], Element]:
    found = with_prop(tree, "data-control")
    return {(one["data-control"], one["data-part"]): one for one in found}


def ticks(control: Element) -> list[str]:
    """What a control offers to tick."""
    return [one["value"] for one in with_prop(control, "type", "checkbox")]


def ticked(control: Element) -> list[str]:
    """What is ticked of it."""
    return [one["value"] for one in with_prop(control, "checked")]


def ends(control: Element) -> list[float]:
    """Where the two thumbs of a slider stand."""
    return [float(one["value"]) for one in with_prop(control, "type", "range")]


def shown_levels(tree) -> dict[str, tuple[str, str]]:
    """The printed counts of every level that has a box: now and " / total"."""
    return {
        one["data-level"]: (one["data-now"], one["data-total"])
        for one in with_prop(tree, "data-level")
    }


@pytest.mark.parametrize("study", CATALOG.studies, ids=lambda study: study.id)
def test_the_rail_holds_every_variable_of_the_study(study):
    _, _, _, tree = rail_of(CATALOG, f"study={study.id}")
    listed = [one["data-variable"] for one in with_prop(tree, "data-variable")]
    assert sorted(listed) == sorted(variable.id for variable in study.variables)
    names = {name for name, _ in controls(tree)}
    assert names - {"set"} == {variable.id for variable in study.variables}


@pytest.mark.parametrize("study", CATALOG.studies, ids=lambda study: study.id)
def test_every_level_can_be_chosen(study):
    _, _, state, tree = rail_of(CATALOG, f"study={study.id}")
    found = controls(tree)
    boxes = shown_levels(tree)
    for one in state:
        variable = one.variable
        if variable.is_number:
            slider = found[variable.id, "range"]
            thumbs = with_prop(slider, "type", "range")
            limits = [[float(thumb["min"]), float(thumb["max"])] for thumb in thumbs]
            assert limits == [ends(slider)] * 2 == [list(one.limits)] * 2
            continue
        ids = [level.id for level in variable.levels]
        if study.has_missing(variable):
            ids.append("missing")
        assert [k for k in boxes if k.startswith(f"{variable.id}/")] == [
            f"{variable.id}/{level_id}" for level_id in ids
        ]
        control = found[variable.id, "levels"]
        assert ticks(control) == ids
        assert (control.name == "div") == (len(ids) <= 6)


def test_numbers_have_sliders_many_levels_a_list_that_opens_and_few_have_boxes(all_studies):
    _, _, _, tree = rail_of(all_studies, "study=edges")
    kinds = {name: one["class"] for name, one in controls(tree).items()}
    assert kinds["many", "levels"] == "many"
    assert kinds["site", "levels"] == "boxes"
    assert kinds["age", "range"] == "two-ended"
    # One age is not known, so that missing can be chosen beside the range.
    assert kinds["age", "levels"] == "boxes"


def test_counts_without_a_filter_are_those_of_the_set(all_studies):
    _, _, _, tree = rail_of(all_studies, "study=edges")
    counts = shown_levels(tree)
    assert counts["stage/b"] == ("5", " / 5")
    assert counts["stage/missing"] == ("5", " / 5")
    assert counts["age/missing"] == ("1", " / 1")


@pytest.mark.parametrize(
    "query",
    [
        "study=soramic&bclc=c&pvi=yes",
        "study=nct01900002&tnm=stage-iva,stage-ivb&age-years=50..70",
        "study=nct01900002&set=enrolled&arm=sorafenib",
        "study=edges&age=200..300",
        "study=edges&many=m1,m2&stage=missing",
    ],
)
def test_a_count_is_what_ticking_the_level_alone_would_give(all_studies, query):
    study, view, state, tree = rail_of(all_studies, query)
    printed = shown_levels(tree)
    for one in state:
        others = view.cohort.without(one.variable.id)
        for level in one.levels:
            chosen = read_filter(one.variable, level.level, [])
            expected = int((select(study, others) & chosen.mask(study)).sum())
            assert level.now == expected
            key = f"{one.variable.id}/{level.level}"
            assert printed[key] == (str(expected), f" / {level.total}")


def test_a_level_emptied_by_another_filter_stays_with_a_zero(all_studies):
    _, _, _, before = rail_of(all_studies, "study=edges")
    _, _, _, after = rail_of(all_studies, "study=edges&age=45..45")
    assert list(shown_levels(before)) == list(shown_levels(after))
    assert shown_levels(after)["arm/b"] == ("0", " / 10")


def test_what_is_filtered_is_ticked_and_its_fold_open(all_studies):
    query = "study=edges&stage=c,missing&age=50..60&cell=plain"
    _, _, _, tree = rail_of(all_studies, query)
    found = controls(tree)
    assert ticked(found["stage", "levels"]) == ["c", "missing"]
    assert ends(found["age", "range"]) == [50, 60]
    _, _, _, tree = rail_of(CATALOG, "study=soramic&alcohol=yes")
    folds = []
    for one in with_class(tree, "rail-more"):
        inside = [c["data-variable"] for c in with_prop(one, "data-variable")]
        folds.append("open" in one)
        assert ("open" in one) == ("alcohol" in inside)
    assert folds.count(True) == 1


def test_presets_are_links_to_their_filters(all_studies):
    study, view, _, _ = rail_of(all_studies, "study=edges&by=stage&endpoint=quiet")
    (preset,) = with_class(presets(study, view), "preset")
    assert text(preset) == "Older, stage C"
    assert preset["href"] == "/survival?study=edges&endpoint=quiet&by=stage&stage=c&age=60..75"
    assert "aria-current" not in preset


def test_a_preset_says_that_it_is_on_and_a_second_click_takes_it_off(all_studies):
    query = "study=edges&endpoint=quiet&by=stage"
    study, view, _, _ = rail_of(all_studies, f"{query}&age=60..75&stage=c")
    (preset,) = with_class(presets(study, view), "preset")
    assert preset["aria-current"] == "true"
    assert preset["href"] == f"/survival?{query}"
    # With another filter beside its own, the view is no longer that of the preset.
    study, view, _, _ = rail_of(all_studies, f"{query}&age=60..75&stage=c,b")
    (preset,) = with_class(presets(study, view), "preset")
    assert "aria-current" not in preset


@pytest.mark.parametrize("study", CATALOG.studies, ids=lambda study: study.id)
def test_every_preset_of_a_study_can_be_used(study):
    links = with_class(presets(study, default_view(study, "survival")), "preset")
    assert len(links) == len(study.presets)
    for link in links:
        path, _, query = link["href"].partition("?")
        reading = read_address(path, f"?{query}", CATALOG, OPTION_NAMES)
        assert reading.notes == ()
        assert select(study, reading.view.cohort).sum() >= 5


def test_only_a_study_with_several_sets_offers_them(all_studies):
    _, _, _, tree = rail_of(all_studies, "study=nct01900002&set=enrolled")
    offered = named(controls(tree)["set", "value"], "option")
    assert [one["value"] for one in offered if "selected" in one] == ["enrolled"]
    assert [text(one) for one in offered] == ["treated with both (34)", "all enrolled (38)"]
    assert ("set", "value") not in controls(rail_of(all_studies, "study=soramic")[3])


def test_every_input_has_a_name_for_a_screen_reader(all_studies):
    for study in all_studies.studies:
        _, _, _, tree = rail_of(all_studies, f"study={study.id}")
        for one in named(tree, "input") + named(tree, "select"):
            assert one["aria-label"], one
        for control in controls(tree).values():
            for group in with_prop(control, "role", "group"):
                assert group["aria-label"]
        for box in with_prop(tree, "type", "checkbox"):
            assert re.search(r", \d+ of \d+ patients?$", box["aria-label"])


@pytest.mark.parametrize("study", CATALOG.studies, ids=lambda study: study.id)
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_an_update_says_what_a_fresh_rail_would(study, data):
    """The browser writes an update into the rail on the screen instead of drawing it anew."""
    parts = [
        f"{variable.id}={data.draw(st.sampled_from(variable.levels)).id}"
        for variable in data.draw(st.sets(st.sampled_from(study.variables), max_size=3))
        if not variable.is_number
    ]
    _, _, state, tree = rail_of(CATALOG, "&".join([f"study={study.id}", *parts]))
    update = rail_update(state)
    printed = shown_levels(tree)
    assert {key: counts[0] for key, counts in printed.items()} == {
        key: str(now) for key, now in update["now"].items()
    }
    assert update["size"] == state[0].size
    words = {one["data-words"]: text(one) for one in with_prop(tree, "data-words")}
    assert update["words"] == words
    bars = {one["data-bars"]: one["style"] for one in with_prop(tree, "data-bars")}
    assert {name: f"mask-image:{image}" for name, image in update["bars"].items()} == bars
    assert json.loads(json.dumps(update, allow_nan=False)) == update


def test_a_number_without_any_value_says_so(tmp_path):
    folder = write_studies(tmp_path) / "edges"
    rows = (folder / "patients.csv").read_text("utf-8").splitlines()
    age = rows[0].split(",").index("age")
    emptied = [
        ",".join("" if i == age else c for i, c in enumerate(row.split(","))) for row in rows[1:]
    ]
    (folder / "patients.csv").write_text("\n".join([rows[0], *emptied]) + "\n", "utf-8")
    study = load_study(folder)
    view = default_view(study, "survival")
    tree = filter_rail(study, view, rail_state(study, view.cohort))
    assert "No value in this analysis set." in text(tree)
