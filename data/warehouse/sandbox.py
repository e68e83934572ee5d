"""A place to try studies in databases: simulated patients and a shipped study as Parquet.

    python -m data.warehouse.sandbox build/warehouse 10000000 <id of a shipped study>

``studies/`` holds the declarations, ``tables/`` what a database would hold. The patients are made
by DuckDB of nothing but their numbers, so that they are the same each time.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import duckdb

from data.catalog import SHIPPED
from data.importing.toml import written
from data.sources.texts import read_toml
from data.warehouse.refused import ROWS

LEVELS = ("0", "1", "2", "3", "4")
VARIABLES = 25
_WORDS = ("None", "Slight", "Some", "Much", "Most")
_DAYS = 1500


def write_sandbox(folder: Path, patients: int, shipped: str) -> None:
    """Write both studies; simulated patients that are there in the same number stay.

    The address of each belongs into a variable called by its folder, such as ``REGISTRY_URL``.
    """
    shutil.rmtree(folder / "studies", ignore_errors=True)
    _write(folder / "studies" / "registry", registry_declaration(patients))
    made = folder / "tables" / "registry"
    number = made / f"{patients}.patients"
    if not number.exists():
        shutil.rmtree(made, ignore_errors=True)
        write_patients(made, patients)
        number.touch()
    _shipped(folder, shipped)


def write_patients(folder: Path, patients: int) -> None:
    """Write ``patients.parquet`` with so many simulated patients of two arms."""
    folder.mkdir(parents=True, exist_ok=True)

    def chance(place: int) -> str:
        return f"((hash(i * 64 + {place}) % 1000000 + 0.5) / 1000000)"

    levels = [f"(hash(i * 64 + {v}) % {_levels(v)})::TINYINT AS {_column(v)}" for v in range(25)]
    hazard = "0.0016 * exp(0.25 * v02 - 0.2 * arm + 0.1 * v07)"
    with duckdb.connect() as database:
        database.execute(
            f"""COPY (
                WITH made AS (
                    SELECT i, (hash(i * 64 + 40) % 2)::TINYINT AS arm, {", ".join(levels)},
                        (30 + floor({chance(42)} * {_DAYS}))::SMALLINT AS follow_up
                    FROM range({int(patients)}) AS numbers(i)
                ), timed AS (
                    SELECT *, least(ceil(-ln({chance(41)}) / ({hazard})), 30000)::INTEGER AS death
                    FROM made
                )
                SELECT * EXCLUDE (i, follow_up, death),
                    least(death, follow_up)::SMALLINT AS os_days,
                    (death <= follow_up)::TINYINT AS os_event,
                    (40 + floor({chance(43)} * 45))::TINYINT AS age
                FROM timed
            ) TO '{folder / "patients.parquet"}' (FORMAT parquet)"""
        )


def registry_declaration(patients: int) -> dict:
    """What ``study.toml`` says of the simulated patients."""
    levels = [
        [{"value": value, "label": word} for value, word in zip(LEVELS, _WORDS, strict=True)][
            : _levels(v)
        ]
        for v in range(VARIABLES)
    ]
    arm = [{"value": "0", "label": "Control"}, {"value": "1", "label": "Treatment"}]
    variables = [
        {"column": "arm", "label": "Arm", "kind": "categorical", "group": "Treatment"}
        | {"levels": arm}
    ]
    variables += [
        {"column": _column(v), "label": f"Factor {v + 1}", "kind": "ordinal", "group": "Factors"}
        | {"levels": levels[v], "prespecified": v < 5}
        for v in range(VARIABLES)
    ]
    variables.append(
        {"column": "age", "label": "Age", "kind": "number", "group": "Patient", "unit": "years"}
        | {"cuts": [55, 70], "per": 10}
    )
    return {
        "id": "registry",
        "title": "Simulated registry",
        "tagline": f"{patients:,} patients who never lived, in Parquet",
        "design": "Simulated: two arms, twenty-five factors.",
        "question": "How fast are counts of so many?",
        "citation": "Simulated by this program.",
        "provenance": "simulated",
        "default_split": "arm",
        "source": {"kind": "database", "url_env": "REGISTRY_URL", "table": "patients"},
        "endpoints": [
            {
                "id": "survival",
                "label": "Survival",
                "name": "Overall survival",
                "event_name": "Death",
            }
            | {"curve": "Alive", "time": "os_days", "event": "os_event", "primary": True}
        ],
        "arms": [
            {"level": "control", "label": "Control", "reference": True},
            {"level": "treatment", "label": "Treatment"},
        ],
        "variables": variables,
    }


def without_rows(raw: Mapping, source: Mapping) -> dict:
    """What a folder's ``study.toml`` says, with its patients in a database."""
    kept = {key: value for key, value in raw.items() if key not in ROWS}
    patients = {key: value for key, value in raw.get("patients", {}).items() if key == "id"}
    return kept | {"patients": patients or {"id": "patient"}, "source": dict(source)}


def _shipped(folder: Path, study: str) -> None:
    """Put the rows of a shipped study, and what it declares of them."""
    shipped, tables = SHIPPED / study, folder / "tables" / study
    raw = read_toml(shipped / "study.toml")
    url_env = f"{study.upper().replace('-', '_')}_URL"
    raw = without_rows(raw, {"kind": "database", "url_env": url_env, "table": "patients"})
    raw["id"] = f"{study}-in-a-database"
    _write(folder / "studies" / raw["id"], raw)
    tables.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as database:
        database.execute(
            # Without the type of truth values: "no" stays the text that study.toml declares.
            f"""COPY (SELECT * FROM read_csv('{shipped / "patients.csv"}', header = true,
                auto_type_candidates = ['BIGINT', 'DOUBLE', 'DATE', 'VARCHAR']))
            TO '{tables / "patients.parquet"}' (FORMAT parquet)"""
        )


def _write(folder: Path, raw: Mapping) -> None:
    folder.mkdir(parents=True)
    (folder / "study.toml").write_text(written(raw), "utf-8")


def _column(v: int) -> str:
    return f"v{v:02d}"


def _levels(v: int) -> int:
    return 2 + v % 4


if __name__ == "__main__":
    write_sandbox(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
