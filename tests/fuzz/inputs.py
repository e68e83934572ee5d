"""Inputs that nobody meant: made up from seeds, so that a failure can be repeated.

More of them, or others: ``FUZZ_TIMES=10 FUZZ_SEED=7 python -m pytest tests/fuzz``.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from callbacks.pages import OPTION_NAMES, PAGES
from data.address import default_view
from data.catalog import Catalog
from data.study import Study
from tests.fuzz.watch import MARK
from tests.trees import named, with_prop

TIMES = float(os.environ.get("FUZZ_TIMES", "1"))
SEED = os.environ.get("FUZZ_SEED", "1")
# How many inputs each part of the tests makes.
NUMBERS = {
    "addresses": 4000,
    "round trips": 1000,
    "pages": 700,
    "files": 700,
    "requests": 2000,
    "bodies": 1000,
    "paths": 700,
    "study files": 400,
    "packed files": 40,
}

WORDS = (
    f"<b>{MARK}</b>",
    f"<script>alert('{MARK}')</script>",
    f'"><img src=x onerror={MARK}>',
    f"</template><svg onload={MARK}>",
    f"&lt;{MARK}&gt;",
    f'=HYPERLINK("http://{MARK}")',
    f"+cmd|'{MARK}'!A1",
    f"@SUM({MARK})",
    f"-2+3+{MARK}",
    f"\t={MARK}",
    f"../../etc/passwd{MARK}",
    f"..\\..\\{MARK}",
    f"{MARK}\0",
    f"\0{MARK}",
    f"{MARK}\ud800",
    f"\udfff{MARK}",
    f"{MARK}\r\nX-A: b",
    f"{MARK}\u202e\u2066",
    f"{MARK}\ufeff",
    f"{{{{7*7}}}}{MARK}",
    f"${{{MARK}}}",
    f"%({MARK})s",
    f"{{{MARK}}}",
    f"' OR 1=1 -- {MARK}",
    f"__proto__{MARK}",
    f"{MARK}" * 700,
    f"é\u0301{MARK}🙂" * 30,
    "",
    " ",
    ",",
    ",,,",
    "..",
    "...",
    "none",
    "missing",
    "null",
    "undefined",
    "NaN",
    "nan",
    "inf",
    "-inf",
    "1e999",
    "-1e999",
    "1e-400",
    "-0",
    "-0..0",
    "0..-0",
    "5..1",
    "1..2..3",
    "1..",
    "..1",
    "9" * 400,
    f"{'9' * 400}..{'9' * 401}",
    "0." + "0" * 400 + "1",
    "٣..٤",
    "1,5..2",
    "1..2,3..4",
    "0x10",
    "1_000",
    "true",
    "on",
    "off",
    "0",
    "-1",
    "1",
    "2.5",
    "12,24",
    "12,12,12",
    "1000000",
    "10000000000000000000000",
    "__class__",
    "constructor",
    "arm",
    "os",
    "all",
    "*",
    "%",
    "%00",
    "%zz",
    "&",
    "=",
    "#",
    "?",
    "+",
    ";",
    "/",
    "\\",
)


def drawn(part: str) -> tuple[random.Random, int]:
    """A source of chance for one part, and how many inputs it has to make."""
    return random.Random(f"{SEED} {part}"), max(1, round(NUMBERS[part] * TIMES))


def word(chance: random.Random) -> str:
    """A text that nobody meant; one in six is cut or glued together from others."""
    text = chance.choice(WORDS)
    if chance.random() < 1 / 6:
        text = text[chance.randrange(len(text) + 1) :] + chance.choice(WORDS)[:60]
    return text


class Links:
    """Queries for a page: mostly what its controls write, some of it spoilt.

    What the controls may write is read off the pages themselves, so that a new page or a new
    option is included by itself.
    """

    def __init__(self, catalog: Catalog, chance: random.Random):
        self._catalog, self._chance = catalog, chance
        self._choices = {
            (study.id, page.id): dict(_choices(page.build(study, default_view(study, page.id))))
            for study in catalog.studies
            for page in PAGES
        }

    def page(self) -> str:
        """The id of a page."""
        return self._chance.choice(PAGES).id

    def query(self, page: str, spoilt: float) -> dict[str, str]:
        """The parts of a query for a study drawn by chance; see ``query_of``."""
        # The largest study is asked less often: each of its views is computed a hundred times.
        studies = self._catalog.studies
        weights = [1 if study.n < 50 else 0.3 for study in studies]
        return self.query_of(self._chance.choices(studies, weights)[0], page, spoilt)

    def query_of(self, study: Study, page: str, spoilt: float) -> dict[str, str]:
        """The parts of a query.

        Parameters
        ----------
        spoilt : float
            Share of the parts whose value or name is made up.
        """
        chance = self._chance
        parts = {"study": study.id}
        parts |= {"set": chance.choice(study.analysis_sets).id} if chance.random() < 0.2 else {}
        if chance.random() < 0.5:
            parts["endpoint"] = chance.choice(study.endpoints).id
        if chance.random() < 0.5:
            parts["by"] = chance.choice([*[one.id for one in study.variables], "none"])
        for variable in chance.sample(study.variables, chance.choice((0, 0, 1, 1, 2, 4))):
            parts[variable.id] = self._filter(variable)
        choices = self._choices[study.id, page]
        for name in sorted(OPTION_NAMES[page]):
            if chance.random() < 0.3:
                parts[name] = self._option(choices.get(name, []))
        for name in list(parts):
            if chance.random() < spoilt:
                parts[name] = word(chance)
        if chance.random() < spoilt:
            parts[word(chance)] = word(chance)
        return parts

    def _filter(self, variable) -> str:
        chance = self._chance
        if variable.is_number:
            low, high = sorted((chance.randrange(0, 120), chance.randrange(0, 120)))
            return chance.choice((f"{low}..{high}", f"{low}.5..{high}", "missing"))
        levels = [level.id for level in variable.levels]
        return ",".join(chance.sample(levels, chance.randint(1, len(levels))))

    def _option(self, choices: list[str]) -> str:
        chance = self._chance
        if not choices:
            return chance.choice((*"0123456789", "6", "12", "24", "12,24", "3,6,9,12", "0.5", "on"))
        return ",".join(chance.sample(choices, chance.choice((1, 1, 1, min(2, len(choices))))))


def written(parts: Mapping[str, str], chance: random.Random) -> str:
    """A query as text: escaped as browsers do it, or as it stands."""
    if chance.random() < 0.1:
        return "?" + "&".join(f"{name}={text}" for name, text in parts.items())
    escaped = (
        f"{quote(name, errors='surrogatepass')}={quote(text, safe=',.-', errors='surrogatepass')}"
        for name, text in parts.items()
    )
    return "?" + "&".join(escaped)


def _choices(tree) -> Iterator[tuple[str, list[str]]]:
    """What each control of a page offers, by the name under which it stands in a link."""
    for one in with_prop(tree, "data-control"):
        kinds = ("option", "input")
        offered = [each for kind in kinds for each in named(one, kind) if "value" in each]
        chosen = [each for each in offered if each.get("type") not in ("text", "search", "range")]
        yield one["data-control"], [each["value"] for each in chosen]


def study_ids(catalog: Catalog) -> list[str]:
    """Ids of all studies, those that cannot be opened too."""
    return [one.id for one in (*catalog.studies, *catalog.broken)]
