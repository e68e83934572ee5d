"""The addresses of the page *Your data*: files come in, what was understood goes out as HTML.

A file comes as the body of a request of its own and goes to the disk piece by piece. Nothing here
names what was brought in an address or in the log.
"""

from __future__ import annotations

import io
import secrets
import threading
import zipfile
from collections.abc import Callable, Iterator

from flask import Flask, Response, abort, request
from markupsafe import Markup

from callbacks.noted import noted
from callbacks.server.ours import only_ours
from callbacks.uploads.own import COOKIE, Own
from callbacks.uploads.reading import Sheets
from data.checking.problems import StudyError
from data.importing.by_format import WORDS, are_adam
from data.sources.held import HOURS, LARGEST, Place
from layouts.shared.html import joined
from layouts.shared.place import below
from layouts.uploads import frame
from layouts.uploads.done import buttons, checked
from layouts.uploads.sheet import by_format, sheet

PATH = "/uploads"
LONGEST_ANSWER = 4000
MOST_ANSWERS = 4000
_CHUNK = 2**18
# Reading a file takes one processor; the other readers of a server want theirs too.
_AT_ONCE = threading.BoundedSemaphore(2)


def register(server: Flask, own: Own) -> None:
    """Register everything under ``/uploads``."""
    server.extensions["own"] = own
    sheets = Sheets(own.reserved)

    def fragment(place: Place | None, *above: Markup, status: int = 200) -> Response:
        """The page as it is now, with something above the sheet."""
        files = place.files if place else []
        parts = [frame.bring(HOURS, LARGEST // 2**20, bool(files)), *above]
        if are_adam(files):
            parts += [buttons(True), by_format(WORDS, [one.name for one in files], place.answers)]
        elif files:
            try:
                with _AT_ONCE:
                    understood = sheets.understood(place)
                parts += [buttons(not understood.questions), sheet(understood)]
            except StudyError as error:
                sentences = [one.sentence for one in error.problems]
                parts += [frame.said(sentences, "This cannot be read:"), buttons(None)]
        return Response(joined(parts), status=status, mimetype="text/html")

    @server.get(PATH)
    def show() -> Response:
        place = own.place()
        done = checked(place.study.name) if place and place.study else None
        return fragment(place, *([done] if done else []))

    @server.post(f"{PATH}/files")
    def bring() -> Response:
        noted("import brought")
        only_ours()
        request.max_content_length = LARGEST + _CHUNK
        token = request.cookies.get(COOKIE, "") or secrets.token_urlsafe(32)
        place = own.place(token)
        name = request.args.get("name", "")
        try:
            own.held.add(place, name, _chunks())
        except StudyError as error:
            sentences = [one.sentence for one in error.problems]
            return fragment(place, frame.said(sentences), status=422)
        own.held.drop_study(place)
        answer = fragment(place)
        answer.set_cookie(
            COOKIE, token, max_age=HOURS * 3600, httponly=True, samesite="Lax", path=below("/")
        )
        return answer

    @server.post(f"{PATH}/answers")
    def answer() -> Response:
        place = _place(own)
        said = request.get_json(silent=True)
        if not isinstance(said, dict) or not all(map(_is_answer, said.items())):
            abort(400)
        answers = place.answers | said
        if len(answers) > MOST_ANSWERS:
            abort(400)
        own.held.say(place, {key: text for key, text in answers.items() if text or key in said})
        own.held.drop_study(place)
        return fragment(place)

    @server.post(f"{PATH}/check")
    def check() -> Response:
        noted("import checked")
        place = _place(own)
        try:
            with _AT_ONCE:
                study = sheets.made(own.held, place)
        except StudyError as error:
            own.held.drop_study(place)
            sentences = [one.sentence for one in error.problems]
            return fragment(place, frame.said(sentences, "This must be mended first:"), status=422)
        return fragment(place, checked(study.name))

    @server.get(f"{PATH}/folder.zip")
    def folder() -> Response:
        noted("import folder")
        place = own.place()
        if place is None or place.study is None:
            abort(404)
        with _AT_ONCE:
            name, text = sheets.named(place)
        packed = _zip(name, text, place)
        headers = {"Content-Disposition": f'attachment; filename="{name}.zip"'}
        return Response(packed, mimetype="application/zip", headers=headers)

    @server.post(f"{PATH}/forget")
    def forget() -> Response:
        noted("import forgotten")
        place = _place(own)
        own.held.forget(place)
        own.tidy()
        answer = fragment(None)
        answer.delete_cookie(COOKIE, path=below("/"), httponly=True, samesite="Lax")
        return answer


def _place(own: Own) -> Place:
    only_ours()
    place = own.place()
    if place is None or not place.files:
        abort(404)
    return place


def _is_answer(pair: tuple) -> bool:
    return all(isinstance(one, str) and len(one) <= LONGEST_ANSWER for one in pair)


def _chunks() -> Iterator[bytes]:
    read: Callable[[int], bytes] = request.stream.read
    while chunk := read(_CHUNK):
        yield chunk


def _zip(name: str, text: str, place: Place) -> bytes:
    """A study's folder as one file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}/study.toml", text)
        for path in sorted(place.study.iterdir()):
            if path.name != "study.toml":
                archive.write(path, f"{name}/{path.name}")
    return packed.getvalue()
