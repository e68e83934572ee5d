"""How the files of a study were read: what was found in them that nobody declared."""

from __future__ import annotations

from data.study import Study
from layouts.shared.html import tag


def files_read(study: Study) -> list:
    """A heading that opens the list; nothing where every file was read as it is written."""
    told = [one for one in study.files if one.found]
    if not told:
        return []
    rows = [
        tag("li", tag("strong", one.name), f" is {one.what}: {'; '.join(one.found)}.")
        for one in told
    ]
    summary = tag("summary", "How the files were read")
    return [tag("details", summary, tag("ul", rows), class_="files-read")]
