"""All studies: those shipped with the product and those of the hospital's own folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from data.apart.folders import BeingRead
from data.checking.keys import FILE
from data.checking.problems import Problem, StudyError, printable
from data.load import load_study
from data.sources.held import OWN
from data.sources.listing import studies_in
from data.study import Study

SHIPPED = Path(__file__).parent / "studies"


def is_own(study_id: str) -> bool:
    """Whether a study is one that a reader has brought."""
    return study_id.startswith(OWN)


@dataclass(frozen=True)
class BrokenStudy:
    """A folder that could not be used as a study, with the reasons.

    Attributes
    ----------
    id : str
        The folder's name as it can be printed; with the folder that holds it where the name belongs
        to another study.
    being_read : bool
        It is not known yet whether it can be used.
    """

    id: str
    problems: tuple[Problem, ...]
    being_read: bool = False


@dataclass(frozen=True)
class Catalog:
    """The studies that can be opened and those that cannot, in the order of the switcher.

    ``own_unusable`` says that the folder of further studies cannot be listed, or that it holds
    studies and none of them can be opened; ``restricted`` that these are the studies that somebody
    may see.
    """

    studies: tuple[Study, ...]
    broken: tuple[BrokenStudy, ...] = ()
    notes: tuple[str, ...] = ()
    own_unusable: bool = False
    restricted: bool = False

    def study(self, study_id: str) -> Study | None:
        """The study with this id, or None."""
        return next((s for s in self.studies if s.id == study_id), None)

    def broken_study(self, study_id: str) -> BrokenStudy | None:
        """The unusable folder of this name, or None."""
        return next((b for b in self.broken if b.id == study_id), None)


# Begins to read studies; what it gives says what became of each.
Begin = Callable[[Sequence[Path]], Callable[[], Mapping[Path, Study | StudyError]]]


def load_catalog(
    own_folder: Path | None = None,
    shipped: Path = SHIPPED,
    reserved: frozenset[str] = frozenset(),
    begin: Begin | None = None,
    before: Catalog | None = None,
) -> Catalog:
    """Read every study; a bad one is listed with its problems and never stops the others.

    Parameters
    ----------
    own_folder : Path or None
        Folder that holds further studies (``STUDIES_DIR``).
    shipped : Path
        Folder of the shipped studies.
    reserved : frozenset of str
        Names of the options that a link may carry, which no variable may be called.
    begin : function of paths, or None
        How further studies are read, as by `data.apart.folders.Folders.begin`; None: here. The
        shipped ones are part of the program.
    before : Catalog or None
        What was read before with the same shipped studies, which do not change.
    """
    studies: dict[str, Study] = {}
    broken: list[BrokenStudy] = []
    notes: list[str] = []
    folders = []
    for root in (shipped, own_folder):
        found, unreadable, said = studies_in(root)
        folders += [(root, folder) for folder in found]
        broken += [BrokenStudy(name, (problem,)) for name, problem in unreadable]
        notes += said
    broken_before, opened = len(broken), 0
    read = partial(_read_here, reserved=reserved)
    of_own = (begin or read)([folder for root, folder in folders if root is own_folder])
    of_program = [folder for root, folder in folders if root is not own_folder]
    known = {folder: before.study(folder.name) for folder in of_program if before is not None}
    known = {folder: study for folder, study in known.items() if study is not None}
    outcomes = {
        **known,
        **read([folder for folder in of_program if folder not in known])(),
        **of_own(),
    }
    for root, folder in folders:
        try:
            study = outcomes[folder]
            if isinstance(study, StudyError):
                raise study
            if study.id in studies:
                raise StudyError(
                    [
                        Problem(
                            FILE,
                            f"a study “{study.id}” is already there",
                            "Rename this folder and its id",
                            "id",
                        )
                    ]
                )
        except StudyError as error:
            taken = {*studies, *(other.id for other in broken)}
            name = printable(folder.name)
            name = f"{printable(root.name)}/{name}" if name in taken else name
            broken.append(BrokenStudy(name, error.problems, isinstance(error, BeingRead)))
        else:
            studies[study.id] = study
            opened += root is own_folder
    tried = broken_before + sum(root is own_folder for root, _ in folders)
    unusable = own_folder is not None and (
        (bool(notes) and not tried) or (tried > 0 and opened == 0)
    )
    return Catalog(tuple(studies.values()), tuple(broken), tuple(notes), unusable)


def _read_here(paths: Sequence[Path], reserved: frozenset[str]):
    """Read studies in this process."""
    outcomes = {path: _outcome(path, reserved) for path in paths}
    return lambda: outcomes


def _outcome(path: Path, reserved: frozenset[str]) -> Study | StudyError:
    try:
        return load_study(path, reserved)
    except StudyError as error:
        return error
