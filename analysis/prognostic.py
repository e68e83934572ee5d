"""Prognostic factors: one Cox regression for each variable, and one for several together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from types import MappingProxyType

import numpy as np
import pandas as pd

from analysis.cox.fit import CoxFit, chi_square_test, fit_cox, forgetting
from analysis.cox.likelihood import RiskSets
from analysis.cox.sets import sets_of
from analysis.event_table import TimeAxis, time_axis
from analysis.level_counts import MANY_PATIENTS
from analysis.proportional_hazards import ProportionalHazards, proportional_hazards

FOUND = 0.05


@dataclass(frozen=True, eq=False)
class Univariable:
    """One variable alone.

    Attributes
    ----------
    name : str
    fit : CoxFit
    hazards : ProportionalHazards
    likelihood_ratio_p : float
        Of the whole variable; NaN where it has no term that says something. It exists where the
        hazard ratio does not, because the likelihood has a limit where the estimate has none.
    p_value : float
        By which the variable counts: of one estimable term its Wald p, else by likelihood ratio.
    n, events : (L,) arrays of int
        Per level, also of the reference; one entry for a number.
    """

    name: str
    fit: CoxFit
    hazards: ProportionalHazards
    likelihood_ratio_p: float
    p_value: float
    n: np.ndarray
    events: np.ndarray

    @property
    def hazards_p(self) -> float:
        """p of the test of proportional hazards; NaN where there is none."""
        return self.hazards.tests[0].p_value if self.hazards.tests else np.nan


@dataclass(frozen=True, eq=False)
class Prognostic:
    """All variables alone, and the chosen ones together.

    Attributes
    ----------
    univariable : tuple of Univariable
    chosen : tuple of str
        Variables of the multivariable model.
    multivariable : CoxFit or None
        For the patients with all of them; None where nothing is chosen.
    hazards : ProportionalHazards or None
        Of the multivariable model.
    dropped : mapping of str to float
        Of each chosen variable with a term that is not estimable: p of the likelihood ratio of
        the model with and without it.
    """

    univariable: tuple[Univariable, ...]
    chosen: tuple[str, ...]
    multivariable: CoxFit | None
    hazards: ProportionalHazards | None
    dropped: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def found(self) -> tuple[str, ...]:
        """Variables whose own p is below 0.05, the smallest first."""
        small = [one for one in self.univariable if one.p_value < FOUND]
        return tuple(one.name for one in sorted(small, key=lambda one: one.p_value))

    @property
    def kept(self) -> tuple[str, ...]:
        """Variables of the model with a p below 0.05 in it: of a level, or of the whole.

        The Wald p of a level; of a variable with a level that is not estimable also the
        likelihood ratio of the model with and without it.
        """
        fit = self.multivariable
        if fit is None:
            return ()
        small = {name for name, p in zip(fit.variables, fit.p_value, strict=True) if p < FOUND}
        small |= {name for name, p in self.dropped.items() if p < FOUND}
        return tuple(name for name in self.chosen if name in small)

    @property
    def events_per_variable(self) -> float:
        """Events of the multivariable model for each of its coefficients."""
        fit = self.multivariable
        return fit.n_events / len(fit.terms) if fit is not None and fit.terms else np.nan


def prognostic_factors(
    time, event, covariates: pd.DataFrame, chosen: tuple[str, ...], *, found: bool
) -> Prognostic:
    """Fit every variable alone and the chosen ones together.

    Parameters
    ----------
    time, event : (N,) arrays
        Of the patients in view, in days.
    covariates : (N, V) DataFrame
        Numbers or categoricals; the first level is the reference. Each model leaves out the
        patients without a value of its variables.
    chosen : tuple of str
        Columns of the multivariable model.
    found : bool
        Also take every variable whose own p is below 0.05.
    """
    time, event = np.asarray(time), np.asarray(event).astype(np.intp)
    axis = time_axis(time)

    def together(names: tuple[str, ...]) -> Patterns:
        return Patterns(time, event, covariates[list(names)])

    # All variables that nobody lacks share one order of the patients.
    everybody = cache(partial(sets_of, axis, event))
    alone = (_alone(axis, event, covariates[name], everybody) for name in covariates.columns)
    return _with_model(tuple(alone), together, chosen, found)


@dataclass(frozen=True, eq=False)
class Patterns:
    """Patients by what they are alike in.

    Attributes
    ----------
    time, event : (K,) arrays
    covariates : (K, p) DataFrame
        Numbers or categoricals; missing where a value is.
    patients : (K,) array of int, or None
        How many patients each row stands for; None where each is one.
    """

    time: np.ndarray
    event: np.ndarray
    covariates: pd.DataFrame
    patients: np.ndarray | None = None

    @property
    def complete(self) -> Patterns:
        """Those with all values."""
        used = self.covariates.notna().all(axis=1).to_numpy()
        patients = None if self.patients is None else self.patients[used]
        return Patterns(self.time[used], self.event[used], self.covariates[used], patients)

    def fit(self, covariates: pd.DataFrame) -> CoxFit:
        """A regression on some covariates."""
        return fit_cox(self.time, self.event, covariates, patients=self.patients)


def prognostic_of_counts(
    alone: Iterable[Patterns],
    together: Callable[[tuple[str, ...]], Patterns],
    chosen: tuple[str, ...],
    *,
    found: bool,
) -> Prognostic:
    """The same from counts of patients who are alike.

    Parameters
    ----------
    alone : iterable of V Patterns
        Of each variable by itself: one categorical.
    together : function of names
        Patterns of several of the variables.
    """
    return _with_model(tuple(map(_of_patterns, alone)), together, chosen, found)


def _with_model(univariable: tuple[Univariable, ...], together, chosen, found) -> Prognostic:
    alone = Prognostic(univariable, (), None, None)
    small = alone.found if found else ()
    names = (one.name for one in univariable)
    names = tuple(name for name in names if name in chosen or name in small)
    if not names:
        return alone
    used = together(names).complete
    fit = used.fit(used.covariates)
    dropped, hazards = _dropped(used, fit), proportional_hazards(fit)
    return Prognostic(univariable, names, forgetting(fit, concordance=True), hazards, dropped)


def _dropped(used: Patterns, fit: CoxFit) -> Mapping[str, float]:
    """Likelihood-ratio p of each variable of a model that has a term without an estimate."""
    open_ones = {name for name, se in zip(fit.variables, fit.se, strict=True) if not se < np.inf}
    found = {}
    for name in used.covariates.columns:
        if name not in open_ones:
            continue
        others = used.fit(used.covariates.drop(columns=name))
        ratio = 2 * (fit.loglik - others.loglik)
        df = fit.lr_test.df - others.lr_test.df
        found[name] = chi_square_test("Likelihood ratio", ratio, max(df, 0)).p_value
    return MappingProxyType(found)


def _alone(
    axis: TimeAxis, event, column: pd.Series, everybody: Callable[[], RiskSets]
) -> Univariable:
    used = column.notna().to_numpy()
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes, size = column.cat.codes.to_numpy()[used], len(column.cat.categories)
        kinds = 2 * size * axis.time.size
    else:
        codes, size, kinds = np.zeros(int(used.sum()), int), 1, np.inf
    if used.sum() > MANY_PATIENTS and 2 * kinds < used.sum():
        fit = _counted(axis, event, column)
    elif used.all():
        fit = fit_cox(axis, event, column, sets=everybody())
    else:
        fit = fit_cox(TimeAxis(axis.time, axis.code[used]), event[used], column[used])
    n = np.bincount(codes, minlength=size)
    return _univariable(str(column.name), fit, n, np.bincount(codes[event[used] == 1], None, size))


def _of_patterns(one: Patterns) -> Univariable:
    axis, event, each = time_axis(one.time), one.event, one.patients
    column = one.covariates.iloc[:, 0]
    codes = column.cat.codes.to_numpy()
    used, size = codes >= 0, len(column.cat.categories)
    own = TimeAxis(axis.time, axis.code[used])
    fit = fit_cox(own, event[used], column[used], patients=each[used])
    n, events = (
        np.bincount(codes[rows], each[rows], size).astype(np.intp)
        for rows in (used, used & (event == 1))
    )
    return _univariable(str(column.name), fit, n, events)


def _univariable(name: str, fit: CoxFit, n, events) -> Univariable:
    ratio = fit.lr_test.p_value
    wald = float(fit.p_value[0]) if len(fit.terms) == 1 else np.nan
    return Univariable(
        name,
        forgetting(fit),
        proportional_hazards(fit),
        ratio,
        wald if np.isfinite(wald) else ratio,
        n,
        events,
    )


def _counted(axis: TimeAxis, event, column: pd.Series) -> CoxFit:
    """A fit of levels from how many patients of each have which time."""
    # The first level collects the missing.
    shape = (len(column.cat.categories), 2, axis.time.size)
    cell = (column.cat.codes.to_numpy().astype(np.intp) + 1) * (2 * axis.time.size)
    cell += event * axis.time.size
    cell += axis.code
    counts = np.bincount(cell)[2 * axis.time.size :]
    held = counts.nonzero()[0]
    level, flag, code = np.unravel_index(held, shape)
    levels = pd.Categorical.from_codes(level, dtype=column.dtype)
    own = pd.Series(levels, name=column.name)
    return fit_cox(TimeAxis(axis.time, code), flag, own, patients=counts[held])
