"""Replies of hostile and of clumsy servers: refused in a sentence, or read right."""

from __future__ import annotations

import json
import math

import pytest

from twin_plugin.core.web import decode
from twin_plugin.core.web.decode import SIZE_LIMIT, json_of, mapping_of, rows_of, xml_of
from twin_plugin.core.web.fetch import Reply, Trouble, WebError

WHAT = "The reply of 'http://h/x'"


def refused(function, body, trouble=Trouble.BAD_REPLY, **limits):
    with pytest.raises(WebError) as caught:
        function(body, WHAT, **limits)
    assert caught.value.trouble is trouble
    assert str(caught.value).startswith(WHAT)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_chinese_json_is_read_in_its_encoding(encoding):
    value = {"名称": "南山区雨量站", "值": [1, 2.5, None, True]}
    assert json_of(json.dumps(value, ensure_ascii=False).encode(encoding), WHAT) == value


def test_the_declared_encoding_counts_where_it_is_not_utf8():
    body = '{"a": "Größe"}'.encode("cp1252")
    assert json_of(Reply("http://h", 200, body, "application/json; charset=ISO-8859-1"), WHAT) == {"a": "Größe"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "{",
        '{"a":',
        "[1, NaN]",
        "[Infinity]",
        "[-Infinity]",
        "[1e999]",
        "[" + "9" * 400 + ".5]",
        "[1,]",
        "<html>",
        "[" + "1" * 5000 + "]",
        '{"a": "un',
        "nul",
        '"\x00"',
    ],
)
def test_bad_json_is_refused(text):
    refused(json_of, text.encode())


def test_a_large_exponent_in_a_text_is_only_text():
    assert json_of(b'{"a": "1e999", "b": 1e-400, "c": 1e300}', WHAT) == {"a": "1e999", "b": 0.0, "c": 1e300}


def test_deep_json_is_refused_before_it_is_parsed():
    refused(json_of, b"[" * 100_000 + b"]" * 100_000)
    refused(json_of, b'{"a":' * 65 + b"1" + b"}" * 65)
    refused(json_of, b"[" * 5_000_000)
    value = json_of(b"[" * 64 + b"]" * 64, WHAT)
    assert value


def test_brackets_in_texts_are_no_depth():
    hidden = json.dumps(["]" * 100, "[" * 100, '\\"[', "\\"] * 50)
    assert json_of(hidden.encode(), WHAT) == json.loads(hidden)
    refused(json_of, ('["]]]]", ' * 65 + "1" + "]" * 65).encode())


def test_equal_keys_and_half_surrogates_do_no_harm():
    assert json_of(b'{"a": 1, "a": 2}', WHAT) == {"a": 2}
    value = json_of(rb'{"\ud800": ["x\udc00y", "\ud83d\ude00"]}', WHAT)
    assert value == {"\ufffd": ["x\ufffdy", "\U0001f600"]}
    json.dumps(value, ensure_ascii=False).encode("utf-8")


def test_size_is_limited():
    assert "64 MB" in refused(json_of, b" " * (SIZE_LIMIT + 1), Trouble.TOO_LARGE)
    refused(json_of, b"[1, 2, 3]", Trouble.TOO_LARGE, size_limit=5)
    refused(xml_of, b"<a></a>", Trouble.TOO_LARGE, size_limit=5)


def test_objects_and_their_rows():
    assert mapping_of(b'{"a": [1, {"b": 2}, null]}', WHAT) == {"a": [1, {"b": 2}, None]}
    assert rows_of({"a": [1, {"b": 2}, None]}, "a") == [{"b": 2}]
    assert rows_of({"a": "text"}, "a") == rows_of({}, "a") == []
    refused(mapping_of, b"[1]")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "GBK", "gb2312", "utf-16", "big5"])
def test_chinese_xml_is_read_in_its_encoding(encoding):
    text = f"<?xml version='1.0' encoding='{encoding}'?><a 名='雨'>南山</a>"
    root = xml_of(text.encode(encoding), WHAT)
    assert (root.text, root.get("名")) == ("南山", "雨")


def test_xml_without_or_with_a_wrong_declaration():
    assert xml_of("<a>南山</a>".encode("gb18030"), WHAT).text == "南山"
    assert xml_of("\ufeff<?xml version='1.0' encoding='GB2312'?>\n<a>南山</a>".encode(), WHAT).text == "南山"
    reply = Reply("http://h", 200, "<a>Größe</a>".encode("latin-1"), "text/xml; charset=iso-8859-1")
    assert xml_of(reply, WHAT).text == "Größe"


