"""``study.toml``: what it declares, and every way it can be wrong."""

from __future__ import annotations

import copy
import datetime
import tomllib
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.address import default_view, search
from data.checking.problems import StudyError
from data.cohort import level_counts, masks_for_counting, select, set_mask
from data.declaration import read_declaration
from data.found_levels import with_found_levels
from data.grammar import GRAMMAR
from data.patient_groups import AnalysisSet, Arm, Preset
from data.reading.raw import AS_FOUND
from data.sections.section import Declaration
from data.sources.folder import FolderSource
from data.study import Level


def sentences(raw: dict, folder: str = "base") -> list[str]:
    return [problem.sentence for problem in read_declaration(raw, folder)[1]]


def declaration(raw: dict) -> Declaration:
    made, problems = read_declaration(raw, "base")
    assert problems == []
    return made


def variable(raw: dict, column: str) -> dict:
    return next(entry for entry in raw["variables"] if entry["column"] == column)


def test_what_is_declared(declared):
    made = declaration(declared)
    assert made.fields["title"] == "Base study"
    assert made.fields["default_split"] == "arm"
    assert (made.patients_file, made.patient_column) == ("patients.csv", "patient")
    assert made.sections["arms"] == (Arm("a", "Arm A", "A"), Arm("b", "Arm B", "Arm B", True))
    assert {name: file.name for name, file in made.sections["tables"].items()} == {
        "adverse-events": "adverse_events.csv",
        "lesions": "lesions.csv",
    }
    assert made.sections["presets"] == (
        Preset("Young, stage C", (("age", "18..50"), ("stage", "stage-c,missing"))),
    )
    assert [v.id for v in made.variables] == ["arm", "stage", "ascites", "age", "afp"]
    stage, afp = made.variables[1], made.variables[4]
    assert stage.levels == (
        Level("stage-b", "Stage B", "Stage B"),
        Level("stage-c", "Stage C", "Stage C"),
        Level("d", "D", "Stage D"),
    )
    assert (stage.missing, stage.published, stage.featured) == ("level", ("os",), False)
    assert (afp.cuts, afp.landmark_days, afp.after_baseline) == ((20, 400.5), 90, True)
    assert made.analysis_sets[0].rule == (("stage", ("stage-c", "d")),)
    assert made.default_set.id == "stage-known"


def test_a_number_is_per_a_step_or_per_doubling(declared):
    variable(declared, "age")["per"] = 10
    variable(declared, "afp_ng")["log"] = True
    stage, age, afp = (declaration(declared).variables[i] for i in (1, 3, 4))
    assert (stage.per, stage.log) == (None, False)
    assert (age.per, age.log) == (10.0, False)
    assert (afp.per, afp.log) == (None, True)
    variable(declared, "afp_ng")["per"] = 2.5
    assert sentences(declared) == [
        "study.toml, key “variables[afp].per”: the number is per doubling already. "
        "Remove per or log."
    ]


def test_defaults(declared):
    for key in (
        "tagline",
        "registration",
        "provenance_note",
        "default_split",
        "patients",
        "analysis_sets",
        "presets",
        "tables",
        "adverse_events",
        "flow",
        "doses",
        "lesions",
        "dosimetry",
        "prescription",
    ):
        del declared[key]
    made = declaration(declared)
    assert made.fields["default_split"] == made.fields["tagline"] == ""
    assert made.fields["decimals"] == 1
    assert (made.patients_file, made.patient_column) == ("patients.csv", "patient")
    assert made.analysis_sets == (
        AnalysisSet("all", "All patients", "Every patient", default=True),
    )
    assert made.sections["presets"] == ()
    ascites, pps = made.variables[2], made.endpoints[1]
    assert (ascites.missing, ascites.published, ascites.landmark_days) == ("exclude", (), None)
    assert (pps.curve, pps.origin) == ("Post-progression survival", "the start")


def test_the_first_set_is_the_default_when_none_says_so(declared):
    declared["analysis_sets"].reverse()
    del declared["analysis_sets"][1]["default"]
    assert declaration(declared).default_set.id == "everybody"


