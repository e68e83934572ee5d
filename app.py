"""HCC Cohort Explorer: the application and the server that gunicorn runs."""

from __future__ import annotations

from pathlib import Path

from dash import Dash

from callbacks import files, location, words
from callbacks.board import slides
from callbacks.current import Snapshot, current_studies
from callbacks.page import Served
from callbacks.pages import SERVED, grammar_of
from callbacks.server import glossary, serving
from callbacks.server.settled import settle
from callbacks.slides import routes as board
from callbacks.uploads import routes
from callbacks.uploads.own import Own
from data.sources.held import new_held
from layouts.board import frame as board_frame
from layouts.frame import first_visit
from layouts.frame.shell import PRODUCT, frame, stores
from layouts.shared.place import standing_below
from layouts.uploads import frame as uploads_frame
from settings import Settings, read_settings

ROOT = Path(__file__).parent


def create_app(settings: Settings, served: tuple[Served, ...] = SERVED) -> Dash:
    """Make the application for some settings and pages.

    The studies are read here, and again when their folder changes; a study that cannot be read is
    listed in the switcher.
    """
    grammar = grammar_of(served)
    reserved = frozenset().union(*grammar.values())
    settled = settle(settings)
    own = Own(new_held(), reserved) if settings.uploads else None

    def seen(base: Snapshot) -> Snapshot:
        """The studies of a request: those that its user may see, and one of the user's own."""
        allowed = settled.seen(base)
        return own.beside(allowed) if own else allowed

    catalog, memory = current_studies(settings.studies_dir, reserved, seen)
    if settled.rights:
        settled.rights.compare(catalog._get_current_object())
    app = Dash(
        "app",
        title=PRODUCT,
        update_title=None,
        assets_folder=str(ROOT / "assets"),
        health_endpoint="healthz",
        compress=False,
        routes_pathname_prefix="/",
        requests_pathname_prefix=f"{settings.url_prefix}/",
        # Asked for beside everything else: curves are drawn with it, words and numbers are not.
        assets_ignore=r"plotly-basic.*\.js",
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )
    apart = {board_frame.PATH: board_frame.page}
    apart |= {uploads_frame.PATH: uploads_frame.page} if own else {}
    with standing_below(settings.url_prefix):
        app.index_string = _index(app, frame(uploads=own is not None), settings.url_prefix)
    app.layout = stores()
    location.register(app, catalog, memory, served, grammar, apart)
    for by_address in (files, words, slides, board):
        by_address.register(app.server, catalog, memory, served, grammar)
    glossary.register(app.server, catalog)
    if own:
        routes.register(app.server, own)
    serving.register(
        app, catalog, [*grammar, *apart, first_visit.PATH], settled, settings.url_prefix
    )
    return app


def _index(app: Dash, frame: str, prefix: str) -> str:
    """The page that the server sends: the frame, and around it what Dash needs."""
    (plotly,) = (ROOT / "assets" / "vendor").glob("plotly-basic-*.min.js")
    address = f"{app.get_asset_url(f'vendor/{plotly.name}')}?m={plotly.stat().st_mtime}"
    # Where the scripts' own requests go; what they follow says it already.
    below = f' data-below="{prefix}"' if prefix else ""
    return f"""<!DOCTYPE html>
<html lang="en">
<head>{{%metas%}}<title>{{%title%}}</title>{{%favicon%}}{{%css%}}
<script async id="plotly" src="{address}"></script></head>
<body data-pending="yes"{below}>{frame}<div hidden>{{%app_entry%}}</div>
<footer>{{%config%}}{{%scripts%}}{{%renderer%}}</footer></body>
</html>"""


app = create_app(read_settings())
server = app.server
serving.warm(app)
