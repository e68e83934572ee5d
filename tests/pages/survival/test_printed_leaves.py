"""What the publication prints, and what competes with an event, leaves with file and picture."""

from __future__ import annotations

import csv
import io

import pytest

from layouts.survival.picture import export_figure


def rows(client, file: str, query: str) -> list[dict]:
    answer = client.get(f"/download/{file}.csv?{query}")
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text)))


def summary(client, query: str) -> list[dict]:
    return rows(client, "survival-summary", query)


def printed(row: dict) -> dict[str, str]:
    """The printed numbers of a row that are there."""
    found = {name: text for name, text in row.items() if "_printed" in name}
    return {name: text for name, text in found.items() if text != "NA"}


def lines(views, query: str) -> list[str]:
    """The head of the picture of a view."""
    layout = export_figure(views(query), {}, "svg")["figure"]["layout"]
    above = [one for one in layout["annotations"] if one.get("yref") == "paper" and one["y"] == 1]
    return [one["text"].replace("\u00a0", " ") for one in above]


def test_the_file_has_what_the_paper_prints_beside_what_is_recomputed(client):
    """SORAMIC substudy: PFS 8.9 (6.3–9.9) and 5.4 (4.1–7.4) months, p = 0.022."""
    ours, theirs = summary(client, "study=soramic")
    names = ("median_printed", "median_printed_lower", "median_printed_upper")
    assert printed(ours) == dict(zip(names, ("8.9", "6.3", "9.9"), strict=True)) | {
        "n_printed": "73"
    }
    assert printed(theirs) == dict(zip(names, ("5.4", "4.1", "7.4"), strict=True)) | {
        "n_printed": "104"
    }
    for row in rows(client, "logrank", "study=soramic"):
        assert row["p_value_printed"] == "0.022"


def test_rates_at_fixed_times_are_printed_as_shares(client):
    """NCT01900002, TTRP of all 34: 46.1 % (29.8–71.3) at 12 months, median 10.38 (5.78–18.79)."""
    (row,) = summary(client, "study=nct01900002&endpoint=ttrp")
    found = printed(row)
    assert [found[f"survival_12_printed{end}"] for end in ("", "_lower", "_upper")] == [
        "0.461",
        "0.298",
        "0.713",
    ]
    assert (found["median_printed"], found["events_printed"]) == ("10.38", "22")


def test_a_printed_median_that_was_not_reached_is_not_there_as_a_recomputed_one(client):
    # Table 5: hepatitis B only, not reached; recomputed 36.60 months.
    found = summary(client, "study=nct01900002&by=hepatitis&endpoint=os")
    (row,) = [one for one in found if one["group"] == "Hepatitis B only"]
    assert (row["median_printed"], row["events_printed"]) == ("NA", "1")
    assert float(row["median"]) == pytest.approx(36.6, abs=0.005)


@pytest.mark.parametrize(
    "query", ["study=soramic&bclc=c&hepatitis-c=yes", "study=soramic&best-response=pr&by=none"]
)
def test_where_nothing_is_printed_the_columns_say_so(client, query):
    for row in summary(client, query):
        assert row["median_printed"] == "NA"
        assert not printed(row)


def test_a_study_without_printed_numbers_has_no_such_columns(client):
    assert not [name for name in summary(client, "study=edges")[0] if "_printed" in name]
    assert "p_value_printed" not in rows(client, "logrank", "study=edges")[0]


def test_the_file_has_when_half_had_the_event_with_its_range(client):
    """R, survfit with two causes in each of the data sets: 18.2 (14.0–20.5), 6.2 (6.2–7.4)."""
    expected = ((18.20, 14.00, 20.50), (6.21, 6.21, 7.39))
    for row, numbers in zip(summary(client, "study=soramic&endpoint=ttp"), expected, strict=True):
        name = "aalen_johansen_median"
        found = [float(row[name]), *(float(row[f"{name}_across_{end}"]) for end in ("low", "high"))]
        assert found == pytest.approx(numbers, abs=0.005)
        assert row[f"{name}_across_n"] == "20"


def test_an_endpoint_that_nothing_competes_with_has_none(client):
    for row in summary(client, "study=soramic&endpoint=os"):
        ends = ("", "_across_low", "_across_high", "_across_n")
        assert {row[f"aalen_johansen_median{end}"] for end in ends} == {"NA"}


def test_half_that_some_data_sets_never_reach_says_so(client):
    query = "study=soramic&endpoint=ttp&bclc=c"
    ours = summary(client, query)[0]
    assert ours["aalen_johansen_median"] == "NA"
    known = int(ours["aalen_johansen_median_across_n"])
    assert 0 < known < 20
    for page in ("survival", "arms"):
        said = client.get(f"/words/{page}?{query}").text
        assert " or never]" in said
        assert "never half [" in said


def test_compare_arms_has_the_same_in_its_file(client):
    found = {row["estimate"]: row for row in rows(client, "arms", "study=soramic&endpoint=ttp")}
    row = found["aalen_johansen_median RE + sorafenib"]
    ends = (row["value"], row["value_across_low"], row["value_across_high"])
    assert list(map(float, ends)) == pytest.approx((18.20, 14.00, 20.50), abs=0.005)
    assert float(found["competing_first RE + sorafenib"]["value"]) == 28
    names = [row["estimate"] for row in rows(client, "arms", "study=soramic&endpoint=os")]
    assert not [name for name in names if name.startswith("aalen")]


def test_the_picture_has_the_printed_row_under_its_group(views):
    said = lines(views, "study=nct01900002&by=none")
    place = said.index("All patients: n = 34, 33 events, median 10.15 months (95 % CI 5.85–14.85)")
    assert said[place + 1] == (
        "All patients, as printed: n = 34, 33 events, median 10.32 months (95 % CI 5.78–14.36)"
    )
    assert "Log-rank p = 0.022; 0.022 printed" in lines(views, "study=soramic")


def test_the_picture_says_a_printed_median_that_was_not_reached(views):
    said = lines(views, "study=nct01900002&by=hepatitis&endpoint=os")
    assert any("Hepatitis B only, as printed: n = " in one for one in said)
    (line,) = [one for one in said if one.startswith("Hepatitis B only, as printed")]
    assert line.endswith(", 1 event, median not reached")


def test_a_picture_of_what_is_not_printed_has_the_ranges(views):
    said = lines(views, "study=soramic&bclc=c&hepatitis-c=yes")
    assert not [one for one in said if "printed" in one]
    assert any(one.endswith(" across 20 data sets]") and "median" in one for one in said)
    assert any(one.startswith("Log-rank p = ") and "across 20" in one for one in said)
    assert "across" not in " ".join(lines(views, "study=edges"))


def test_the_picture_has_the_range_of_the_median_of_the_incidence(views):
    layout = export_figure(views("study=soramic&endpoint=ttp"), {}, "svg")["figure"]["layout"]
    said = " ".join(one["text"] for one in layout["annotations"])
    assert "half by 18.2 months [14.0–20.5] with RE + sorafenib" in said.replace("<br>", " ")
