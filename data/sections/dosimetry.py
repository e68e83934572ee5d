"""Doses of a radioembolization: what a study declares about them, and the doses themselves.

A dose belongs to a patient (treated liver, normal liver, lung shunt) or to a lesion (tumour dose,
tumour-to-normal ratio). It was estimated before treatment (planned), after it (delivered), or
both; which compartments there are and what they are called is the study's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

PLANNED, DELIVERED = ESTIMATES = ("planned", "delivered")
PATIENTS, LESIONS = TABLES = ("patients", "lesions")
MEASURED, SIMULATED = PAIRINGS = ("measured", "simulated")
METHODS = ("glass", "resin", "partition")


@dataclass(frozen=True)
class Dose:
    """One compartment and quantity.

    Attributes
    ----------
    id, label : str
        Name in links; words on the screen, "Normal liver".
    quantity, unit : str
        What was measured, "mean dose", and its unit; the unit is empty for a ratio.
    table : str
        ``patients`` or ``lesions``: what one value belongs to.
    columns : mapping of estimate to column
        Holds ``planned``, ``delivered`` or both.
    published : mapping of estimate to text
        What the publication prints, as it stands there; absent where it prints nothing.
    published_response, published_agreement, published_toxicity : str
        What it prints of the dose by response, of planned against delivered, and of the dose with
        toxicity; empty where it prints nothing.
    decimals : int
        Digits after the point on the screen.
    """

    id: str
    label: str
    quantity: str
    unit: str
    table: str
    columns: Mapping[str, str]
    published: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    published_response: str = ""
    published_agreement: str = ""
    published_toxicity: str = ""
    decimals: int = 0

    @property
    def of_lesions(self) -> bool:
        """Whether one value belongs to a lesion, of which a patient may have several."""
        return self.table == LESIONS

    @property
    def words(self) -> str:
        """What it is called in a sentence and in its choice: ``Tumour, mean dose``."""
        return f"{self.label}, {self.quantity}"

    @property
    def paired(self) -> bool:
        """Whether it was both planned and delivered."""
        return len(self.columns) == 2


@dataclass(frozen=True)
class LesionColumns:
    """What ``[lesions]`` says.

    Attributes
    ----------
    table : str
        Id of one of the ``[[tables]]``.
    one, several : str
        What a lesion is called, "tumour" and "tumours".
    responder : str
        Column that says yes or no; empty where response of single lesions is not known.
    response : str
        What counts as a response, for a sentence.
    target : str
        Column that says yes or no: whether the lesion met the size that the analysis asked for.
    target_words : str
        What that size is, "larger than 2.5 cm".
    """

    table: str
    one: str
    several: str
    responder: str = ""
    response: str = ""
    target: str = ""
    target_words: str = ""


@dataclass(frozen=True)
class Prescription:
    """How the study prescribed activity: one of the ``METHODS``, and the study's words for it."""

    method: str
    words: str


@dataclass(frozen=True)
class DosimetryColumns:
    """What ``study.toml`` says about doses, before the tables are read.

    Attributes
    ----------
    planned, delivered : str
        How each was estimated, "⁹⁹ᵐTc-MAA SPECT/CT".
    response_dose, survival_dose, toxicity_dose : str
        Dose ids that the three views show first; empty for the first dose that will do.
    toxicity_preset : str
        Id of the preset of adverse events that counts as toxicity of the liver; empty for none.
    marks : bool
        Whether single values may be drawn without ids in a study that shows no single patient.
    note : str
        What of the doses is published and what is not.
    pairing : str
        One of ``PAIRINGS``: whether it was measured or made up which patient or lesion has which
        dose, so that a relation of a dose with anything says something.
    """

    doses: tuple[Dose, ...] = ()
    lesions: LesionColumns | None = None
    prescription: Prescription | None = None
    planned: str = ""
    delivered: str = ""
    response_dose: str = ""
    survival_dose: str = ""
    toxicity_dose: str = ""
    toxicity_preset: str = ""
    marks: bool = False
    note: str = ""
    pairing: str = MEASURED

    @property
    def simulated(self) -> bool:
        """Whether any relation of a dose rests on simulated pairs."""
        return self.pairing == SIMULATED


@dataclass(frozen=True, eq=False)
class Lesions:
    """The lesions of a study, one entry of each array for each row of their table.

    Attributes
    ----------
    patient : ndarray of int64, shape (L,)
        Row of the patients' file.
    responder, target : ndarray of int64, shape (L,)
        1 yes, 0 no, -1 not known.
    """

    patient: np.ndarray
    responder: np.ndarray
    target: np.ndarray


@dataclass(frozen=True, eq=False)
class Dosimetry:
    """The doses of a study.

    Attributes
    ----------
    columns : DosimetryColumns
    lesions : Lesions or None
    values : mapping of (dose id, estimate) to ndarray of float
        One entry for each patient or lesion of the file; NaN where not measured.
    """

    columns: DosimetryColumns
    lesions: Lesions | None
    values: Mapping[tuple[str, str], np.ndarray]

    @property
    def doses(self) -> tuple[Dose, ...]:
        return self.columns.doses

    def dose(self, dose_id: str) -> Dose | None:
        """The dose with this id, or None."""
        return next((one for one in self.doses if one.id == dose_id), None)
