"""How a view was computed: the words, and the code, which has to run on the downloaded file."""

from __future__ import annotations

import re

import matplotlib
import numpy as np
import pytest

from analysis.witness import Witness, lifelines_witness
from layouts.survival.method import method_page, paragraphs, python_code, r_code
from layouts.survival.witness import witness_panel
from tests.trees import text, with_class, with_prop

QUERIES = (
    "study=soramic",
    "study=nct01900002&endpoint=os&by=tnm",
    "study=soramic&by=objective-response&landmarks=12",
    "study=edges&by=cell",
    "study=soramic&by=none&ci=log-log&unit=days",
)


@pytest.mark.parametrize("ci", ["log", "log-log", "plain"])
def test_the_transform_of_the_interval_is_named(views, ci):
    context = views(f"study=soramic&ci={ci}")
    assert f'conf.type = "{ci}"' in r_code(context)
    assert any(f"the {ci} transform" in words for words in paragraphs(context))


def test_the_words_name_endpoint_test_and_landmark(views):
    words = " ".join(paragraphs(views("study=soramic&by=objective-response")))
    for part in (
        "Progression-free survival: time from day 183 after randomisation",
        "30.4375 days",
        "Greenwood's variance",
        "log-rank test with hypergeometric variance",
        "Time starts at day 183",
    ):
        assert part in words
    words = " ".join(paragraphs(views("study=soramic&by=none")))
    assert "log-rank" not in words
    assert "Time starts at day" not in words


def test_no_test_no_code_for_one(views):
    context = views("study=soramic&by=none")
    assert "survdiff" not in r_code(context)
    assert "logrank" not in python_code(context)
    assert "survdiff" in r_code(views("study=soramic"))


def test_the_r_code_asks_for_the_landmarks_and_horizon_of_the_view(views):
    context = views("study=soramic&landmarks=6,18")
    assert "times = c(6, 18) * 30.4375" in r_code(context)
    assert f"rmean = {context.result.horizon:.0f}" in r_code(context)


def test_the_code_balances_its_brackets_and_names_the_cohort(views):
    for query in QUERIES:
        context = views(query)
        for code in (r_code(context), python_code(context)):
            assert code.count("(") == code.count(")")
            assert code.startswith(f"# {context.study.title}: {context.endpoint.name}, ")
            assert "{" not in re.sub(r"\{name\}", "", code)


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.filterwarnings(
    # lifelines draws with calls that newer versions of pandas and matplotlib announce to drop.
    "ignore::DeprecationWarning:lifelines",
    "ignore::FutureWarning:lifelines",
)
def test_the_python_code_runs_on_the_download_and_finds_the_same(
    views, client, tmp_path, monkeypatch, capsys, query
):
    matplotlib.use("Agg")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "km.csv").write_bytes(client.get(f"/download/km.csv?{query}").data)
    context = views(query)
    scope: dict = {}
    exec(compile(python_code(context), "python_code", "exec"), scope)
    rebuilt, result = scope["d"], context.result
    assert len(rebuilt) == result.n
    assert int(rebuilt["event"].sum()) == result.events
    printed = capsys.readouterr().out
    for group in result.shown:
        # A label that a spreadsheet would run as a formula is quoted in the file.
        label = f"'{group.label}" if group.label[0] in "=@" else group.label
        assert f"{label} {group.n} {group.events} " in printed
    if result.test is not None:
        assert float(printed.splitlines()[-1]) == pytest.approx(result.test.p_value, abs=1e-9)
    days = np.sort(rebuilt["days"].to_numpy())
    expected = np.repeat(result.table.time, (result.table.n_event + result.table.n_censor).sum(0))
    assert days.tolist() == expected.tolist()
    import matplotlib.pyplot as plt

    plt.close("all")


def test_the_page_holds_words_witness_code_and_file(views):
    context = views("study=soramic")
    tree = method_page(context, witness_panel(None), "/download/km.csv?study=soramic")
    assert [one["data-language"] for one in with_class(tree, "code")] == ["r", "python"]
    (link,) = with_prop(tree, "download", "km.csv")
    assert link["href"] == "/download/km.csv?study=soramic"
    assert "Checked live with lifelines" in text(tree)


def test_the_witness_agrees(views):
    words = text(witness_panel(lifelines_witness(views("study=soramic").result)))
    assert words.endswith("Both agree.")
    assert "Log-rank: p = 0.022 here" in words.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("difference", "p", "own_p", "verdict"),
    [
        (1e-16, 0.02, 0.02, "Both agree."),
        (1e-6, 0.02, 0.02, "They differ"),
        (1e-16, 0.03, 0.02, "They differ"),
        (1e-16, np.nan, 0.02, "They differ"),
        (1e-16, np.nan, np.nan, "Both agree."),
    ],
)
def test_a_disagreement_is_never_hidden(difference, p, own_p, verdict):
    words = text(witness_panel(Witness(difference, 10, p, own_p, "0")))
    assert verdict in words
    assert ("Both agree." in words) == (verdict == "Both agree.")


def test_nobody_in_view_has_no_witness():
    assert "no patient in view" in text(witness_panel(None))
