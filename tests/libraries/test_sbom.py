"""The list for programs holds every locked library with version, hashes and licence."""

from __future__ import annotations

import json
import re

import pytest

from tests.image.dockerfile import ROOT
from tests.libraries.sbom import sbom


@pytest.fixture(scope="module")
def text() -> str:
    return sbom()


@pytest.fixture(scope="module")
def found(text) -> dict:
    return json.loads(text)


def test_every_locked_library_is_in_it_with_all_its_hashes(found):
    """Read from the lock in another way than the list is made."""
    lock, hashes = {}, set()
    for line in (ROOT / "requirements.lock").read_text("utf-8").splitlines():
        if match := re.match(r"^([a-z0-9._-]+)==(\S+)", line):
            hashes = lock.setdefault(f"pkg:pypi/{match[1]}@{match[2]}", set())
        elif match := re.search(r"--hash=sha256:(\w+)", line):
            hashes.add(match[1])
    assert len(lock) > 40
    listed = {
        one["purl"]: {each["content"] for each in one["hashes"]}
        for one in found["components"]
        if one.get("purl", "").startswith("pkg:pypi/")
    }
    assert listed == lock


def test_the_drawing_library_is_in_it_as_it_is_checked(found):
    digest, name = (ROOT / "assets" / "vendor" / "checksums.txt").read_text("utf-8").split()
    (one,) = (c for c in found["components"] if c["name"].startswith("plotly.js"))
    assert one["hashes"] == [{"alg": "SHA-256", "content": digest}]
    assert one["licenses"] == [{"license": {"id": "MIT"}}]
    assert one["version"] in name
    assert one["properties"] == [{"name": "hcc:file", "value": f"assets/vendor/{name}"}]


def test_the_scripts_that_dash_brings_are_parts_of_it(found):
    (dash,) = (one for one in found["components"] if one["name"] == "dash")
    assert {"react", "react-dom"} <= {one["name"] for one in dash["components"]}


def test_everything_says_its_licence_and_whether_the_image_has_it(found):
    by_name = {one["name"]: one for one in found["components"]}
    assert all(one["licenses"] for one in by_name.values())
    assert by_name["lifelines"]["scope"] == "required"
    assert by_name["matplotlib"]["scope"] == "excluded"


def test_what_needs_what(found):
    needs = {one["ref"]: one.get("dependsOn", []) for one in found["dependencies"]}
    assert any(ref.startswith("lifelines==") for ref in needs["hcc-cohort-explorer"])
    (lifelines,) = (refs for name, refs in needs.items() if name.startswith("lifelines=="))
    assert any(ref.startswith("autograd==") for ref in lifelines)


def test_the_same_lock_gives_the_same_bytes(text):
    assert sbom() == text
    assert "timestamp" not in text
