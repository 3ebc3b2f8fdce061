"""What a run under watch came to: it succeeded, or it failed with one sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from .calls import Failure
from .child import Child, ChildError

SENTENCES = {"InputError", "ResourceError", "QgsProcessingException"}
CURES = ("again", "choose", "free", "check", "close", "save")


def sentence(child: Child, function: Callable[..., Any], *arguments: Any, folder: Path, failure: Failure) -> str:
    """Run a function with a failure; "" where it succeeded, else what it said.

    A sentence names a file of the folder and a cure, and is no traceback.
    """
    try:
        child.call(function, *arguments, folder=folder, failure=failure)
    except ChildError as raised:
        error = raised
    else:
        return ""
    said = str(error)
    assert error.kind in SENTENCES, f"{failure}: {error.trace}"
    assert str(folder) in said, f"{failure}: {said}"
    assert any(cure in said.lower() for cure in CURES), f"{failure}: {said}"
    assert "Traceback" not in said
    return said
