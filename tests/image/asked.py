"""What a server of the image's files is asked for."""

from __future__ import annotations

import re

from callbacks.pages import PAGES
from tests.fuzz.test_pages import page_body
from tests.views import PANELS


def requests(app, studies) -> list:
    """Every page of every study with picture and files, and all that a browser loads for it."""
    index = app.server.test_client().get("/").text
    parts = re.findall(r'(?:src|href)="(/[^"]+)"', index)
    made = [("GET", path) for path in ("/healthz", "/readyz", "/_dash-layout", *parts)]
    made += [("GET", "/_dash-dependencies"), ("GET", "/assets/fonts/inter-latin-wght-normal.woff2")]
    for study in studies:
        search = f"?study={study.id}"
        for page in PAGES:
            made.append(("GET", f"/{page.id}{search}"))
            for what in ("view", "picture"):
                asked = page_body(app, page.id, {"search": search, "wanted": "png"}, what)
                made.append(("POST", "/_dash-update-component", asked))
        asked = page_body(app, "survival", {"search": search, "wanted": "method"}, "drawer")
        made.append(("POST", "/_dash-update-component", asked))
        made += [("GET", f"/download/{panel}.csv{search}") for panel in PANELS]
    views = [f"/survival?study={studies[0].id}", f"/overview?study={studies[0].id}"]
    made += [("POST", f"/board/{kind}", {"views": views}) for kind in ("pptx", "docx")]
    return made
