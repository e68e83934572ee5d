"""How a survival view was computed: in words, and as R and Python code that redo it."""

from __future__ import annotations

import math

from markupsafe import Markup

from analysis.restricted_mean import RULE
from layouts.shared.code import code
from layouts.shared.html import tag
from layouts.shared.words import DAYS_PER, held_back, p_value, within
from layouts.survival.context import SurvivalContext

R_CODE = """\
# {title}
library(survival)
k <- read.csv("km.csv")  # one row for each group and day; from it, one row for each patient:
times <- c(k$n_event, k$n_censor)
d <- data.frame(
  days  = rep(round(rep(k$time_months, 2) * {month}), times),
  event = rep(c(1, 0), c(sum(k$n_event), sum(k$n_censor))),
  group = factor(rep(rep(k$group, 2), times), levels = unique(k$group)))
fit <- survfit(Surv(days, event) ~ group, data = d, conf.type = "{ci}")
quantile(fit, 0.5)  # medians, in days; the middle where a curve is flat at one half
rbind(summary(fit, rmean = {horizon})$table)[, c({columns})]  # n, events, restricted mean
summary(fit, times = c({landmarks}) * {month})  # survival at fixed times
plot(fit, mark.time = TRUE, conf.int = TRUE, xscale = {month}, xlab = "Months")
"""
R_TEST = "survdiff(Surv(days, event) ~ group, data = d)  # log-rank test\n"
PYTHON_CODE = """\
# {title}
import pandas as pd
from lifelines import KaplanMeierFitter

k = pd.read_csv("km.csv")  # one row for each group and day; from it, one row for each patient:
parts = [k.loc[k.index.repeat(k["n_" + kind])].assign(event=flag)
         for kind, flag in (("event", 1), ("censor", 0))]
d = pd.concat(parts)
d["days"] = (d["time_months"] * {month}).round()
for name, g in d.groupby("group", sort=False):
    km = KaplanMeierFitter().fit(g["days"], g["event"], label=name)
    curve = km.survival_function_.iloc[:, 0].round(9)
    below = curve.index[curve < 0.5]  # where the curve is flat at one half: its midpoint, as R
    end = below.min() if len(below) else curve.index.max()
    median = (curve.index[curve <= 0.5].min() + end) / 2
    print(name, len(g), g["event"].sum(), median / {month})  # NaN: not reached
    print(km.survival_function_at_times([m * {month} for m in [{landmarks}]]))
    km.plot_survival_function(show_censors=True)
"""
PYTHON_TEST = """\
from lifelines.statistics import multivariate_logrank_test
print(multivariate_logrank_test(d["days"], d["group"], d["event"]).p_value)
"""


def method_page(context: SurvivalContext, witness: Markup, curves: str) -> list:
    """The content of "How was this computed?".

    Parameters
    ----------
    witness : Markup
        The live comparison with lifelines, already made.
    curves : str
        Address of ``km.csv`` for this view, which the code reads.
    """
    return [
        tag("h3", "In words"),
        *[tag("p", paragraph) for paragraph in paragraphs(context)],
        tag("h3", "Checked live with lifelines"),
        witness,
        tag("h3", "In R"),
        tag(
            "p",
            [
                "Save ",
                tag("a", "km.csv", href=curves, download="km.csv"),
                " beside the script.",
            ],
        ),
        code(r_code(context), "r"),
        tag("h3", "In Python (lifelines)"),
        code(python_code(context), "python"),
        tag(
            "p",
            "lifelines draws the interval by the log-log transform only, and its own median is not "
            "the midpoint where a curve is flat at one half; the script takes it, as R does.",
            class_="rail-note",
        ),
    ]


def method_in_words(context: SurvivalContext) -> list:
    """The same of a study that holds small numbers back: its files hold no day of anybody."""
    return [
        tag("h3", "In words"),
        *[tag("p", paragraph) for paragraph in paragraphs(context)],
        tag("h3", "What is held back"),
        tag("p", held_back(context.study)),
        tag(
            "p",
            "Medians, means, rates at 12 and 24 months and tests are computed from the exact days. "
            "No file holds these, so that no script can redo them; the steps of km.csv are those "
            "of the drawn curve.",
        ),
    ]


def paragraphs(context: SurvivalContext) -> list[str]:
    """The method of this view, sentence by sentence."""
    options, endpoint = context.options, context.endpoint
    said = [
        f"{endpoint.name}: time from {context.origin} to "
        f"{within(endpoint.event_name, context.study)}; patients without it are "
        "censored at their last follow-up. Times are whole days; a month is "
        f"{DAYS_PER['months']} days, a year {DAYS_PER['years']} days, for display only.",
        "Survival is the Kaplan–Meier product-limit estimate. Patients whose time equals t are at "
        "risk at t; an event and a censoring on the same day count as event first. The risk "
        "table counts events and censorings before each tick, so at risk + censored + events = n.",
        f"The 95 % confidence interval uses Greenwood's variance and the {options.ci} transform, "
        "limited to 0–100 %, as survfit of R's survival package.",
        "The median is where the curve crosses 50 %; where it is exactly flat at 50 % it is the "
        "middle of the flat stretch. Its interval applies the same rule to the confidence limits. "
        "“Not reached” means that the curve stays above 50 %.",
        "Survival at a fixed time is the height of the curve; beyond a group's last follow-up it "
        "is not estimable, but 0 % where everybody had the event. Follow-up is the reverse "
        "Kaplan–Meier median. The restricted mean is "
        "the area under the curve up to a common time: "
        f"{RULE}; smaller groups have none.",
    ]
    if context.result.test is not None:
        said.append(
            "Groups are compared by the log-rank test with hypergeometric variance, all groups at "
            "once (as survdiff). It is asymptotic: with few events read it with care. "
            f"Here {p_value(context.result.test.p_value)}."
        )
    if context.landmark_days is not None:
        said.append(
            f"Time starts at day {context.landmark_days}: patients whose follow-up ended or who "
            f"had the event by then are left out, because {_why_later(context)}."
        )
    return said


def _why_later(context: SurvivalContext) -> str:
    if context.options.alive:
        return "the view is of those who were still at risk then"
    return "the split is known only by then"


def _values(context: SurvivalContext) -> dict:
    horizon = context.result.horizon
    return {
        "title": f"{context.study.title}: {context.endpoint.name}, "
        f"{context.cohort.sentence(context.study)}",
        "ci": context.options.ci,
        "month": DAYS_PER["months"],
        "landmarks": ", ".join(context.options.landmark_texts()) or "12",
        "horizon": f"{horizon:.0f}" if math.isfinite(horizon) else '"none"',
        "columns": "1, 4, 5, 6" if math.isfinite(horizon) else "1, 4",
    }


def r_code(context: SurvivalContext) -> str:
    """An R script that redoes the view from ``km.csv``."""
    return R_CODE.format(**_values(context)) + (R_TEST if context.result.test else "")


def python_code(context: SurvivalContext) -> str:
    """A Python script that redoes the view from ``km.csv``."""
    return PYTHON_CODE.format(**_values(context)) + (PYTHON_TEST if context.result.test else "")
