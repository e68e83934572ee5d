"""The options of the thresholds: which number is cut, and where."""

from __future__ import annotations

from dataclasses import dataclass

from data.address import NO_SPLIT, View
from data.cohort import set_mask
from data.study import Study, Variable
from layouts.shared.thresholds import ThresholdScale, can_be_cut, scale_of
from layouts.shared.words import minus

NAMES = frozenset({"cut", "present"})


@dataclass(frozen=True)
class ThresholdOptions:
    """What the page shows.

    Attributes
    ----------
    variable : Variable or None
        The number that is cut: that of the split, else the first; None where there is none.
    scale : ThresholdScale or None
        Where it can be cut; None where all values are the same, and in a study that protects
        single patients.
    cut : float or None
        Where it is.
    """

    variable: Variable | None
    scale: ThresholdScale | None
    cut: float | None

    @property
    def unit(self) -> str:
        """The unit of the number behind a blank; empty where it has none."""
        return f" {self.variable.unit}" if self.variable and self.variable.unit else ""

    def text(self, value: float) -> str:
        """A value with its unit."""
        return f"{minus(f'{round(value, 6):,g}')}{self.unit}"

    @property
    def cut_text(self) -> str:
        """The chosen threshold with its unit."""
        return self.text(self.cut)


def numbers_to_cut(study: Study) -> tuple[Variable, ...]:
    """The numbers of a study by which survival may be looked at."""
    return tuple(one for one in study.variables if can_be_cut(one))


def read_options(study: Study, view: View) -> tuple[ThresholdOptions, list[str]]:
    """Read the page's options from a view; a sentence for each part that could not be used."""
    notes: list[str] = []
    known = {one.id: one for one in numbers_to_cut(study)}
    chosen = None if view.by == NO_SPLIT else known.get(view.by)
    variable = chosen or next(iter(known.values()), None)
    if variable is None or study.disclosure.protects or study.counted is not None:
        return ThresholdOptions(variable, None, None), notes
    rows = set_mask(study, study.default_set.id)
    scale = scale_of(study.numbers[variable.id][rows])
    cut = _read_cut(view, variable, scale, notes)
    return ThresholdOptions(variable, scale, cut), notes


def _read_cut(
    view: View, variable: Variable, scale: ThresholdScale | None, notes: list[str]
) -> float | None:
    if scale is None:
        return None
    text = dict(view.options).get("cut")
    if text is None:
        return scale.start
    try:
        cut = float(text)
    except ValueError:
        cut = float("nan")
    if scale.low <= cut <= scale.high:
        return cut
    unit = f" {variable.unit}" if variable.unit else ""
    notes.append(
        f"“cut” of {variable.label} is a number from {scale.text(scale.low)} to "
        f"{scale.text(scale.high)}{unit}; {scale.text(scale.start)}{unit} is used."
    )
    return scale.start
