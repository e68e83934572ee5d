"""What a study says of its patients, as far as statements about them need it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from data.cohort import Cohort
from data.outcomes import DAYS_PER_UNIT
from data.patient_groups import AnalysisSet
from data.sections.adverse_events import AdverseEventColumns, Grade, Term
from data.study import Endpoint, Variable
from data.warehouse.question import SITE


@dataclass(frozen=True, eq=False)
class Events:
    """The table of adverse events.

    Attributes
    ----------
    patient : str
        Its column of patients' ids.
    grades, terms : tuple of Grade, of Term
    grade_texts : mapping of str to int
        Of each text of the column of grades its place in ``grades``.
    term_places : mapping of (category, label) to int
    """

    columns: AdverseEventColumns
    patient: str
    grades: tuple[Grade, ...] = ()
    grade_texts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    terms: tuple[Term, ...] = ()
    term_places: Mapping[tuple[str, str], int] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def severe_texts(self) -> tuple[str, ...]:
        """Texts of the column that name a grade of 3 or more."""
        return tuple(text for text, place in self.grade_texts.items() if self.grades[place].severe)


@dataclass(frozen=True, eq=False)
class Model:
    """A study's variables, endpoints and sets, and what was learnt of all its databases.

    Attributes
    ----------
    patient : str
        Column of the patients' ids; empty where the study does not say.
    variables : mapping of id to Variable
        Numbers with their cuts, once these are known.
    missing : frozenset of str
        Variables of which some patient has no value, once that is known.
    days : mapping of endpoint id to (K,) array of float
        The different days that occur, where they may have fractions and rounding makes no other.
    """

    variables: Mapping[str, Variable]
    endpoints: Mapping[str, Endpoint]
    sets: Mapping[str, AnalysisSet]
    patient: str
    events: Events | None = None
    sites: tuple[str, ...] = ("database",)
    missing: frozenset[str] = frozenset()
    days: Mapping[str, np.ndarray] = field(default_factory=lambda: MappingProxyType({}))

    def per_unit(self, endpoint: str) -> float:
        """Days of one unit of an endpoint's times."""
        timing = self.endpoints[endpoint].timing
        if timing.start or timing.first_of:
            return 1.0
        return DAYS_PER_UNIT[timing.unit or "days"]

    def wanted_sites(self, cohort: Cohort) -> set[int]:
        """Places of the sites of which a cohort's filters keep patients."""
        places = set(range(len(self.sites)))
        for one in cohort.filters:
            if one.variable == SITE and SITE in self.variables:
                levels = self.variables[SITE].levels
                places &= {i for i, level in enumerate(levels) if level.id in one.levels}
        for variable, ids in self.sets[cohort.analysis_set].rule:
            if variable == SITE and SITE in self.variables:
                levels = self.variables[SITE].levels
                places &= {i for i, level in enumerate(levels) if level.id in ids}
        return places
