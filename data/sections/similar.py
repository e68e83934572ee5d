"""``[similar]`` of ``study.toml``: what makes another patient like one, most important first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from data.checking.keys import Keys, shown
from data.checking.problems import doubled, use_one_of
from data.sections.section import Declaration, Section, keys_of
from data.study import ARM, Study, Variable
from data.window import Window, read_window


@dataclass(frozen=True)
class Similar:
    """How patients like a given one are looked for.

    Attributes
    ----------
    order : tuple of str
        Variable ids, the one that is kept longest first.
    windows : mapping of variable id to Window
        How near a number must be.
    endpoint : str
        Id of the endpoint that is shown; empty for the study's first.
    """

    order: tuple[str, ...] = ()
    windows: Mapping[str, Window] = field(default_factory=lambda: MappingProxyType({}))
    endpoint: str = ""


def is_criterion(variable: Variable) -> bool:
    """Whether a patient can be described by it: known before treatment, and no treatment arm."""
    return variable.id != ARM and not variable.after_baseline


def similar_of(study: Study) -> Similar:
    """What a study declares; nothing where it declares nothing."""
    return study.more.get(SIMILAR.name) or Similar()


def declare_similar(top: Keys, so_far: Declaration) -> Similar | None:
    """Read ``[similar]``."""
    reader = keys_of(top, "similar")
    if reader is None:
        return None
    known = {v.id: v for v in so_far.variables if is_criterion(v)}
    order = reader.texts("order", [])
    for name in order:
        if name not in known:
            fault = f"{shown(name)} is no variable that is known before treatment"
            reader.fault("order", fault, use_one_of(list(known)))
    for name in doubled(order):
        reader.fault("order", f"{shown(name)} stands twice", "Write it once")
    windows = _windows(reader, known)
    endpoint = reader.take("endpoint", str, "")
    if endpoint and endpoint not in so_far.endpoint_ids:
        fault = f"there is no endpoint {shown(endpoint)}"
        reader.fault("endpoint", fault, use_one_of(so_far.endpoint_ids))
    reader.finish()
    return Similar(order, MappingProxyType(windows), endpoint)


def _windows(reader: Keys, known: Mapping[str, Variable]) -> dict[str, Window]:
    made = {}
    for name, value in reader.take("windows", dict, {}).items():
        is_text = isinstance(value, str | int | float) and not isinstance(value, bool)
        window = read_window(str(value)) if is_text else None
        if name not in known or not known[name].is_number:
            fault = f"{shown(name)} is no number that is known before treatment"
            reader.fault("windows", fault, "Name a variable of the kind number")
        elif window is None:
            fault = f"{shown(value)} is no window"
            reader.fault("windows", fault, 'Write 5 for plus or minus 5, "x2" for half to double')
        else:
            made[name] = window
    return made


SIMILAR = Section("similar", declare_similar)
