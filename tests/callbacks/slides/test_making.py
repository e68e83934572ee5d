"""Every part of every page has a slide; of a protected study no more than may leave."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from callbacks.disclosure.about import NotShown
from callbacks.disclosure.door import stated
from callbacks.memory import Memory
from callbacks.page import finding_of
from callbacks.pages import OPTION_NAMES, SERVED
from callbacks.slides.making import Asked, Maker
from data.catalog import Catalog, load_catalog
from data.load import load_study
from data.minima import Disclosure
from layouts.office.deck import deck
from layouts.office.document import document
from layouts.shared.html import joined
from layouts.shared.look import Look
from layouts.shared.theme import LIGHT
from tests.callbacks.slides.reading import charts_of, faults, points_of, slides_of, texts_of
from tests.studies.doses import write_doses
from tests.studies.responses import write_responses

BY_ID = {one.page.id: one for one in SERVED}
PARTS = {
    "arms": (
        "",
        "show=balance",
        "show=adjusted",
        "show=time",
        "show=competing",
        "show=response",
        "show=power",
    ),
    "dosimetry": ("", "view=response", "view=survival", "view=toxicity", "view=activity"),
    "response": ("", "view=depth", "view=course", "view=by", "view=landmark"),
    "survival": ("", "curve=incidence"),
    "subgroups": ("", "show=medians"),
    "evidence": ("", "view=disagreements"),
}
VIEWS = [
    f"/{page}?study={{}}{f'&{part}' if part else ''}"
    for page in BY_ID
    for part in PARTS.get(page, ("",))
]
SHIPPED = load_catalog()
GUARDED = replace(
    SHIPPED.study("soramic"),
    disclosure=Disclosure(10, 5),
    single_patients=False,
    reconstructions=(),
    provenance="patient data",
)


def asked(view: str) -> Asked:
    path, mark, query = view.partition("?")
    return Asked(path, f"{mark}{query}", "", "", view)


def maker_of(catalog: Catalog) -> Maker:
    return Maker(catalog, Memory(catalog.studies), BY_ID, OPTION_NAMES)


def test_every_page_says_what_it_found_and_what_is_drawn():
    assert [one.page.id for one in SERVED if one.finding is None or one.drawn is None] == []


@pytest.fixture(scope="module")
def small(all_studies, tmp_path_factory) -> dict[str, Maker]:
    """What makes slides of made-up studies of few patients, in which every view occurs."""
    root = tmp_path_factory.mktemp("small")
    edges = all_studies.study("edges")
    studies = {
        "edges": edges,
        "doses": load_study(write_doses(root) / "doses"),
        "lanes": load_study(write_responses(root) / "lanes"),
        "guarded": replace(edges, disclosure=Disclosure(10, 5), single_patients=False),
    }
    return {name: maker_of(Catalog((one,), ())) for name, one in studies.items()}


# And which of their pages others do not have.
SMALL = pytest.mark.parametrize(
    ("name", "pages"),
    [("edges", ""), ("doses", "/dosimetry"), ("lanes", "/response"), ("guarded", "")],
)


@SMALL
def test_every_part_of_every_page_has_a_slide(name, pages, small, caplog):
    maker = small[name]
    (study,) = maker.catalog.studies
    views = [view.format(study.id) for view in VIEWS if view.startswith(pages)]
    made = [maker.slide(asked(view)) for view in views]
    assert not caplog.records
    for one, view in zip(made, views, strict=True):
        assert one.finding.strip(), view
        assert not re.search(r"\bnan\b", f"{one.finding} {one.foot} {one.notes}"), view
        assert not one.finding.endswith("."), view
    raw = deck(made, "All")
    for slide, view in zip(slides_of(raw), views, strict=True):
        assert faults(slide) == [], view
    for text in (texts_of(raw, "ppt/charts/"), texts_of(document(made, "All"), "word/charts/")):
        assert not re.search(r"<c:v>(nan|inf|-inf)<", text)


NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@SMALL
def test_every_number_of_a_finding_stands_on_its_page(name, pages, small):
    maker = small[name]
    (study,) = maker.catalog.studies
    for view in (one for one in VIEWS if one.startswith(pages)):
        reading = maker.reading(asked(view.format(study.id)))
        served = BY_ID[reading.view.page]
        options, _ = served.page.read_options(study, reading.view)
        try:
            context = stated(maker.memory, served, study, reading.view, options).context
        except NotShown:
            # One has no age, so nothing is said along it; a course has a step for each patient.
            assert name == "guarded"
            assert reading.view.page in {"along", "lasting", "states"}
            continue
        shown = served.show(context, Look(LIGHT))
        parts = [shown[part] for part, one in served.page.parts.items() if one.kind == "html"]
        page = re.sub("<[^>]+>", " ", joined(parts)) + " ".join(served.words(context).all())
        # A share may be of two numbers that stand there.
        finding = re.sub(r"\([\d.]+ %\)", "", finding_of(served, context))
        missing = set(NUMBER.findall(finding)) - set(NUMBER.findall(page))
        assert not missing, (view, finding)


def test_a_protected_curve_is_the_accumulated_one():
    """Its corners are those of the curve that may leave, which is not the curve of the patients."""
    maker = maker_of(Catalog((GUARDED,), ()))
    view = "/survival?study=soramic&by=arm"
    (slide,) = slides_of(deck([maker.slide(asked(view))], "One"))
    (chart,) = charts_of(slide)
    reading = maker.reading(asked(view))
    served = BY_ID["survival"]
    options, _ = served.page.read_options(GUARDED, reading.view)
    released = stated(maker.memory, served, GUARDED, reading.view, options).context.result
    plain = served.ask(Memory((GUARDED,)), GUARDED, reading.view, options).result
    for group, real in zip(released.groups, plain.groups, strict=True):
        points = points_of(chart, group.label)
        assert len(points) == 2 * len(group.curve.time) + 1
        assert len(points) < 2 * len(real.curve.time)
        months = [x for x, _ in points[2::2]]
        assert months == pytest.approx([round(x, 1) for x in months], abs=1e-3)
    assert not [one for one in chart.plots[0].series if one.name.endswith("censored")]


def test_below_the_minimum_the_slide_says_so_and_nothing_else():
    maker = maker_of(Catalog((GUARDED,), ()))
    one = maker.slide(asked("/survival?study=soramic&child-pugh=b&bclc=a-b"))
    assert one.drawn is None
    assert one.said == "Fewer than 10 patients: not shown."
    assert not one.tables
    assert "fewer than 10" in one.subtitle


def test_a_failing_view_takes_no_other_with_it(all_studies, caplog):
    def fails(context):
        raise RuntimeError("P17 died on day 3")

    pages = BY_ID | {"arms": replace(BY_ID["arms"], drawn=fails)}
    maker = Maker(all_studies, Memory(all_studies.studies), pages, OPTION_NAMES)
    failed = maker.slide(asked("/arms?study=edges"))
    assert failed.drawn is None
    assert "could not be computed" in failed.said
    assert "P17" not in caplog.text + str(failed)
    assert maker.slide(asked("/survival?study=edges")).drawn is not None
