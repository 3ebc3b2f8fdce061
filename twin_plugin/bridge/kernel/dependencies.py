"""Which Python packages are missing, and how pip puts them into the user's profile without touching QGIS's own."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import sys
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from qgis.core import QgsNetworkAccessManager
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtNetwork import QNetworkProxy

from ...core.common import interpreter
from ...core.common.errors import ResourceError, unwritable
from . import compat, pins, removal, runtime
from .pins import Requirement

DOWNLOAD_MB, INSTALLED_MB, MINUTES = 120, 420, (1, 5)
"""Of all packages that Debian's QGIS lacks, measured with Python 3.11 on Linux; other systems differ by some 20 %. The
download takes most of the time, so that it depends on the network."""

_KEPT_OF_PIP = {
    "PIP_CACHE_DIR",
    "PIP_CERT",
    "PIP_CLIENT_CERT",
    "PIP_CONFIG_FILE",
    "PIP_DEFAULT_TIMEOUT",
    "PIP_EXTRA_INDEX_URL",
    "PIP_FIND_LINKS",
    "PIP_INDEX_URL",
    "PIP_NO_INDEX",
    "PIP_PROXY",
    "PIP_RETRIES",
    "PIP_TIMEOUT",
    "PIP_TRUSTED_HOST",
}
"""Where pip gets packages from, and how it gets there: the user's own choice, and the hashes hold whatever it is."""


@dataclass(frozen=True)
class Install:
    """A pip run: what to start, with what, and where its packages gather before they are put in place.

    Attributes
    ----------
    program : str
    arguments : list of str
    staging : Path
        A new folder of ours: pip's working folder, so that no file of another folder can stand for a module.
    environment : dict of str to str
        All variables of the process.
    """

    program: str
    arguments: list[str]
    staging: Path
    environment: dict[str, str] = field(default_factory=dict)


def found(name: str) -> bool:
    """Whether a module lies where this process looks for modules; one that was loaded and then removed does not."""
    finders = (finder for finder in sys.meta_path if hasattr(finder, "find_spec"))
    return any(finder.find_spec(name, None) is not None for finder in finders)


def lacking(names: Iterable[str]) -> list[str]:
    """Those of some packages that an installation would bring: not there, or installed by an older plugin."""
    outdated = {requirement.name for requirement in missing()}
    return [name for name in names if name in outdated or not found(pins.module(name))]


def unfit(names: Iterable[str]) -> tuple[Requirement, str] | None:
    """The first of some packages that QGIS's own Python brings in a version with which tools fail, and that version.

    An older one lacks what the plugin calls. A newer one than was tested is taken, except a shapely that calls
    functions which the GEOS of QGIS's programs lacks: its polygons come out wrong.
    """
    for requirement in unsuited():
        version = importlib.metadata.version(requirement.name)
        wrong_geos = requirement.name == "shapely" and compat.geos_lacks_measures()
        if requirement.name in names and (wrong_geos or not requirement.new_enough(version)):
            return requirement, version
    return None


def met(requirement: Requirement) -> bool:
    """Whether a version within the limits can be imported."""
    if not found(requirement.module):
        return False
    try:
        return requirement.allows(importlib.metadata.version(requirement.name))
    except importlib.metadata.PackageNotFoundError:
        return True


def missing() -> list[Requirement]:
    """The requirements that are not met and that an installation would meet, in the file's order."""
    unmet, own = _unmet()
    return [requirement for requirement in unmet if pins.normalized(requirement.name) not in own]


def unsuited() -> list[Requirement]:
    """The requirements that QGIS's own Python meets with another version: it comes first, so none can be installed."""
    unmet, own = _unmet()
    return [requirement for requirement in unmet if pins.normalized(requirement.name) in own]


def _unmet() -> tuple[list[Requirement], set[str]]:
    runtime.look_for_modules_again()
    unmet = [requirement for requirement in pins.requirements() if not met(requirement)]
    return unmet, set(pins.brought(runtime.packages_folder())) if unmet else set()


def prepare_install(folder: Path | None = None) -> Install:
    """The pip command that gathers what QGIS lacks in a new folder beside the final one.

    pip runs isolated: it imports nothing from the current folder, from PYTHONPATH or from the user's site-packages, and
    takes only wheels whose hash is in requirements-pinned.txt.

    Raises
    ------
    ResourceError
        When the profile cannot be written, or QGIS's Python is not found.
    """
    final = folder or runtime.packages_folder()
    staging = removal.aside(final, uuid.uuid4().hex[:8])
    try:
        staging.mkdir(parents=True)
        wanted = staging / "requirements.txt"
        wanted.write_text(pins.lacking(final), encoding="utf-8")
    except OSError as error:
        raise unwritable(final.parent, error) from error
    arguments = [
        *interpreter.OPTIONS,
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--no-input",
        "--progress-bar",
        "off",
    ]
    arguments += ["--require-hashes", "--only-binary", ":all:", "--no-deps"]
    arguments += ["--target", str(staging / "packages"), "-r", str(wanted)]
    return Install(str(interpreter.find()), arguments, staging, pip_environment())


def pip_environment() -> dict[str, str]:
    """The environment of a child without what redirects pip, and with QGIS's proxy if it has one.

    The sources of packages and proxies that the user gave pip stay, in variables and in pip's own configuration.
    """
    everything = interpreter.isolated_environment()
    kept = {
        name: value
        for name, value in everything.items()
        if not name.upper().startswith("PIP_") or name.upper() in _KEPT_OF_PIP
    }
    # They win over pip's configuration, where neither would go with a folder of our own.
    kept |= {"PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"}
    proxy = _proxy()
    if proxy:
        for name in ("HTTP_PROXY", "HTTPS_PROXY"):
            if not {name, name.lower()} & kept.keys():
                kept[name] = proxy
    return kept


def _proxy() -> str:
    """The address of QGIS's HTTP proxy with its login, '' for none or another kind."""
    proxy = QgsNetworkAccessManager.instance().fallbackProxy()
    kinds = (QNetworkProxy.ProxyType.HttpProxy, QNetworkProxy.ProxyType.HttpCachingProxy)
    if proxy.type() not in kinds or not proxy.hostName():
        return ""
    url = QUrl()
    url.setScheme("http")
    url.setHost(proxy.hostName())
    url.setPort(proxy.port())
    url.setUserName(proxy.user())
    url.setPassword(proxy.password())
    return url.toString(QUrl.ComponentFormattingOption.FullyEncoded)


def finish_install(install: Install, folder: Path | None = None) -> None:
    """Put what pip gathered in place, and let this process find it.

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
    removal.keep(final)
    discard_install(install)
    runtime.prepare()
    runtime.look_for_modules_again()


def discard_install(install: Install) -> None:
    """Remove what a failed or cancelled run left."""
    shutil.rmtree(install.staging, ignore_errors=True)
