"""``LICENSES.md``: under which licences the libraries stand, from what they themselves state.

python -m tests.libraries.licences LICENSES.md
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.libraries.locked import brought_by_dash, licence, locked, vendored

HEAD = """# Licences of the libraries

What HCC Cohort Explorer itself may be used for is for its owner to say: this repository names no
licence of its own.

This page is written by `make licences` from the lock file and from what each installed library says
of itself; a test compares it. Each library brings the text of its licence
(`*.dist-info/licenses`), in the image too. `make sbom` writes the same with every hash, for
programs.

## Libraries

“no” stands where the image leaves a library out that only another one's drawing or building needs.
numpy and scipy bring compiled libraries of others, as the texts of their licences list them:
OpenBLAS and LAPACK (BSD), GCC's runtime for Fortran (GPL-3.0-or-later with GCC-exception-3.1) and
libquadmath (LGPL-2.1-or-later).

| library | version | licence, as its authors state it | needed by | in the image |
|---|---|---|---|---|
"""
FILES = """
## Files of others in this repository

| file | version | licence | its text |
|---|---|---|---|
"""
DASH = """
## What Dash brings to the browser

Dash's own scripts hold parts of others, whose notices stand beside or within them
(`dash/*/*.LICENSE.txt`), and it serves these as they are, all under MIT:

"""


def page() -> str:
    """The page."""
    rows = [
        f"| {one.name} | {one.version} | {licence(one.name)} | "
        f"{', '.join((*(['this project'] if one.named else []), *one.needed_by))} | "
        f"{'yes' if one.in_image else 'no'} |"
        for one in locked()
    ]
    files = [
        f"| `{one.place}` | {one.version} | {one.licence} | [{Path(one.text).name}]({one.text}) |"
        for one in vendored()
    ]
    scripts = [f"- {name} {version}" for name, version, _ in brought_by_dash()]
    lines = ["\n".join(part) + "\n" for part in (rows, files, scripts)]
    return HEAD + lines[0] + FILES + lines[1] + DASH + lines[2]


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), "utf-8")
