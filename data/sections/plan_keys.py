"""``[plan]`` of ``study.toml``: the hazard ratio that a protocol planned to find."""

from __future__ import annotations

from data.checking.keys import Keys, shown
from data.checking.problems import some_of
from data.sections.plan import Plan
from data.sections.section import Declaration, Section, keys_of


def declare_plan(top: Keys, so_far: Declaration) -> Plan | None:
    """Read ``[plan]``."""
    reader = keys_of(top, "plan")
    if reader is None:
        return None
    given = "hazard_ratio" in reader.table
    ratio = reader.number("hazard_ratio")
    if not given or ratio == 1:
        fault = "a ratio of 1 is no effect" if given else "it is missing"
        fix = "Write the hazard ratio that the protocol planned, such as 0.7"
        reader.fault("hazard_ratio", fault, fix)
    endpoint = reader.take("endpoint", str, so_far.endpoint_ids[0] if so_far.endpoint_ids else "")
    if endpoint and so_far.endpoint_ids and endpoint not in so_far.endpoint_ids:
        fault = f"there is no endpoint {shown(endpoint)}"
        reader.fault("endpoint", fault, f"Use one of {some_of(so_far.endpoint_ids)}")
    source = reader.take("source", str, "")
    reader.finish()
    return Plan(ratio, endpoint, source) if ratio is not None else None


PLAN = Section("plan", declare_plan)
