"""``study.toml`` to the schema: every key checked, every fault named, nothing guessed."""

from __future__ import annotations

from dataclasses import dataclass

from data.checking.keys import FILE, Keys, shown
from data.checking.numerals import read_range
from data.checking.problems import Problem, doubled
from data.checking.slug import slug
from data.sections.adverse_event_table import read_event_columns
from data.sections.adverse_events import AdverseEventColumns
from data.sections.comparison import Comparison, read_comparison
from data.sections.dosimetry import DosimetryColumns
from data.sections.dosimetry_table import read_dosimetry_columns
from data.sections.evidence import SOURCES
from data.sections.evidence_files import EvidenceFiles, read_evidence_files
from data.sections.flow import FlowStep, read_exposure, read_flow
from data.study import (
    ARM,
    KINDS,
    LONGEST_DAYS,
    MISSING_ID,
    PROVENANCES,
    AnalysisSet,
    Arm,
    Endpoint,
    Level,
    Preset,
    Variable,
)

# More than anybody compares, or a menu can list.
MOST_LEVELS = 200
# Words of the link grammar that no variable may take: its own, "no split", and page options.
RESERVED = frozenset(
    {"study", "set", "endpoint", "by", "none", "page"}
    | {"ci", "landmarks", "unit", "x", "show", "risk", "level", "view", "present", "order", "sort"}
    | {"group", "search", "p", "table", "published", "theme", "cut", "terms", "min", "tau"}
    | {"adjust", "stratify", "model", "curve", "of", "month"}
    | {"compartment", "estimate", "scale", "threshold"}
    | {"activity-dose", "activity-mass", "activity-shunt", "activity-lungs", "activity-height"}
    | {"activity-weight", "activity-involvement", "activity-limit", "activity-tumour"}
    | {"activity-liver", "activity-ratio", "activity-treated"}
    | {"statistic", "verdict"}
)


@dataclass(frozen=True)
class Declaration:
    """What ``study.toml`` says, before the patients are read."""

    fields: dict[str, str | int]
    patients_file: str
    patient_column: str
    arms: tuple[Arm, ...]
    endpoints: tuple[Endpoint, ...]
    variables: tuple[Variable, ...]
    analysis_sets: tuple[AnalysisSet, ...]
    presets: tuple[Preset, ...]
    tables: dict[str, str]
    published_subgroups: tuple[tuple[str, str, str], ...]
    comparison: Comparison
    adverse_events: AdverseEventColumns | None
    flow: tuple[FlowStep, ...]
    exposure: tuple[str, ...]
    dosimetry: DosimetryColumns | None
    evidence: EvidenceFiles | None
    reconstructions: str

    @property
    def files(self) -> list[str]:
        """Every file of the folder that is read."""
        files = [FILE, self.patients_file, *self.tables.values(), self.reconstructions]
        files += [file for _, _, file in self.published_subgroups]
        if self.evidence:
            files += [self.evidence.cells, self.evidence.discrepancies, self.evidence.method]
        return [file for file in files if file]

    @property
    def columns(self) -> list[str]:
        """Every column of the patients' file that is named."""
        columns = [self.patient_column, *(variable.column for variable in self.variables)]
        for endpoint in self.endpoints:
            columns += [endpoint.time_column, endpoint.event_column]
        return columns

    @property
    def default_set(self) -> AnalysisSet:
        return next((s for s in self.analysis_sets if s.default), self.analysis_sets[0])


def _level(entry, reader: Keys) -> Level | None:
    if isinstance(entry, str):
        entry = {"value": entry}
    if not isinstance(entry, dict):
        reader.fault(
            "levels",
            f"the level {shown(entry)} is not a text",
            'Put it in quotes, or write {value = "…"}',
        )
        return None
    inner = Keys(entry, f"{reader.where}.levels", reader.problems)
    value = inner.take("value", str)
    label = inner.take("label", str, value)
    made = Level(inner.slug("id", slug(label) or slug(value)), value, label)
    inner.finish()
    return made


def _variable(reader: Keys, endpoint_ids: tuple[str, ...]) -> Variable:
    column = reader.take("column", str)
    label = reader.take("label", str)
    kind = reader.choice("kind", KINDS)
    variable_id = reader.slug("id", slug(column))
    if variable_id in RESERVED:
        reader.fault("id", f"“{variable_id}” is a word of the link grammar", "Choose another id")
    entries = [_level(entry, reader) for entry in reader.at_most("levels", MOST_LEVELS)]
    levels = tuple(level for level in entries if level)
    cuts = reader.numbers("cuts", MOST_LEVELS)
    _check_levels(reader, kind, levels, cuts)
    variable = Variable(
        id=variable_id,
        column=column,
        label=label,
        kind=kind,
        group=reader.take("group", str),
        levels=levels,
        missing=reader.choice("missing", ("exclude", "level"), "exclude"),
        cuts=cuts,
        prespecified=reader.take("prespecified", bool, False),
        published=_published(reader, endpoint_ids),
        after_baseline=reader.take("after_baseline", bool, False),
        landmark_days=reader.whole("landmark_days", None, 1, LONGEST_DAYS),
        meaning=reader.take("meaning", str, ""),
        unit=reader.take("unit", str, ""),
        featured=reader.take("featured", bool, False),
        decimals=reader.whole("decimals", 0, 0, 6),
        source=reader.choice("source", ("", *SOURCES), ""),
        source_note=reader.take("source_note", str, ""),
    )
    reader.finish()
    return variable


