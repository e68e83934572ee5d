"""What must hold in every patient of a reconstruction, whatever the tables say."""

from __future__ import annotations

SIX_MONTHS = 183
# Months of one decimal were turned into whole days: half a day either way.
_HALF_DAY = 0.5 / 30.4375 + 1e-9
_EARLIEST_CONTROL = 2.4


def _number(row: dict, column: str) -> float | None:
    return float(row[column]) if row[column] else None


def _months(row: dict, column: str) -> float:
    return int(row[column]) / 30.4375


def _pair(row: dict, endpoint: str) -> tuple[str, str]:
    return row[f"{endpoint}_days"], row[f"{endpoint}_event"]


def endpoints(row: dict) -> list[str]:
    """Faults between the five endpoints of one patient."""
    progressed, dead = row["progression"] == "1", row["os_event"] == "1"
    os, pfs, ttp, liver = (int(row[f"{name}_days"]) for name in ("os", "pfs", "ttp", "hepatic_pfs"))
    faults = []
    if not 0 < pfs <= os or not 0 < ttp <= pfs or not pfs <= liver <= os:
        faults.append("the endpoints are out of order")
    if row["pfs_event"] != str(int(progressed or dead)):
        faults.append("PFS is an event without progression or death, or none with one")
    if row["ttp_event"] != row["progression"]:
        faults.append("TTP and progression disagree")
    if progressed != bool(row["first_progression_site"]):
        faults.append("a site without progression, or progression without a site")
    if progressed:
        if not ttp == pfs < os:
            faults.append("progression is not the first event")
        if _pair(row, "pps") != (str(os - pfs), row["os_event"]):
            faults.append("PPS is not the rest of OS")
    else:
        if _pair(row, "pps") != ("", ""):
            faults.append("PPS without progression")
        if os - ttp > SIX_MONTHS:
            faults.append("the last image is too early")
        if pfs != (os if dead else ttp):
            faults.append("PFS ends neither with death nor with the last image")
    return faults + _in_the_liver(row, progressed)


def _in_the_liver(row: dict, progressed: bool) -> list[str]:
    if not progressed or row["first_progression_site"] in ("liver", "both"):
        same = _pair(row, "hepatic_pfs") == _pair(row, "pfs")
        return [] if same else ["hepatic PFS is not PFS"]
    earlier = int(row["hepatic_pfs_days"]) < int(row["os_days"])
    event = "1" if earlier else row["os_event"]
    return [] if row["hepatic_pfs_event"] == event else ["hepatic PFS has the wrong event"]


def response(row: dict) -> list[str]:
    """Faults between best response, its depth and its times."""
    best = row["best_response"]
    first, at, deepest = (
        _number(row, name)
        for name in ("first_image_months", "time_to_response_months", "time_of_dpr_months")
    )
    depth, seen = _number(row, "dpr_percent"), _months(row, "ttp_days") + _HALF_DAY
    responded, controlled = best in ("CR", "PR"), best != "PD"
    faults = []
    if row["objective_response"] != ("yes" if responded else "no"):
        faults.append("objective response disagrees with best response")
    if row["disease_control"] != ("yes" if controlled else "no"):
        faults.append("disease control disagrees with best response")
    if (at is not None) != responded or (depth is not None) != controlled:
        faults.append("time or depth of a response that was not there")
    if (deepest is not None) != controlled or not 0.8 <= first <= 6.0:
        faults.append("the images are out of bounds")
    depths = {"CR": (100, 100), "PR": (30, 99.9), "SD": (0.1, 29.9)}
    if controlled and not depths[best][0] <= depth <= depths[best][1]:
        faults.append("the depth does not fit the best response")
    if controlled:
        begun = max(first, at or 0)
        if not first <= begun <= deepest <= seen or seen < _EARLIEST_CONTROL:
            faults.append("response, depth and progression are out of order")
        if row["progression"] == "1" and deepest > seen - 2 * _HALF_DAY:
            faults.append("the deepest response falls on the progression")
    elif row["progression"] != "1" or abs(first - _months(row, "pfs_days")) > _HALF_DAY:
        faults.append("progression as best response is not at the first image")
    return faults


def shrinkage(row: dict) -> list[str]:
    """Faults of early shrinkage: who responded at the first image has it, others may."""
    early = row["ets"] == "yes"
    at_once = row["time_to_response_months"] == row["first_image_months"]
    deep = row["best_response"] == "SD" and float(row["dpr_percent"] or 0) > 20
    able = row["objective_response"] == "yes" or deep
    fits = early if at_once else able or not early
    return [] if fits else ["early shrinkage does not fit the response"]


def characteristics(row: dict) -> list[str]:
    """Faults between characteristics that define or imply one another."""
    advanced = row["ecog"] == "1" or "yes" in (
        row["portal_vein_infiltration"],
        row["extrahepatic_spread"],
    )
    rules = {
        "BCLC does not follow": row["bclc"] == ("C" if advanced else "A/B"),
        "the age is on the wrong side of 65": (int(row["age_years"]) >= 65)
        == (row["age_65_or_more"] == "yes"),
        "the age is implausible": 18 <= int(row["age_years"]) <= 85,
        "diffuse disease inside up-to-7": row["diffuse_disease"] == "no"
        or row["outside_up_to_7"] == "yes",
        "a lesion of more than 60 mm inside up-to-7": int(row["target_lesion_mm"]) <= 60
        or row["outside_up_to_7"] == "yes",
        "Child–Pugh B without cirrhosis": row["child_pugh"] == "A" or row["cirrhosis"] == "yes",
        "Child–Pugh B with ALBI 1": row["child_pugh"] == "A" or row["albi_grade"] != "1",
    }
    return [fault for fault, holds in rules.items() if not holds]


def images(row: dict) -> list[str]:
    """Each different time at which an image is known counts as one."""
    columns = ("first_image_months", "time_to_response_months", "time_of_dpr_months")
    known = {round(float(row[name]) * 10) for name in columns if row[name]}
    known.add(round(_months(row, "ttp_days") * 10))
    return [] if int(row["follow_up_images"]) >= len(known) else ["too few images"]


def faults_of(row: dict) -> list[str]:
    """Everything that cannot be true of one patient."""
    checks = (endpoints, response, shrinkage, characteristics, images)
    return [fault for check in checks for fault in check(row)]
