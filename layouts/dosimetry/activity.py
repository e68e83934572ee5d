"""The activity calculators: their inputs, and their results as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from analysis.activity import (
    LUNG_DOSE_LIMIT,
    RESIN_LARGEST_SHUNT,
    glass_activity,
    partition_activity,
    resin_activity,
)
from data.study import Study
from layouts.dosimetry.activity_inputs import BY_METHOD, COMMON, SHARED, ActivityInput, Entry
from layouts.shared.controls import text_field
from layouts.shared.html import joined, tag
from layouts.shared.words import percent

WARNING = (
    "Not for treatment planning: the rules are shown as trials used them, for uniform doses, "
    "without any check of the patient."
)
HEADINGS = {
    "glass": ("Glass microspheres", "Package insert"),
    "resin": ("Resin microspheres", "Body-surface-area method"),
    "partition": ("Partition model", "Tumour, normal liver and lungs (MIRD)"),
}
FORMULAS = {
    "glass": ("A = D × M / (50 × (1 − LSF))",),
    "resin": (
        "A = (BSA − 0.2 + tumour fraction) × treated share",
        "BSA = 0.20247 × height⁰·⁷²⁵ × weight⁰·⁴²⁵",
    ),
    "partition": ("A = D × (T/N × tumour + liver) / (49.67 × (1 − LSF))",),
}
MEANINGS = {
    "glass": "A in GBq, D in Gy to the treated liver, M its mass in kg, LSF the lung shunt "
    "fraction; 50 Gy·kg/GBq as the package insert rounds it. Lungs: 50 × A × LSF / their mass.",
    "resin": "A in GBq, BSA in m² (Du Bois); the tumour fraction is that of the treated part's "
    "volume, the treated share that part's of the liver. "
    "Less 20 % from 10 % of shunt on, less 40 % from 15 % on, none above 20 % (instructions for "
    "use; at a bound the more cautious).",
    "partition": "A in GBq, D in Gy to the normal liver, masses in kg, T/N the activity per mass "
    "of tumour to normal liver; 49.67 Gy·kg/GBq. The tumour gets T/N × D, the lungs "
    "49.67 × A × LSF / their mass.",
}


def activity_place(method: str) -> str:
    """The id of the place of a calculator's result."""
    return f"activity-{method}"


def activity_cards(study: Study, entries: Mapping[str, Entry]) -> Markup:
    """The calculators before their results are computed."""
    prescription = study.dosimetry.columns.prescription if study.dosimetry else None
    own = prescription.method if prescription else ""
    return tag(
        "div",
        [
            tag("p", WARNING, class_="activity-warning"),
            tag("div", [_input(one, entries) for one in COMMON], class_="activity-common"),
            tag(
                "div",
                [_card(method, entries, study, own) for method in BY_METHOD],
                class_="activity-cards",
            ),
        ],
        class_="activity",
    )


def _card(method: str, entries: Mapping[str, Entry], study: Study, own: str) -> Markup:
    name, rule = HEADINGS[method]
    mark = tag("span", f"as in {study.title}", class_="own") if method == own else None
    return tag(
        "section",
        [
            tag("h2", [name, mark]),
            tag("p", rule, class_="rule"),
            tag("div", [tag("p", line) for line in FORMULAS[method]], class_="formula"),
            tag("div", [_input(one, entries) for one in BY_METHOD[method]], class_="fields"),
            tag("div", id=activity_place(method), class_="activity-result"),
            tag("p", MEANINGS[method], class_="meaning"),
        ],
    )


def _input(one: ActivityInput, entries: Mapping[str, Entry]) -> Markup:
    label = f"{one.label}, {one.unit}" if one.unit else one.label
    return tag(
        "label",
        [
            tag("span", label),
            text_field(
                label,
                one.name,
                entries[one.name].text,
                inputmode="decimal",
                maxlength=20,
            ),
        ],
        class_="activity-input",
    )


def activity_result(method: str, entries: Mapping[str, Entry]) -> str:
    """A calculator's result as HTML, or a sentence for each input that cannot be used."""
    names = [one.name for one in (*BY_METHOD[method], *SHARED[method])]
    faults = [entries[name].fault for name in names if entries[name].fault]
    if faults:
        items = joined(tag("li", f"{fault}.") for fault in faults)
        return tag("div", tag("ul", items, class_="faults"), role="alert")
    numbers = [entries[name].number for name in names]
    return _RESULTS[method](numbers)


def activity_sheet(entries: Mapping[str, Entry]) -> str:
    """All calculators with what was entered, as HTML for a picture."""
    return joined(
        tag("p", WARNING, class_="caution"),
        _entered(COMMON, entries),
        (
            joined(
                tag("h2", " · ".join(HEADINGS[method])),
                (tag("p", line) for line in FORMULAS[method]),
                _entered(inputs, entries),
                activity_result(method, entries),
            )
            for method, inputs in BY_METHOD.items()
        ),
    )


def _entered(inputs: Iterable[ActivityInput], entries: Mapping[str, Entry]) -> str:
    """What stands in some inputs."""
    return tag(
        "dl",
        (
            joined(
                tag("dt", f"{one.label}, {one.unit}" if one.unit else one.label),
                tag("dd", entries[one.name].text),
            )
            for one in inputs
        ),
    )


def _shown(activity: float, rows: list[tuple[str, str]], caution: str = "") -> str:
    """The activity in large type, what goes with it, and what must not be overlooked."""
    listed = joined((tag("div", tag("dt", name), tag("dd", value)) for name, value in rows))
    warned = tag("p", caution, class_="caution", role="alert") if caution else ""
    return joined(
        tag("p", f"{activity:.2f} GBq", class_="activity-number", data_statistic="activity"),
        tag("dl", listed),
        warned,
    )


def _lungs(dose: float) -> str:
    if dose <= LUNG_DOSE_LIMIT:
        return ""
    return f"The lungs would get more than the {LUNG_DOSE_LIMIT:.0f} Gy of the package insert."


def _glass(numbers: list[float]) -> str:
    dose, mass, shunt, lungs = numbers
    found = glass_activity(dose, mass, shunt, lungs)
    rows = [
        ("Dose to the lungs", f"{found.lung_dose:.1f} Gy"),
        ("Activity in the lungs", f"{found.lung_activity:.2f} GBq"),
    ]
    return _shown(found.activity, rows, _lungs(found.lung_dose))


def _resin(numbers: list[float]) -> str:
    found = resin_activity(*numbers)
    rows = [
        ("Body surface", f"{found.surface:.2f} m²"),
        ("Before the reduction", f"{found.calculated:.2f} GBq"),
        ("Given of it", percent(found.share)),
    ]
    caution = ""
    if not found.share:
        caution = (
            f"A shunt above {percent(RESIN_LARGEST_SHUNT)}: the instructions for use let no "
            "activity be given."
        )
    return _shown(found.activity, rows, caution)


def _partition(numbers: list[float]) -> str:
    limit, tumour, liver, ratio, shunt, lungs = numbers
    found = partition_activity(limit, tumour, liver, ratio, shunt, lungs)
    rows = [
        ("Dose to the tumour", f"{found.tumour_dose:.0f} Gy"),
        ("Dose to the normal liver", f"{found.liver_dose:.0f} Gy"),
        ("Dose to the lungs", f"{found.lung_dose:.1f} Gy"),
    ]
    return _shown(found.activity, rows, _lungs(found.lung_dose))


_RESULTS = {"glass": _glass, "resin": _resin, "partition": _partition}
