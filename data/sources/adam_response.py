"""The best response of adrs, one row a patient and parameter, as a column of the patients."""

from __future__ import annotations

import pandas as pd

from data.checking.slug import slug

# Parameters of the best overall response: by the investigator, confirmed, of any reader.
CODES = ("BOR", "BESRSP", "BESRSPI", "CBOR", "CBRSPI", "BRSP")
RESPONSE = "AVALC of the best response"
_ORDER = ("CR", "PR", "SD", "NON-CR/NON-PD", "PD", "NE", "NA", "MISSING")
_RESPONDERS = ("CR", "PR")
_CONTROLLED = ("CR", "PR", "SD", "NON-CR/NON-PD")
_NOT_EVALUABLE = ("NE", "NA", "MISSING")


def best_response(cells: pd.DataFrame) -> pd.DataFrame | None:
    """The best response by patient; None where adrs has none, or several for one patient."""
    if not {"USUBJID", "PARAMCD", "AVALC"} <= set(cells):
        return None
    code = next((one for one in CODES if one in set(cells["PARAMCD"])), "")
    rows = cells[cells["PARAMCD"] == code]
    if rows.empty or rows["USUBJID"].duplicated().any() or not any(rows["AVALC"].isin(_CONTROLLED)):
        return None
    return rows.set_index("USUBJID")[["AVALC"]].set_axis([RESPONSE], axis=1)


def response_section(cells: pd.Series) -> dict:
    """The section ``[response]`` over that column."""
    there = set(cells) - {""}

    def ids(names: tuple[str, ...]) -> list[str]:
        return [slug(name) for name in names if name in there]

    return {
        "response": {
            "variable": slug(RESPONSE),
            "responders": ids(_RESPONDERS),
            "controlled": ids(_CONTROLLED),
            "not_evaluable": ids(_NOT_EVALUABLE),
        }
    }


def levels_of(cells: pd.Series) -> list[str]:
    """The levels of that column, the best first."""
    there = [one for one in dict.fromkeys(cells) if one]
    return sorted(there, key=lambda one: _ORDER.index(one) if one in _ORDER else len(_ORDER))
