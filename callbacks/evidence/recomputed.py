"""The number that a study's data give for a printed cell, by the product's own analysis."""

from __future__ import annotations

import math
import re
from functools import lru_cache

import numpy as np
import pandas as pd

from analysis.contingency import chi_square
from analysis.cox.fit import CoxFit, fit_cox
from analysis.event_table import time_axis
from analysis.fisher import fisher_exact
from analysis.proportions import clopper_pearson
from analysis.survival_groups import SurvivalGroups, survival_by_group
from analysis.welch import welch_p
from callbacks.groups import split_codes
from data.cohort import Filter, set_mask
from data.sections.evidence import Condition, PublishedCell
from data.sections.evidence_cells import read_condition
from data.study import Study
from layouts.shared.words import DAYS_PER

_LIMIT = re.compile(r"(.*) (lower|upper)")


class Recomputer:
    """Recomputes the cells of one study; curves and models that cells share are made once."""

    def __init__(self, study: Study):
        self._study = study
        self._variables = {variable.id: variable for variable in study.variables}
        self._rows = lru_cache(None)(self._compute_rows)
        self._axis = lru_cache(None)(lambda endpoint: time_axis(study.outcomes[endpoint].time))
        self._curve = lru_cache(None)(self._compute_curve)
        self._model = lru_cache(None)(self._compute_model)

    def value(self, cell: PublishedCell) -> float:
        """The recomputed number; NaN where there is none. Months for times, per cent for shares."""
        found = _LIMIT.fullmatch(cell.quantity)
        stem, limit = (found[1], found[2]) if found else (cell.quantity, "")
        compute = {
            "count": self._count,
            "percent": self._percent,
            "adverse events": self._adverse_events,
            "adverse events percent": self._adverse_events,
            "rows": self._table_rows,
            "patients with rows": self._table_rows,
            "limit of agreement": self._limit_of_agreement,
            "survival median": self._median,
            "survival": self._survival,
            "hazard ratio": self._hazard_ratio,
            "Wald p": self._hazard_ratio,
            "log-rank p": self._log_rank,
            "chi-square p": self._table_p,
            "Fisher p": self._table_p,
            "Welch p": self._welch,
            "patients": self._patients,
            "events": self._patients,
        }.get(stem, self._number)
        return float(compute(cell, limit))

    def _compute_rows(self, set_id: str, where: Condition) -> np.ndarray:
        rows = set_mask(self._study, set_id or self._study.default_set.id)
        for variable, levels in where:
            rows = rows & Filter(variable, levels).mask(self._study)
        return rows

    def _of(self, text: str, cell: PublishedCell) -> np.ndarray:
        condition, _ = read_condition(text, self._variables)
        return self._rows(cell.analysis_set, cell.where + condition)

    def _count(self, cell: PublishedCell, limit: str) -> float:
        return sum(int(self._of(part, cell).sum()) for part in cell.of.split(" + "))

    def _percent(self, cell: PublishedCell, limit: str) -> float:
        total = int(self._rows(cell.analysis_set, cell.where).sum())
        count = self._count(cell, limit)
        if not total:
            return math.nan
        if not limit:
            return 100 * count / total
        interval = clopper_pearson(count, total)
        return 100 * (interval.lower if limit == "lower" else interval.upper)

    def _numbers(self, cell: PublishedCell) -> np.ndarray:
        """The numbers of a variable, or of a column of a further table, without the missing."""
        if "." not in cell.of:
            numbers = self._study.numbers[cell.of][self._rows(cell.analysis_set, cell.where)]
        else:
            name, _, column = cell.of.partition(".")
            numbers = pd.to_numeric(self._table(name, cell)[column]).to_numpy(float)
        return numbers[np.isfinite(numbers)]

    def _table(self, name: str, cell: PublishedCell) -> pd.DataFrame:
        table = self._study.tables[name]
        for column, values in cell.table_where:
            table = table[table[column].isin(values)]
        return table

    def _number(self, cell: PublishedCell, limit: str) -> float:
        numbers = self._numbers(cell)
        if cell.quantity == "known":
            return len(numbers)
        if not len(numbers):
            return math.nan
        shares = {
            "smallest": 0,
            "lower quartile": 0.25,
            "median": 0.5,
            "upper quartile": 0.75,
            "largest": 1,
        }
        if cell.quantity in shares:
            return float(np.quantile(numbers, shares[cell.quantity]))
        if cell.quantity == "sd":
            return float(numbers.std(ddof=1)) if len(numbers) > 1 else math.nan
        return float(numbers.mean())

    def _table_rows(self, cell: PublishedCell, limit: str) -> float:
        table = self._table(cell.of, cell)
        if cell.quantity == "rows":
            return len(table)
        sizes = table.groupby(table.columns[0]).size()
        wanted = [int(size) for size in cell.by.split(" | ")] if cell.by else sizes
        return int(sizes.isin(wanted).sum())

    def _limit_of_agreement(self, cell: PublishedCell, limit: str) -> float:
        first, second = (part.partition(".")[2] for part in cell.of.split(" - "))
        table = self._table(cell.of.partition(".")[0], cell)
        difference = pd.to_numeric(table[first]) - pd.to_numeric(table[second])
        distance = 1.96 * difference.std(ddof=1)
        return difference.mean() + (distance if limit == "upper" else -distance)

    def _adverse_events(self, cell: PublishedCell, limit: str) -> float:
        events = self._study.adverse_events
        labels, grades = cell.of.split(" | "), cell.by.split(" | ")
        terms = [i for i, term in enumerate(events.terms) if term.label in labels]
        wanted = [i for i, grade in enumerate(events.grades) if grade.label in grades]
        rows = np.isin(events.term, terms) & np.isin(events.grade, wanted)
        patients = len(np.unique(events.patient[rows]))
        if cell.quantity == "adverse events":
            return patients
        return 100 * patients / int(self._rows(cell.analysis_set, cell.where).sum())

    def _compute_curve(self, endpoint: str, by: str, set_id: str, where) -> SurvivalGroups:
        outcome = self._study.outcomes[endpoint]
        codes, labels = None, ("All patients",)
        if by:
            codes, labels = split_codes(self._study, self._variables[by])
        rows = self._rows(set_id, where) & outcome.known
        return survival_by_group(
            self._axis(endpoint), outcome.event, codes, labels, rows, conf_type="log"
        )

    def _group(self, cell: PublishedCell):
        return self._curve(cell.of, "", cell.analysis_set, cell.where).groups[0]

    def _patients(self, cell: PublishedCell, limit: str) -> float:
        rows = self._rows(cell.analysis_set, cell.where) & self._study.outcomes[cell.of].known
        if cell.quantity == "patients":
            return int(rows.sum())
        return int(self._study.outcomes[cell.of].event[rows].sum())

    def _median(self, cell: PublishedCell, limit: str) -> float:
        return getattr(self._group(cell).median, limit or "value") / DAYS_PER["months"]

    def _survival(self, cell: PublishedCell, limit: str) -> float:
        curve, day = self._group(cell).curve, float(cell.by) * DAYS_PER["months"]
        if curve.n and day > curve.time[-1]:
            # Nothing is printed beyond the last follow-up, also where the curve has ended at 0.
            return math.nan
        read = curve.at([day])
        return getattr(read, limit or "survival")[0]

    def _log_rank(self, cell: PublishedCell, limit: str) -> float:
        test = self._curve(cell.of, cell.by, cell.analysis_set, cell.where).test
        return math.nan if test is None else test.p_value

    def _compute_model(self, endpoint: str, by: str, adjusted: str, set_id: str, where) -> CoxFit:
        outcome = self._study.outcomes[endpoint]
        rows = self._rows(set_id, where) & outcome.known
        columns = {}
        for text in (by, adjusted):
            if not text:
                continue
            (variable, levels), *_ = read_condition(text, self._variables)[0]
            rows = rows & (self._study.codes[variable] >= 0)
            columns[variable] = Filter(variable, levels).mask(self._study).astype(float)
        covariates = pd.DataFrame(columns)[rows]
        return fit_cox(outcome.time[rows], outcome.event[rows], covariates)

    def _hazard_ratio(self, cell: PublishedCell, limit: str) -> float:
        fit = self._model(cell.of, cell.by, cell.adjusted, cell.analysis_set, cell.where)
        if cell.quantity == "Wald p":
            return fit.p_value[0]
        names = {"": "hazard_ratio", "lower": "lower", "upper": "upper"}
        return getattr(fit, names[limit])[0]

    def _table_p(self, cell: PublishedCell, limit: str) -> float:
        return min(self._cross(cell, by) for by in cell.by.split())

    def _cross(self, cell: PublishedCell, by: str) -> float:
        """p of a variable, or of one level against all others, crossed with another variable."""
        name, _, levels = cell.of.partition("=")
        codes, groups = self._study.codes[name], self._study.codes[by]
        rows = self._rows(cell.analysis_set, cell.where) & (codes >= 0) & (groups >= 0)
        if levels:
            codes = Filter(name, tuple(levels.split(","))).mask(self._study).astype(np.int64)
        table = np.zeros((codes[rows].max(initial=0) + 1, groups[rows].max(initial=0) + 1))
        np.add.at(table, (codes[rows], groups[rows]), 1)
        test = fisher_exact if cell.quantity == "Fisher p" else chi_square
        return test(table.astype(np.int64)).p_value

    def _welch(self, cell: PublishedCell, limit: str) -> float:
        numbers = self._study.numbers[cell.of]
        rows = self._rows(cell.analysis_set, cell.where) & np.isfinite(numbers)
        groups = self._study.codes[cell.by]
        parts = [numbers[rows & (groups == code)] for code in (0, 1)]
        return welch_p(*parts)
