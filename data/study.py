"""The schema of a study: what its folder declares, as frozen dataclasses.

Everything a view may call by a clinical name (variables, levels, endpoints, arms) comes from
here, that is, from the study's own ``study.toml``; no other module knows a study by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from data.causes import Causes, of_pair
from data.coding import AS_IT_STANDS, Coding
from data.minima import Disclosure
from data.outcomes import WHOLE_DAYS, EndpointData, Timing
from data.patient_groups import AnalysisSet, Arm, Preset
from data.reading.raw import FileRead
from data.sections.adverse_events import AdverseEvents
from data.sections.comparison import Comparison
from data.sections.dosimetry import Dosimetry
from data.sections.evidence import Evidence
from data.sections.flow import FlowStep
from data.sections.plan import Plan
from data.sections.published import PublishedSubgroups
from data.sections.similar import Similar
from data.warehouse.counts import Counted

ARM = "arm"
# A century: longer than any trial; codes for "not known" such as 99999 are longer.
LONGEST_DAYS = 36525
MISSING_ID = "missing"
MISSING_LABEL = "Missing"


@dataclass(frozen=True)
class Level:
    """One value of a categorical variable.

    Attributes
    ----------
    id : str
        ASCII slug used in links.
    value : str
        The cell of ``patients.csv``.
    label : str
        What the reader sees.
    phrase : str
        Who has it, within a sentence: ``without cirrhosis``; empty for "with" and the label.
    """

    id: str
    value: str
    label: str
    phrase: str = ""


@dataclass(frozen=True)
class LevelGroup:
    """Several levels of a variable that a reader takes for one: ``Any hepatitis C``.

    Attributes
    ----------
    levels : tuple of str
        Level ids, two or more, in the study's order.
    """

    label: str
    levels: tuple[str, ...]


@dataclass(frozen=True)
class Variable:
    """One column of ``patients.csv`` that patients can be filtered or split by.

    Attributes
    ----------
    id, column, label : str
        Slug in links, column of the table, words on the screen.
    kind : str
        ``categorical``, ``ordinal`` or ``number``.
    group : str
        Heading of the filter rail.
    levels : tuple of Level
        In clinical order; for a number the ranges it is split into (see ``cuts``).
    level_groups : tuple of LevelGroup
        Any of several levels, offered as one click; of a number none.
    missing : str
        ``level``: patients without a value form a group of their own in a split;
        ``exclude``: a split leaves them out and says how many. A filter offers them either way.
    cuts : tuple of float
        Where a number is cut for a split: below, and at or above each cut.
    prespecified : bool
        Planned before the data were seen; otherwise exploratory.
    published : tuple of str
        Endpoints for which the publication determines the split by this variable.
    after_baseline : bool
        Known only after treatment began: a filter on it breaks a randomisation.
    landmark_days : int or None
        Day by which it is known; a survival split by it starts there.
    meaning : str
        What the label's abbreviations stand for.
    featured : bool
        Shown in the filter rail at once; others stand behind "More".
    decimals : int
        Digits after the point of a number on the screen.
    per : float or None
        In a regression a number is per so many of its unit (10 years); None where the study does
        not say.
    log : bool
        In a regression it enters by its logarithm, per doubling; all its values are above 0.
    source : str
        Of a study without patient data, one of ``data.sections.evidence.SOURCES``: solved for from
        published relations, following from other variables by a rule, or made up around a published
        summary. Empty where ``study.toml`` does not say.
    source_note : str
        A sentence about that.
    coding : Coding
        What the cells of the column stand for.
    """

    id: str
    column: str
    label: str
    kind: str
    group: str
    levels: tuple[Level, ...] = ()
    level_groups: tuple[LevelGroup, ...] = ()
    missing: str = "exclude"
    cuts: tuple[float, ...] = ()
    prespecified: bool = False
    published: tuple[str, ...] = ()
    after_baseline: bool = False
    landmark_days: int | None = None
    meaning: str = ""
    unit: str = ""
    featured: bool = False
    decimals: int = 0
    per: float | None = None
    log: bool = False
    source: str = ""
    source_note: str = ""
    coding: Coding = AS_IT_STANDS

    @property
    def is_number(self) -> bool:
        return self.kind == "number"

    @property
    def is_criterion(self) -> bool:
        """Whether a patient can be described by it: known before treatment, and no arm."""
        return self.id != ARM and not self.after_baseline

    def level(self, level_id: str) -> Level:
        """The level with this id. KeyError if there is none."""
        for level in self.levels:
            if level.id == level_id:
                return level
        if level_id == MISSING_ID:
            return Level(MISSING_ID, "", MISSING_LABEL)
        raise KeyError(level_id)


@dataclass(frozen=True)
class Endpoint:
    """A time-to-event endpoint; times are days.

    Attributes
    ----------
    time_column, event_column : str
        Columns of the patients' table, read as ``timing`` says; empty for the first of several
        endpoints.
    population : str
        Who has this endpoint when not everybody has ("Patients who progressed"); blank cells are
        allowed only then.
    curve : str
        What the survival axis shows, for instance "Progression-free".
    origin : str
        From when the days are counted, for instance "randomisation".
    competing : str
        What can happen instead of the event and is counted as censoring ("death without
        progression"); empty if nothing can.
    later_origin : bool
        The days start after treatment began (post-progression survival), so that what is known by
        then needs no landmark.
    context : str
        Name of the endpoint in the table of other trials' medians where it is not the label.
    primary : bool
        The study declares it as what it was planned to decide.
    timing : Timing
        How its cells become days and events.
    """

    id: str
    label: str
    name: str
    event_name: str
    time_column: str
    event_column: str
    curve: str
    origin: str
    population: str = ""
    competing: str = ""
    later_origin: bool = False
    context: str = ""
    primary: bool = False
    timing: Timing = WHOLE_DAYS

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column of the patients' table that it is read from."""
        timing = self.timing
        named = (timing.start, self.time_column, self.event_column, *timing.event_dates)
        named = (*named, timing.cause_column)
        return tuple(dict.fromkeys(name for name in named if name))


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, eq=False)
class Study:
    """A study that was read and found sound.

    Attributes
    ----------
    default_split : str
        Variable that a survival view is split by at first; empty for none.
    decimals : int
        Digits of a median in months, as the publication prints them.
    version : str
        Hash of the folder's files: the key under which results may be remembered.
    codes : mapping of variable id to ndarray of int64, shape (N,)
        Position in ``variable.levels``; -1 where the value is missing.
    numbers : mapping of variable id to ndarray of float, shape (N,)
        NaN where missing.
    outcomes : mapping of endpoint id to EndpointData
    single_patients : bool
        Whether a chart may hold a mark, or a file a row, for each single patient.
    disclosure : Disclosure
        How few patients a number may be about; see `data.disclosure`.
    tables : mapping of table name to DataFrame
        Optional further tables (adverse events, lesions, …), cells as text.
    published_subgroups : mapping of endpoint id to PublishedSubgroups
    comparison : Comparison
        What the arms are compared by beside the endpoints.
    plan : Plan or None
        The hazard ratio that the protocol planned; None where none is declared.
    adverse_events : AdverseEvents or None
    similar : Similar
        What makes another patient like one.
    flow : tuple of FlowStep
        The patients' way into the study, before filters.
    exposure : tuple of str
        Variable ids that say which treatment was received.
    dosimetry : Dosimetry or None
        Doses of a radioembolization, and how activity was prescribed.
    causes : tuple of Causes
        Of each endpoint for which more than two ways of leaving are declared.
    sentence_case : bool
        Whether labels are written with a capital as at the beginning of a sentence, which an
        ordinary word loses within one. Else every label stays as it is written.
    randomised : bool or None
        Whether chance assigned the arms; None where the study does not say.
    evidence : Evidence or None
        What the publication prints, to hold against the data.
    reconstructions : tuple of Study
        Data sets that fit the publication equally well, the shipped one among them.
    files : tuple of FileRead
        How its tables were read.
    notes : tuple of str
        What its files say of one patient that cannot all be true (see `data.contradictions`).
    more : mapping of name to object
        Values of sections (see `data.sections.section`) that have no attribute of their own.
    counted : Counted or None
        Where its patients stay in a database: whom to ask for counts. There are no rows then,
        and ``codes``, ``numbers`` and ``outcomes`` raise NeedsRows.
    """

    id: str
    title: str
    tagline: str
    design: str
    question: str
    citation: str
    registration: str
    provenance: str
    provenance_note: str
    default_split: str
    decimals: int
    endpoints: tuple[Endpoint, ...]
    variables: tuple[Variable, ...]
    analysis_sets: tuple[AnalysisSet, ...]
    version: str
    patient_ids: tuple[str, ...]
    codes: Mapping[str, np.ndarray]
    numbers: Mapping[str, np.ndarray]
    outcomes: Mapping[str, EndpointData]
    single_patients: bool = True
    disclosure: Disclosure = field(default_factory=Disclosure)
    arms: tuple[Arm, ...] = ()
    presets: tuple[Preset, ...] = ()
    tables: Mapping[str, pd.DataFrame] = field(default_factory=_nothing)
    published_subgroups: Mapping[str, PublishedSubgroups] = field(default_factory=_nothing)
    comparison: Comparison = field(default_factory=Comparison)
    plan: Plan | None = None
    adverse_events: AdverseEvents | None = None
    similar: Similar = field(default_factory=Similar)
    flow: tuple[FlowStep, ...] = ()
    exposure: tuple[str, ...] = ()
    dosimetry: Dosimetry | None = None
    causes: tuple[Causes, ...] = ()
    sentence_case: bool = False
    randomised: bool | None = None
    evidence: Evidence | None = None
    reconstructions: tuple[Study, ...] = ()
    files: tuple[FileRead, ...] = ()
    notes: tuple[str, ...] = ()
    more: Mapping[str, Any] = field(default_factory=_nothing)
    counted: Counted | None = None

    @property
    def n(self) -> int:
        """Patients in the file, before any analysis set or filter."""
        return len(self.patient_ids) if self.counted is None else self.counted.n

    @property
    def default_set(self) -> AnalysisSet:
        return next((s for s in self.analysis_sets if s.default), self.analysis_sets[0])

    @property
    def default_endpoint(self) -> Endpoint:
        return self.endpoints[0]

    @property
    def reference(self) -> int:
        """Position in ``arms`` of the arm that others are compared with.

        Every study with two arms or more declares one. 0 for a study with fewer, which compares
        nothing.
        """
        return next((i for i, arm in enumerate(self.arms) if arm.reference), 0)

    @property
    def reconstructed(self) -> bool:
        return self.provenance == "reconstructed"

    def variable(self, variable_id: str) -> Variable | None:
        """The variable with this id, or None."""
        return next((v for v in self.variables if v.id == variable_id), None)

    def endpoint(self, endpoint_id: str) -> Endpoint | None:
        """The endpoint with this id, or None."""
        return next((e for e in self.endpoints if e.id == endpoint_id), None)

    def analysis_set(self, set_id: str) -> AnalysisSet | None:
        """The analysis set with this id, or None."""
        return next((s for s in self.analysis_sets if s.id == set_id), None)

    @property
    def all_causes(self) -> tuple[Causes, ...]:
        """The same with the causes of the two endpoints of which one also counts what competes."""
        pair = self.comparison.competing
        if pair is None:
            return self.causes
        event = self.endpoint(pair.event)
        made = of_pair(event.id, pair.composite, event.event_name, event.competing)
        return (made, *self.causes)

    def causes_of(self, endpoint_id: str) -> Causes | None:
        """The causes of an endpoint, which counts all of them or that of interest alone."""
        return next((one for one in self.all_causes if one.belongs_to(endpoint_id)), None)

    def with_sections(self, values: Mapping[str, Any]) -> Study:
        """The study with values of sections, each in the attribute of its name or in ``more``."""
        attributes = {one.name for one in fields(self)}
        own = {name: value for name, value in values.items() if name in attributes}
        further = {name: value for name, value in values.items() if name not in attributes}
        return replace(self, **own, more=MappingProxyType({**self.more, **further}))

    def has_missing(self, variable: Variable) -> bool:
        """Whether any patient of the file lacks a value of this variable."""
        if self.counted is not None:
            return variable.id in self.counted.missing
        return bool((self.codes[variable.id] < 0).any())
