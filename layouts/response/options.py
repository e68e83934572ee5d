"""The options of the Response page: how they stand in a link and what they mean."""

from __future__ import annotations

from dataclasses import dataclass

from data.address import View
from data.study import Study, Variable
from layouts.shared.options import CI_TYPES, NOT_CHOSEN, read_choice
from layouts.shared.words import DAYS_PER

VIEWS = {
    "best": "Best response",
    "depth": "Depth",
    "course": "Course",
    "by": "By variable",
    "landmark": "Landmark survival",
}
SHOWN = {"all": "All patients", "responders": "Responders"}
COLOURS = {"response": "By response", "arm": "By arm"}
DEFAULT_LANDMARK = "auto"
# Sixteen weeks: where days of response are recorded, and where nothing says by when it is known.
DEFAULT_LANDMARK_DAYS = 112
MONTHS = (2, 3, 4, 6, 9, 12)
LONGEST_MONTHS = 600.0
NAMES = frozenset({"view", "show", "colour", "month", "ci", "present"})


@dataclass(frozen=True)
class ResponseOptions:
    """What the Response page shows.

    Attributes
    ----------
    view : str
        Key of ``VIEWS``; only this one is computed.
    show : str
        Whose course is drawn: key of ``SHOWN``.
    colour : str
        What the colour of a bar of the waterfall is: key of ``COLOURS``.
    month : float or None
        Landmark in months; None for the study's own.
    ci : str
        Transform of the confidence intervals of the curves.
    present : bool
        Large type, for a projector.
    """

    view: str = "best"
    show: str = "all"
    colour: str = "response"
    month: float | None = None
    ci: str = "log"
    present: bool = False

    @property
    def month_text(self) -> str:
        """The landmark as it stands in a link."""
        return DEFAULT_LANDMARK if self.month is None else f"{self.month:g}"


def known_by_days(study: Study) -> int | None:
    """The day by which the response is known, as the study declares it."""
    response = study.comparison.response
    return study.variable(response.variable).landmark_days if response else None


def own_landmark_days(study: Study) -> int:
    """The landmark where the reader chooses none.

    Where days of response are recorded an early one is possible, at which few have left.
    """
    if has_times(study):
        return DEFAULT_LANDMARK_DAYS
    return known_by_days(study) or DEFAULT_LANDMARK_DAYS


def has_times(study: Study) -> bool:
    """Whether the study records when patients responded."""
    return bool(study.comparison.response and study.comparison.response.time)


def has_coloured_bars(study: Study) -> bool:
    """Whether there is a waterfall whose bars could be of several arms."""
    response = study.comparison.response
    return bool(study.single_patients and response and response.depth) and len(study.arms) > 1


def has_course(study: Study) -> bool:
    """Whether the course of each patient may and can be drawn."""
    response = study.comparison.response
    return bool(study.single_patients and response and response.survival)


def earliest_days(study: Study) -> int:
    """The first day that may be a landmark: the assessment must be known by it."""
    return 1 if has_times(study) else own_landmark_days(study)


def month_choices(study: Study, chosen: float | None) -> dict[str, str]:
    """The landmarks to choose from, by their text in a link."""
    day = own_landmark_days(study)
    months = sorted({*map(float, MONTHS), *([chosen] if chosen else [])})
    usable = [m for m in months if month_days(m) >= earliest_days(study)]
    # In weeks where it is so many whole ones, as trials plan their images.
    own = f"From week {day // 7}" if day % 7 == 0 else f"From day {day}"
    return {DEFAULT_LANDMARK: own} | {f"{month:g}": f"From month {month:g}" for month in usable}


def month_days(month: float) -> int:
    """A month as a whole day."""
    return round(month * DAYS_PER["months"])


def split_variables(study: Study) -> tuple[Variable, ...]:
    """Variables by which the response can be split; the response itself is none."""
    response = study.comparison.response
    own = response.variable if response else ""
    return tuple(v for v in study.variables if len(v.levels) > 1 and v.id != own)


def read_options(study: Study, view: View) -> tuple[ResponseOptions, list[str]]:
    """Read the page's options from a view; a sentence for each part that could not be used."""
    notes: list[str] = []
    given = dict(view.options)
    options = ResponseOptions(
        view=read_choice(given, "view", VIEWS, "best", notes),
        show=read_choice(given, "show", SHOWN, "all", notes),
        colour=read_choice(given, "colour", COLOURS, "response", notes),
        month=_read_month(study, given.get("month", DEFAULT_LANDMARK), notes),
        ci=read_choice(given, "ci", CI_TYPES, "log", notes),
        present=read_choice(given, "present", ("on", "off"), "off", notes) == "on",
    )
    return options, notes


def _read_month(study: Study, text: str, notes: list[str]) -> float | None:
    if text == DEFAULT_LANDMARK:
        return None
    if study.disclosure.protects:
        notes.append(f"“month” {NOT_CHOSEN}; the study's own landmark is used.")
        return None
    try:
        month = float(text)
    except ValueError:
        month = 0.0
    if not 0 < month <= LONGEST_MONTHS or month_days(month) < 1:
        notes.append("“month” is a number of months above 0; the study's own landmark is used.")
        return None
    first = earliest_days(study)
    if month_days(month) < first:
        notes.append(
            f"The response is known by day {first} only: a landmark of {month:g} months would be "
            f"before it, so day {first} is used."
        )
        return None
    return month
