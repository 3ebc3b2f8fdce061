"""Replies of hostile and of clumsy servers: refused in a sentence, or read right."""

from __future__ import annotations

import gzip
import json
import math

import pytest

from twin_plugin.core.common.remarks import collected
from twin_plugin.core.web import decode, xml_tree
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
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:1/x">%p;]><a/>',
        '<!DOCTYPE a SYSTEM "a.dtd"><a>&nbsp;</a>',
        '<!DOCTYPE a SYSTEM "a.dtd" [%p; <!ENTITY b "c">]><a>&b;</a>',
        '<!DOCTYPE a [<!ENTITY b "c">]><a/>',
        '<!DOCTYPE a [<!NOTATION n SYSTEM "x"><!ENTITY b SYSTEM "y" NDATA n>]><a/>',
        "<a>&unknown;</a>",
    ],
)
def test_entities_are_refused(text):
    shown = refused(xml_of, text.encode())
    assert "root:" not in shown


def test_entities_are_refused_where_they_are_declared():
    assert "DOCTYPE" in refused(xml_of, LAUGHS.encode())
    assert "DOCTYPE" in refused(xml_of, LAUGHS.encode("utf-16"))


@pytest.mark.parametrize("text", ["", "<a>", "<a><b></a>", "text", "<!DOCTYPE html><html></html>", "\x00"])
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
    many = " ".join(f'a{number}="1"' for number in range(xml_tree.ATTRIBUTES_LIMIT + 1))
    with pytest.raises(WebError, match="more than 200 attributes"):
        decode.xml_of(f"<a {many}/>".encode(), "It")
    monkeypatch.setattr(xml_tree, "ALL_ATTRIBUTES_LIMIT", 100)
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


def remarked(function, body):
    """The value of a reply, and what was remarked about it."""
    with collected() as found:
        value = function(body, WHAT)
    return value, " ".join(found.texts())


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 400 + ".5"])
def test_numbers_that_are_none_are_left_empty_and_remarked(text):
    value, said = remarked(json_of, f'{{"rows": [1.5, {text}, {{"a": {text}}}]}}'.encode())
    assert value == {"rows": [1.5, None, {"a": None}]}
    assert "holds 2 numbers" in said


DTD = "http://schemas.opengis.net/wms/1.1.1/WMS_MS_Capabilities.dtd"


@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE a SYSTEM "{DTD}">',
        f'<!-- first -->\n<!DOCTYPE a PUBLIC "-//x//y" "{DTD}">',
        f'<!DOCTYPE a SYSTEM "{DTD}"\n [\n <!ELEMENT VendorSpecificCapabilities EMPTY>\n ]>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
    ],
)
def test_a_document_type_without_entities_is_read_over(doctype):
    root, said = remarked(xml_of, f'<?xml version="1.0"?>\n{doctype}\n<a x="1 &lt; 2">&amp;<b/></a>'.encode())
    assert (root.tag, root.get("x"), root.text, root[0].tag, said) == ("a", "1 < 2", "&", "b", "")


def test_a_document_type_adds_no_attributes():
    """Each of two million elements would get a default of 60 kB."""
    default = "x" * 60_000
    root = xml_of(f'<!DOCTYPE a [<!ATTLIST b c CDATA "{default}">]><a><b/><b d="1"/></a>'.encode(), WHAT)
    assert [part.attrib for part in root] == [{}, {"d": "1"}]
    assert "100,000 bytes" in refused(xml_of, b"<!DOCTYPE a [" + b"<!ELEMENT b EMPTY>" * 20_000 + b"]><a/>")


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("windows-1250", "Obce a města Česk\u00e9"),
        ("ISO-8859-2", "Łódź Kraków"),
        ("EUC-KR", "서울 하\ucc9c"),
        ("EUC-JP", "東\u4eac"),
        ("KOI8-R", "Москв\u0430"),
        ("ISO-2022-JP", "東\u4eac"),
        ("TIS-620", "ไท\u0e22"),
    ],
)
def test_declared_encodings_count(encoding, text):
    xml = f'<?xml version="1.0" encoding="{encoding}"?><a>{text}</a>'.encode(encoding)
    assert remarked(xml_of, xml)[0].text == text
    assert remarked(xml_of, xml)[1] == ""
    reply = Reply(
        "http://h", 200, json.dumps([text], ensure_ascii=False).encode(encoding), f"a/json; charset={encoding}"
    )
    assert remarked(json_of, reply) == ([text], "")


@pytest.mark.parametrize("encoding", ["utf-7", "idna", "unicode_escape", "rot13", "hex", "x-unknown", "undefined"])
def test_forms_of_escaping_are_no_encodings(encoding):
    text = "+ADw-b/+AD4- xn--a \\u003cb"
    assert xml_of(f'<?xml version="1.0" encoding="{encoding}"?><a>{text}</a>'.encode(), WHAT).text == text
    with pytest.raises(WebError):
        xml_of(b'<?xml version="1.0" encoding="' + encoding.encode() + b'"?><a>\x81</a>\x81\x81', WHAT)


def test_a_stray_byte_is_replaced_and_the_rest_is_right():
    root, said = remarked(xml_of, "<a><b>深圳市水务局</b><b>Stra@@e</b></a>".encode().replace(b"@@", b"\xdf"))
    assert [part.text for part in root] == ["深圳市水务\u5c40", "Stra\ufffde"]
    assert "holds 1 bytes" in said


def test_an_encoding_that_is_guessed_is_remarked():
    chinese, said = remarked(xml_of, "<a>南山雨量站</a>".encode("gb18030"))
    assert chinese.text == "南山雨量\u7ad9"
    assert "gb18030" in said
    german, said = remarked(xml_of, "<a>Größe über Straße, München, Köln</a>".encode("cp1252"))
    assert german.text.endswith("München, Köln")
    assert "cp1252" in said


@pytest.mark.parametrize(
    "rest", [b"\n<!-- generated in 3 s -->\n\x00", b"\n<br />\n<b>Notice</b>: Undefined index", b"<b/>"]
)
def test_what_follows_the_end_is_left_out(rest):
    root, said = remarked(xml_of, b"<a><c/></a>" + rest)
    assert [part.tag for part in root] == ["c"]
    assert ("goes on after its end" in said) == (b"<b" in rest)


def test_gzip_that_no_header_tells():
    assert xml_of(gzip.compress(b"<a/>"), WHAT).tag == "a"
    assert json_of(gzip.compress(b"[1]"), WHAT) == [1]
    assert "cut off" in refused(xml_of, gzip.compress(b"<a>" + bytes(range(65, 90)) * 99 + b"</a>")[:-20])
    refused(xml_of, gzip.compress(b" " * (SIZE_LIMIT + 1)), Trouble.TOO_LARGE)


def test_capabilities_of_thousands_of_layers_with_many_boxes_are_read():
    """5,000 layers with 45 boxes each, as of a national WMS."""
    boxes = '<BoundingBox CRS="EPSG:4490" minx="22" miny="113" maxx="23" maxy="114"/>' * 45
    root = xml_of(f"<r>{f'<Layer>{boxes}</Layer>' * 5_000}</r>".encode(), WHAT)
    assert sum(len(layer) for layer in root) == 225_000
