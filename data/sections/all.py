"""Every optional part of a study, in the order in which they are declared and read.

A section may rely on those above it.
"""

from __future__ import annotations

from data.sections.adverse_event_table import ADVERSE_EVENTS
from data.sections.arms import ARMS
from data.sections.comparison_keys import COMPARISON
from data.sections.dosimetry_table import DOSIMETRY
from data.sections.evidence_table import EVIDENCE
from data.sections.flow_keys import EXPOSURE, FLOW
from data.sections.further_tables import FURTHER_TABLES
from data.sections.plan_keys import PLAN
from data.sections.presets import PRESETS
from data.sections.published_table import PUBLISHED_SUBGROUPS
from data.sections.reconstructions import RECONSTRUCTIONS
from data.sections.section import Section
from data.sections.similar_keys import SIMILAR

SECTIONS: tuple[Section, ...] = (
    FURTHER_TABLES,
    ADVERSE_EVENTS,
    ARMS,
    PRESETS,
    SIMILAR,
    PUBLISHED_SUBGROUPS,
    COMPARISON,
    PLAN,
    FLOW,
    EXPOSURE,
    DOSIMETRY,
    EVIDENCE,
    RECONSTRUCTIONS,
)
