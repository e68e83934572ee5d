"""A database that is down, and a site that is: said, not remembered, and back by itself."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from callbacks.pages import SERVED
from data.catalog import Catalog
from data.warehouse.counts import Counts, NotAnswered
from tests.callbacks.asking import drawer_of, view_of
from tests.data.warehouse.in_memory import InMemory, counted
from tests.pages.counted.both import application_over

DOWN = "The database of the patients does not answer (refused). Try again in a moment."
VIEW = "/overview?study=soramic&bclc=c"


@dataclass(eq=False)
class Database:
    """One that may be down, or lack a site."""

    inner: InMemory
    sites: tuple[str, ...] = ("here",)
    as_of: str = "yesterday"
    down: bool = False
    absent: tuple[str, ...] = ()
    asked: list = field(default_factory=list)

    @property
    def n(self) -> int:
        return self.inner.n

    @property
    def missing(self) -> frozenset[str]:
        return self.inner.missing

    def count(self, question) -> tuple[Counts, ...]:
        if self.down:
            raise NotAnswered(DOWN)
        self.asked.append(question)
        return tuple(replace(one, absent=self.absent) for one in self.inner.count(question))

    def statement(self, question) -> str:
        return f"SELECT count(*) -- {len(question.groupings)} <groupings>"


@pytest.fixture
def served(all_studies):
    """An application with a study in a database beside one in memory, and the database."""
    study = counted(all_studies.study("soramic"))
    database = Database(study.counted)
    beside = replace(all_studies.study("nct01900002"), reconstructions=())
    app = application_over(Catalog((replace(study, counted=database), beside), ()))
    return app, app.server.test_client(), database


def sentence(answer: dict) -> str:
    return answer["places"]["overview-sentence"]


def test_a_database_that_is_down_is_said_and_others_are_not_affected(served):
    app, client, database = served
    database.down = True
    answer = view_of(app, client, VIEW)

    assert sentence(answer) == DOWN
    assert ">Patients not counted<" in answer["frame"]["top"]
    assert "Not known while its database does not answer." in answer["frame"]["filters"]
    # The filters of the view stay.
    assert answer["values"]["bclc"] == {"levels": ["c"]}
    assert "BCLC C" in answer["frame"]["top"]
    found = client.get("/words/overview?study=soramic")
    assert (found.status_code, found.get_data(as_text=True)) == (503, f"{DOWN}\n")
    assert found.headers["Retry-After"] == "20"
    assert "patients not counted" in view_of(app, client, "/start")["frame"]["page"]
    assert "34 patients" in sentence(view_of(app, client, "/overview?study=nct01900002"))


@pytest.mark.parametrize("page", [one.page.id for one in SERVED])
def test_every_page_stands_while_its_database_is_down(served, page):
    app, client, database = served
    database.down = True
    said = view_of(app, client, f"/{page}?study=soramic&by=bclc")["places"][f"{page}-sentence"]
    assert said == DOWN or "needs patients one by one" in said
    slide = client.get(f"/board/slide/light/{page}?study=soramic").get_json()
    assert slide["said"] == said
    found = client.get(f"/words/{page}?study=soramic")
    status = 503 if said == DOWN else 403
    assert (found.status_code, found.get_data(as_text=True).strip()) == (status, said)


def test_it_is_back_by_itself(served):
    app, client, database = served
    database.down = True
    key = view_of(app, client, VIEW)["key"]
    database.down = False
    answer = view_of(app, client, VIEW, key=key)

    assert sentence(answer).startswith("126 patients")
    # The rail without counts is drawn anew.
    assert 'data-now="126"' in answer["frame"]["filters"]


def test_a_protected_study_whose_database_is_down_tells_nothing(all_studies):
    from data.minima import Disclosure

    study = counted(all_studies.study("soramic"))
    database = Database(study.counted, down=True)
    guarded = replace(study, counted=database, disclosure=Disclosure(10, 5))
    app = application_over(Catalog((guarded,), ()))
    answer = view_of(app, app.server.test_client(), "/overview?study=soramic&age-years=50..60")
    assert sentence(answer) == DOWN


def test_a_site_that_is_down_is_named_and_its_absence_is_not_remembered(served):
    app, client, database = served
    database.sites, database.absent = ("North", "South", "West"), ("North",)
    said = "North did not answer: none of its patients is counted. South and West answered."
    key = ""
    for _ in range(2):
        answer = view_of(app, client, VIEW)
        assert said in answer["places"]["overview-cautions"]
        key = answer["key"]
    assert said in client.get("/words/overview?study=soramic").get_data(as_text=True)

    database.absent = ()
    answer = view_of(app, client, VIEW, key=key)
    assert said not in answer["places"]["overview-cautions"]
    assert "databases of North, South and West" in answer["places"]["overview-footnote"]
    assert "filters" in answer["frame"]
    once = len(database.asked)
    view_of(app, client, VIEW)
    assert len(database.asked) == once


@pytest.mark.parametrize("page", ["overview", "survival", "arms", "safety"])
def test_the_statements_of_a_view_stand_in_its_drawer(served, page):
    app, client, database = served
    path = f"/{page}?study=soramic&bclc=c"
    answer = view_of(app, client, path)
    everywhere = str(answer["frame"].get("page", "")) + str(answer["places"])
    assert everywhere.count('data-drawer="method"') == 1
    body = drawer_of(app, client, path, "method")["body"]

    assert "as of yesterday" in body
    assert body.count("<pre") >= body.count("SELECT") > 0
    assert "&lt;groupings&gt;" in body
    assert body.count("Copy statement") == body.count('data-language="sql"')
    # What the view asked, and nothing new.
    asked = len(database.asked)
    drawer_of(app, client, path, "method")
    assert len(database.asked) == asked


def test_the_drawer_of_a_view_that_is_not_answered_says_why(served):
    app, client, database = served
    database.down = True
    assert DOWN in drawer_of(app, client, VIEW, "method")["body"]


def test_a_study_in_memory_has_no_statements(served):
    app, client, _ = served
    assert drawer_of(app, client, "/overview?study=nct01900002", "method") is None
