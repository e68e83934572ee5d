"""Labels become ids by one rule."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.checking.slug import SLUG, slug


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("RE + sorafenib", "re-sorafenib"),
        ("Stage IVA", "stage-iva"),
        ("2–3", "2-3"),
        ("2—3", "2-3"),
        ("≤50%", "at-most-50"),
        (">50%", "over-50"),
        ("<400", "under-400"),
        ("≥400", "at-least-400"),
        ("2.8–3.5 g/dL", "2-8-3-5-g-dl"),
        ("portal_vein_thrombosis", "portal-vein-thrombosis"),
        ("Ménière", "meniere"),
        ("Größe", "grosse"),
        ("⁹⁰Y", "90y"),
        ("a·b", "a-b"),
        ("  – ", ""),
        ("肝", ""),
    ],
)
def test_slug_of_labels(label, expected):
    assert slug(label) == expected


@given(st.text())
@settings(deadline=None)
def test_a_slug_is_an_id_or_nothing_and_stays_itself(label):
    made = slug(label)
    assert made == "" or SLUG.fullmatch(made)
    assert made.isascii()
    assert slug(made) == made


@pytest.mark.parametrize("text", ["", "A", "a_b", "-a", "a-", "a--b", "a\n", "ä", "a b", "²"])
def test_what_is_no_id(text):
    assert not SLUG.fullmatch(text)
