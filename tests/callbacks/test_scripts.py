"""What Dash calls in the browser is there, and what the scripts need of each other."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from callbacks.pages import PAGES

ASSETS = Path(__file__).parents[2] / "assets"
SCRIPTS = {path.name: path.read_text("utf-8") for path in sorted(ASSETS.glob("*.js"))}
FUNCTION = re.compile(r"^    (\w+): (?:function\b|\w+,?$)", re.M)


def defined() -> Counter[str]:
    """How often each function that Dash calls is defined, by its name with its namespace."""
    found = Counter()
    for text in SCRIPTS.values():
        for namespace, body in re.findall(
            r"window\.dash_clientside\.(\w+) = (?!window)(.*?)^\}\)\(\);", text, re.S | re.M
        ):
            found.update(f"{namespace}.{name}" for name in FUNCTION.findall(body))
    return found


def test_every_function_that_dash_calls_is_defined_once(client):
    called = {
        "{namespace}.{function_name}".format(**one["clientside_function"])
        for one in client.get("/_dash-dependencies").json
        if one.get("clientside_function")
    }
    assert called == set(defined())
    assert set(defined().values()) == {1}


def test_what_the_scripts_share_is_defined_once():
    text = "".join(SCRIPTS.values())
    shared = Counter()
    for body in re.findall(r"window\.cohort \|\| \{\}, \{(.*?)\}\);", text, re.S):
        shared.update(re.findall(r"(\w+): ", body))
    assert set(re.findall(r"window\.cohort\.(\w+)", text)) == set(shared)
    assert set(shared.values()) == {1}


def test_scripts_leave_nothing_else_behind():
    for name, text in SCRIPTS.items():
        assert re.match(r'/\*.*?\*/\n\(function \(\) \{\n  "use strict";\n', text, re.S), name
        # What Dash says to nobody is heard by listening to what it asks.
        ours = {"cohort", "dash_clientside"} | ({"fetch"} if name == "refused.js" else set())
        assert set(re.findall(r"window\.(\w+)(?:\.\w+)? = ", text)) <= ours


def test_what_a_choice_makes_meaningless_is_an_option_or_the_split():
    forgetting = {page.id: page.forgets for page in PAGES if page.forgets}
    assert set(forgetting) == {
        "credibility",
        "dosimetry",
        "monitoring",
        "survival",
        "thresholds",
    }
    for page in PAGES:
        named = {*page.forgets, *(name for names in page.forgets.values() for name in names)}
        assert named <= page.option_names | {"by"}
