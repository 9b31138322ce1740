"""The bill of materials: valid CycloneDX, complete, and the same for the same bundle."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
import sbom

from app.licences import LIST, Component

TIME = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
PARTS = [
    Component(name="Espalier", kind="program", version="1.2", licence="MIT"),
    Component(name="Espalier policy", kind="model", version="1.2", licence="MIT", files=("resources/weights",)),
    Component(name="Inter", kind="font", version="3.019", licence="OFL-1.1"),
    Component(name="Python", kind="interpreter", version="3.11.7", licence="PSF-2.0", purl="pkg:generic/python@3.11.7"),
    Component(
        name="Torch", kind="python", version="2+cpu", licence="MIT AND Zlib", purl="pkg:pypi/torch@2%2Bcpu",
        home="https://pytorch.org", requires=("number-py", "not-here"),
    ),
    Component(name="Number_Py", kind="python", purl="pkg:pypi/number-py@3", texts=("number_py/rust.json",)),
    Component(
        name="zlib1g", kind="system", version="1:1.2", licence="as it is", files=("libz.so.1",),
        purl="pkg:deb/debian/zlib1g@1%3A1.2?arch=amd64&distro=debian-12",
    ),
]  # fmt: skip
RUST = {
    "bomFormat": "CycloneDX",
    "metadata": {"tools": [{"name": "of another version"}]},
    "components": [
        {
            "name": "serde",
            "version": "1.0",
            "purl": "pkg:cargo/serde@1.0",
            "licenses": [{"expression": "MIT OR Apache-2.0"}],
        },
        {"name": "libm", "licenses": [{"license": {"id": "MIT"}}]},
    ],
}


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    inside = tmp_path / "espalier" / "_internal"
    (inside / "licences" / "number_py").mkdir(parents=True)
    (inside / "resources").mkdir()
    (inside / "licences" / LIST).write_bytes(msgspec.json.encode(PARTS))
    (inside / "licences" / "number_py" / "rust.json").write_text(json.dumps(RUST))
    (inside / "resources" / "weights").write_bytes(b"weights")
    (inside / "libz.so.1").write_bytes(b"library")
    return inside.parent


def written(bundle: Path, time: datetime = TIME) -> str:
    sbom.write(bundle, bundle / "bill.cdx.json", time)
    return (bundle / "bill.cdx.json").read_text(encoding="utf-8")


@pytest.fixture
def bill(bundle: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(written(bundle))
    return read


def test_it_is_valid(bundle: Path) -> None:
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(written(bundle)) is None


def test_it_is_about_this_program(bill: dict[str, Any]) -> None:
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    about = bill["metadata"]["component"]
    assert (about["name"], about["version"], about["type"]) == ("Espalier", "1.2", "application")
    assert bill["metadata"]["timestamp"] == "2026-01-02T03:04:05+00:00"
    assert bill["metadata"]["tools"]["components"]


def test_every_part_is_there(bill: dict[str, Any]) -> None:
    parts = {part["name"]: part for part in bill["components"]}
    assert parts.keys() == {part.name for part in PARTS} - {"Espalier"}
    assert parts["Espalier policy"]["type"] == "machine-learning-model"
    assert parts["Inter"]["type"] == "data"
    assert parts["Torch"]["purl"] == "pkg:pypi/torch@2%2Bcpu"
    assert parts["zlib1g"]["purl"] == "pkg:deb/debian/zlib1g@1:1.2?arch=amd64&distro=debian-12"
    assert parts["Inter"]["licenses"] == [{"license": {"id": "OFL-1.1"}}]
    assert parts["Torch"]["licenses"] == [{"expression": "MIT AND Zlib"}]
    assert parts["zlib1g"]["licenses"] == [{"license": {"name": "as it is"}}]
    assert parts["Torch"]["externalReferences"] == [{"type": "website", "url": "https://pytorch.org"}]


def test_files_of_the_system_and_of_models_have_their_hash(bill: dict[str, Any]) -> None:
    files = {file["name"]: file for part in bill["components"] for file in part.get("components", [])}
    for name, content in (("libz.so.1", b"library"), ("resources/weights", b"weights")):
        assert files[name]["hashes"] == [{"alg": "SHA-256", "content": hashlib.sha256(content).hexdigest()}]


def test_what_was_compiled_into_a_wheel_is_repeated(bill: dict[str, Any]) -> None:
    (part,) = (part for part in bill["components"] if part["name"] == "Number_Py")
    crates = {crate["name"]: crate for crate in part["components"]}
    assert crates["serde"]["purl"] == "pkg:cargo/serde@1.0"
    assert crates["serde"]["licenses"] == [{"expression": "MIT OR Apache-2.0"}]
    assert crates["libm"]["licenses"] == [{"license": {"id": "MIT"}}]


def test_what_needs_what(bill: dict[str, Any]) -> None:
    needs = {entry["ref"]: set(entry.get("dependsOn", ())) for entry in bill["dependencies"]}
    assert needs["pkg:pypi/torch@2%2Bcpu"] == {"pkg:pypi/number-py@3"}
    assert needs["program:espalier"] == {part["bom-ref"] for part in bill["components"]}


def test_the_same_bundle_has_the_same_bill(bundle: Path) -> None:
    first = written(bundle)
    assert written(bundle) == first
    (bundle / "_internal" / "libz.so.1").write_bytes(b"another")
    assert json.loads(written(bundle))["serialNumber"] != json.loads(first)["serialNumber"]


def test_a_listed_file_that_is_missing_is_an_error(bundle: Path) -> None:
    (bundle / "_internal" / "libz.so.1").unlink()
    with pytest.raises(OSError, match=r"libz\.so\.1"):
        written(bundle)
