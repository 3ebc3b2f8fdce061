"""JSON that is read in pieces is what it is when it is read at once, whatever is in it and wherever it breaks off."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twin_plugin.core.web import decode, json_pieces
from twin_plugin.core.web.fetch import WebError

TEXTS = st.text(st.sampled_from('ab"\\[]{},: \n南\U0001f600\x07'), max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(TEXTS, inner, max_size=5),
    max_leaves=25,
)


@pytest.fixture(params=[1, 7, 40])
def small_pieces(request, monkeypatch):
    """Pieces and chunks so small that documents of some bytes are read as those of megabytes are."""
    monkeypatch.setattr(json_pieces, "PIECE_BYTES", request.param)
    monkeypatch.setattr(json_pieces, "_CHUNK_BYTES", max(request.param // 2, 1))


def outcome(read, text):
    """The value, or that there is none."""
    try:
        return "value", read(text)
    except (WebError, ValueError):
        return "none", None


@pytest.mark.usefixtures("small_pieces")
@settings(max_examples=40, deadline=None, derandomize=True)
@given(VALUES, st.sampled_from([None, 1]), st.booleans())
def test_whole_documents_are_read_as_they_are(value, indent, ascii_only):
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    assert decode.json_of(f" {text}\n ".encode(), "It") == value


@pytest.mark.usefixtures("small_pieces")
@settings(max_examples=50, deadline=None, derandomize=True)
@given(
    VALUES,
    st.integers(0, 200),
    st.sampled_from(["", ",", "[", "]", "{", "}", '"', ":", "\\", "1", " ", "x"]),
    st.booleans(),
)
def test_broken_documents_are_refused_as_json_refuses_them(value, place, planted, replace):
    text = json.dumps(value, ensure_ascii=False)
    place %= len(text) + 1
    text = text[:place] + planted + text[place + replace :]
    assert outcome(lambda given: decode.json_of(given.encode(), "It"), text) == outcome(json.loads, text)


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize(
    ("text", "line"),
    [('[1,\n2,\n"abc" "def", 4, 5]', 3), ('{"a": [1, 2, 3, 4],\n"b": [1, 2,]}', 2), ("[[1, 2, 3, 4, 5]\n\n}", 3)],
)
def test_the_line_of_an_error_is_that_of_the_document(text, line):
    with pytest.raises(WebError, match=rf"\(line {line}: "):
        decode.json_of(text.encode(), "It")


@pytest.mark.parametrize("length", [10, 200_000])
@pytest.mark.parametrize("escape", ["", "\\", '\\"', "\\\\"])
def test_long_texts_and_names_are_read(length, escape):
    text = (escape + "南") * length
    value = {text: [text, {text: [1] * 50_000}], "last": 2}
    assert decode.json_of(json.dumps(value, ensure_ascii=False).encode(), "It") == value


def test_no_call_reads_more_than_a_piece():
    rows = [{"id": number, "geometry": {"coordinates": [[0.5, number]] * 40}} for number in range(2_000)]
    one = {"features": [{"geometry": {"coordinates": [[[[0.5, 1.5]] * 100_000]]}}], "links": list(range(50_000))}
    for value in (rows, {"features": rows}, one):
        sizes = []

        def loads(piece, sizes=sizes):
            sizes.append(len(piece))
            return json.loads(piece)

        data = json.dumps(value).encode()
        assert len(data) > 10 * json_pieces.PIECE_BYTES
        assert json_pieces.parsed(data, loads) == value
        assert max(sizes) <= 65_538


def test_entries_of_long_lists_are_compacted_as_they_come():
    value = {"features": [{"a": [number, "x" * 100]} for number in range(2_000)], "others": [[1, 2]]}

    def compact(entry):
        return entry["a"][0] if isinstance(entry, dict) else entry

    found = decode.json_of(json.dumps(value).encode(), "It", compact=compact)
    assert found == {"features": list(range(2_000)), "others": [[1, 2]]}


def test_an_entry_longer_than_a_piece_is_compacted_when_it_is_whole():
    value = [{"a": list(range(50_000))}, {"a": [1]}, [list(range(50_000))]]
    found = decode.json_of(
        json.dumps(value).encode(), "It", compact=lambda entry: len(entry) if isinstance(entry, dict) else entry
    )
    assert found == [1, 1, value[2]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_megabytes_in_any_encoding_are_read(encoding):
    value = ['雨量站 \U0001f600 [{,"' + str(number) for number in range(30_000)]
    assert decode.json_of(json.dumps(value, ensure_ascii=False).encode(encoding), "It") == value
