"""HCC Cohort Explorer: the application and the server that gunicorn runs."""

from __future__ import annotations

from pathlib import Path

from dash import Dash, html

from callbacks import files as download
from callbacks import location
from callbacks.answers import Answers
from callbacks.arms import page as arms
from callbacks.current import current_studies
from callbacks.dosimetry import page as dosimetry
from callbacks.evidence import page as evidence
from callbacks.overview import page as overview
from callbacks.pages import OPTION_NAMES, PAGES
from callbacks.prognostic import page as prognostic
from callbacks.response import page as response
from callbacks.safety import page as safety
from callbacks.server import glossary, serving
from callbacks.subgroups import page as subgroups
from callbacks.survival import page as survival
from callbacks.trials import page as context
from data.address import default_view
from layouts.frame.shell import PRODUCT, page_frame, shell
from settings import Settings, read_settings

ROOT = Path(__file__).parent


def create_app(settings: Settings) -> Dash:
    """Make the application for some settings.

    The studies are read here, and again when their folder changes; a study that cannot be read is
    listed in the switcher.
    """
    reserved = frozenset().union(*OPTION_NAMES.values())
    catalog, answers = current_studies(settings.studies_dir, Answers, reserved)
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
    # Pages come and go; every id must be known when callbacks are checked.
    examples = [
        page_frame(page.id, {}, page.build(study, view))
        for study in catalog.studies[:1]
        for page in PAGES
        for view in [default_view(study, page.id)]
    ]
    app.validation_layout = html.Div([shell(catalog), *examples])
    app.layout = lambda: shell(catalog)
    location.register(app, catalog)
    pages = (survival, subgroups, arms, prognostic, response, overview, safety, dosimetry, context)
    for page in (*pages, evidence):
        page.register(app, catalog, answers)
    download.register(app.server, catalog, answers)
    glossary.register(app.server, catalog)
    access = (settings.auth_header, settings.trusted_proxies, settings.password_hash)
    serving.register(app, catalog, *access)
    return app


INDEX = """<!DOCTYPE html>
<html lang="en">
<head>{%metas%}<title>{%title%}</title>{%favicon%}{%css%}</head>
<body>{%app_entry%}<footer>{%config%}{%scripts%}{%renderer%}</footer></body>
</html>"""


app = create_app(read_settings())
server = app.server
serving.warm(app)
