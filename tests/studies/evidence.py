"""The small study with printed cells of every quantity, each worked out by hand."""

from __future__ import annotations

from tests.data.conftest import StudyFolder

SECTION = """

[evidence]
cells = "cells.csv"
discrepancies = "discrepancies.csv"
method = "METHOD.md"
differs = "All were moved."
disclosure = "Dates were moved."

[evidence.tolerance]
number = [1, 0.1]
"hazard ratio" = [0.5]

[[evidence.provenance]]
what = "Events of each patient"
published = "Counts."
source = "simulated"
made = "At random."

[[evidence.provenance]]
what = "Scans"
published = "Nothing."
made = "There are none."
"""
HEAD = (
    "table,variable,level,group,statistic,printed,printing,quantity,of,by,adjusted,where,set,note"
)
DISCREPANCIES = """\
topic,first,first_place,second,second_place,recomputed
Age,61,Table 1,60,Text,"61, as in the table"
"""
METHOD = "# How\n\n**Ages** are <made> up.\n\n1. First.\n2. Second.\n"


def add_evidence(folder: StudyFolder, *rows: str) -> StudyFolder:
    """Give the study printed cells: rows of the file without its head."""
    toml = folder.path / "study.toml"
    toml.write_text(toml.read_text("utf-8") + SECTION, "utf-8")
    for name, text in (
        ("cells.csv", "\n".join([HEAD, *rows]) + "\n"),
        ("discrepancies.csv", DISCREPANCIES),
        ("METHOD.md", METHOD),
    ):
        (folder.path / name).write_text(text, "utf-8", newline="")
    return folder


def cell(quantity: str, of: str = "", by: str = "", **more: str) -> str:
    """One row of the file."""
    given = {
        "table": "Table 1",
        "variable": "Row",
        "statistic": quantity,
        "printed": "1",
        "printing": "rounded",
        "set": "everybody",
    } | more
    given |= {"quantity": quantity, "of": of, "by": by}
    return ",".join(given.get(name, "") for name in HEAD.split(","))