def _published(reader: Keys, endpoint_ids: tuple[str, ...]) -> tuple[str, ...]:
    published = reader.texts("published", [])
    for endpoint_id in published:
        if endpoint_id not in endpoint_ids:
            reader.fault(
                "published",
                f"there is no endpoint {shown(endpoint_id)}",
                f"Use {', '.join(endpoint_ids)}",
            )
    return published


def _check_levels(reader: Keys, kind: str, levels: tuple[Level, ...], cuts) -> None:
    if kind == "number":
        if levels:
            reader.fault("levels", "a number has no levels", "Remove them, or use cuts = [ … ]")
        if list(cuts) != sorted(set(cuts)):
            reader.fault("cuts", "the cuts do not rise", "Write them in rising order")
        return
    if cuts:
        reader.fault("cuts", "only a number has cuts", 'Remove them, or write kind = "number"')
    if not levels and not reader.table.get("levels"):
        reader.fault("levels", "no level is declared", "List every value in clinical order")
    for attribute in ("id", "value"):
        names = [getattr(level, attribute) for level in levels]
        for name in doubled(names):
            fix = 'Give one of them its own: {value = "…", id = "…"}'
            reader.fault("levels", f"two levels share the {attribute} “{name}”", fix)


def _endpoint(reader: Keys) -> Endpoint:
    endpoint_id = reader.slug("id")
    label = reader.take("label", str)
    name = reader.take("name", str)
    endpoint = Endpoint(
        id=endpoint_id,
        label=label,
        name=name,
        event_name=reader.take("event_name", str),
        time_column=reader.take("time", str),
        event_column=reader.take("event", str),
        curve=reader.take("curve", str, name),
        origin=reader.take("origin", str, "the start"),
        population=reader.take("population", str, ""),
        competing=reader.take("competing", str, ""),
        later_origin=reader.take("later_origin", bool, False),
        context=reader.take("context", str, ""),
    )
    unit = reader.take("unit", str, "days")
    if unit != "days":
        reader.fault("unit", f"the unit is “{unit}”", "Store whole days (a month is 30.4375 days)")
    reader.finish()
    return endpoint


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
                f"Use a list of {', '.join(known)}",
            )
        elif not all(level_id in known for level_id in level_ids):
            reader.fault(
                "rule",
                f"“{variable_id}” has other levels than {shown(level_ids)}",
                f"Use a list of {', '.join(known)}",
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


def _arms(reader: Keys, variables: dict[str, Variable]) -> tuple[Arm, ...]:
    arms = []
    for entry in reader.tables("arms", []):
        level = entry.slug("level")
        label = entry.take("label", str)
        short = entry.take("short", str, label)
        arms.append(Arm(level, label, short, entry.take("reference", bool, False)))
        entry.finish()
    if len(arms) > 1 and sum(arm.reference for arm in arms) != 1:
        reader.fault(
            "arms",
            "not exactly one arm is the reference",
            "Write reference = true in the arm that others are compared with",
        )
    declared = tuple(level.id for level in variables[ARM].levels) if ARM in variables else ()
    if tuple(arm.level for arm in arms) != declared:
        reader.fault(
            "arms",
            f"the arms do not match the levels of the variable “{ARM}”",
            f"Give the variable “{ARM}” these levels in this order",
        )
    return tuple(arms)


def _unique(reader: Keys, key: str, items) -> None:
    ids = [item.id for item in items]
    for name in doubled(ids):
        reader.fault(key, f"the id “{name}” stands twice", "Give each its own id")


def read_declaration(raw: dict, folder: str) -> tuple[Declaration, list[Problem]]:
    """Turn a parsed ``study.toml`` into a declaration.

    Parameters
    ----------
    raw : dict
        The parsed file.
    folder : str
        Name of the study's folder, which must equal its id.

    Returns
    -------
    Declaration, list of Problem
        The declaration is only to be used when there is no problem.
    """
    problems: list[Problem] = []
    top = Keys(raw, "", problems)
    fields = _fields(top, folder)
    patients = Keys(top.take("patients", dict, {}), "patients", problems)
    patients_file = patients.file("file", "patients.csv")
    patient_column = patients.take("id", str, "patient")
    patients.finish()

    endpoints = tuple(_endpoint(entry) for entry in top.tables("endpoints"))
    if not endpoints:
        top.fault("endpoints", "no endpoint is declared", "Add at least one [[endpoints]]")
    endpoint_ids = tuple(endpoint.id for endpoint in endpoints)
    variables = tuple(_variable(e, endpoint_ids) for e in top.tables("variables"))
    by_id = {variable.id: variable for variable in variables}
    sets = tuple(_analysis_set(entry, by_id) for entry in top.tables("analysis_sets", []))
    if sum(s.default for s in sets) > 1:
        top.fault("analysis_sets", "more than one set is the default", "Keep one default = true")
    sets = sets or (AnalysisSet("all", "All patients", "Every patient", default=True),)
    for key, items in (("endpoints", endpoints), ("variables", variables), ("analysis_sets", sets)):
        _unique(top, key, items)
    tables, set_ids = _optional_tables(top), tuple(one.id for one in sets)
    events = read_event_columns(top, tables, set_ids, endpoint_ids)
    declaration = Declaration(
        fields=fields,
        patients_file=patients_file,
        patient_column=patient_column,
        arms=_arms(top, by_id),
        endpoints=endpoints,
        variables=variables,
        analysis_sets=sets,
        presets=_presets(top, by_id),
        tables=tables,
        published_subgroups=_published_subgroups(top, endpoint_ids),
        comparison=read_comparison(top, by_id, {one.id: one for one in endpoints}),
        adverse_events=events,
        flow=read_flow(top, set_ids),
        exposure=read_exposure(top, by_id),
        dosimetry=read_dosimetry_columns(top, tables, events),
        evidence=read_evidence_files(top),
        reconstructions=top.file("reconstructions", "") if "reconstructions" in top.table else "",
    )
    split = fields["default_split"]
    if split and split not in by_id:
        top.fault("default_split", f"there is no variable {shown(split)}", "Correct the id")
    top.finish()
    return declaration, problems


def _fields(top: Keys, folder: str) -> dict[str, str | int | None]:
    """The plain values at the head of the file."""
    study_id = top.slug("id")
    if study_id and study_id != folder:
        fault = f"{shown(study_id)} is not the folder's name “{folder}”"
        top.fault("id", fault, "Make them equal")
    fields = {"id": study_id, "provenance": top.choice("provenance", PROVENANCES)}
    for key in ("title", "design", "question", "citation"):
        fields[key] = top.take(key, str)
    for key in ("tagline", "registration", "provenance_note", "default_split"):
        fields[key] = top.take(key, str, "")
    fields["decimals"] = top.whole("decimals", 1, 0, 3)
    fields["single_patients"] = top.take("single_patients", bool, True)
    fields["randomised"] = top.take("randomised", bool, None)
    return fields


def _presets(top: Keys, variables: dict[str, Variable]) -> tuple[Preset, ...]:
    presets = []
    for entry in top.tables("presets", []):
        label = entry.take("label", str)
        filters = []
        for variable_id, text in entry.take("filters", dict).items():
            if variable_id not in variables:
                entry.fault(
                    "filters", f"there is no variable {shown(variable_id)}", "Correct the id"
                )
            elif not isinstance(text, str):
                entry.fault(
                    "filters",
                    f"the value {shown(text)} is not a text",
                    'Write levels as in a link, for instance "a,b"',
                )
            else:
                _check_filter(entry, variables[variable_id], text)
                filters.append((variable_id, text))
        presets.append(Preset(label, tuple(filters)))
        entry.finish()
    return tuple(presets)


def _check_filter(entry: Keys, variable: Variable, text: str) -> None:
    """A preset must not hold what a link would drop."""
    parts = text.split(",")
    if variable.is_number:
        ranges = [read_range(part) for part in parts if part != MISSING_ID]
        if len(ranges) > 1 or any(found is None or found[0] > found[1] for found in ranges):
            entry.fault(
                "filters",
                f"{shown(text)} is not a range of “{variable.id}”",
                'Write it as in a link, for instance "60..75"',
            )
        return
    known = list(dict.fromkeys([*(level.id for level in variable.levels), MISSING_ID]))
    if not set(parts) <= set(known):
        entry.fault(
            "filters", f"“{variable.id}” has no level {shown(text)}", f"Use {', '.join(known)}"
        )


def _optional_tables(top: Keys) -> dict[str, str]:
    tables = {}
    for entry in top.tables("tables", []):
        table_id = entry.slug("id")
        if table_id in tables:
            entry.fault("id", f"the id “{table_id}” stands twice", "Give each its own id")
        tables[table_id] = entry.file("file")
        entry.finish()
    return tables


def _published_subgroups(top: Keys, endpoint_ids) -> tuple[tuple[str, str, str], ...]:
    """(endpoint id, title, file) of each published table of subgroups."""
    found = []
    for entry in top.tables("published_subgroups", []):
        endpoint_id = entry.take("endpoint", str)
        if endpoint_id not in endpoint_ids or endpoint_id in {one[0] for one in found}:
            entry.fault(
                "endpoint",
                f"{shown(endpoint_id)} is no endpoint, or stands twice",
                f"Use one of {', '.join(endpoint_ids)}",
            )
        found.append((endpoint_id, entry.take("title", str), entry.file("file")))
        entry.finish()
    return tuple(found)
