"""Why a service or a filter cannot be used appears in the user's language, to the last part of the sentence."""

from __future__ import annotations

import re

import pytest

from twin_plugin.core.common.errors import TwinError
from twin_plugin.core.common.messages import Message, note
from twin_plugin.core.cql2.parse import parse
from twin_plugin.core.services.protocols.json_client import bad, state_of
from twin_plugin.core.web import decode
from twin_plugin.core.web.address import Address, redacted
from twin_plugin.core.web.fetch import Trouble, WebError

URL = "http://h/1?q=" + "&".join(("2", "token=0" + "1" * 8))


@pytest.fixture
def chinese(qgis_app):
    """`localized`, in a Chinese desktop."""
    from twin_plugin.bridge.kernel import translation

    translator = translation.load("zh_CN")
    assert translator is not None, "run tools/translations.sh compile"
    qgis_app.installTranslator(translator)
    yield translation.localized
    qgis_app.removeTranslator(translator)


def raised(error):
    raise error


def network_error():
    from twin_plugin.bridge.net import http

    return http._error(URL, "it redirects more than {redirects} times", Trouble.REFUSED, redirects=5)


@pytest.mark.parametrize(
    "fails",
    [
        lambda: parse("a = "),
        lambda: Address.checked(URL),
        lambda: Address("http://h/").joined("ftp://1/"),
        lambda: decode.json_of(b"[" * 99 + b"]" * 99, Address("http://h/").shown),
        lambda: raised(bad(URL, "has no '{key}'", key="1")),
        lambda: raised(network_error()),
    ],
)
def test_the_whole_sentence_is_chinese(chinese, fails):
    with pytest.raises(TwinError) as caught:
        fails()
    text = chinese(caught.value)
    left = re.sub(r"“[^”]*”|https?:\S*|ftp|http|token|QGIS", "", text)
    assert not re.search(r"[a-zA-Z]{3,}", left), text
    assert "11111111" not in text


def test_a_reason_that_is_redacted_stays_a_message(chinese):
    reason = redacted(state_of(bad(URL, "is empty")).reason)
    assert "11111111" not in reason
    assert "为空" in chinese(reason)


def test_a_secret_across_parts_of_a_message_is_taken_out():
    """What only the whole sentence shows to be a secret is taken out, though the message is lost by it."""
    reason = redacted(Message("the login {name}={value} is wrong", name="password", value="0123456789"))
    assert "0123456789" not in reason


def test_notes_are_messages(chinese):
    notes = []
    note(notes, "Truncated after {limit:,} pages.", limit=1000)
    assert notes == ["Truncated after 1,000 pages."]
    assert chinese(notes[0]) == "在 1,000 页后截断。"
    assert str(WebError(notes[0], Trouble.SERVER)) == notes[0]
