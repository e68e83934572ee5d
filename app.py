"""HCC Cohort Explorer: the application and the server that gunicorn runs."""

from __future__ import annotations

import logging
from pathlib import Path

from dash import Dash, html
from flask_compress import Compress

from callbacks import arms, download, location, overview, prognostic, safety, subgroups, survival
from callbacks.answers import Answers
from data.address import default_view
from data.catalog import load_catalog
from layouts.pages import PAGES
from layouts.shell import PRODUCT, page_frame, shell
from settings import Settings, read_settings

log = logging.getLogger("hcc-cohort-explorer")
ROOT = Path(__file__).parent
LARGEST_REQUEST = 256 * 1024


def create_app(settings: Settings) -> Dash:
    """Make the application for some settings.

    The studies are read here, once; a study that cannot be read is listed in the switcher.
    """
    catalog = load_catalog(settings.studies_dir)
    for note in catalog.notes:
        log.warning(note)
    for broken in catalog.broken:
        # Without the sentences: they may quote a patient's cells.
        log.warning("The study %s could not be loaded; the dashboard lists why.", broken.id)
    answers = Answers(catalog.studies)
    app = Dash(
        "app",
        title=PRODUCT,
        update_title=None,
        assets_folder=str(ROOT / "assets"),
        health_endpoint="healthz",
        compress=False,
        index_string=INDEX,
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )
    app.server.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    Compress(app.server)
    app.layout = shell(catalog)
    # Pages come and go; every id must be known when callbacks are checked.
    examples = [
        page_frame(page.id, {}, page.build(study, view))
        for study in catalog.studies[:1]
        for page in PAGES
        for view in [default_view(study, page.id)]
    ]
    app.validation_layout = html.Div([app.layout, *examples])
    location.register(app, catalog)
    survival.register(app, catalog, answers)
    subgroups.register(app, catalog, answers)
    arms.register(app, catalog, answers)
    prognostic.register(app, catalog, answers)
    overview.register(app, catalog, answers)
    safety.register(app, catalog, answers)
    download.register(app.server, catalog, answers)
    return app


INDEX = """<!DOCTYPE html>
<html lang="en">
<head>{%metas%}<title>{%title%}</title>{%favicon%}{%css%}</head>
<body>{%app_entry%}<footer>{%config%}{%scripts%}{%renderer%}</footer></body>
</html>"""


def warm(app: Dash) -> None:
    """Answer one request before any worker starts.

    The first requests of a fresh Dash server race to register its component libraries; the loser
    gets an error and the reader a blank page. After this request there is nothing left to race for.
    """
    client = app.server.test_client()
    client.get("/")
    client.get("/_dash-layout")
    client.get("/_dash-dependencies")


app = create_app(read_settings())
server = app.server
warm(app)