def test_a_study_without_arms(declared):
    del declared["arms"], declared["default_split"]
    declared["variables"].pop(0)
    assert declaration(declared).sections["arms"] == ()


@pytest.mark.parametrize("key", ["id", "title", "design", "question", "citation", "provenance"])
def test_a_missing_heading(declared, key):
    del declared[key]
    assert sentences(declared) == [f"study.toml, key “{key}”: the key is missing. Add it: a text."]


@pytest.mark.parametrize("key", ["endpoints", "variables"])
def test_a_missing_list(declared, key):
    del declared[key]
    assert f"study.toml, key “{key}”: the key is missing. Add it: a list." in sentences(declared)


def test_an_empty_heading(declared):
    declared["title"] = "  "
    assert sentences(declared) == ["study.toml, key “title”: the text is empty. Write a text."]


def test_an_unknown_key_is_answered_with_the_nearest(declared):
    variable(declared, "stage")["levls"] = ["Stage B"]
    declared["weather"] = "red"
    assert sentences(declared) == [
        "study.toml, key “variables[stage].levls”: the key is not known. "
        "Write “levels” if that is meant.",
        "study.toml, key “weather”: the key is not known. Remove it.",
    ]


def test_id_and_folder_must_agree(declared):
    assert sentences(declared, "elsewhere") == [
        "study.toml, key “id”: “base” is not the folder's name “elsewhere”. Make them equal."
    ]


def test_an_id_must_be_short_ascii(declared):
    declared["id"] = "Base study"
    assert sentences(declared, "Base study") == [
        "study.toml, key “id”: “Base study” is not a short ASCII id. "
        "Use lower-case letters, digits and single hyphens."
    ]


def test_an_unknown_provenance(declared):
    declared["provenance"] = "real"
    assert sentences(declared) == [
        "study.toml, key “provenance”: “real” is not one of patient data, reconstructed, "
        "simulated. Use one of these."
    ]


@pytest.mark.parametrize(
    ("column", "key", "value", "fault"),
    [
        ("stage", "kind", "nominal", "“nominal” is not one of categorical, ordinal, number"),
        ("stage", "missing", "drop", "“drop” is not one of exclude, level"),
        ("stage", "missing", "", "“” is not one of exclude, level"),
        ("stage", "featured", "yes", "the value “yes” is not true or false"),
        ("stage", "featured", 1, "the value 1 is not true or false"),
        ("stage", "label", 3, "the value 3 is not a text"),
        ("stage", "label", True, "the value true is not a text"),
        ("stage", "levels", "B", "the value “B” is not a list"),
        ("stage", "levels", [], "no level is declared"),
        ("stage", "cuts", [3], "only a number has cuts"),
        ("stage", "per", 10, "only a number enters a regression so"),
        ("stage", "log", True, "only a number enters a regression so"),
        ("age", "per", 0, "the value 0 is not a number above 0"),
        ("age", "per", -10, "the value -10 is not a number above 0"),
        ("age", "per", "10", "the value “10” is not a number above 0"),
        ("age", "per", True, "the value true is not a number above 0"),
        ("age", "per", float("nan"), "the value nan is not a number above 0"),
        ("age", "per", float("inf"), "the value inf is not a number above 0"),
        ("age", "per", 10**400, "is not a number above 0"),
        ("age", "log", 2, "the value 2 is not true or false"),
        ("stage", "published", ["pfs"], "there is no endpoint “pfs”"),
        ("stage", "published", [["os"]], "not every entry is a text"),
        ("stage", "id", "", "“” is not a short ASCII id"),
        ("age", "levels", ["40"], "a number has no levels"),
        ("age", "cuts", ["65"], "the entry “65” is not a number"),
        ("age", "cuts", [True], "the entry true is not a number"),
        ("age", "cuts", [float("nan")], "the entry nan is not a number"),
        ("age", "cuts", [float("inf")], "the entry inf is not a number"),
        ("age", "cuts", [10**400], "is not a number"),
        ("age", "cuts", [16**5000], "the entry with so many digits is not a number"),
        ("age", "cuts", [65, 50], "the cuts do not rise"),
        ("age", "cuts", [65, 65], "the cuts do not rise"),
        ("age", "decimals", -1, "the value -1 is out of range"),
        ("age", "decimals", 10**9, "is out of range"),
        ("age", "decimals", 1.5, "the value 1.5 is not a whole number"),
        ("age", "decimals", True, "the value true is not a whole number"),
        ("age", "landmark_days", 0, "the value 0 is out of range"),
    ],
)
def test_a_wrong_value_of_a_variable(declared, column, key, value, fault):
    variable(declared, column)[key] = value
    found = [one for one in sentences(declared) if fault in one]
    assert len(found) == 1
    assert found[0].startswith("study.toml, key “variables[")
    assert f".{key}”" in found[0]


