"""Text with one row a line, as people save it."""

import pytest

from data.checking.problems import LISTED_AT_MOST, StudyError
from data.reading.raw import AS_FOUND, AS_WRITTEN, Reading
from data.reading.table import read_table


def table_of(tmp_path, content: bytes, reading: Reading = AS_FOUND):
    path = tmp_path / "patients.csv"
    path.write_bytes(content)
    return read_table(path, reading).cells


def refusal(tmp_path, content: bytes, reading: Reading = AS_FOUND) -> list[str]:
    with pytest.raises(StudyError) as caught:
        table_of(tmp_path, content, reading)
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
    table = table_of(tmp_path, b"a,b,c,d,e\nNone,NA,nan,007,\n", AS_WRITTEN)
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
    assert refusal(tmp_path, "id,name\nP1,Anna\nP2,Käthe\n".encode("latin-1"), AS_WRITTEN) == [
        "patients.csv, row 3: the file is not UTF-8 (byte 0xe4). "
        "Save it with encoding UTF-8, or correct the key encoding."
    ]


def test_no_encoding_of_that_name(tmp_path):
    for name in ("utf-5", "rot13", "idna", "zip"):
        (sentence,) = refusal(tmp_path, b"id\nP1\n", Reading(encoding=name))
        assert sentence == (
            f"patients.csv: there is no encoding “{name}”. "
            "Write utf-8, cp1252, utf-16 or another that there is."
        )


LETTERS = {
    "utf-16": "name,größe\nKäthe,Süd\n",
    "utf-16-le": "name,größe\nKäthe,Süd\n",
    "utf-16-be": "name,größe\nKäthe,Süd\n",
    "utf-8-sig": "name,größe\nKäthe,Süd\n",
    "cp1252": "name,größe\nKäthe,Süd\nRené,à l’hôpital – 5 µg\n",
    "cp1250": "jméno,pohlaví\nJiří,muž\nŽaneta,žena\nDvořák,muž\n",
    "cp1251": "номер,пол\n1,мужской\n2,женский\n",
    "gb18030": "编号,性别\n1,男性患者\n2,女性患者\n",
}


@pytest.mark.parametrize("encoding", LETTERS)
def test_letters_are_read_in_their_encoding(tmp_path, encoding):
    text = LETTERS[encoding]
    table = table_of(tmp_path, text.encode(encoding))
    assert [list(table.columns), *table.to_numpy().tolist()] == [
        line.split(",") for line in text.splitlines()
    ]
    table = table_of(tmp_path, text.encode(encoding), Reading(encoding=encoding))
    assert list(table.columns) == text.splitlines()[0].split(",")


# Encoding, text, and what is said of its letters.
ONE_BYTE = [
    ("cp1250", "pacjent,płeć,etap\nMichał,mężczyzna,późny\nŁucja,kobieta,wczesny\n", "in"),
    ("cp1250", "beteg,nem\nErzsébet,nő\nGyörgy,férfi\nJenő,férfi\n", "in"),
    ("cp1250", "pacijent,spol\nĐorđe,muški\nIvančić,ženski\n", "in"),
    ("cp1252", "Größe (cm³),Ärztin\n12,Müller\n", "in"),
    ("cp1252", "sexe,décès\nfemme,à l’hôpital\n", "in"),
    ("cp1252", "køn,død\nkvinde,nej\n", "in"),
    ("cp1252", "Name\nKäthe Hélène\n", "taken for"),
]


@pytest.mark.parametrize(("encoding", "text", "said"), ONE_BYTE)
def test_central_and_western_letters_are_told_apart(tmp_path, encoding, text, said):
    (tmp_path / "patients.csv").write_bytes(text.encode(encoding))
    table = read_table(tmp_path / "patients.csv")
    assert list(table.cells) == text.splitlines()[0].split(",")
    (clause,) = [one for one in table.found if "letters" in one]
    assert clause.startswith(f"its letters are {said} Windows-{encoding[2:]}")
    assert ("the key encoding declares another" in clause) == (said == "taken for")


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


def test_a_column_without_a_name_is_kept_where_it_holds_something(tmp_path):
    assert list(table_of(tmp_path, b"id,,\nP1,,\n").columns) == ["id"]
    assert list(table_of(tmp_path, b",id,arm\n1,P1,A\n").columns) == ["", "id", "arm"]


@pytest.mark.parametrize(
    ("content", "separator"),
    [
        (b"id;note;x\nP1;a, b;1,5\nP2;c;2,5\n", ";"),
        (b"id\tnote\tx\nP1\ta, b\t1,5\nP2\tc\t2,5\n", "\t"),
        (b"id|note|x\nP1|a, b|1,5\nP2|c|2,5\n", "|"),
        (b"sep=;\r\nid;note;x\r\nP1;a, b;1,5\r\nP2;c;2,5\r\n", ";"),
        (b'id note x\nP1 "a, b" 1,5\nP2 c 2,5\n', " "),
        (b'id,note,x\nP1,"a, b","1,5"\nP2,c,"2,5"\n', ","),
    ],
)
def test_cells_are_parted_where_most_lines_agree(tmp_path, content, separator):
    expected = [["P1", "a, b", "1.5"], ["P2", "c", "2.5"]]
    assert table_of(tmp_path, content).to_numpy().tolist() == expected
    declared = Reading(separator=separator, decimal=",", header_row=2 if b"sep" in content else 1)
    assert table_of(tmp_path, content, declared).to_numpy().tolist() == expected


def test_what_cannot_separate_cells(tmp_path):
    for separator in ("", ";;", '"', "\n"):
        (sentence,) = refusal(tmp_path, b"id,x\n1,2\n", Reading(separator=separator))
        assert sentence.endswith("cannot separate cells. Write one sign, as “;”.")


def test_an_open_quotation_mark_names_the_row_where_it_opens(tmp_path):
    (sentence,) = refusal(tmp_path, b'id,arm\nP1,A\nP2,"B\nP3,A\nP4,A\n')
    assert sentence.startswith("patients.csv, row 3: the file cannot be read as CSV")


def test_missing_file(tmp_path):
    with pytest.raises(StudyError) as caught:
        read_table(tmp_path / "patients.csv")
    assert str(caught.value) == ("patients.csv: the file is missing. Add it to the study's folder.")
