"""``sbom.cdx.json``: all that the product is made of, as CycloneDX, for programs that look it up.

    python -m tests.libraries.sbom sbom.cdx.json

The same lock gives the same bytes: nothing in it depends on when or where it was written.
"""

from __future__ import annotations

import hashlib
import sys
import tomllib
import uuid
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

from tests.image.dockerfile import ROOT
from tests.libraries.locked import (
    File,
    Library,
    brought_by_dash,
    licence,
    locked,
    vendored,
)

_LICENCES = LicenseFactory()


def sbom() -> str:
    """The list as JSON of CycloneDX 1.6."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    libraries = locked()
    made = {one.name: _library(one) for one in libraries}
    files = [_file(one) for one in vendored()]
    own = Component(
        type=ComponentType.APPLICATION,
        name=project["name"],
        version=project["version"],
        description=project["description"],
        bom_ref=project["name"],
    )
    bom = Bom(components=[*made.values(), *files])
    bom.metadata.component = own
    bom.register_dependency(own, [made[one.name] for one in libraries if one.named] + files)
    for library in libraries:
        needs = [made[one.name] for one in libraries if library.name in one.needed_by]
        bom.register_dependency(made[library.name], needs)
    # Otherwise it would be the moment, and a number that nobody ever gave before.
    bom.metadata.timestamp = None
    bom.metadata.properties.add(Property(name="cdx:reproducible", value="true"))
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    contents = "\n".join([lock, *(one.sha256 for one in vendored())])
    bom.serial_number = uuid.uuid5(uuid.NAMESPACE_OID, contents)
    writer = make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6)
    return writer.output_as_string(indent=1) + "\n"


def _library(one: Library) -> Component:
    parts = [_script(*script) for script in brought_by_dash()] if one.name == "dash" else ()
    return Component(
        name=one.name,
        version=one.version,
        bom_ref=f"{one.name}=={one.version}",
        purl=PackageURL("pypi", None, one.name, one.version),
        # Each is of one of the files in which the version is published.
        hashes=[_hash(text) for text in one.hashes],
        licenses=[_LICENCES.make_from_string(licence(one.name))],
        scope=ComponentScope.REQUIRED if one.in_image else ComponentScope.EXCLUDED,
        components=parts,
    )


def _script(name: str, version: str, path: Path) -> Component:
    return Component(
        name=name,
        version=version,
        bom_ref=f"dash/{name}@{version}",
        purl=PackageURL("npm", None, name, version),
        hashes=[_hash(hashlib.sha256(path.read_bytes()).hexdigest())],
        licenses=[_LICENCES.make_from_string("MIT")],
    )


def _file(one: File) -> Component:
    script = one.place.endswith(".js")
    return Component(
        type=ComponentType.LIBRARY if script else ComponentType.FILE,
        name=one.name if script else one.place,
        version=one.version or None,
        bom_ref=one.place,
        purl=PackageURL("npm", None, one.name, one.version) if script else None,
        hashes=[_hash(one.sha256)],
        licenses=[_LICENCES.make_from_string(one.licence)],
        properties=[Property(name="hcc:file", value=one.place)],
    )


def _hash(text: str) -> HashType:
    return HashType(alg=HashAlgorithm.SHA_256, content=text)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(sbom(), "utf-8")
