"""The product's glossary: what it must explain, and how a faulty one is refused."""

from __future__ import annotations

import pytest

from data.checking.problems import StudyError
from data.glossary import read_glossary, shipped_glossary

ASKED_FOR = (
    "Hazard ratio",
    "Log-rank test",
    "Kaplan–Meier",
    "Confidence interval",
    "Restricted mean",
    "Landmark",
    "Censored",
    "Median follow-up",
    "Clopper–Pearson",
    "Permutation p",
    "Adjusted p",
    "Competing risks",
    "Bland–Altman",
    "ROC",
    "MAA",
    "GBq",
    "Gy",
    "LSF",
    "BSA",
    "T/N",
    "MIRD",
    "SPECT",
    "AUC",
    "Spearman",
    "Mann–Whitney",
    "Obuchowski",
    "90Y",
    "SARAH",
    "SHARP",
    "DOSISPHERE",
    "Waterfall",
    "Swimmer",
    "Limits of agreement",
    "Westfall–Young",
    "Aalen–Johansen",
    "Standardised mean difference",
)


@pytest.mark.parametrize("word", ASKED_FOR)
def test_words_of_statistics_are_explained(word):
    terms = [one.term for group in shipped_glossary() for one in group.terms]
    assert any(term.startswith(word) for term in terms)


def test_each_term_stands_once_and_is_one_plain_sentence():
    terms = [one for group in shipped_glossary() for one in group.terms]
    assert len({one.term for one in terms}) == len(terms)
    for one in terms:
        assert one.meaning.endswith(".")
        assert one.meaning.count(". ") == 0
        assert one.meaning[0].isupper()
        assert len(one.meaning) < 200


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("groups = []", "there is no group"),
        ("groups = 3", "there is no group"),
        ("[[groups]]\ntitle = 'A'\n", "without terms"),
        ("[[groups]]\nterms = [{term = 'x', meaning = 'y'}]", "without a title"),
        ("[[groups]]\ntitle = 'A'\nterms = [{term = 'x'}]", "entry 1 lacks"),
        ("[[groups]]\ntitle = 'A'\nterms = ['x']", "entry 1 lacks"),
        ("[[groups]]\ntitle = 'A'\nterms = [{term = 'x', meaning = ' '}]", "entry 1 lacks"),
        ("[[groups]", "cannot be read as TOML"),
    ],
)
def test_a_faulty_glossary_is_refused(tmp_path, text, words):
    path = tmp_path / "glossary.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(StudyError) as caught:
        read_glossary(path)
    sentence = caught.value.problems[0].sentence
    assert sentence.startswith("glossary.toml")
    assert words in sentence
