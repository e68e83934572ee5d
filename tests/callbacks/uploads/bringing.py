"""Bringing a file as the page does, without a browser."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

OURS = {"X-Cohort-Explorer": "yes"}
PATIENTS = """\
patient,arm,stage,age,os_days,os_event
P1,A,B,61,412,1
P2,A,C,70,198,1
P3,A,C,,230,0
P4,B,C,55,87,1
P5,B,B,48,640,0
P6,B,C,66,301,1
"""


@dataclass
class Reader:
    """One browser.

    Attributes
    ----------
    client : FlaskClient
        With cookies of its own.
    headers : dict
        That every request has.
    """

    client: object
    headers: dict

    def bring(self, content: str | bytes, name: str = "export.csv"):
        """Bring a file."""
        raw = content.encode() if isinstance(content, str) else content
        path = f"/uploads/files?name={quote(name)}"
        return self.client.post(path, data=raw, headers=OURS | self.headers)

    def say(self, **answers: str):
        """Answer; ``__`` stands for a point."""
        said = {key.replace("__", "."): text for key, text in answers.items()}
        return self.post("answers", json=said)

    def post(self, what: str, **body):
        return self.client.post(f"/uploads/{what}", headers=OURS | self.headers, **body)

    def get(self, path: str):
        return self.client.get(path, headers=self.headers)

    def checked(self) -> str:
        """The id of the study that is made of what was brought."""
        answer = self.post("check")
        assert answer.status_code == 200, answer.text
        return answer.text.partition("?study=")[2].partition('"')[0]


def reader(app, **headers: str) -> Reader:
    """A browser that has never been here."""
    return Reader(app.server.test_client(), {k.replace("_", "-"): v for k, v in headers.items()})
