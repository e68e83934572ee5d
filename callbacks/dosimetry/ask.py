"""What the Dosimetry page asks of the analysis: the shown view, and no other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analysis.agreement import agreement
from analysis.maximally_selected import maximally_selected
from analysis.proportions import clopper_pearson
from analysis.ranks import spearman
from analysis.roc import roc
from analysis.survival_groups import survival_by_group
from callbacks.curves import axis_of
from callbacks.groups import in_analysis, landmark_days, recorded_mask
from callbacks.memory import Memory
from callbacks.safety.ask import worst_of
from data.address import NO_SPLIT, View
from data.cohort import select
from data.sections.dosimetry import DELIVERED, PLANNED, Dose
from data.study import Study
from layouts.dosimetry.context import (
    AgreementResult,
    DoseSummary,
    DoseSurvivalResult,
    DosimetryContext,
    ResponseResult,
    Result,
    ToxicityResult,
    Withheld,
)
from layouts.dosimetry.disclosure import too_few
from layouts.dosimetry.options import AGREEMENT, RESPONSE, SURVIVAL, TOXICITY, DosimetryOptions
from layouts.dosimetry.thresholds import patient_values


def ask(memory: Memory, study: Study, view: View, options: DosimetryOptions) -> DosimetryContext:
    """The shown view of a study's doses with all that must be said beside it."""
    mask = select(study, view.cohort)
    lesions = study.dosimetry.lesions if study.dosimetry else None
    of_lesions = mask[lesions.patient] if lesions is not None else np.zeros(0, bool)
    result, summaries = None, ()
    if options.view == AGREEMENT:
        summaries = tuple(_summaries(study, mask, of_lesions))
    if options.dose is not None and mask.any():
        result = _result(memory, study, view, options, mask, of_lesions)
    return DosimetryContext(
        study=study,
        view=view,
        options=options,
        in_cohort=int(mask.sum()),
        lesions=int(of_lesions.sum()),
        off_target=int((lesions.target[of_lesions] == 0).sum()) if lesions is not None else 0,
        result=result,
        summaries=summaries,
    )


def _result(
    memory: Memory, study: Study, view: View, options: DosimetryOptions, mask, of_lesions
) -> Result:
    if options.view == AGREEMENT:
        return _agreement(study, options, mask, of_lesions)
    if options.view == RESPONSE:
        return _response(study, options, of_lesions)
    if options.view == SURVIVAL:
        return _survival(memory, study, view, options, mask)
    return _toxicity(memory, study, options, mask) if options.view == TOXICITY else None


def _survival(
    memory: Memory, study: Study, view: View, options: DosimetryOptions, mask: np.ndarray
) -> Result:
    endpoint = study.endpoint(view.endpoint)
    if options.thresholds is None:
        return None
    value = patient_values(study, options.dose, options.estimate)
    landmark = landmark_days(study, replace(view, by=NO_SPLIT))
    known = mask & study.outcomes[endpoint.id].known
    still = in_analysis(study, endpoint.id, mask, landmark)
    rows = still & np.isfinite(value)
    if too_few(study, int(rows.sum())):
        # Whoever moves the threshold over a single patient reads off the dose.
        return Withheld()
    axis = axis_of(memory, study, endpoint.id, landmark)
    event = study.outcomes[endpoint.id].event
    unit = f" {options.dose.unit}" if options.dose.unit else ""
    cut = f"{options.thresholds.text(options.threshold)}{unit}"
    above = np.where(rows, value >= options.threshold, -1).astype(np.int64)
    return DoseSurvivalResult(
        endpoint=endpoint,
        groups=survival_by_group(axis, event, above, (f"< {cut}", f"≥ {cut}"), rows),
        selected=maximally_selected(axis, event, value, rows),
        possible=max(np.unique(value[rows]).size - 1, 0),
        without_dose=int((still & ~np.isfinite(value)).sum()),
        without_endpoint=int(mask.sum() - known.sum()),
        before_landmark=int(known.sum() - still.sum()),
        landmark_days=landmark,
    )


