"""Texts of a study, and TOML to a dict."""

import pytest

from data.checking.problems import StudyError
from data.sources.texts import read_toml


def toml_refusal(tmp_path, content: bytes) -> str:
    path = tmp_path / "study.toml"
    path.write_bytes(content)
    with pytest.raises(StudyError) as caught:
        read_toml(path)
    return str(caught.value)


def test_toml(tmp_path):
    path = tmp_path / "study.toml"
    path.write_bytes(b'\xef\xbb\xbfid = "a"\r\ncuts = [1]\r\n')
    assert read_toml(path) == {"id": "a", "cuts": [1]}


def test_unreadable_toml_names_the_row(tmp_path):
    assert toml_refusal(tmp_path, b'id = "a"\ntitle = no quotes\n') == (
        "study.toml, row 2: the file cannot be read as TOML: Invalid value. Mend that line."
    )


@pytest.mark.parametrize(
    "content",
    [b"a = 1\na = 2\n", b"a = ", b"a = " + b"9" * 5000, b"= 1"],
    ids=["doubled key", "no value", "too many digits", "no key"],
)
def test_toml_that_no_parser_likes(tmp_path, content):
    sentence = toml_refusal(tmp_path, content)
    assert sentence.startswith("study.toml")
    assert "cannot be read as TOML" in sentence


def test_toml_in_another_encoding(tmp_path):
    assert "row 2: the file is not UTF-8" in toml_refusal(
        tmp_path, 'id = "a"\ntitle = "Käthe"\n'.encode("latin-1")
    )
