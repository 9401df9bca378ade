"""The locks pin everything by hash, agree with each other, and name no address."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest

from tests.project.files import ROOT

LOCKS = ["requirements.lock", "requirements-dev.lock"]
PIN = re.compile(r"^([a-z0-9-]+)(?:\[[a-z0-9,-]+\])?==([^ ;]+)(?: ; (.+?))? \\$", re.MULTILINE)


def pins(lock: str) -> dict[tuple[str, str], str]:
    """Return the version of each package under each condition."""
    text = (ROOT / lock).read_text()
    return {(name, condition): version for name, version, condition in PIN.findall(text)}


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def names(requirements: list[str]) -> set[str]:
    found = (re.match(r"[\w.-]+", each) for each in requirements)
    return {re.sub(r"[-_.]+", "-", each[0]).lower() for each in found if each}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_no_address_and_no_setting(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert [line for line in text.splitlines() if line.startswith(("-", "#"))] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_is_a_pin_or_its_hash(lock: str) -> None:
    lines = (ROOT / lock).read_text().splitlines()
    hashes = [
        line for line in lines if re.fullmatch(r" {4}--hash=sha256:[0-9a-f]{64}(?: \\)?", line)
    ]
    assert len(pins(lock)) + len(hashes) == len(lines)
    assert len(hashes) >= len(pins(lock)) > 0


def test_the_demonstration_and_the_tests_use_the_same_versions() -> None:
    run = {name: version for (name, _), version in pins("requirements.lock").items()}
    dev = {name: version for (name, _), version in pins("requirements-dev.lock").items()}
    assert {name: dev.get(name) for name in run} == run


def test_every_dependency_is_locked() -> None:
    about, groups = project()["project"], project()["dependency-groups"]
    run = about["dependencies"] + about["optional-dependencies"]["web"] + groups["build"]
    locked = {lock: {name for name, _ in pins(lock)} for lock in LOCKS}
    assert names(run) - locked["requirements.lock"] == set()
    assert names(run + groups["dev"]) - locked["requirements-dev.lock"] == set()


def test_the_build_backend_is_locked() -> None:
    wanted = names(project()["build-system"]["requires"])
    assert wanted <= {name for name, _ in pins("requirements.lock")}