@pytest.mark.parametrize(
    ("level", "fault"),
    [
        (2, "the level 2 is not a text"),
        ({"label": "E"}, "the key is missing"),
        ({"value": 3}, "the value 3 is not a text"),
        ("", "the text is empty"),
        ({"value": "E", "id": "E!"}, "“E!” is not a short ASCII id"),
        ({"value": "E", "lable": "e"}, "Write “label” if that is meant"),
        ("Stage B", "two levels share the value “Stage B”"),
        ("stage: c", "two levels share the id “stage-c”"),
        ("肝", "the key is missing"),
    ],
)
def test_a_wrong_level(declared, level, fault):
    variable(declared, "stage")["levels"].append(level)
    found = [one for one in sentences(declared) if fault in one]
    assert len(found) >= 1
    assert found[0].startswith("study.toml, key “variables[stage].levels")


def test_ids_stand_once(declared):
    declared["endpoints"].append(declared["endpoints"][0])
    declared["variables"].append(variable(declared, "age"))
    declared["analysis_sets"].append(declared["analysis_sets"][1])
    declared["tables"].append(declared["tables"][0])
    assert sentences(declared) == [
        "study.toml, key “endpoints”: the id “os” stands twice. Give each its own id.",
        "study.toml, key “variables”: the id “age” stands twice. Give each its own id.",
        "study.toml, key “analysis_sets”: the id “everybody” stands twice. Give each its own id.",
        "study.toml, key “tables[adverse-events].id”: the id “adverse-events” stands twice. "
        "Give each its own id.",
    ]


@pytest.mark.parametrize("word", sorted(GRAMMAR))
def test_words_of_the_grammar_are_no_variables(declared, word):
    variable(declared, "age")["id"] = word
    assert (
        f"study.toml, key “variables[{word}].id”: “{word}” is a word of the link grammar. "
        "Choose another id."
    ) in sentences(declared)


@pytest.mark.parametrize("word", ["study", "set", "endpoint", "by", "none"])
def test_the_grammar_keeps_its_words(word):
    assert word in GRAMMAR


def test_options_of_pages_are_no_variables_either(declared):
    """The caller says which there are, since the pages are on a floor above."""
    declared["variables"].append(variable(declared, "age") | {"id": "landmarks"})
    assert sentences(declared) == []
    _, problems = read_declaration(declared, "base", frozenset({"ci", "landmarks"}))
    assert [problem.sentence for problem in problems] == [
        "study.toml, key “variables[landmarks].id”: “landmarks” is a word of the link grammar. "
        "Choose another id."
    ]


def test_units_of_time(declared):
    declared["endpoints"][0]["unit"] = "fortnights"
    assert sentences(declared) == [
        "study.toml, key “endpoints[os].unit”: “fortnights” is not one of days, weeks, months, "
        "years. Use one of these."
    ]


