"""Whether a folder is a study, with everything that is wrong at once: ``make check STUDY=folder``.

python -m data.check FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

from data.checking.problems import StudyError
from data.grammar import OPTIONS
from data.load import load_study


def main(arguments: list[str]) -> int:
    """Check a folder; 0 if it is a study."""
    if len(arguments) != 1 or not arguments[0].strip() or not Path(arguments[0]).is_dir():
        print("Name the study's folder: make check STUDY=studies/my-study", file=sys.stderr)
        return 1
    folder = Path(arguments[0]).resolve()
    try:
        study = load_study(folder, OPTIONS)
    except StudyError as error:
        print("\n".join(one.sentence for one in error.problems), file=sys.stderr)
        return 1
    print(f"{study.title}: {study.n} patients.")
    for one in study.endpoints:
        data = study.outcomes[one.id]
        print(f"{one.label}: {int(data.event.sum())} events in {int(data.known.sum())} patients.")
    for one in study.files:
        print(f"{one.name} is {one.what}{''.join(f'; {said}' for said in one.found)}.")
    for note in study.notes:
        print(note)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
