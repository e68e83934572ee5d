"""``[similar]`` of ``study.toml``: what makes another patient like one, most important first."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from data.checking.keys import Keys, shown
from data.checking.problems import doubled, use_one_of
from data.sections.section import Declaration, Section, keys_of
from data.sections.similar import Similar
from data.study import Variable
from data.window import Window, read_window


def declare_similar(top: Keys, so_far: Declaration) -> Similar:
    """Read ``[similar]``."""
    reader = keys_of(top, "similar")
    if reader is None:
        return Similar()
    known = {v.id: v for v in so_far.variables if v.is_criterion}
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


SIMILAR = Section("similar", declare_similar, empty=Similar())
