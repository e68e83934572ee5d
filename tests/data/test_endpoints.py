"""How endpoints are declared and read: durations, dates, the first of others, and their faults."""

import pytest

HEAD = "patient,arm,stage,ascites,age,afp_ng,os_days,os_event,pps_days,pps_event"
OS = 'unit = "days"\ntime = "os_days"\nevent = "os_event"\n'


def endpoint(folder, keys: str) -> None:
    folder.change("study.toml", OS, f"{keys}\n")


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ('time = "os_days"', "endpoints[os].event”: the key is missing"),
        ('start = "a"', "endpoints[os].end”: the key is missing"),
        ('start = "a"\nevent_date = "b"', "endpoints[os].last_contact”: the key is missing"),
        (f'{OS}start = "a"\nend = "b"', "endpoints[os].time”: the key has no meaning beside start"),
        ('first_of = ["pps", "x"]', "there is no endpoint “x” with columns of its own. Use pps."),
        ('first_of = ["pps"]', "one endpoint has no first. Name two endpoints or more"),
        (f'{OS}first_of = ["pps"]', "the key has no meaning beside first_of"),
        (
            f'{OS}event_values = [1]\ncensored_values = ["0", "1"]',
            "“1” stands for an event and for a censored patient",
        ),
        (OS.replace("days", "fortnights", 1), "“fortnights” is not one of days, weeks, months"),
        ('start = "a"\nevent_date = "b"\nlast_contact = "c"\nevent = "os_event"', "no meaning"),
    ],
)
def test_a_fault_of_the_declaration_is_said(folder, keys, said):
    endpoint(folder, keys)
    assert any(said in sentence for sentence in folder.sentences()), folder.sentences()


@pytest.mark.parametrize(
    ("unit", "days"), [("days", 1), ("weeks", 7), ("months", 30.4375), ("years", 365.25)]
)
def test_units(folder, unit, days):
    endpoint(folder, OS.replace('"days"', f'"{unit}"'))
    head, *rows = (folder.path / "patients.csv").read_text("utf-8").splitlines()
    cells = [row.split(",") for row in rows]
    for place, row in enumerate(cells[:5], start=1):
        row[6] = f"{place}.5"
    lines = [head, *map(",".join, cells)]
    (folder.path / "patients.csv").write_text("\n".join(lines), "utf-8")
    time = folder.load().outcomes["os"].time
    assert time.tolist() == [1.5 * days, 2.5 * days, 3.5 * days, 4.5 * days, 5.5 * days, 0]


def test_a_time_beyond_a_century_in_its_own_unit(folder):
    endpoint(folder, OS.replace('"days"', '"years"'))
    assert folder.sentences()[0].startswith(
        "patients.csv, column “os_days”, row 3: the time 200 is more than a century. "
        "Write years since the start;"
    )


def test_one_of_two_words_is_enough(folder):
    text = (folder.path / "patients.csv").read_text("utf-8")
    rows = [row.split(",") for row in text.splitlines()]
    for row in rows[1:]:
        row[7] = {"1": "1:DECEASED", "0": "0:LIVING"}[row[7]]
    (folder.path / "patients.csv").write_text("\n".join(map(",".join, rows)), "utf-8")
    endpoint(folder, f'{OS}event_values = ["1:DECEASED"]')
    study = folder.load()
    assert study.outcomes["os"].event.tolist() == [1, 0, 1, 0, 1, 1]
    assert study.files[0].found == ("“0:LIVING” in “os_event” stands for a censored patient",)


def test_a_third_word_is_asked_for(folder):
    endpoint(folder, f"{OS}event_values = [1]")
    folder.change("patients.csv", ",100,1,,", ",100,lost,,")
    said = folder.sentences()
    assert said[0] == (
        "patients.csv, column “os_event”, row 2: the event flag “lost” is not “1”. "
        "Add it to event_values or censored_values in study.toml, or to missing_codes."
    )


def dated(folder, rows: list[str], keys: str) -> None:
    """The small study with columns of dates, one text for each patient."""
    text = (folder.path / "patients.csv").read_text("utf-8").splitlines()
    joined = [f"{text[0]},from,to,died,seen"]
    joined += [f"{row},{more}" for row, more in zip(text[1:], rows, strict=True)]
    (folder.path / "patients.csv").write_text("\n".join(joined), "utf-8")
    endpoint(folder, keys)


FILLER = ["2019-01-01,2019-01-02,2019-01-02,2019-01-03"] * 4
BY_DATES = 'start = "from"\nevent_date = ["to", "died"]\nlast_contact = "seen"'


def test_dates_of_events(folder):
    rows = [
        "2019-01-01,,2019-02-01,2019-03-01",
        "2019-01-01,,,2019-03-01",
        *FILLER,
    ]
    dated(folder, rows, BY_DATES)
    outcome = folder.load().outcomes["os"]
    assert outcome.time.tolist() == [31, 59, 1, 1, 1, 1]
    assert outcome.event.tolist() == [1, 0, 1, 1, 1, 1]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("2019-01-01,,,", "column “seen”, row 2: the date is missing."),
        (",,,2019-03-01", "column “from”, row 2: the start of OS is missing."),
        (",2019-03-01,,", "column “from”, row 2: the start of OS is missing."),
        (
            "2019-01-01,2018-12-31,,2019-02-01",
            "column “to”, row 2: the event on 2018-12-31",
        ),
        (
            "2019-01-01,,,2018-12-31",
            "column “seen”, row 2: the date 2018-12-31 is",
        ),
        ("2019-01-01,,soon,2019-03-01", "column “died”, row 2: “soon” is not a date"),
    ],
)
def test_a_fault_of_a_date_names_its_place(folder, rows, said):
    dated(folder, [rows, FILLER[0], *FILLER], BY_DATES)
    (sentence,) = folder.sentences()
    assert said in sentence


def test_a_date_and_a_flag(folder):
    rows = ["2019-01-01,,,2019-03-01", *FILLER, FILLER[0]]
    dated(folder, rows, 'start = "from"\nend = "seen"\nevent = "os_event"')
    outcome = folder.load().outcomes["os"]
    assert outcome.time.tolist() == [59, 2, 2, 2, 2, 2]
    assert outcome.event.tolist() == [1, 0, 1, 0, 1, 1]


def test_columns_that_are_missing_are_told_with_wrong_cells(folder):
    head = HEAD.replace("patient", "Patient").replace("stage", "stge")
    folder.change("patients.csv", HEAD, head)
    said = folder.sentences()
    assert said[0] == (
        "patients.csv, column “patient”: the column is missing. Write “Patient” if that is meant; "
        f"the file has {head.replace(',', ', ')}."
    )
    assert said[1] == (
        "patients.csv, column “stage”: the column is missing. Write “stge” if that is meant."
    )
