"""The text of the glossary by address; the browser asks for it when a reader opens the glossary."""

from __future__ import annotations

from flask import Flask, Response, request

from data.catalog import Catalog
from data.glossary import shipped_glossary
from layouts.frame.glossary import glossary_text


def register(server: Flask, catalog: Catalog) -> None:
    """Register ``GET /glossary?study=<id>``; without a known study, the first one's words."""
    groups = shipped_glossary()

    @server.get("/glossary")
    def glossary() -> Response:
        named = request.args.get("study", "")
        study = catalog.study(named)
        if study is None and catalog.studies and not catalog.broken_study(named):
            study = catalog.studies[0]
        return Response(glossary_text(study, groups), mimetype="text/html")
