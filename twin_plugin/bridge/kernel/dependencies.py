"""Which Python packages are missing, and how pip puts them into the user's profile without touching QGIS's numpy."""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import os
import re
import shutil
import uuid
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ...core.common import interpreter
from ...core.common.errors import ResourceError, unwritable
from . import runtime
from .resources import PLUGIN

_LINE = re.compile(r"^(?P<name>[A-Za-z0-9_.-]+)(?P<limits>[^#;]*)")


@dataclass(frozen=True)
class Requirement:
    """A package that the plugin needs: its name, also that of its module, and the limits of its version."""

    name: str
    limits: str

    def met(self) -> bool:
        """Whether a version within the limits can be imported."""
        if importlib.util.find_spec(self.name) is None:
            return False
        try:
            have = _numbers(importlib.metadata.version(self.name))
        except importlib.metadata.PackageNotFoundError:
            return True
        for sign, text in re.findall(r"(>=|<)\s*([0-9.]+)", self.limits):
            limit = _numbers(text)
            if (sign == ">=" and have < limit) or (sign == "<" and have >= limit):
                return False
        return True


@dataclass(frozen=True)
class Install:
    """A pip run: what to start, with what, and where its packages gather before they are put in place."""

    program: str
    arguments: list[str]
    staging: Path


def requirements() -> list[Requirement]:
    """What requirements.txt asks for."""
    lines = (PLUGIN / "requirements.txt").read_text(encoding="utf-8").splitlines()
    matches = (_LINE.match(line.strip()) for line in lines if line.strip() and not line.startswith("#"))
    return [Requirement(match["name"], match["limits"].strip()) for match in matches if match]


def missing() -> list[Requirement]:
    """The requirements that are not met, in the file's order."""
    importlib.invalidate_caches()
    return [requirement for requirement in requirements() if not requirement.met()]


def prepare_install(folder: Path | None = None) -> Install:
    """The pip command that gathers all requirements in a new folder beside the final one.

    Raises
    ------
    ResourceError
        When the profile cannot be written, or QGIS's Python is not found.
    """
    final = folder or runtime.packages_folder()
    staging = final.with_name(f".{final.name}-{uuid.uuid4().hex[:8]}")
    try:
        staging.mkdir(parents=True)
        constraint = staging / "constraint.txt"
        constraint.write_text(f"numpy=={np.__version__}\n", encoding="utf-8")
    except OSError as error:
        raise unwritable(final.parent, error) from error
    arguments = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    arguments += ["--target", str(staging / "packages"), "-c", str(constraint), "-r", str(PLUGIN / "requirements.txt")]
    return Install(str(interpreter.find()), arguments, staging)


def finish_install(install: Install, folder: Path | None = None) -> None:
    """Put what pip gathered in place, without numpy, and let this process find it.

    Raises
    ------
    ResourceError
        When pip left nothing, or the old packages are in use and cannot be moved.
    """
    final = folder or runtime.packages_folder()
    packages = install.staging / "packages"
    if not packages.is_dir():
        discard_install(install)
        raise ResourceError("pip installed nothing: open the details for its words, and check the network and proxy.")
    for extra in packages.glob("numpy*"):
        shutil.rmtree(extra, ignore_errors=True)
    old = install.staging / "old"
    try:
        if final.exists():
            os.replace(final, old)
        os.replace(packages, final)
    except OSError as error:
        raise ResourceError(
            "The packages in '{final}' could not be replaced ({strerror}): restart QGIS and install again.",
            final=final,
            strerror=error.strerror,
        ) from error
    discard_install(install)
    runtime.prepare()
    importlib.invalidate_caches()


def discard_install(install: Install) -> None:
    """Remove what a failed or cancelled run left."""
    shutil.rmtree(install.staging, ignore_errors=True)


def _numbers(version: str) -> tuple[int, ...]:
    found = re.match(r"\d+(\.\d+)*", version)
    return tuple(int(part) for part in found.group().split(".")) if found else (0,)
