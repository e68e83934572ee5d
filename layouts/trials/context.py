"""What the Other trials page is about: published results and, among them, the cohort on screen."""

from __future__ import annotations

import math
from dataclasses import dataclass

from data.trials import PublishedResult, treatments
from layouts.shared.words import DAYS_PER, time_interval, time_value
from layouts.survival.context import SurvivalContext, median_across
from layouts.trials.options import TrialsOptions


@dataclass(frozen=True)
class MedianRow:
    """One line of the figure and of the table.

    Attributes
    ----------
    name, arm : str
        "SHARP 2008" and its arm; the study on screen and its arm.
    median : tuple of float
        Median with its limits, in months; NaN where not reached or not given.
    words, interval : str
        The median and its interval as they are printed; the interval is empty where there is none.
    position : int or None
        Place of the arm among the study's arms, -1 for the whole cohort; None for a published
        result.
    n, events : int
        Of the cohort on screen.
    place : int
        Of its group among the groups of the survival view.
    across : str
        Range of its median over the data sets that fit the publication equally well, or empty.
    published : PublishedResult or None
    """

    name: str
    arm: str
    median: tuple[float, float, float]
    words: str
    interval: str
    position: int | None = None
    n: int = 0
    events: int = 0
    place: int = 0
    across: str = ""
    published: PublishedResult | None = None

    @property
    def own(self) -> bool:
        """Whether the line is of the cohort on screen."""
        return self.position is not None

    @property
    def drawn(self) -> bool:
        """Whether there is a median or a limit to draw."""
        return any(math.isfinite(x) for x in self.median)


@dataclass(frozen=True, eq=False)
class TrialsContext:
    """The published medians for an endpoint, and the survival of the cohort on screen.

    Attributes
    ----------
    survival : SurvivalContext
        The cohort, by arm where its set has two.
    options : TrialsOptions
    results : tuple of PublishedResult
        For the endpoint and the treatment asked for, without those of the study on screen.
    hidden : int
        Results for the endpoint that the choice of a treatment leaves out.
    quoted : dict of str
        Title of each study whose paper quotes results, by id.
    """

    survival: SurvivalContext
    options: TrialsOptions
    results: tuple[PublishedResult, ...]
    hidden: int
    quoted: dict[str, str]

    @property
    def study(self):
        return self.survival.study

    @property
    def endpoint(self):
        return self.survival.endpoint

    @property
    def own_rows(self) -> tuple[MedianRow, ...]:
        """The cohort on screen: one line for each arm that has patients."""
        groups = self.survival.result.groups
        return tuple(self._own(group, place) for place, group in enumerate(groups) if group.n)

    @property
    def published_rows(self) -> tuple[MedianRow, ...]:
        return tuple(_published(one) for one in self.results)

    def blocks(self) -> list[tuple[str, list[MedianRow]]]:
        """The lines in the order asked for, under headings where there are any.

        By median the cohort stands among the others; otherwise before them, for it has no year of
        publication and may have had any treatment.
        """
        own, published = list(self.own_rows), list(self.published_rows)
        if self.options.order == "median":
            return [("", sorted(own + published, key=_by_median))]
        if self.options.order == "year":
            published.sort(key=lambda row: row.published.year)
            return [("", own + published)]
        published.sort(key=_by_median)
        kinds = {name: [] for name in treatments(self.results)}
        for row in published:
            kinds[row.published.treatment].append(row)
        return [*([("", own)] if own else []), *kinds.items()]

    def quoted_by(self, one: PublishedResult) -> str:
        """The study whose paper quotes a result, as the reader knows it."""
        return self.quoted.get(one.quoted_in, one.quoted_in)

    def _own(self, group, place: int) -> MedianRow:
        median, decimals = group.median, self.survival.decimals
        days = (median.value, median.lower, median.upper)
        interval = time_interval(*days[1:], "months", self.survival.decimals)
        return MedianRow(
            name=self.study.title,
            arm=group.label if group.position >= 0 else "all in view",
            median=tuple(x / DAYS_PER["months"] for x in days),
            words=time_value(median.value, "months", decimals),
            interval="" if interval == "–" else interval,
            position=group.position,
            n=group.n,
            events=group.events,
            place=place,
            across=median_across(self.survival, place, "months"),
        )


def _published(one: PublishedResult) -> MedianRow:
    value, lower, upper = one.median
    return MedianRow(
        name=f"{one.study} {one.year}",
        arm=one.arm,
        median=one.median,
        words=f"{value:.1f}" if one.has_median else "no median quoted",
        interval=f"{lower:.1f}–{upper:.1f}" if one.has_interval else "",
        published=one,
    )


def _by_median(row: MedianRow) -> tuple:
    """The longest first: a median not reached before all, one not quoted after all."""
    value = row.median[0]
    if math.isfinite(value):
        return 1, -value
    return (0, 0) if row.own else (2, 0)