LAUGHS = """<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;">
<!ENTITY lol3 "&lol2;&lol2;&lol2;&lol2;">]><lolz>&lol3;</lolz>"""


@pytest.mark.parametrize(
    "text",
    [
        LAUGHS,
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:1/x">%p;]><a/>',
        "<!-- first -->\n<!DOCTYPE a><a/>",
        "<a>&unknown;</a>",
    ],
)
def test_document_types_and_entities_are_refused(text):
    shown = refused(xml_of, text.encode())
    assert "root:" not in shown


def test_the_document_type_is_refused_before_its_entities_are_read():
    assert "DOCTYPE" in refused(xml_of, LAUGHS.encode())
    assert "DOCTYPE" in refused(xml_of, LAUGHS.encode("utf-16"))


@pytest.mark.parametrize("text", ["", "<a>", "<a><b></a>", "<a/><b/>", "text", "<!DOCTYPE html><html></html>", "\x00"])
def test_bad_xml_is_refused(text):
    refused(xml_of, text.encode())


def test_deep_xml_is_refused():
    refused(xml_of, b"<a>" * 100_000 + b"</a>" * 100_000)
    refused(xml_of, b"<a>" * 65 + b"</a>" * 65)
    assert xml_of(b"<a>" * 64 + b"</a>" * 64, WHAT).tag == "a"


def test_numbers_come_back_as_numbers():
    value = json_of(b"[0.1, -3, 12345678901234567890]", WHAT)
    assert value == [0.1, -3, 12345678901234567890]
    assert all(math.isfinite(number) for number in value)


def test_millions_of_empty_objects_are_refused_before_they_are_made():
    assert "lists and objects" in refused(json_of, b"[" + b"{}," * 3_100_000 + b"{}]", Trouble.TOO_LARGE)
    assert json_of(b'["' + b"[{" * 2_000_000 + b'"]', WHAT), "in a text they are letters"


@pytest.mark.parametrize("quote", ['"', "'"])
@pytest.mark.parametrize("value", ["1", ">"])
@pytest.mark.parametrize("end", ["/>", ""])
def test_millions_of_attributes_are_refused_before_they_are_read(quote, value, end):
    """One tag of 60 MB took a minute and 1.5 GB, and let nothing else run."""
    attributes = " ".join(f"a{number}={quote}{value}{quote}" for number in range(300_000))
    with pytest.raises(WebError, match="a tag of more than") as caught:
        decode.xml_of(f"<a {attributes}{end}".encode(), "It")
    assert caught.value.trouble is Trouble.BAD_REPLY


def test_attributes_are_counted(monkeypatch):
    many = " ".join(f'a{number}="1"' for number in range(decode.ATTRIBUTES_LIMIT + 1))
    with pytest.raises(WebError, match="more than 200 attributes"):
        decode.xml_of(f"<a {many}/>".encode(), "It")
    monkeypatch.setattr(decode, "ALL_ATTRIBUTES_LIMIT", 100)
    assert len(decode.xml_of(("<r>" + '<a b="1"/>' * 100 + "</r>").encode(), "It")) == 100
    with pytest.raises(WebError, match="more than 100 attributes"):
        decode.xml_of(("<r>" + '<a b="1"/>' * 101 + "</r>").encode(), "It")


@pytest.mark.parametrize(
    "text", ["x=1>'\"" * 50_000, "<![CDATA[" + "a='>\"" * 50_000 + "]]>", "<!--" + "a='1' " * 50_000 + "-->"]
)
def test_long_texts_are_no_tags(text):
    assert decode.xml_of(f'<a b=">">{text}</a>'.encode(), "It").get("b") == ">"


def test_millions_of_values_are_refused_before_they_are_made(monkeypatch):
    monkeypatch.setattr(decode, "PARTS_LIMIT", 1_000)
    assert len(decode.json_of(b"[" + b"1," * 1_000 + b"1]", "It")) == 1_001
    assert decode.json_of(b'["' + b"," * 5_000 + b'"]', "It") == ["," * 5_000]
    with pytest.raises(WebError, match="more than 1,000 values") as caught:
        decode.json_of(b"[" + b"1," * 1_001 + b"1]", "It")
    assert caught.value.trouble is Trouble.TOO_LARGE
