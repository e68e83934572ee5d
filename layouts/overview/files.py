"""How the files of a study were read: what was found in them that nobody declared."""

from __future__ import annotations

from dash import html

from data.study import Study


def files_read(study: Study) -> list:
    """A heading that opens the list; nothing where every file was read as it is written."""
    told = [one for one in study.files if one.found]
    if not told:
        return []
    return [
        html.Details(
            [
                html.Summary("How the files were read"),
                html.Ul(
                    [
                        html.Li([html.Strong(one.name), f" is {one.what}: {'; '.join(one.found)}."])
                        for one in told
                    ]
                ),
            ],
            className="files-read",
        )
    ]
