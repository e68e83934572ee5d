"""The pages that exist, in the order of their tabs: the only list of them."""

from __future__ import annotations

from callbacks.along.page import SERVED as ALONG
from callbacks.arms.page import SERVED as ARMS
from callbacks.credibility.page import SERVED as CREDIBILITY
from callbacks.dosimetry.page import SERVED as DOSIMETRY
from callbacks.endpoints.page import SERVED as ENDPOINTS
from callbacks.evidence.page import SERVED as EVIDENCE
from callbacks.lasting.page import SERVED as LASTING
from callbacks.monitoring.page import SERVED as MONITORING
from callbacks.overview.page import SERVED as OVERVIEW
from callbacks.prognostic.page import SERVED as PROGNOSTIC
from callbacks.reading import Grammar
from callbacks.response.page import SERVED as RESPONSE
from callbacks.safety.page import SERVED as SAFETY
from callbacks.similar.page import SERVED as SIMILAR
from callbacks.states.page import SERVED as STATES
from callbacks.subgroups.page import SERVED as SUBGROUPS
from callbacks.survival.page import SERVED as SURVIVAL
from callbacks.thresholds.page import SERVED as THRESHOLDS
from callbacks.trials.page import SERVED as TRIALS

SERVED = (
    OVERVIEW,
    SURVIVAL,
    ENDPOINTS,
    THRESHOLDS,
    SUBGROUPS,
    ALONG,
    CREDIBILITY,
    ARMS,
    STATES,
    SIMILAR,
    PROGNOSTIC,
    RESPONSE,
    LASTING,
    SAFETY,
    MONITORING,
    DOSIMETRY,
    TRIALS,
    EVIDENCE,
)


def grammar_of(served) -> Grammar:
    """The options that a link to each of some pages may carry."""
    return {one.page.id: one.page.option_names for one in served}


PAGES = tuple(one.page for one in SERVED)
OPTION_NAMES = grammar_of(SERVED)