def test_at_least_one_endpoint(declared):
    declared["endpoints"] = []
    assert (
        "study.toml, key “endpoints”: no endpoint is declared. Add at least one [[endpoints]]."
        in (sentences(declared))
    )


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        ({"sex": ["male"]}, "there is no variable with levels “sex”"),
        ({"age": ["range-1"]}, "there is no variable with levels “age”"),
        ({"stage": ["e"]}, "“stage” has other levels than ['e']"),
        ({"stage": [["d"]]}, "“stage” has other levels than [['d']]"),
        ({"stage": [{"d": 1}]}, "“stage” has other levels than"),
        ({"stage": "d"}, "“d” is not a list of levels"),
        ({"stage": []}, "[] is not a list of levels"),
    ],
)
def test_a_wrong_rule(declared, rule, fault):
    declared["analysis_sets"][0]["rule"] = rule
    (sentence,) = sentences(declared)
    assert sentence.startswith("study.toml, key “analysis_sets[stage-known].rule”: ")
    assert fault in sentence


def test_one_default_set(declared):
    declared["analysis_sets"][1]["default"] = True
    assert sentences(declared) == [
        "study.toml, key “analysis_sets”: more than one set is the default. "
        "Keep one default = true."
    ]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: raw["arms"].reverse(),
        lambda raw: raw["arms"].pop(),
        lambda raw: raw.pop("arms"),
        lambda raw: raw["variables"].pop(0),
        lambda raw: variable(raw, "arm").update(levels=["A", "B", "C"]),
    ],
    ids=["order", "one missing", "no arms", "no variable", "one too many"],
)
def test_arms_are_the_levels_of_arm(declared, spoil):
    spoil(declared)
    assert (
        "study.toml, key “arms”: the arms do not match the levels of the variable “arm”. "
        "Give the variable “arm” these levels in this order."
    ) in sentences(declared)


@pytest.mark.parametrize(
    ("filters", "fault"),
    [
        ({"sex": "male"}, "there is no variable “sex”"),
        ({"stage": 3}, "the value 3 is not a text"),
        ({"stage": "d,e"}, "“stage” has no level “d,e”"),
        ({"stage": ""}, "“stage” has no level “”"),
        ({"age": "old"}, "“old” is not a range of “age”"),
        ({"age": "70..60"}, "“70..60” is not a range of “age”"),
        ({"age": "1..2,3..4"}, "“1..2,3..4” is not a range of “age”"),
    ],
)
def test_a_wrong_preset(declared, filters, fault):
    declared["presets"][0]["filters"] = filters
    (sentence,) = sentences(declared)
    assert sentence.startswith("study.toml, key “presets[Young, stage C].filters”: ")
    assert fault in sentence


@pytest.mark.parametrize("name", ["../patients.csv", "/etc/hosts", "sub/sub/p.csv", "..", ".", ""])
def test_files_stand_in_the_folder(declared, name):
    declared["patients"]["file"] = name
    declared["tables"][0]["file"] = name or "../x.csv"
    found = sentences(declared)
    assert len(found) == 2
    assert all("is not the name of a file in this folder" in sentence for sentence in found)


@pytest.mark.parametrize(("name", "refused"), [("x9w;", 1), ("sub/list", 1), ("list.txt", 0)])
def test_a_file_has_an_ending(declared, name, refused):
    declared["tables"][0]["file"] = name
    found = [one for one in sentences(declared) if "has no ending that says what" in one]
    assert len(found) == refused


@pytest.mark.parametrize("references", [(), ("a", "b")])
def test_one_arm_is_the_reference(declared, references):
    for arm in declared["arms"]:
        arm["reference"] = arm["level"] in references
    (sentence,) = sentences(declared)
    assert "not exactly one arm is the reference" in sentence


def test_an_unknown_default_split(declared):
    declared["default_split"] = "sex"
    assert sentences(declared) == [
        "study.toml, key “default_split”: there is no variable “sex”. Correct the id."
    ]


def test_entries_must_be_tables(declared):
    declared["arms"] = ["A", "B"]
    assert "study.toml, key “arms”: entry 1 is not a table. Write it under [[arms]]." in (
        sentences(declared)
    )


