"""A study's folder from the files that somebody has: ``make import FILE=export.xlsx``.

    python -m data.importing FILE... [--out FOLDER] [--say "KEY=VALUE; KEY=VALUE"]

prints what was understood and writes the folder. Where the endpoint is not certain it writes
nothing, prints the questions and ends with 1; ``--say`` answers them.
"""

from __future__ import annotations

import argparse
import shlex
import sys
from pathlib import Path

from data.checking.keys import FILE
from data.checking.problems import StudyError
from data.checking.slug import SLUG, slug
from data.grammar import OPTIONS
from data.importing.by_format import WORDS, are_adam, write_by_format
from data.importing.files import understood_files, write_folder
from data.importing.sheet import sheet
from data.importing.understanding import Understanding
from data.load import load_study


def main(arguments: list[str] | None = None) -> int:
    """Import some files; 0 if there is a study now."""
    given = _parser().parse_args(arguments)
    paths = _paths(given.files)
    if not paths:
        return _stop(["Name a file: make import FILE=export.xlsx"])
    out = Path(given.out or f"studies/{slug(paths[0].stem) or 'my-study'}")
    try:
        _can_be_made(paths, out)
        if are_adam(paths):
            print(WORDS)
            write_by_format(paths, out)
            return _loaded(out)
        understood = understood_files(paths, _answers(given.say))
    except (StudyError, ValueError) as error:
        return _stop(str(error).splitlines() if isinstance(error, ValueError) else _said(error))
    print(sheet(understood))
    if understood.questions:
        return _stop(_asked(understood, given.files))
    write_folder(understood, paths, out)
    return _loaded(out)


def _loaded(out: Path) -> int:
    """0 if the folder that was written is a study."""
    try:
        study = load_study(out, OPTIONS)
    except StudyError as error:
        return _stop([f"{out} is written, and cannot be shown yet:", *_said(error)])
    print(f"{out} is a study of {study.n} patients. What was understood stands in {out / FILE}.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make import", description=__doc__)
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--out", default="", help="the study's folder, whose name is its id")
    parser.add_argument("--say", default="", help="answers, parted by semicolons")
    return parser


def _paths(files: list[str]) -> list[Path]:
    """The files; several in one argument, as make passes them on, stand apart."""
    paths = []
    for one in filter(str.strip, files):
        parts = [one] if Path(one).exists() else shlex.split(one)
        paths += map(Path, parts)
    return paths


def _answers(text: str) -> dict[str, str]:
    answers = {}
    for one in filter(str.strip, text.split(";")):
        key, sign, value = one.partition("=")
        if not sign:
            raise ValueError(f"“{one.strip()}” is no answer. Write it as time.unit=months.")
        answers[key.strip()] = value.strip()
    return answers


def _can_be_made(paths: list[Path], out: Path) -> None:
    """Refuse what could not become a folder of a study, before anything is read."""
    for path in paths:
        if path.is_dir():
            raise ValueError(f"{path} is a folder. Name a file: make import FILE=export.xlsx.")
        if not path.exists():
            raise ValueError(f"{path} does not exist. Correct FILE.")
    if not SLUG.fullmatch(out.name):
        wanted = out.with_name(slug(out.name) or "my-study")
        raise ValueError(
            f"“{out.name}” cannot be a study's id, which is of small letters, digits and hyphens. "
            f"Write OUT={wanted}."
        )
    if (out / FILE).exists():
        raise ValueError(
            f"{out / FILE} is there already and may have been edited. Name another OUT, or take it "
            "away."
        )


def _asked(understood: Understanding, files: list[str]) -> list[str]:
    """The questions, and how they are answered."""
    said = []
    for one in understood.questions:
        choices = f" ({', '.join(one.choices)})" if one.choices else ""
        said.append(f"{one.key}: {one.text}{choices}")
    say = f"{understood.questions[0].key}=…"
    if understood.questions[0].key == "endpoint":
        say = "role:<column of times>=time; role:<column of events>=event"
    return [
        "Nothing was written: the endpoint is not certain.",
        *said,
        "Answer with SAY, several parted by semicolons:",
        f'make import FILE={shlex.quote(files[0])} SAY="{say}"',
        "data/README.md says what else can be said.",
    ]


def _said(error: StudyError) -> list[str]:
    return [one.sentence for one in error.problems]


def _stop(lines: list[str]) -> int:
    print("\n".join(lines), file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
