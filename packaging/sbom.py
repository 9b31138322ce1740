"""The bill of materials of a bundle, as CycloneDX 1.6 JSON: every component, its licence, hashes, and what needs what.

The same bundle gives the same bytes: the serial number comes from the content, the time from whoever calls. Reads the
list that `notices.py` left in the bundle; knows no installed packages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec
from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.contrib.this.builders import this_component
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from app import licences
from app.distributions import canonical

TYPES = {
    "program": ComponentType.APPLICATION,
    "model": ComponentType.MACHINE_LEARNING_MODEL,
    "font": ComponentType.DATA,
    "interpreter": ComponentType.PLATFORM,
}
"""By kind; the others are libraries."""


def write(bundle: Path, target: Path, time: datetime) -> None:
    """Write the bill of materials of the bundle in the folder `bundle`. Raises OSError if a listed file is missing."""
    inside = bundle / "_internal"
    target.write_text(bill(inside, time), encoding="utf-8", newline="\n")


def bill(inside: Path, time: datetime) -> str:
    """The text of it; `inside` is the folder with the bundle's libraries and `licences`."""
    parts = licences.components(inside / "licences")
    bom = Bom(serial_number=UUID(int=0))
    bom.metadata.timestamp = time
    bom.metadata.tools.components.add(this_component())
    made = {part: _component(part, inside) for part in parts}
    program = next(component for part, component in made.items() if part.kind == "program")
    bom.metadata.component = program
    bom.components.update(component for component in made.values() if component is not program)
    bom.register_dependency(program, [component for component in made.values() if component is not program])
    by_name = {canonical(part.name): component for part, component in made.items() if part.kind == "python"}
    for part, component in made.items():
        if part.kind == "python":
            bom.register_dependency(component, [by_name[name] for name in part.requires if name in by_name])
    bom.serial_number = uuid5(NAMESPACE_URL, JsonV1Dot6(bom).output_as_string())
    return f"{JsonV1Dot6(bom).output_as_string(indent=1)}\n"


def _component(part: licences.Component, inside: Path) -> Component:
    reference = part.purl or f"{part.kind}:{canonical(part.name)}"
    return Component(
        name=part.name,
        type=TYPES.get(part.kind, ComponentType.LIBRARY),
        version=part.version or None,
        bom_ref=reference,
        description=part.notice or None,
        licenses=[LicenseFactory().make_from_string(part.licence)] if part.licence else [],
        purl=PackageURL.from_string(part.purl) if part.purl else None,
        external_references=[ExternalReference(type=ExternalReferenceType.WEBSITE, url=XsUri(part.home))]
        if part.home
        else [],
        components=[*(_file(name, inside) for name in part.files), *_built_in(part, reference, inside / "licences")],
    )


def _file(name: str, inside: Path) -> Component:
    with (inside / name).open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return Component(
        name=name,
        type=ComponentType.FILE,
        bom_ref=f"file:{name}",
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest)],
    )


class _Licence(msgspec.Struct):
    id: str = ""
    name: str = ""


class _Terms(msgspec.Struct):
    expression: str = ""
    license: _Licence = msgspec.field(default_factory=_Licence)


class _BuiltIn(msgspec.Struct):
    name: str
    version: str = ""
    purl: str = ""
    licenses: list[_Terms] = []


class _WheelBill(msgspec.Struct):
    """Of a wheel's own bill of materials what we repeat in ours."""

    components: list[_BuiltIn] = []


def _built_in(part: licences.Component, reference: str, texts: Path) -> Iterator[Component]:
    """What was compiled into a wheel, by the wheel's own bills of materials (PEP 770)."""
    for text in part.texts:
        if text.endswith(".json"):
            for one in msgspec.json.decode((texts / text).read_bytes(), type=_WheelBill).components:
                terms = [each.expression or each.license.id or each.license.name for each in one.licenses]
                yield Component(
                    name=one.name,
                    version=one.version or None,
                    bom_ref=f"{reference}#{one.name}@{one.version}",
                    licenses=[LicenseFactory().make_from_string(" AND ".join(terms))] if terms else [],
                    purl=PackageURL.from_string(one.purl) if one.purl else None,
                )
