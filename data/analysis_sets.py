"""``[[analysis_sets]]`` of ``study.toml``: who is analysed."""

from __future__ import annotations

from data.checking.keys import FILE, Keys, shown
from data.checking.problems import Problem, some_of
from data.patient_groups import AnalysisSet
from data.study import Variable

EVERYBODY = AnalysisSet("all", "All patients", "Every patient", default=True)


def declare_sets(top: Keys, variables: tuple[Variable, ...]) -> tuple[AnalysisSet, ...]:
    """Read every set; a study that declares none has one of everybody."""
    by_id = {variable.id: variable for variable in variables}
    sets = tuple(_analysis_set(entry, by_id) for entry in top.tables("analysis_sets", []))
    if sum(s.default for s in sets) > 1:
        top.fault("analysis_sets", "more than one set is the default", "Keep one default = true")
    return sets or (EVERYBODY,)


def empty_set(one: AnalysisSet) -> Problem:
    """That nobody belongs to a set, which can only be a mistake."""
    key = f"analysis_sets[{one.id}].rule"
    return Problem(FILE, "no patient belongs to this analysis set", "Correct its rule", key)


def _analysis_set(reader: Keys, variables: dict[str, Variable]) -> AnalysisSet:
    rule = []
    for variable_id, level_ids in reader.take("rule", dict, {}).items():
        variable = variables.get(variable_id)
        known = [level.id for level in variable.levels] if variable else []
        if variable is None or variable.is_number:
            reader.fault(
                "rule", f"there is no variable with levels {shown(variable_id)}", "Correct the id"
            )
        elif not known:
            continue  # It is said where the variable stands.
        elif not isinstance(level_ids, list) or not level_ids:
            reader.fault(
                "rule",
                f"{shown(level_ids)} is not a list of levels",
                f"Use a list of {some_of(known)}",
            )
        elif not all(level_id in known for level_id in level_ids):
            reader.fault(
                "rule",
                f"“{variable_id}” has other levels than {shown(level_ids)}",
                f"Use a list of {some_of(known)}",
            )
        else:
            rule.append((variable_id, tuple(level_ids)))
    made = AnalysisSet(
        id=reader.slug("id"),
        label=reader.take("label", str),
        description=reader.take("description", str, ""),
        rule=tuple(rule),
        default=reader.take("default", bool, False),
        published=reader.take("published", bool, False),
    )
    reader.finish()
    return made
