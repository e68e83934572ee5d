"""Whatever stands in a table, there is a sheet; and what is written of it reads back."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from data.checking.problems import StudyError
from data.importing.files import given_files, study_text
from data.importing.headings import endpoints, lists
from data.importing.sheet import sheet as in_words
from data.importing.understanding import understand
from layouts.uploads.sheet import sheet
from tests.data.importing.made_up import given

WORDS = [
    *(word for words in lists()["roles"].values() for word in words),
    *(word for one in endpoints() for word in one.words),
    *lists()["event"]["words"],
    *lists()["death"]["words"],
    *lists()["last contact"]["words"],
    "",
    "<b>x</b>",
    "a|b",
    "Größe (cm)",
]
HEADINGS = st.one_of(
    st.sampled_from(WORDS),
    st.builds("{} {}".format, st.sampled_from(WORDS), st.sampled_from(["date", "days", "status"])),
    st.text(max_size=12),
)
CELLS = st.one_of(
    st.sampled_from(
        ["", "0", "1", "2", "ja", "nein", "Dead", "Alive", "-9", "NA", "?", "1:DECEASED"]
    ),
    st.integers(-10, 3000).map(str),
    st.floats(0, 400).map(str),
    st.dates().map(lambda one: f"{one:%d.%m.%Y}"),
    st.dates().map(str),
    st.sampled_from(["99/99/9999", "31.02.2015", "IV", "Stage 2", "<5", "=1+1", "\u200b"]),
    st.text(max_size=8),
)


@st.composite
def tables(draw) -> dict[str, list[str]]:
    rows = draw(st.integers(1, 9))
    names = draw(st.lists(HEADINGS, min_size=1, max_size=7, unique=True))
    columns = {}
    for name in names:
        few = draw(st.lists(CELLS, min_size=1, max_size=rows))
        columns[name] = draw(st.lists(st.sampled_from(few), min_size=rows, max_size=rows))
    if draw(st.booleans()):
        columns |= {"os days": [str(700 + i) for i in range(rows)], "os event": ["1"] * rows}
    return columns


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@drawn(tables(), st.sampled_from(["", "os", "pfs", "time-to-event"]))
def test_there_is_a_sheet_for_every_table(columns, said):
    answers = {
        f"{said}.{part}": name for part, name in zip(("time", "event"), columns, strict=False)
    }
    understood = understand([given(columns)], answers if said else {})
    assert in_words(understood)
    assert "<b>x</b>" not in sheet(understood)
    if not understood.questions:
        assert tomllib.loads(study_text(understood, "a"))["id"] == "a"


def test_a_file_without_a_table_is_refused(tmp_path):
    with pytest.raises(StudyError):
        given_files([tmp_path / "nothing.csv"])