def test_every_problem_is_told_at_once(declared):
    declared["title"] = 3
    declared["provenance"] = "real"
    variable(declared, "age")["kind"] = "float"
    assert len(sentences(declared)) >= 3


# ---- Whatever TOML can hold, the answer is a declaration or sentences.

toml_values = st.recursive(
    st.text(max_size=6)
    | st.sampled_from(["os", "arm", "stage", "a", "number", "missing", "1..2", "patients.csv"])
    | st.integers()
    | st.just(10**400)
    | st.floats()
    | st.booleans()
    | st.just(datetime.date(2020, 2, 29)),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=4) | st.sampled_from(["id", "value"]), inner, max_size=3)
    ),
    max_leaves=6,
)


def _places(value, path=()):
    """Every place of a nested value."""
    yield path
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _places(inner, (*path, key))


@st.composite
def spoiled(draw, sound: dict):
    """A declaration with a few values replaced, removed or added."""
    raw = copy.deepcopy(sound)
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from([place for place in _places(raw) if place]))
        holder = raw
        for key in way:
            holder = holder[key]
        what = draw(st.sampled_from(["replace", "remove", "add"]))
        if what == "remove":
            del holder[last]
        elif what == "add" and isinstance(holder, list):
            holder.insert(last, draw(toml_values))
        elif what == "add":
            holder[draw(st.text(max_size=5))] = draw(toml_values)
        else:
            holder[last] = draw(toml_values)
    return raw


@given(st.data())
@settings(deadline=None, max_examples=300)
def test_no_declaration_makes_the_loader_stumble(base_folder, data):
    raw = data.draw(spoiled(tomllib.loads((base_folder.path / "study.toml").read_text("utf-8"))))
    # Levels that are not declared are found in the patients' file first.
    table = FolderSource(base_folder.path).table("patients.csv", AS_FOUND)
    _, problems = read_declaration(with_found_levels(raw, table)[0], "base")
    assert all(problem.sentence.endswith(".") for problem in problems)
    with patch("data.sources.folder.read_toml", return_value=raw):
        try:
            study = base_folder.load()
        except StudyError:
            return
    assert not problems
    view = default_view(study, "survival")
    assert search(view, study).startswith("?study=base")
    assert select(study, view.cohort).shape == (study.n,)
    total = set_mask(study, view.cohort.analysis_set)
    for one, now in masks_for_counting(study, view.cohort).items():
        level_counts(study, study.variable(one), now, total)


@given(raw=st.dictionaries(st.text(max_size=6), toml_values, max_size=5))
@settings(deadline=None)
def test_any_other_toml_is_refused(raw):
    assert read_declaration(raw, "base")[1]


# ---- any of several levels


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ({"Any": ["nowhere", "low"]}, "names no level “nowhere”"),
        ({"Any": "low"}, "is not a list of level ids"),
        ({"Any": ["low"]}, "is one level, or all of them"),
        ({"Any": ["low", "mid", "high"]}, "is one level, or all of them"),
        ({"Low": ["low", "mid"]}, "is no name of its own"),
        ([], "is not a table"),
    ],
)
def test_a_faulty_group_of_levels_is_named(declared, groups, said):
    levels = ["Low", "Mid", "High"]
    entry = variable(declared, declared["variables"][0]["column"])
    declared["variables"].append({**_plain(entry), "levels": levels, "groups": groups})
    (fault,) = [one for one in sentences(declared) if "groups" in one]
    assert said in fault


def test_a_group_holds_its_levels_in_clinical_order(declared):
    entry = {**_plain(declared["variables"][0]), "levels": ["Low", "Mid", "High"]}
    declared["variables"].append({**entry, "groups": {"Not low": ["high", "mid"]}})
    (group,) = declaration(declared).variables[-1].level_groups
    assert (group.label, group.levels) == ("Not low", ("mid", "high"))


def _plain(entry: dict) -> dict:
    kept = {"label": "New", "kind": "categorical", "group": entry["group"]}
    return {"column": "new", **kept}
