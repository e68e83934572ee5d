"""A database that is down, lost a table or changed says so in a sentence, and comes back."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from data.apart.folders import Folders
from data.checking.problems import StudyError
from data.cohort import Cohort
from data.warehouse.checks import Check
from data.warehouse.counts import NotAnswered
from data.warehouse.engines.engine import EngineError, Wrong
from data.warehouse.link import link
from data.warehouse.question import Level, Question, Who
from tests.data.warehouse.put import as_parquet, opened
from tests.studies import registry

SOURCE = {"kind": "database", "url_env": "OWN_URL", "table": "patients", "tables": {"ae": "ae"}}
STAGES = Question(Who(Cohort("registry", "all")), ((Level("stage"),),))


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """A folder of its own with the registry as Parquet."""
    monkeypatch.setenv("OWN_URL", as_parquet(registry.tables(200), tmp_path / "tables"))
    monkeypatch.setattr("data.warehouse.link.REST", 0.0)
    return tmp_path / "tables"


def spoil(folder: Path, select: str) -> None:
    """Write the patients anew."""
    with duckdb.connect() as database:
        file = folder / "patients.parquet"
        database.execute(f"CREATE TABLE made AS {select.format(f'read_parquet({str(file)!r})')}")
        database.execute(f"COPY made TO '{file}' (FORMAT parquet)")


@pytest.mark.parametrize(
    ("select", "said"),
    [
        ("SELECT * EXCLUDE stage FROM {}", "column “stage”: the column is missing"),
        ("SELECT * REPLACE (1 AS stage) FROM {}", "the column has whole numbers"),
        ("SELECT * REPLACE ('D' AS stage) FROM {}", "value that study.toml does not declare"),
        ("SELECT * REPLACE (NULL::INTEGER AS os_days) FROM {}", "the time of OS is missing"),
        ("SELECT * REPLACE (-1 AS os_days) FROM {}", "the time of OS is negative"),
        ("SELECT * REPLACE (99999 AS os_days) FROM {}", "more than a century"),
        ("SELECT * REPLACE (2 AS os_event) FROM {}", "whether OS had an event"),
        ("SELECT * REPLACE ('nan'::DOUBLE AS afp) FROM {}", "no finite number"),
        ("SELECT * REPLACE (-1.0::DOUBLE AS afp) FROM {}", "the number has no logarithm"),
        ("SELECT * REPLACE (12 AS age) FROM {}", "the number is not from 18 to 110"),
        ("SELECT * REPLACE ('2020-01-01' AS begun) FROM {}", "the column has texts, and a date"),
        ("SELECT * REPLACE ('R1' AS patient) FROM {}", "a patient stands twice"),
        ("SELECT * FROM {} WHERE false", "no such patient in the patients' table"),
        ("SELECT * FROM {} LIMIT 3", "no such patient in the patients' table"),
    ],
)
def test_rows_that_cannot_be(folder, select, said):
    spoil(folder, select)
    with pytest.raises(StudyError) as refused:
        opened(registry.STUDY, SOURCE)
    assert any(said in one.sentence for one in refused.value.problems), refused.value.problems


@pytest.mark.parametrize(("broken", "told"), [(1, 1), (4, 1), (5, 5), (9, 9)])
def test_of_few_rows_the_database_does_not_say_how_many(folder, monkeypatch, broken, told):
    protected = {"minimum_cohort": 10, "minimum_cell": 5}
    spoil(
        folder,
        f"SELECT * REPLACE (IF(row_number() OVER () <= {broken}, 'D', stage) AS stage) FROM {{}}",
    )
    found, before = [], Check.problem

    def problem(check, file, n, least):
        found.append(n)
        return before(check, file, n, least)

    monkeypatch.setattr(Check, "problem", problem)
    with pytest.raises(StudyError):
        opened(registry.STUDY, SOURCE, disclosure=protected)
    assert found == [told]


def test_a_value_that_comes_later(folder):
    study = opened(registry.STUDY, SOURCE)
    spoil(folder, "SELECT * REPLACE ('D' AS stage) FROM {}")
    with pytest.raises(NotAnswered, match="“D” in its column “stage”"):
        study.counted.count(STAGES)
    assert study.counted.due(), "files tell that they have changed"


def test_truth_values_are_the_yes_and_no_of_the_declaration(folder):
    spoken = registry.STUDY
    for level, word in (("1", "yes"), ("0", "no")):
        spoken = spoken.replace(f'value = "{level}", label', f'value = "{word}", label')
    assert spoken != registry.STUDY
    question = Question(Who(Cohort("registry", "all")), ((Level("cirrhosis"),),))
    told = [opened(one, SOURCE).counted.count(question) for one in (registry.STUDY, spoken)]
    kinds = [
        sorted(zip(one.columns[Level("cirrhosis")].tolist(), one.n.tolist(), strict=True))
        for (one,) in told
    ]
    assert kinds[0] == kinds[1]
    assert len(kinds[0]) > 1


def test_a_database_that_goes_and_comes_back(folder):
    study = opened(registry.STUDY, SOURCE)
    before = study.counted.count(STAGES)[0].total
    away = folder.with_name("away")
    folder.rename(away)
    with pytest.raises(NotAnswered, match="does not answer"):
        study.counted.count(STAGES)
    assert not study.counted.answers()
    with pytest.raises(StudyError) as refused:
        opened(registry.STUDY, SOURCE)
    assert all(one.passing for one in refused.value.problems)
    away.rename(folder)
    assert study.counted.count(STAGES)[0].total == before
    assert study.counted.answers()


def test_a_table_and_a_column_that_are_lost(folder):
    study = opened(registry.STUDY, SOURCE)
    spoil(folder, "SELECT * EXCLUDE stage FROM {}")
    with pytest.raises(NotAnswered, match="no column “stage”"):
        study.counted.count(STAGES)
    (folder / "patients.parquet").unlink()
    with pytest.raises(NotAnswered, match="no table “patients”"):
        study.counted.count(STAGES)


def test_one_of_three_sites_that_is_down(folder, monkeypatch, tmp_path):
    for i in range(3):
        address = as_parquet(registry.tables(200), tmp_path / f"site{i}")
        monkeypatch.setenv(f"SITE_{i}_URL", address)
    sites = [SOURCE | {"url_env": f"SITE_{i}_URL", "label": f"Site {i}"} for i in range(3)]
    declared = registry.STUDY.replace('[patients]\nid = "patient"\n', "")
    study = opened(declared, sites)
    assert study.counted.n == 600
    (tmp_path / "site1").rename(tmp_path / "gone")
    (found,) = study.counted.count(STAGES)
    assert (found.total, found.absent) == (400, ("Site 1",))
    again = opened(declared, sites)
    assert (again.counted.n, again.counted.count(STAGES)[0].absent) == (400, ("Site 1",))
    for i in (0, 2):
        (tmp_path / f"site{i}").rename(tmp_path / f"gone{i}")
    with pytest.raises(NotAnswered, match="Site 0 does not answer"):
        study.counted.count(STAGES)


def test_two_sites_must_have_agreed(folder):
    two = [SOURCE | {"label": "One"}, SOURCE | {"label": "Two"}]
    with pytest.raises(StudyError, match="each of two can subtract itself"):
        opened(registry.STUDY, two)
    assert opened(registry.STUDY, two, two_sites=True).counted.n == 400


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ({"url_env": "postgresql://me:secret@host/db"}, "not the name of a variable"),
        ({"table": "patients; DROP TABLE x"}, "not the name of a table"),
        ({"query": "../elsewhere.sql", "table": None}, "not the name of a query"),
        ({"timeout": 0}, "out of range"),
        ({"tables": {}}, "there is no such id: “ae”"),
        ({"query": "q.sql", "table": None}, "not one query"),
        ({"password": "x"}, "the key is not known"),
    ],
)
def test_what_source_may_say(folder, source, said):
    made = {key: value for key, value in (SOURCE | source).items() if value is not None}
    with pytest.raises(StudyError) as refused:
        opened(registry.STUDY, made, texts={"q.sql": "DROP TABLE patients"})
    assert said in str(refused.value), refused.value


def test_what_needs_rows_is_refused(folder):
    more = {"dosimetry": {}, "reconstructions": {"file": "r.csv"}}
    with pytest.raises(StudyError) as refused:
        opened(registry.STUDY, SOURCE, **more)
    assert {one.column for one in refused.value.problems} == set(more)


def test_an_address_that_is_none(folder, monkeypatch):
    for address in ("", "mysql://host/db", "duckdb://host/path"):
        monkeypatch.setenv("OWN_URL", address)
        with pytest.raises(StudyError, match="OWN_URL holds no address of a database"):
            opened(registry.STUDY, SOURCE)


def test_a_statement_that_takes_too_long(folder):
    study = opened(registry.STUDY, SOURCE | {"timeout": 1})
    slow = (
        "SELECT COUNT(*) AS n FROM range(10000000) a, range(100000) b WHERE a.range * b.range = 7"
    )
    with pytest.raises(EngineError) as late:
        link(study.counted.sources[0]).ask(lambda one: one.ask(slow, {}))
    assert late.value.wrong is Wrong.SLOW
    assert study.counted.count(STAGES)[0].total == 200


def test_nothing_is_written(folder, tmp_path):
    study = opened(registry.STUDY, SOURCE)
    of = link(study.counted.sources[0])
    for sql in (
        f"COPY patients TO '{tmp_path}/out.csv'",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SET enable_external_access = true",
    ):
        with pytest.raises(EngineError):
            of.ask(lambda one, sql=sql: one.ask(sql, {}))
    assert not (tmp_path / "out.csv").exists()


def test_postgres_is_only_read(postgres, monkeypatch):
    address, _, schema = postgres.partition("#")
    monkeypatch.setenv("OWN_URL", address)
    names = {"table": f"{schema}.patients", "tables": {"ae": f"{schema}.ae"}}
    study = opened(registry.STUDY, SOURCE | names | {"timeout": 1})
    of = link(study.counted.sources[0])
    with pytest.raises(EngineError) as refused:
        of.ask(lambda one: one.ask(f'DELETE FROM "{schema}"."patients"', {}))
    assert refused.value.wrong is Wrong.REFUSED
    with pytest.raises(EngineError) as late:
        of.ask(lambda one: one.ask("SELECT pg_sleep(5) AS n", {}))
    assert late.value.wrong is Wrong.SLOW
    assert study.counted.count(STAGES)[0].total == study.counted.n


def test_a_study_is_read_again_when_its_database_is_there(folder, monkeypatch, tmp_path):
    monkeypatch.setattr("data.apart.folders.RETRY", 0.0)
    monkeypatch.setattr("data.apart.folders.REST", 0.0)
    place = tmp_path / "study"
    place.mkdir()
    away = folder.with_name("away")
    folder.rename(away)
    folders = Folders(lambda path: opened(registry.STUDY, SOURCE))
    assert isinstance(folders.begin([place])()[place], StudyError)
    away.rename(folder)
    assert folders.due
    folders.begin([place])()
    while not folders.at_rest:
        pass
    assert folders.begin([place])()[place].counted.n == 200
    spoil(folder, "SELECT * FROM {} WHERE patient < 'R00150'")
    assert folders.due
