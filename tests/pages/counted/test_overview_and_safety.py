"""Overview and Safety from counts are those of the same patients in memory, and what stands around.

Addresses of protected studies hold bounds that stand where they may.
"""

from __future__ import annotations

import pytest

from callbacks.pages import SERVED
from tests.pages.counted.both import same_csv

FILES = {
    "overview": ("baseline.csv", "flow.csv"),
    "safety": ("adverse-events.csv", "exposure.csv", "first-severe.csv"),
}
FILTERS = {
    "nct01900002": ("", "set=enrolled&bclc=stage-b", "age-years=50..70&sex=male"),
    "soramic": ("", "pvi=yes&age-years=50..70", "age-years=99..99&bclc=c"),
    "events": ("stage=b", "age=50..70,missing", "age=99..99"),
    "open": ("", "bclc=c&arm=sorafenib"),
    "open-grown": ("pvi=yes&age-years=50..70", "first-progression-site=missing"),
    "guarded": ("", "bclc=c", "hepatitis-b=yes&sex=female", "pvi=yes&alcohol=no"),
    "guarded-nct": ("", "set=enrolled"),
    "guarded-grown": ("", "bclc=c&pvi=yes"),
}
OPTIONS = {
    "overview": ("", "of=all", "of=featured"),
    "safety": ("", "level=severe&order=frequency", "terms=fatigue", "terms=nausea"),
}


def addresses(page: str) -> list[str]:
    """Every filter with one of the page's options."""
    made = []
    for study, filters in FILTERS.items():
        for place, one in enumerate(filters):
            options = OPTIONS[page][place % len(OPTIONS[page])]
            if options.startswith("terms") and study in ("soramic",):
                options = ""
            made.append("&".join(filter(None, (f"study={study}", one, options))))
    return made


def without(text: str, line: str) -> list[str]:
    return [one for one in text.splitlines() if one != line]


@pytest.mark.parametrize("page", FILES)
def test_words_and_files_are_those_of_rows(apps, page):
    seen = set()
    for query in addresses(page):
        (status, rows), (same, counts) = apps.texts(f"/words/{page}?{query}")
        said = "Counted in the database of the patients, as of 28 November 2026: no row of a "
        assert (status, without(rows, "")) == (
            same,
            without(counts, f"{said}patient leaves it."),
        ), query
        seen.add(status)
        for file in FILES[page]:
            (status, rows), (same, counts) = apps.texts(f"/download/{file}?{query}")
            assert status == same, (query, rows, counts)
            if status == 200:
                same_csv(rows, counts)
            else:
                assert rows == counts
            seen.add(status)
    assert {200, 403} <= seen


@pytest.mark.parametrize("page", ["endpoints", "context"])
def test_pages_of_survival_views_alone_need_no_rows(apps, page):
    for query in ("study=events", "study=open-grown&bclc=c", "study=guarded-grown&by=none"):
        (status, rows), (same, counts) = apps.texts(f"/words/{page}?{query}")
        assert status == same == 200
        assert rows.splitlines() == [
            line for line in counts.splitlines() if not line.startswith("Counted in the database")
        ]
        rows, counts = apps.texts(f"/download/{page}.csv?{query}")
        same_csv(rows[1], counts[1])


def test_the_rail_the_cohort_line_and_the_controls_are_those_of_rows(apps):
    for query in addresses("safety"):
        rows, counts = apps.views(f"/safety?{query}")
        for name in ("values", "defaults", "rail"):
            assert rows[name] == counts[name], (query, name)
        for name in ("filters", "presets", "badge"):
            assert rows["frame"][name] == counts["frame"][name], (query, name)
        # Tabs say more.
        assert _line(rows) == _line(counts), query


def _line(answer: dict) -> str:
    top = answer["frame"]["top"]
    return top[top.index("cohort-row") :]


def test_a_page_that_needs_rows_says_so_and_gives_no_file(apps):
    _, client = apps.counts
    for served in SERVED:
        if served.counted is not None:
            continue
        page = served.page
        _, answer = apps.views(f"/{page.id}?study=open")
        said = answer["places"][f"{page.id}-sentence"]
        assert said.startswith(f"The page {page.label} needs patients one by one.")
        assert said.count(".") == 2
        # No control that does nothing.
        assert "data-control" not in answer["frame"]["page"]
        assert answer["figure"] is None
        for path in (f"/words/{page.id}", *(f"/download/{file}" for file in page.files)):
            found = client.get(f"{path}?study=open")
            # Or the study has nothing of the kind, which is said first.
            assert found.status_code in (400, 403), path
            assert found.status_code == 400 or found.get_data(as_text=True).strip() == said


def test_a_tab_of_a_page_that_needs_rows_says_so(apps):
    rows, counts = apps.views("/overview?study=open")
    assert "Needs patients one by one" not in rows["frame"]["top"]
    assert "Needs patients one by one" in counts["frame"]["top"]


def test_evidence_needs_rows_only_where_print_is_held_against_them(apps):
    (_, of_rows), (status, of_counts) = apps.texts("/words/evidence?study=events")
    assert status == 200
    assert of_counts.startswith(of_rows.splitlines()[0])
    assert apps.texts("/words/evidence?study=soramic")[1][0] == 403


def test_the_first_visit_counts_the_patients(apps):
    rows, counts = (view["frame"]["page"] for view in apps.views("/start"))
    assert "177 patients" in counts
    # A patient of one's own cannot be put beside patients who are not here.
    assert rows.count('class="door"') - counts.count('class="door"') == 1


def test_what_is_hidden_of_adverse_events_is_not_said_to_be_none(apps):
    for study, words in (("guarded", "Any adverse event: RE"), ("guarded-nct", "34 of 34")):
        for _, text in apps.texts(f"/words/safety?study={study}"):
            assert text.startswith(words)
            assert "below 3 in all" not in text