def _toxicity(memory: Memory, study: Study, options: DosimetryOptions, mask: np.ndarray) -> Result:
    events = study.adverse_events
    wanted = study.dosimetry.columns.toxicity_preset
    preset = next(one for one in events.columns.presets if one.id == wanted)
    places = [i for i, term in enumerate(events.terms) if term.label in preset.terms]
    # -1 is no such event, then the places of the grades.
    worst = worst_of(memory, study).highest(places)
    value = study.dosimetry.values[options.dose.id, options.estimate]
    recorded = mask & recorded_mask(study)
    rows = recorded & np.isfinite(value)
    if too_few(study, int(rows.sum())):
        return Withheld()
    labels = ("none", *(f"grade {grade.label}" for grade in events.grades))
    groups = [np.sort(value[rows & (worst == i - 1)]) for i in range(len(labels))]
    return ToxicityResult(
        terms=preset.label,
        labels=labels,
        n=tuple(one.size for one in groups),
        doses=tuple(_shown(study, one) for one in groups),
        median_with=_median(_shown(study, np.concatenate(groups[1:]))),
        median_without=_median(_shown(study, groups[0])),
        correlation=spearman(value[rows], worst[rows]),
        without_dose=int((recorded & ~rows).sum()),
        not_recorded=int((mask & ~recorded).sum()),
    )


def _shown(study: Study, values: np.ndarray) -> np.ndarray:
    """Doses of patients, or none if they are too few to be shown."""
    return values[:0] if too_few(study, values.size) else values


def _median(values: np.ndarray) -> float:
    return float(np.median(values)) if values.size else np.nan


def _in_view(dose: Dose, mask: np.ndarray, of_lesions: np.ndarray) -> np.ndarray:
    return of_lesions if dose.of_lesions else mask


def _summaries(study: Study, mask: np.ndarray, of_lesions: np.ndarray):
    """Every dose, planned and delivered."""
    for dose in study.dosimetry.doses:
        rows = _in_view(dose, mask, of_lesions)
        for estimate in dose.columns:
            values = study.dosimetry.values[dose.id, estimate]
            used = rows & np.isfinite(values)
            known = values[used]
            withheld = too_few(study, _owners(study, dose, used)[0])
            numbers = (np.nan,) * 5
            if known.size and not withheld:
                sd = known.std(ddof=1) if known.size > 1 else np.nan
                numbers = (known.mean(), sd, np.median(known), known.min(), known.max())
            missing = int(rows.sum() - known.size)
            yield DoseSummary(
                dose, estimate, int(known.size), missing, *map(float, numbers), withheld
            )


def _owners(study: Study, dose: Dose, used: np.ndarray) -> tuple[int, int]:
    """Patients with a value used, and those of them with several."""
    owner = study.dosimetry.lesions.patient if dose.of_lesions else np.arange(study.n)
    count = np.bincount(owner[used], minlength=study.n)
    return int((count > 0).sum()), int((count > 1).sum())


def _agreement(study: Study, options: DosimetryOptions, mask, of_lesions) -> Result:
    dose = options.dose
    rows = _in_view(dose, mask, of_lesions)
    both = [study.dosimetry.values[dose.id, one] for one in (PLANNED, DELIVERED)]
    complete = rows & np.isfinite(both[0]) & np.isfinite(both[1])
    patients, several = _owners(study, dose, complete)
    if too_few(study, patients):
        return Withheld()
    planned, delivered = (values[complete] for values in both)
    order = np.lexsort((delivered, planned))
    planned, delivered = planned[order], delivered[order]
    result = None
    if options.scale == "difference" or ((planned > 0).all() and (delivered > 0).all()):
        result = agreement(planned, delivered, scale=options.scale)
    return AgreementResult(
        planned,
        delivered,
        result,
        patients,
        several,
        int(rows.sum() - complete.sum()),
    )


def _response(study: Study, options: DosimetryOptions, rows: np.ndarray) -> Result:
    if options.thresholds is None:
        return None
    lesions = study.dosimetry.lesions
    value = study.dosimetry.values[options.dose.id, options.estimate]
    answered = rows & (lesions.responder >= 0)
    used = answered & np.isfinite(value)
    for answer, words in ((1, "that responded"), (0, "that did not respond")):
        # The counts above and below a threshold tell the doses as well as the doses do.
        if too_few(study, _owners(study, options.dose, used & (lesions.responder == answer))[0]):
            one = study.dosimetry.columns.lesions.one
            return Withheld(f"too few have a {one} {words}")
    yes = lesions.responder[used] == 1
    found = roc(value[used], yes, lesions.patient[used])
    counts = found.at(options.threshold)
    return ResponseResult(
        responding=np.sort(value[used][yes]),
        not_responding=np.sort(value[used][~yes]),
        roc=found,
        counts=counts,
        sensitivity=clopper_pearson(counts[0], found.n_with),
        specificity=clopper_pearson(counts[3], found.n_without),
        **dict(zip(("patients", "several"), _owners(study, options.dose, used), strict=True)),
        without_dose=int((answered & ~used).sum()),
        without_response=int((rows & ~answered).sum()),
    )
