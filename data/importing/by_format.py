"""Files that need no guessing: data sets of a format whose columns are defined elsewhere."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from data.checking.keys import FILE
from data.importing.toml import written
from data.sources.adam import ADAM_FILES

WORDS = (
    "These are ADaM data sets: the patients are in adsl, the times to events in adtte, and what "
    "the columns mean is known."
)


def are_adam(paths: Sequence[Path]) -> bool:
    """Whether files are ADaM data sets: adsl and adtte are among them."""
    names = [path.name for path in paths]
    return all(any(map(ADAM_FILES[name], names)) for name in ("adsl", "adtte"))


def text_by_format(study_id: str, title: str) -> str:
    """The text of ``study.toml`` for ADaM data sets."""
    named = {"id": study_id, **({"title": title} if title else {})}
    return written(named | {"source": {"kind": "adam"}})


def write_by_format(paths: Sequence[Path], folder: Path, title: str = "") -> None:
    """Write the folder of a study that is read by its format; every file as it was."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in paths:
        shutil.copyfile(path, folder / path.name)
    (folder / FILE).write_text(text_by_format(folder.name, title), "utf-8", newline="\n")
