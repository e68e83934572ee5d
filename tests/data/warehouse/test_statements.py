"""Every statement counts: none gives rows of patients, none holds a value in its text."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlglot
from sqlglot import exp

from data.warehouse.link import Link
from data.warehouse.plan import steps
from data.warehouse.question import Happened, Level, Question, Time, Value, Who
from data.warehouse.rendering import rendered
from data.warehouse.statements import statement
from tests.data.warehouse.put import opened
from tests.data.warehouse.questions import EVERYBODY, questions
from tests.studies import registry

DIALECTS = ("duckdb", "postgres", "spark", "trino", "tsql", "oracle", "snowflake", "bigquery")
COLUMNS = {column for table in registry.tables(10).values() for column in table.columns}


@pytest.fixture(scope="module")
def sent(sources, texts):
    """Every statement that opening the study and the questions send, as text and values."""
    with pytest.MonkeyPatch.context() as patch:
        found, before = [], Link.ask

        def ask(link, work):
            class Noting:
                def __init__(self, connection):
                    self.connection = connection

                def ask(self, sql, values):
                    found.append((sql, values))
                    return self.connection.ask(sql, values)

                def types(self, sql):
                    return self.connection.types(sql)

            return before(link, lambda connection: work(Noting(connection)))

        patch.setattr(Link, "ask", ask)
        study = opened(registry.STUDY, sources["duckdb"])
        for question in questions():
            study.counted.count(question)
    return found


def test_every_statement_counts(sent):
    assert len(sent) > 100
    for sql, values in sent:
        said = faults(sql, values)
        assert said == [], sql


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ('SELECT "arm" FROM "patients"', "no aggregate"),
        ('SELECT COUNT(*), "arm" FROM "patients"', "neither"),
        ('SELECT COUNT(*) FROM "patients" WHERE "arm" = \'A\'', "a value"),
        ('SELECT COUNT(*) FROM "patients" WHERE "os_days" > 1234', "a value"),
        ('SELECT COUNT(*) FROM "other"', "a table"),
        ('SELECT COUNT("name") FROM "patients"', "a column"),
        ("DELETE FROM patients", "no SELECT"),
        ("SELECT MAX(os_days) FROM patients", "unquoted"),
    ],
)
def test_what_a_wrong_statement_would_be_told(sql, said):
    assert any(said in one for one in faults(sql, {})), faults(sql, {})


def faults(sql: str, values) -> list[str]:
    """What is wrong with a statement."""
    parsed = sqlglot.parse(sql, read="duckdb")
    if len(parsed) != 1 or not isinstance(parsed[0], exp.Select):
        return ["no SELECT"]
    (tree,) = parsed
    found = list(_of_projections(tree))
    found += [f"a value: {one}" for one in tree.find_all(exp.Literal) if not _own(one)]
    made = {one.alias for one in tree.find_all(exp.Alias)}
    tables = {one.name for one in tree.find_all(exp.Table)}
    found += [f"a table: {one}" for one in tables - {"patients", "ae"}]
    for column in tree.find_all(exp.Column):
        if not column.this.quoted and not isinstance(column.this, exp.Star):
            found.append(f"unquoted: {column}")
        if column.name not in COLUMNS | made:
            found.append(f"a column: {column.name}")
    places = {one.name for one in tree.find_all(exp.Parameter, exp.Placeholder) if one.name}
    if places != set(values):
        found.append(f"not bound: {places} {set(values)}")
    return found


def _own(literal: exp.Literal) -> bool:
    """Whether it is the product's own: a place, a flag, the word for a day."""
    if literal.is_string:
        return isinstance(literal.parent, exp.DateDiff)
    return literal.is_int and int(literal.this) <= 100


def _of_projections(tree: exp.Select):
    group = tree.args.get("group")
    keys = {one.name for one in group.find_all(exp.Column)} if group else set()
    some = False
    for one in tree.expressions:
        inner = one.unalias()
        if inner.find(exp.AggFunc):
            some = True
        elif not (isinstance(inner, exp.Column) and inner.name in keys):
            yield f"neither an aggregate nor a key: {one}"
    if not some:
        yield "no aggregate"


def test_a_statement_reads_the_same_to_every_administrator(in_memory, database):
    site, model = database.counted.found[0], database.counted.model
    question = next(questions())
    tree = statement(model, site.tables, question).tree
    for dialect in DIALECTS:
        text = rendered(tree, dialect)
        again = sqlglot.parse_one(text, read=dialect)
        assert isinstance(again, exp.Select), dialect
    assert rendered(tree, "postgres").startswith('SELECT GROUPING("arm", "stage", "os_time"')
    assert "GROUPING_ID([arm], [stage]" in rendered(tree, "tsql")
    assert "%(v1)s" in rendered(tree, "postgres")


# Quotes and places of values are each dialect's own.
SNAPSHOT = (
    "SELECT [arm], [os_time], [os_event], COUNT(*) AS [patients] FROM (SELECT [p].[arm] AS [arm], "
    "[p].[os_days] AS [os_time], [p].[os_event] AS [os_event] FROM [patients] AS [p] WHERE "
    "NOT [p].[os_days] IS NULL) AS [counted] GROUP BY [arm], [os_time], [os_event] LIMIT {}"
)
SIGNS = {"duckdb": ('"', "$v1"), "postgres": ('"', "%(v1)s"), "spark": ("`", ":v1")}


@pytest.mark.parametrize("dialect", SIGNS)
def test_the_text_of_a_dialect(sources, dialect):
    study = opened(registry.STUDY, sources["duckdb"])
    days = ((Level("arm"), Time("os"), Happened("os")),)
    question = Question(Who(EVERYBODY, "os"), days)
    made = statement(study.counted.model, study.counted.found[0].tables, question)
    quote, place = SIGNS[dialect]
    wanted = SNAPSHOT.format(place).replace("[", quote).replace("]", quote)
    assert rendered(made.tree, dialect) == wanted


def test_pairs_are_counted_from_blocks(sources):
    study = opened(registry.STUDY, sources["duckdb"])
    model = study.counted.model
    pairs = (
        (Level("arm"), Level("stage")),
        (Level("arm"), Level("ecog")),
        (Value("age"), Time("os")),
    )
    question = Question(Who(EVERYBODY), pairs)
    assert [step.places for step in steps(model, question, True)] == [(0, 1), (2,)]
    assert [step.places for step in steps(model, question, False)] == [(0, 1), (2,)]
    summed = replace(question, sums=(("age",),))
    assert [step.places for step in steps(model, summed, False)] == [(0, 1, 2)]
    text = study.counted.statement(question)
    assert text.count("LIMIT") == 2
    assert "GROUPING SETS" in text
