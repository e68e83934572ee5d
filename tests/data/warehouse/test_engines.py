"""Every engine answers as the same patients in memory do."""

from __future__ import annotations

from data.apart.passing import packed, unpacked
from data.cohort import Cohort, Filter
from data.warehouse.question import SITE, Happened, Level, Question, Site, Time, Who
from tests.data.warehouse.in_memory import InMemory
from tests.data.warehouse.questions import questions
from tests.data.warehouse.same_counts import differences
from tests.studies import registry


def test_it_is_the_same_study(in_memory, database):
    asked, there = InMemory(in_memory), database.counted
    assert (there.n, there.missing, there.sites) == (asked.n, asked.missing, ("database",))
    assert database.variables == in_memory.variables, "the median of age cuts it"
    events, known = database.adverse_events, in_memory.adverse_events
    assert (events.terms, events.grades, events.left_out) == (
        known.terms,
        known.grades,
        known.left_out,
    )


def test_every_question(in_memory, database):
    asked = InMemory(in_memory)
    for question in questions():
        answers = asked.count(question), database.counted.count(question)
        assert differences(*answers, question) == [], question


def test_it_can_be_handed_to_another_process(in_memory, database):
    there = unpacked(packed(database.counted))
    question = next(questions())
    assert differences(InMemory(in_memory).count(question), there.count(question), question) == []


def test_three_sites_answer_as_one(in_memory, of_three):
    asked = InMemory(in_memory)
    assert of_three.counted.sites == ("Site 0", "Site 1", "Site 2")
    assert of_three.counted.n == in_memory.n
    assert of_three.adverse_events.terms == in_memory.adverse_events.terms
    for question in list(questions())[::4]:
        if any(Site() in grouping for grouping in question.groupings):
            continue
        answers = asked.count(question), of_three.counted.count(question)
        assert differences(*answers, question) == [], question


def test_sites_are_a_variable(of_three):
    variable = of_three.variable(SITE)
    assert [level.label for level in variable.levels] == ["Site 0", "Site 1", "Site 2"]
    one = Cohort("registry", "all", (Filter(SITE, ("site-2",)),))
    question = Question(Who(one, "os"), ((Site(), Level(SITE)), (Time("os"), Happened("os"))))
    by_site, days = of_three.counted.count(question)
    assert by_site.columns[Site()].tolist() == [1]
    assert by_site.columns[Level(SITE)].tolist() == [1]
    assert by_site.total == days.total == len(registry.tables()["patients"].iloc[1::3])
    nobody = Cohort("registry", "all", (Filter(SITE, ()),))
    whole, none = of_three.counted.count(Question(Who(nobody), ((), (Level("arm"),))))
    assert (whole.n.tolist(), none.n.tolist()) == ([0], [])
