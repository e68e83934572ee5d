"""Files to plain values."""

import pytest

from data.checking.problems import LISTED_AT_MOST, StudyError
from data.sources.tables import read_table, read_toml


def table_of(tmp_path, content: bytes):
    path = tmp_path / "patients.csv"
    path.write_bytes(content)
    return read_table(path)


def refusal(tmp_path, content: bytes) -> list[str]:
    with pytest.raises(StudyError) as caught:
        table_of(tmp_path, content)
    return [problem.sentence for problem in caught.value.problems]


@pytest.mark.parametrize(
    "content",
    [
        b"id,arm\nP1,A\nP2,B\n",
        b"\xef\xbb\xbfid,arm\nP1,A\nP2,B\n",
        b"id,arm\r\nP1,A\r\nP2,B\r\n",
        b"id,arm\rP1,A\rP2,B",
        b" id , arm\nP1 , A\n  P2,B  ",
        b'"id","arm"\n"P1","A"\n"P2","B"\n',
        b"id,arm\nP1,A\nP2,B\n\n\n",
        b"id,arm\nP1,A\nP2,B\n   \n,\n",
    ],
    ids=["plain", "BOM", "CRLF", "CR", "blanks", "quoted", "empty lines", "rows without values"],
)
def test_the_same_table_however_it_was_saved(tmp_path, content):
    table = table_of(tmp_path, content)
    assert list(table.columns) == ["id", "arm"]
    assert table.to_numpy().tolist() == [["P1", "A"], ["P2", "B"]]
    assert list(table.index) == [2, 3]


def test_every_cell_stays_text(tmp_path):
    table = table_of(tmp_path, b"a,b,c,d,e\nNone,NA,nan,007,\n")
    assert table.to_numpy().tolist() == [["None", "NA", "nan", "007", ""]]


def test_rows_are_counted_as_in_an_editor(tmp_path):
    table = table_of(tmp_path, b'id,note\nP1,"two\nlines"\n\nP2,one\n')
    assert list(table.index) == [2, 5]


@pytest.mark.parametrize("content", [b"", b"\n \r\n", b"\xef\xbb\xbf", b",,\n,,\n"])
def test_empty_file(tmp_path, content):
    assert refusal(tmp_path, content) == ["patients.csv: the file is empty. Fill it or remove it."]


def test_header_only(tmp_path):
    assert refusal(tmp_path, b"id,arm\n") == [
        "patients.csv: there is no row below the header. Add patients."
    ]


def test_wrong_encoding_names_the_row(tmp_path):
    assert refusal(tmp_path, "id,name\nP1,Anna\nP2,Käthe\n".encode("latin-1")) == [
        "patients.csv, row 3: the file is not UTF-8 (byte 0xe4). "
        "Save it as “CSV UTF-8” or with encoding UTF-8."
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16(tmp_path, encoding):
    (sentence,) = refusal(tmp_path, "id,arm\nP1,A\n".encode(encoding))
    assert sentence.startswith("patients.csv, row 1: the file is not UTF-8")


def test_ragged_row(tmp_path):
    assert refusal(tmp_path, b"id,arm\nP1,A\nP2,B,C\nP3\n") == [
        "patients.csv, row 3: the row has 3 cells where the header has 2. "
        "Separate cells by commas and quote a cell that contains one.",
        "patients.csv, row 4: the row has 1 cell where the header has 2. "
        "Separate cells by commas and quote a cell that contains one.",
    ]


def test_many_ragged_rows_are_counted(tmp_path):
    sentences = refusal(tmp_path, b"id,arm\n" + b"P1\n" * (LISTED_AT_MOST + 5))
    assert len(sentences) == LISTED_AT_MOST + 1
    assert "5 more rows have a fault of this kind" in sentences[-1]


def test_doubled_column(tmp_path):
    assert refusal(tmp_path, b"id,arm,arm \nP1,A,B\n") == [
        "patients.csv, column “arm”: the column stands twice. Rename or remove one of them."
    ]


def test_columns_without_a_name_are_not_doubled(tmp_path):
    assert list(table_of(tmp_path, b"id,,\nP1,,\n").columns) == ["id", "", ""]


@pytest.mark.parametrize("separator", [b";", b"\t"])
def test_other_separators_are_named(tmp_path, separator):
    content = b"id,arm\nP1,A\n".replace(b",", separator)
    assert refusal(tmp_path, content) == [
        "patients.csv, row 1: the cells are not separated by commas. "
        "Save it with the comma as separator."
    ]


def test_an_open_quotation_mark_names_the_row_where_it_opens(tmp_path):
    (sentence,) = refusal(tmp_path, b'id,arm\nP1,A\nP2,"B\nP3,A\nP4,A\n')
    assert sentence.startswith("patients.csv, row 3: the file cannot be read as CSV")


def test_missing_file(tmp_path):
    with pytest.raises(StudyError) as caught:
        read_table(tmp_path / "patients.csv")
    assert str(caught.value) == ("patients.csv: the file is missing. Add it to the study's folder.")


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
    [b"a = 1\na = 2\n", b"a = ", b"a = " + b"[" * 5000, b"a = " + b"9" * 5000, b"= 1"],
    ids=["doubled key", "no value", "too deep", "too many digits", "no key"],
)
def test_toml_that_no_parser_likes(tmp_path, content):
    sentence = toml_refusal(tmp_path, content)
    assert sentence.startswith("study.toml")
    assert "cannot be read as TOML" in sentence


def test_toml_in_another_encoding(tmp_path):
    assert "row 2: the file is not UTF-8" in toml_refusal(
        tmp_path, 'id = "a"\ntitle = "Käthe"\n'.encode("latin-1")
    )
