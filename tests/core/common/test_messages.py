"""Sentences that keep their template and values."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.messages import Message
from twin_plugin.core.web import secrets
from twin_plugin.core.web.fetch import Trouble, WebError


def test_a_message_is_its_text_and_remembers_its_parts():
    message = Message(
        "{count:,} cells of {size:g} m in '{path}'", count=np.int64(1200), size=np.float32(2), path=Path("a")
    )
    assert message == "1,200 cells of 2 m in 'a'"
    assert message.template.startswith("{count:,} cells")
    assert message.values["path"] == "a"


def test_braces_without_values_are_only_braces():
    assert Message("a {template} for {z}/{x}/{y}") == "a {template} for {z}/{x}/{y}"


def test_an_error_gives_its_message_and_survives_a_process_boundary():
    error = pickle.loads(pickle.dumps(InputError("The grid '{name}' is empty.", name="市")))  # noqa: S301
    assert str(error) == "The grid '市' is empty."
    assert isinstance(str(error), Message)
    assert str(error).values == {"name": "市"}


def test_messages_inside_messages_stay_messages():
    inner = InputError("It has {n} rows.", n=3)
    outer = pickle.loads(pickle.dumps(Message("The table cannot be used. {error}", error=inner)))  # noqa: S301
    assert outer == "The table cannot be used. It has 3 rows."
    assert outer.values["error"].template == "It has {n} rows."
    joined = Message.joined([outer, "text {of} others"])
    assert joined == "The table cannot be used. It has 3 rows. text {of} others"
    assert joined.values["part0"].values == outer.values


def test_secrets_leave_the_values_too():
    secrets.remember("s3cr3t-token")
    error = WebError("'{url}' refused.", Trouble.DENIED, url="http://a/?key=s3cr3t-token")
    assert "s3cr3t" not in str(error)
    assert "s3cr3t" not in repr(error.message.values)
    assert error.message.template == "'{url}' refused."
