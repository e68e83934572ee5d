"""Links: what they mean, and that every view is one."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from data.address import (
    LONGEST_QUERY,
    NO_SPLIT,
    View,
    address,
    default_view,
    published_view,
    query,
    read_address,
    read_filter,
    search,
)
from data.catalog import BrokenStudy, Catalog
from data.checking.problems import Problem
from data.cohort import Cohort, Filter, select
from tests.data.study_views import PAGES, views


@pytest.fixture(scope="module")
def everything(catalog, base) -> Catalog:
    broken = BrokenStudy("torn", (Problem("study.toml", "torn", "Mend it"),))
    return Catalog((*catalog.studies, base), (broken,))


@pytest.fixture(scope="module")
def read(everything):
    def reading(link: str):
        pathname, mark, rest = link.partition("?")
        return read_address(pathname, mark + rest, everything, PAGES)

    return reading


def test_the_empty_address_is_the_first_page_of_the_first_study(read, catalog):
    for link in ("", "/", "/survival", "/survival/", "/survival?"):
        reading = read(link)
        assert reading.notes == ()
        assert reading.study is catalog.studies[0]
        assert reading.view == View("survival", Cohort("nct01900002", "treated"), "pfs", NO_SPLIT)


def test_nothing_at_all(everything):
    assert read_address(None, None, everything, PAGES).view.page == "survival"


def test_a_study_opens_on_its_own_defaults(read):
    view = read("/survival?study=soramic").view
    assert view == View("survival", Cohort("soramic", "analysed"), "pfs", "arm")


def test_every_part_of_a_link(read):
    reading = read(
        "/survival?study=nct01900002&set=enrolled&endpoint=os&by=pvt&bclc=stage-c"
        "&hepatitis=hepatitis-c-only,no-virus-infection&age-years=60..75,missing&ci=log"
    )
    assert reading.notes == ()
    view = reading.view
    assert (view.endpoint, view.by) == ("os", "pvt")
    assert view.cohort == Cohort(
        "nct01900002",
        "enrolled",
        (
            Filter("bclc", ("stage-c",)),
            Filter("hepatitis", ("hepatitis-c-only", "no-virus-infection")),
            Filter("age-years", ("missing",), 60, 75),
        ),
    )
    assert view.options == (("ci", "log"),)
    assert view.option("ci") == "log"
    assert view.option("unit", "months") == "months"


def test_options_of_a_view(read):
    view = read("/survival?unit=days&ci=log").view
    assert view.with_options(ci=None, unit="years").options == (("unit", "years"),)
    assert view.with_options(ci="plain").options == (("ci", "plain"), ("unit", "days"))


def test_a_split_is_taken_off_by_name(read):
    assert read("/survival?study=soramic&by=none").view.by == NO_SPLIT


@pytest.mark.parametrize(
    ("rest", "note"),
    [
        ("set=all", "This study has no analysis set “all”."),
        ("endpoint=ttrp", "This study has no endpoint “ttrp”."),
        ("by=sexx", "This study has no variable “sexx” to split by."),
        ("bclc=d", "BCLC has no level “d”."),
        ("bclc=C", "BCLC has no level “C”."),
        ("bclc=", "The filter on BCLC is empty."),
        ("age-years=old", "Age has no level “old”."),
        ("age-years=range-1", "Age has no level “range-1”."),
        ("age-years=75..60", "The range 75..60 of Age runs backwards."),
        ("age-years=0.." + "9" * 400, "The range 0.." + "9" * 36 + "… of Age has no end."),
        ("colour=red", "“colour” is nothing this page or study knows."),
        ("x" * 100 + "=1", "“" + "x" * 39 + "…” is nothing this page or study knows."),
    ],
)
def test_what_is_unknown_is_dropped_and_said(read, rest, note):
    reading = read(f"/survival?study=soramic&{rest}")
    assert reading.notes == (note,)
    assert reading.view == default_view(reading.study, "survival")


def test_the_known_part_of_a_filter_stays(read):
    reading = read("/survival?study=soramic&bclc=d,c&age-years=60..75,80..90")
    assert reading.view.cohort.filters == (
        Filter("bclc", ("c",)),
        Filter("age-years", (), 60, 75),
    )
    assert reading.notes == (
        "BCLC has no level “d”.",
        "Age has more than one range; the first one counts.",
    )


def test_a_name_that_stands_twice(read):
    reading = read("/survival?study=soramic&ecog=0&ecog=1")
    assert reading.view.cohort.filters == (Filter("ecog", ("1",)),)
    assert reading.notes == ("“ecog” stands twice in the link; the last one counts.",)


def test_an_unknown_page_and_study(read, catalog):
    reading = read("/nowhere?study=nobody&bclc=c&by=tnm")
    assert reading.view == default_view(catalog.studies[0], "survival")
    assert reading.notes == (
        "There is no page “nowhere”; this is the first page.",
        "There is no study “nobody”; this is NCT01900002, without the rest of the link.",
    )


def test_an_option_of_another_page_is_unknown(read):
    assert read("/overview?ci=log").notes == ("“ci” is nothing this page or study knows.",)


def test_a_broken_study_is_shown_as_broken(read):
    reading = read("/survival?study=torn")
    assert reading.view is None
    assert reading.study is None
    assert reading.broken.id == "torn"


def test_a_broken_folder_does_not_hide_the_sound_study_of_its_name(base):
    broken = BrokenStudy("base", (Problem("study.toml", "torn", "Mend it"),))
    reading = read_address("/survival", "?study=base", Catalog((base,), (broken,)), PAGES)
    assert reading.study is base
    assert reading.broken is None


def test_no_study_at_all():
    reading = read_address("/survival", "?study=base", Catalog(()), PAGES)
    assert (reading.view, reading.study, reading.broken) == (None, None, None)


def test_a_link_that_is_too_long(read):
    reading = read("/survival?study=soramic&ci=" + "x" * LONGEST_QUERY)
    assert reading.study.id == "nct01900002"
    assert reading.notes == (
        "The link is too long to be one of this product; its query was dropped.",
    )


def test_read_filter_puts_levels_in_the_order_of_the_study(base):
    notes = []
    found = read_filter(base.variable("stage"), "missing,d,stage-b,d", notes)
    assert found == Filter("stage", ("stage-b", "d", "missing"))
    assert notes == []


def test_defaults_are_left_out_of_a_link(catalog):
    soramic = catalog.study("soramic")
    view = default_view(soramic, "survival")
    assert address(view, soramic) == "/survival?study=soramic"
    assert query(view, soramic) == {"study": "soramic"}
    other = View(
        "survival",
        Cohort("soramic", "analysed", (Filter("bclc", ("c",)), Filter("age-years", (), 60, 75.5))),
        "os",
        NO_SPLIT,
        (("ci", "a&b"),),
    )
    assert search(other, soramic) == (
        "?study=soramic&endpoint=os&by=none&bclc=c&age-years=60..75.5&ci=a%26b"
    )


@given(st.data())
@settings(deadline=None, max_examples=200)
def test_every_view_is_a_link(everything, data):
    study = data.draw(st.sampled_from(everything.studies))
    view = data.draw(views(study))
    link = address(view, study)
    assert link.isascii()
    pathname, _, rest = link.partition("?")
    reading = read_address(pathname, f"?{rest}", everything, PAGES)
    assert reading.notes == ()
    assert reading.view == view
    assert reading.study is study


names = st.sampled_from(
    ["study", "set", "endpoint", "by", "ci", "bclc", "age-years", "stage", "afp", ""]
) | st.text(max_size=6)
texts = st.text(max_size=12) | st.sampled_from(
    ["soramic", "base", "torn", "none", "arm", "c", "missing", "1..2", "2..1", "-0..0", "..", ",,"]
)
queries = st.lists(st.tuples(names, texts), max_size=6).map(
    lambda parts: "?" + "&".join(f"{name}={text}" for name, text in parts)
)


@given(pathname=st.text(max_size=10), rest=st.text() | queries)
@example(pathname="/\ud800", rest="?ci=\udfff")
@example(pathname="/survival", rest="?ci=%00%ff&by=%")
@settings(deadline=None, max_examples=300)
def test_any_text_gives_a_view_that_can_be_shown(everything, pathname, rest):
    reading = read_address(pathname, rest, everything, PAGES)
    "".join(reading.notes).encode("utf-8")
    if reading.view is None:
        assert reading.broken is not None
        return
    view, study = reading.view, reading.study
    assert view.page in PAGES
    assert study.analysis_set(view.cohort.analysis_set) is not None
    assert study.endpoint(view.endpoint) is not None
    assert view.by == NO_SPLIT or study.variable(view.by) is not None
    assert select(study, view.cohort).shape == (study.n,)
    assert view.cohort.sentence(study)
    # Followed once more, the link of this view says the same and leaves nothing out.
    again = read_address(f"/{view.page}", search(view, study), everything, PAGES)
    assert again.view == view
    assert again.notes == ()


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("by=none", True),
        ("by=arm", True),
        ("by=none&arm=sorafenib", True),
        ("by=arm&arm=sorafenib", True),
        ("by=bclc", True),
        ("by=bclc&endpoint=os", False),
        ("by=arm&endpoint=os", True),
        ("by=arm&bclc=c", False),
        # Every level: nobody is left out.
        ("by=none&bclc=a-b,c", True),
        ("by=albi-grade", False),
        ("by=none&age-years=60..75", False),
    ],
)
def test_what_the_publication_determines(read, link, expected):
    reading = read(f"/survival?study=soramic&{link}")
    endpoint = reading.study.endpoint(reading.view.endpoint)
    assert published_view(reading.study, reading.view, endpoint) is expected


def test_the_publication_determines_nothing_outside_its_own_set(read):
    reading = read("/survival?study=nct01900002&set=enrolled")
    assert not published_view(reading.study, reading.view, reading.study.endpoints[0])
