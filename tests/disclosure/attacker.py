"""A program that asks a protected study for anything over HTTP and judges every answer.

It knows who is who from ``patients.csv``, which it reads by itself, and so sees whether an answer
is about too few, or tells something of few beside another answer that differs in one filter.
"""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, pairwise
from pathlib import Path
from urllib.parse import parse_qsl, quote

from callbacks.pages import SERVED
from data.study import Study
from tests.callbacks.asking import body, view_of

LEAST, CELL = 10, 5
FILES = {name: one.page.id for one in SERVED for name in one.files}
PAGES = tuple(one.page.id for one in SERVED)
OF_STUDY = {"evidence"}
# Columns that count patients, in any file.
COUNTS = (
    "n",
    "events",
    "n_event",
    "n_arm",
    "n_reference",
    "events_arm",
    "events_reference",
    "any",
    "grade_3_or_more",
    "responders",
    "left_out",
    "total_arm",
    "total_reference",
)
# Columns of the same name that are shares of patients whom the file does not count.
SHARES = {("similar.csv", "grade_3_or_more")}


@dataclass
class Attacker:
    """Asks, and keeps what was answered.

    Attributes
    ----------
    answered : mapping of (variable, filters on all others) to the answered cohorts, as rows
    terms : mapping of the same to (rows, patients with each term)
    found : list of str
        What came out that must not.
    asked : int
    folder : Path
        Of the study.
    """

    app: object
    study: Study
    folder: Path
    seed: int = 0
    answered: dict = field(default_factory=dict)
    terms: dict = field(default_factory=dict)
    found: list[str] = field(default_factory=list)
    asked: int = 0

    def __post_init__(self):
        self.client = self.app.server.test_client()
        self.dice = random.Random(self.seed)
        with (self.folder / "patients.csv").open(encoding="utf-8") as file:
            self.patients = list(csv.DictReader(file))

    # What is asked

    def query(self) -> str:
        """Filters at random, at most four."""
        parts = {"study": self.study.id}
        if len(self.study.analysis_sets) > 1 and self.dice.random() < 0.3:
            parts["set"] = self.dice.choice(self.study.analysis_sets).id
        chosen = self.dice.sample(self.study.variables, self.dice.choice((0, 1, 1, 2, 2, 3, 4)))
        for variable in chosen:
            parts[variable.id] = self._filter(variable)
        return "&".join(f"{name}={quote(text)}" for name, text in parts.items())

    def _filter(self, variable) -> str:
        if variable.is_number:
            values = sorted(float(x[variable.column]) for x in self.patients if x[variable.column])
            low, high = sorted(self.dice.sample(values, 2))
            return f"{low:g}..{high:g}"
        ids = [level.id for level in variable.levels]
        if self.study.has_missing(variable):
            ids.append("missing")
        return ",".join(self.dice.sample(ids, self.dice.randint(1, max(1, len(ids) - 1))))

    def widened(self, query: str) -> str:
        """The query as the page writes it, with its bounds where they may stand."""
        if ".." not in query:
            return query
        answer = self.page("overview", query)
        return answer.get("instead", f"?{query}").partition("?")[2]

    # Ways to ask

    def page(self, page: str, query: str) -> dict:
        """A page as the browser gets it."""
        self.asked += 1
        answer = view_of(self.app, self.client, f"/{page}?{query}")
        shown = answer.get("instead", f"?{query}").partition("?")[2]
        self._judge_page(page, shown, answer)
        return answer

    def file(self, file: str, query: str) -> list[dict]:
        """The rows of a file; none where it is refused."""
        self.asked += 1
        answer = self.client.get(f"/download/{file}?{query}")
        if not self._let_in(FILES[file], query, answer):
            return []
        rows = list(csv.DictReader(io.StringIO(answer.text)))
        self._judge_rows(file, query, rows)
        return rows

    def words(self, page: str, query: str) -> str:
        """The words of a page; empty where they are refused."""
        self.asked += 1
        answer = self.client.get(f"/words/{page}?{query}")
        return answer.text if self._let_in(page, query, answer) else ""

    def patient(self, query: str) -> list[dict]:
        """Patients like one who is described by some of what no filter asks for."""
        filtered = dict(parse_qsl(query))
        free = [one for one in self.study.variables if one.is_criterion and one.id not in filtered]
        chosen = self.dice.sample(free, min(len(free), self.dice.randint(1, 5)))
        mine = ",".join(self._characteristic(one) for one in chosen)
        self.asked += 1
        answer = self.client.get(f"/download/similar.csv?{query}&mine={quote(mine)}")
        if not self._let_in("similar", query, answer):
            return []
        rows = list(csv.DictReader(io.StringIO(answer.text)))
        self._judge_rows("similar.csv", f"{query}&mine={mine}", rows)
        self._judge_steps(f"{query}&mine={mine}", rows)
        return rows

    def _characteristic(self, variable) -> str:
        if variable.is_number:
            values = [float(x[variable.column]) for x in self.patients if x[variable.column]]
            window = self.dice.choice(("", "~1", "~5", "~x2", f"~{max(values) / 4:g}"))
            return f"{variable.id}.{self.dice.choice(values):g}{window}"
        ids = [level.id for level in variable.levels]
        return ".".join([variable.id, *self.dice.sample(ids, self.dice.randint(1, len(ids)))])

    # What is known of who is meant

    def rows(self, query: str, but: str = "") -> frozenset[int]:
        """The patients of a cohort, by their place in the file."""
        parts = dict(parse_qsl(query))
        return frozenset(
            i
            for i, patient in enumerate(self.patients)
            if self._in_set(patient, parts.get("set", self.study.default_set.id))
            and all(
                self._passes(patient, variable, parts[variable.id])
                for variable in self.study.variables
                if variable.id in parts and variable.id != but
            )
        )

    def _in_set(self, patient: dict, set_id: str) -> bool:
        rule = self.study.analysis_set(set_id).rule
        return all(
            self._level(patient, self.study.variable(name)) in levels for name, levels in rule
        )

    def _level(self, patient: dict, variable) -> str:
        cell = patient[variable.column].strip()
        return next((one.id for one in variable.levels if one.value == cell), "missing")

    def _passes(self, patient: dict, variable, text: str) -> bool:
        parts, cell = text.split(","), patient[variable.column].strip()
        if variable.is_number:
            if not cell:
                return "missing" in parts
            low, _, high = next((p for p in parts if ".." in p), "1..0").partition("..")
            return float(low) <= float(cell) <= float(high)
        return self._level(patient, variable) in parts

    # Judgements

    def blame(self, what: str) -> None:
        """Note what came out."""
        self.found.append(what)

    def _let_in(self, page: str, query: str, answer) -> bool:
        """Whether an answer has numbers; a cohort of few must be refused."""
        n = len(self.rows(query))
        if answer.status_code == 200:
            if 0 < n < LEAST and page not in OF_STUDY:
                self.blame(f"{page}?{query} is answered for {n}")
            if page not in OF_STUDY:
                self.note(query)
            return True
        said = answer.text.splitlines()
        if answer.status_code == 403 and (len(said) != 1 or (n != LEAST and f" {n} " in said[0])):
            self.blame(f"{page}?{query} says too much: {answer.text}")
        if answer.status_code not in (400, 403):
            self.blame(f"{page}?{query}: status {answer.status_code}")
        return False

    def note(self, query: str) -> None:
        """Hold an answered cohort against all that differ from it in one filter."""
        rows = self.rows(query)
        for context in self._contexts(query):
            known = self.answered.setdefault(context, {})
            if rows in known:
                continue
            for other, of in known.items():
                for gone in (rows - other, other - rows):
                    if 0 < len(gone) < CELL:
                        self.blame(f"{query} and {of} differ by {len(gone)}")
            known[rows] = query

    def _contexts(self, query: str) -> list[tuple]:
        """For each variable the filters on all others: who differs in one of them only."""
        parts = dict(parse_qsl(query))
        named = {one.id: parts[one.id] for one in self.study.variables if one.id in parts}
        named["set"] = parts.get("set", "")
        return [
            (one.id, frozenset(named.items() - {(one.id, named.get(one.id))}))
            for one in self.study.variables
        ]

    def _judge_page(self, page: str, query: str, answer: dict) -> None:
        n, text = len(self.rows(query)), json.dumps(answer)
        if "Infinity" in text or "NaN" in text:
            self.blame(f"{page}?{query}: no number")
        if "could not be computed" in answer["places"].get(f"{page}-sentence", ""):
            self.blame(f"{page}?{query} failed")
        refused = 0 < n < LEAST
        shown = answer["frame"]["top"].partition('id="cohort-n">')[2].partition("<")[0]
        if shown.isdigit():
            if refused:
                self.blame(f"{page}?{query}: the line says {shown}")
            elif int(shown) != n:
                self.blame(f"{page}?{query}: the line says {shown} and not {n}")
            if page not in OF_STUDY:
                self.note(query)
        elif (
            refused
            and page not in OF_STUDY
            and any(link != "#" for link in answer["links"].values())
        ):
            self.blame(f"{page}?{query} links files")
        for place, count in answer["rail"]["now"].items():
            if isinstance(count, int) and 0 < count < CELL:
                self.blame(f"{page}?{query}: the rail says {count} of {place}")
        self._judge_margins(query, answer["rail"]["now"])
        for trace in (answer["figure"] or {"data": []})["data"]:
            # Rows of other trials are no patients.
            if page != "context" and (trace.get("customdata") is not None or "ids" in trace):
                self.blame(f"{page}?{query}: a row for each patient")

    def _judge_margins(self, query: str, now: dict) -> None:
        """One hidden count beside shown ones is the rest of a sum that is known."""
        by_variable: dict[str, list] = {}
        for place, count in now.items():
            by_variable.setdefault(place.partition("/")[0], []).append(count)
        for name, counts in by_variable.items():
            hidden = sum(isinstance(one, str) for one in counts)
            if self.study.variable(name).is_number or hidden != 1:
                continue
            rest = len(self.rows(query, name)) - sum(one for one in counts if isinstance(one, int))
            if any(one for one in counts if isinstance(one, int)) and 0 < rest < CELL:
                self.blame(f"{query}: {rest} of {name} are the rest")

    def _judge_rows(self, file: str, query: str, rows: list[dict]) -> None:
        for row in rows:
            for name in COUNTS:
                count = number(row.get(name))
                if count is None or row.get("step") or (file, name) in SHARES:
                    continue
                if 0 < count < CELL:
                    self.blame(f"{file}?{query}: {name} = {count:g} in {row}")
            n = number(row.get("n"))
            if n is not None and 0 < n < LEAST and "median" in row and number(row["median"]):
                self.blame(f"{file}?{query}: numbers of {n:g}")
            if len(row.get("time_months", "").partition(".")[2]) > 1:
                self.blame(f"{file}?{query}: a day, {row['time_months']}")
        if file == "adverse-events.csv":
            self._judge_terms(query, rows)
        if file == "survival-summary.csv":
            self._judge_groups(query, rows)
        if file == "flow.csv":
            self._judge_flow(query, rows)
        if file == "response-categories.csv":
            self._judge_categories(query, rows)

    def _judge_steps(self, query: str, rows: list[dict]) -> None:
        """Nested cohorts that are told: who is in one and not in the next."""
        told: dict[str, list[tuple[float, str]]] = {}
        for row in rows:
            n = number(row["n"])
            if n is None:
                continue
            for other, kept in told.setdefault(row["arm"], []):
                if 0 < abs(n - other) < CELL:
                    words = f"{other:g} keep {kept}, {n:g} keep {row['criteria_kept']}"
                    self.blame(f"similar.csv?{query}: of {row['arm']} {words}")
            told[row["arm"]].append((n, row["criteria_kept"]))

    def _judge_groups(self, query: str, rows: list[dict]) -> None:
        """A group with numbers is a cohort with one filter more."""
        by = dict(parse_qsl(query)).get("by")
        variable = self.study.variable(by) if by else None
        if variable is None or variable.is_number:
            return
        total = len(self.rows(query))
        shown = 0
        for row in rows:
            n = number(row["n"])
            if not n:
                continue
            shown += int(n)
            level = next(one for one in (*variable.levels, _Missing()) if one.label == row["group"])
            rest = "&".join(p for p in query.split("&") if not p.startswith((f"{by}=", "by=")))
            self.note(f"{rest}&{by}={level.id}")
        known = dict(parse_qsl(query)).get("endpoint", self.study.default_endpoint.id)
        if not self.study.endpoint(known).population and 0 < total - shown < CELL and shown:
            self.blame(f"{query}: {total - shown} are the rest of the groups")

    def _judge_categories(self, query: str, rows: list[dict]) -> None:
        """No hidden count of a category is the rest of a sum: of all arms, of CR and PR."""
        declared = self.study.comparison.response
        best = self.study.variable(declared.variable)
        labels = {one.label for one in best.levels} | {"Missing"}
        told = {(row["category"], row["group"]): number(row["n"]) for row in rows}
        for name in ("category", "group"):
            hidden: dict[str, int] = {}
            for row in rows:
                if row["category"] in labels and number(row["n"]) is None:
                    hidden[row[name]] = hidden.get(row[name], 0) + 1
            several = len({row[name] for row in rows if row["category"] in labels}) > 1
            for of, n in hidden.items():
                if n == 1 and several and len({row["group"] for row in rows}) != 1:
                    self.blame(f"response-categories.csv?{query}: one count of {of} is hidden")
        sums = {"Objective response": declared.responders, "Disease control": declared.controlled}
        for label, ids in sums.items():
            for group in {row["group"] for row in rows}:
                whole = told.get((label, group))
                parts = [told.get((best.level(one).label, group), 0) for one in ids]
                if whole is None or None not in parts:
                    continue
                rest = whole - sum(one for one in parts if one is not None)
                if rest and (parts.count(None) == 1 or rest < CELL):
                    self.blame(f"response-categories.csv?{query}: {rest:g} of {label} in {group}")

    def _judge_flow(self, query: str, rows: list[dict]) -> None:
        sizes = [int(row["n"]) for row in rows if row["n"].isdigit()]
        for before, after in pairwise(sizes):
            # What the publication printed of those before is no secret.
            if before <= len(self.patients) and 0 < before - after < CELL:
                self.blame(f"flow.csv?{query}: {before - after} left out")

    def _judge_terms(self, query: str, rows: list[dict]) -> None:
        """Terms, and what two answers that differ in one filter tell of who is in one only."""
        for row in rows:
            n = int(row["n"])
            for name in ("any", "grade_3_or_more"):
                count = number(row[name])
                if count is not None and 0 < n - count < CELL:
                    self.blame(f"adverse-events.csv?{query}: all but {n - count:g} in {row}")
        found = {
            (row.get("arm"), row["term"]): number(row["any"])
            for row in rows
            if number(row["any"]) is not None
        }
        whole = self.rows(query)
        for context in self._contexts(query):
            for other, counts, of in self.terms.setdefault(context, []):
                self._compare(whole, found, other, counts, f"{query} and {of}")
            self.terms[context].append((whole, found, query))

    def _compare(self, rows, found, other, counts, words: str) -> None:
        large, small = (rows, other) if len(rows) > len(other) else (other, rows)
        if not small < large:
            return
        more, less = (found, counts) if large is rows else (counts, found)
        for term in found.keys() & counts.keys():
            arm = self._arm(term[0])
            of = [i for i in large - small if arm is None or self._in_arm(i, arm)]
            told = more[term] - less[term]
            for some in (told, len(of) - told):
                if 0 < some < CELL:
                    self.blame(f"{words}: {some:g} of {len(of)} with or without {term}")

    def _arm(self, label: str | None) -> str | None:
        return next((arm.level for arm in self.study.arms if arm.label == label), None)

    def _in_arm(self, row: int, level: str) -> bool:
        return self._level(self.patients[row], self.study.variable("arm")) == level

    # The program

    def neighbours(self, query: str) -> Iterator[str]:
        """Queries that differ in one filter: without it, or with another level or bound."""
        parts = dict(parse_qsl(query))
        for variable in self.study.variables:
            if variable.id not in parts:
                continue
            rest = {name: text for name, text in parts.items() if name != variable.id}
            yield _written(rest)
            yield _written({**rest, variable.id: self._filter(variable)})

    def run(self, requests: int) -> None:
        """Ask at random, and around each cohort whatever differs from it in one filter."""
        while self.asked < requests:
            query = self.query()
            for one in chain([query], self.neighbours(query)):
                if self.asked >= requests:
                    return
                self.around(self.widened(one))

    def around(self, query: str) -> None:
        """Some of everything that is told of one cohort."""
        file = self.dice.choice(list(FILES))
        by = self.dice.choice([one.id for one in self.study.variables])
        ask = (
            lambda: self.file("adverse-events.csv", query),
            lambda: self.file("survival-summary.csv", f"{query}&by={by}"),
            lambda: self.file("flow.csv", query),
            lambda: self.file(file, query),
            lambda: self.words(self.dice.choice(PAGES), query),
            lambda: self.page(self.dice.choice(PAGES), query),
            lambda: self.picture(query),
            lambda: self.patient(query),
        )
        for one in self.dice.sample(ask, 3):
            one()

    def picture(self, query: str) -> None:
        """A picture; of too few it is refused."""
        self.asked += 1
        request = {"pathname": "/survival", "search": f"?{query}", "wanted": "svg"}
        asked = body(self.app, "picture-answer.data", {"picture-request.data": request})
        answer = self.client.post("/_dash-update-component", json=asked)
        self._let_in("survival", query, answer)


class _Missing:
    id, label = "missing", "Missing"


def _written(parts: dict) -> str:
    return "&".join(f"{name}={quote(text)}" for name, text in parts.items())


def number(cell: str | None) -> float | None:
    """The number of a cell; None for none, and for a count that is not told."""
    try:
        found = float(cell or "")
    except ValueError:
        return None
    return found if found == found else None


def numbers(cells: Iterable[str]) -> list[float]:
    """The numbers among some cells."""
    return [found for found in map(number, cells) if found is not None]
