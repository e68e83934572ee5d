"""HCC Cohort Explorer: the application and the server that gunicorn runs."""

from __future__ import annotations

from pathlib import Path

from dash import Dash, html

from callbacks import files, location, words
from callbacks.current import current_studies
from callbacks.page import Served, register
from callbacks.pages import SERVED, grammar_of
from callbacks.server import glossary, serving
from callbacks.uploads import routes
from callbacks.uploads.own import Own, register_page
from data.address import default_view
from data.sources.held import new_held
from layouts.frame.shell import PRODUCT, page_frame, shell
from layouts.uploads import frame
from settings import Settings, read_settings

ROOT = Path(__file__).parent


def create_app(settings: Settings, served: tuple[Served, ...] = SERVED) -> Dash:
    """Make the application for some settings and pages.

    The studies are read here, and again when their folder changes; a study that cannot be read is
    listed in the switcher.
    """
    pages, grammar = [one.page for one in served], grammar_of(served)
    reserved = frozenset().union(*grammar.values())
    own = Own(new_held(), settings.auth_header, reserved) if settings.uploads else None
    beside = own.beside if own else lambda base: base
    catalog, memory = current_studies(settings.studies_dir, reserved, beside)
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
        page_frame(page, {}, page.build(study, default_view(study, page.id)))
        for study in catalog.studies[:1]
        for page in pages
    ]
    apart = {frame.PATH: frame.page} if own else {}
    app.validation_layout = html.Div(
        [shell(catalog), *examples, *[made() for made in apart.values()]]
    )
    app.layout = lambda: shell(catalog, uploads=own is not None)
    location.register(app, catalog, pages, grammar, apart)
    for one in served:
        register(app, catalog, memory, one, grammar)
    for by_address in (files, words):
        by_address.register(app.server, catalog, memory, served, grammar)
    glossary.register(app.server, catalog)
    if own:
        routes.register(app.server, own)
        register_page(app)
    access = (settings.auth_header, settings.trusted_proxies, settings.password_hash)
    serving.register(app, catalog, [*grammar, *apart], *access)
    return app


INDEX = """<!DOCTYPE html>
<html lang="en">
<head>{%metas%}<title>{%title%}</title>{%favicon%}{%css%}</head>
<body>{%app_entry%}<footer>{%config%}{%scripts%}{%renderer%}</footer></body>
</html>"""


app = create_app(read_settings())
server = app.server
serving.warm(app)
