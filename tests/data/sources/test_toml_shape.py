"""Keys and lists that no study needs are refused before the parser sees them."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.checking.problems import StudyError
from data.sources.texts import LARGEST_TEXT, read_toml
from data.sources.toml_shape import fault_of

DEEP = {
    "a key of 20,000 parts": ".".join(["a"] * 20_000) + " = 1\n",
    "a key of eleven parts": ".".join(["a"] * 11) + " = 1\n",
    "parts in quotes": ".".join(['"a"', "'b'"] * 6) + " = 1\n",
    "parts with blanks": " . ".join(["a"] * 11) + " = 1\n",
    "a table of such a name": "[" + ".".join(["a"] * 20_000) + "]\n",
    "a key within a table": "a = { " + ".".join(["b"] * 11) + " = 1 }\n",
    "lists": "a = " + "[" * 11 + "]" * 11,
    "lists without an end": "a = " + "[" * (LARGEST_TEXT - 100),
    "tables": "a = " + "{ b = " * 11 + "1" + " }" * 11,
    "both": "a = " + "[ { b = " * 6 + "1" + " } ]" * 6,
}
SHALLOW = {
    "ten parts": ".".join("abcdefghij") + " = 1",
    "ten lists": "a = " + "[" * 10 + "]" * 10,
    "dots in texts": "a = \"a.b.c.d.e.f.g.h.i.j.k.l\"\nb = 'a.b.c.d.e.f.g.h.i.j.k.l'",
    "brackets in texts": f'a = "{"[" * 30}"\nb = """\n{"{" * 30}"""',
    "brackets in comments": "a = 1 # " + "[" * 30,
    "quotes in texts": 'a = "\\"" # ' + "[" * 30 + "\nb = '''" + "''[[[[[[[[[[[[" + "'''",
    "many numbers": "a = [" + "1.5, " * 1000 + "]",
    "many tables": "[[a]]\nb = [[1.5, 2.5], [3.5]]\n" * 1000,
}


@pytest.mark.parametrize("kind", DEEP)
def test_what_is_too_deep_is_refused_in_one_sentence(tmp_path, kind):
    (tmp_path / "study.toml").write_text("# a study\n" + DEEP[kind])
    with pytest.raises(StudyError) as caught:
        read_toml(tmp_path / "study.toml")
    (problem,) = caught.value.problems
    assert problem.sentence.startswith("study.toml, row 2: ")
    assert "more than 10" in problem.fault


@pytest.mark.parametrize("kind", SHALLOW)
def test_what_looks_deep_and_is_not(kind):
    assert fault_of(SHALLOW[kind]) is None
    tomllib.loads(SHALLOW[kind])


@given(st.text(alphabet="a.[]{}'\"#=,\\\n 1"))
def test_nothing_that_the_parser_reads_is_deeper_than_what_is_let_through(text):
    """And nothing that is let through is refused for want of depth."""
    try:
        read = tomllib.loads(text)
    except (ValueError, RecursionError):
        return
    if fault_of(text) is None:
        assert _depth(read) <= 10 * 11
    else:
        assert _depth(read) > 1


def _depth(value) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(_depth, inner), default=0)
