"""What is answered when something cannot be answered: a status and a plain sentence.

No answer and no line of the log holds a stack trace, a query or a value: a query says whom
somebody looked at, and the text of an error may quote a patient's cell. What the log holds is the
kind of the error and the places in the program where it happened.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Collection
from pathlib import Path

from dash.exceptions import DependencyException, InvalidResourceError
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

log = logging.getLogger(__name__)

# What Dash calls the address of any page.
ANY_PAGE = "/<path:path>"
SENTENCES = {
    400: "This request could not be understood.",
    404: "There is nothing at this address.",
    405: "This address does not answer requests of this kind.",
    413: "This request is larger than any that the dashboard sends.",
    414: "This address is longer than any of the dashboard's.",
    415: "This request could not be understood.",
    417: "This request expects what the server does not do.",
    431: "The headers of this request are larger than any that a browser sends.",
    503: "Too many files are being brought at the moment. Try again in a minute.",
    501: "This request is encoded in a way that the server does not read.",
}
FAILED = "The server could not answer this request. Its log says where it failed."
ROOT = Path(__file__).parents[2]


def register(server: Flask, pages: Collection[str]) -> None:
    """Register the answers to what goes wrong.

    Parameters
    ----------
    pages : collection of str
        The paths that are pages. Any other gets the page too, with a note, but with status 404,
        so that a scanner or a monitor does not take it for something that exists.
    """

    @server.after_request
    def not_a_page(response: Response) -> Response:
        is_page = request.path.strip("/") in pages
        if request.endpoint == ANY_PAGE and response.status_code == 200 and not is_page:
            response.status_code = 404
        return response

    @server.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response:
        status = error.code or 500
        answer = _answer(status, SENTENCES.get(status, f"{error.name}."))
        if status == 405 and getattr(error, "valid_methods", None):
            answer.headers["Allow"] = ", ".join(error.valid_methods)
        return answer

    @server.errorhandler(DependencyException)
    @server.errorhandler(InvalidResourceError)
    def no_such_part(error: Exception) -> Response:
        return _answer(404, SENTENCES[404])

    @server.errorhandler(FileNotFoundError)
    def no_such_file(error: FileNotFoundError) -> Response:
        # Maps for debuggers are among the parts that Dash knows, and not in the image.
        if request.path.startswith("/_dash-component-suites/"):
            return _answer(404, SENTENCES[404])
        return failed(error)

    @server.errorhandler(Exception)
    def failed(error: Exception) -> Response:
        log.error("%s could not be answered: %s", request.endpoint, where(error))
        return _answer(500, FAILED)


def where(error: BaseException) -> str:
    """The kind of an error and the lines of this program that led to it, the last first."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [
        f"{Path(frame.filename).relative_to(ROOT)}:{frame.lineno}"
        for frame in reversed(frames)
        if Path(frame.filename).is_relative_to(ROOT) and ".venv" not in Path(frame.filename).parts
    ]
    if not lines and frames:
        lines = [f"{Path(frames[-1].filename).name}:{frames[-1].lineno}"]
    return f"{type(error).__name__} at {', '.join(lines[:5])}"


def _answer(status: int, sentence: str) -> Response:
    return Response(f"{sentence}\n", status=status, mimetype="text/plain")
