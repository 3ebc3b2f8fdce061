"""Replies of several pages: by `next` on the same origin, to the end, and no further than that."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...common.messages import Message, note
from ...common.progress import advance
from ...web import address
from ...web.address import Address
from ...web.fetch import Trouble, WebError
from ...web.json_pieces import Compact, kept
from .json_client import Client, bad, plain, reply_of
from .seen_rows import SeenRows

PAGE_ROWS = 1_000
"""Rows asked for at once; servers send fewer where they must."""

PAGE_BYTES = 24_000_000
"""Bytes of a page at most; as Python's values they are about ten times as many."""

EMPTY_PAGES_LIMIT = 20
PAGES_LIMIT = 100_000
SMALLEST_PAGE = 10

SIZE_REFUSALS = (400, 413, 422, 500)
"""Statuses with which servers answer more rows than they give at once, or a parameter that they do not know."""

_KEPT = (
    "filter", "filter-lang", "filter-crs", "bbox", "datetime", "properties", "crs", "sortby", "$filter", "$orderby",
    "$expand", "$select",
)  # fmt: skip
"""Parameters that a next page keeps."""

_OFFSETS = ("offset", "startindex", "$skip", "skip", "resultoffset")
SHARED_IDS = Message("The service gives the same id to different features: its ids do not identify them.")
_PASSING = (429, 502, 503, 504)
_TOO_MUCH = (Trouble.TOO_LARGE, Trouble.TIMEOUT)


class Notes(list[str]):
    """Sentences about an answer, each once: a run of many requests would say the same again and again."""

    def append(self, text: str) -> None:
        """Add a sentence that is not there yet."""
        if text not in self:
            super().append(text)

    def extend(self, texts: Iterable[str]) -> None:
        """Add the sentences that are not there yet."""
        for text in texts:
            self.append(text)


@dataclass(frozen=True)
class ReplyFormat:
    """How the replies of a protocol are built.

    Attributes
    ----------
    rows : str
        Key of the list of rows.
    next_link : callable
        From a reply, its rows as they came and its address to the address of the next page; "" for none.
    key : callable
        From a row to what identifies it; None where nothing does.
    size : str
        Name of the parameter that holds the number of rows of a page.
    accept : str
        Media type asked for.
    compact : callable
        What is kept of a row of a long page, as in `decode.json_of`.
    sizes : tuple of int or None
        Rows asked for where the first page is refused; at last `size` is left out. None where it is not asked again.
    total, offset : str
        Key of the number of rows that match, and the parameter that skips rows: with these a reply that is short of the
        total and has no link to a next page is gone on from. "" for none.
    may_hold_back : callable
        From a reply without a link to a next page, its rows as they came and its address to whether there may be more
        all the same: then it is asked beyond the rows that came.
    """

    rows: str
    next_link: Callable[[Mapping[str, Any], list[Any], Address], str]
    key: Callable[[Mapping[str, Any]], object]
    size: str = "limit"
    accept: str = "application/json"
    compact: Compact = kept
    sizes: tuple[int, ...] | None = None
    total: str = ""
    offset: str = ""
    may_hold_back: Callable[[Mapping[str, Any], list[Any], Address], bool] = lambda document, rows, url: False


@dataclass(frozen=True)
class ReplyPage:
    """One reply: all of it, its address, its rows without those of earlier pages; `is_cut` where there are more."""

    document: dict[str, Any]
    url: Address
    rows: list[dict[str, Any]]
    last: bool
    is_cut: bool = False


def walk(
    client: Client, url: Address, shape: ReplyFormat, notes: list[str], strict: bool = False
) -> Iterator[ReplyPage]:
    """The pages from `url` on.

    Stops at the last page, where pages come round again, or where only empty ones come. What is odd is noted: rows that
    came twice, what is no row, a link to another server.

    Parameters
    ----------
    client : Client
        Its progress gets the rows received, and is asked between pages whether to go on.
    url : str
        The first page.
    shape : Shape
    notes : list of str
        Added to.
    strict : bool
        Whether pages that end for another reason than that there are no more are an error after the last one. A harvest
        asks so: what it does not see would count as gone.

    Raises
    ------
    WebError
        As the network's; BAD_REPLY where a reply has no list of rows.
    Cancelled
        When the user did.
    """
    seen = SeenRows[dict[str, Any]](shape.key, _content)
    asked = {url}
    empty = doubles = strange = received = came_in_all = 0
    previous = 0
    linked = False
    beyond: tuple[dict[str, Any], Address] | None = None
    for number in range(PAGES_LIMIT):
        advance(client.progress, math.nan, "{count:,} rows" if received else "", count=received)
        try:
            document, url = beyond or _got(client, url, shape, first=number == 0)
        except WebError as error:
            if strict or number == 0:
                raise
            note(
                notes,
                "Truncated after {count:,} rows, since the next page failed: {error}",
                count=received,
                error=error,
            )
            break
        came = document.get(shape.rows)
        if not isinstance(came, list):
            if came is not None or shape.rows not in document:
                raise bad(url, "has no list '{rows}'", rows=shape.rows)
            came = []
        objects = [row for row in came if isinstance(row, dict)]
        strange += len(came) - len(objects)
        rows = seen.take(objects)
        doubles += len(objects) - len(rows)
        received += len(rows)
        came_in_all += len(came)
        following, reason = _following(shape, document, came, url, asked, notes)
        linked = linked or following is not None or bool(reason)
        beyond = None
        if following is None and not reason and came:
            following = _by_offset(shape, document, came_in_all, url, asked)
            if following is None and not linked and shape.may_hold_back(document, came, url):
                beyond = _beyond(client, shape, url.with_query({shape.offset: came_in_all}), came, seen, notes)
                following = beyond[1] if beyond else None
        digest = _digest_of(came)
        if objects and (not rows or (digest == previous and following)):
            # Another address, and again what was there before: the server does not move on.
            reason = Message("The server sent the same rows again as its next page: reading stopped there.")
            following = None
            rows = [] if digest == previous else rows
        previous = digest
        empty = 0 if came else empty + 1
        if empty > EMPTY_PAGES_LIMIT and following:
            reason = Message("The server sent {empty} empty pages in a row: truncated there.", empty=empty)
            following = None
        if reason:
            notes.append(reason)
        yield ReplyPage(document, url, rows, not following, bool(reason))
        if reason and strict:
            raise WebError("{url} was not the last page. {reason}", Trouble.BAD_REPLY, url=reply_of(url), reason=reason)
        if not following:
            break
        asked.add(following)
        url = following
    else:
        note(notes, "Truncated after {limit:,} pages.", limit=PAGES_LIMIT)
    if seen.has_shared_ids:
        notes.append(SHARED_IDS)
    if doubles:
        note(
            notes,
            "Rows that came more than once were taken once ({doubles:,}): the server's paging is not stable.",
            doubles=doubles,
        )
    if strange:
        note(notes, "{strange:,} entries were no objects and were left out.", strange=strange)


def _got(client: Client, url: Address, shape: ReplyFormat, *, first: bool) -> tuple[dict[str, Any], Address]:
    """A page, and its address: it is asked for with fewer rows where it is too large or takes too long.

    Of pages but the first only where they count from a row: with page numbers fewer rows would be others.
    """
    counted = first or any(name.lower() in _OFFSETS for name, _ in address.query_pairs(url))
    sizes = iter(shape.sizes or ())
    while True:
        try:
            return client.json(url, shape.accept, PAGE_BYTES, shape.compact), url
        except WebError as error:
            size = _size(url, shape.size)
            if error.trouble in _TOO_MUCH and size > SMALLEST_PAGE and counted:
                url = url.with_query({shape.size: max(size // 8, SMALLEST_PAGE)})
            elif first and size and shape.sizes is not None and error.status in SIZE_REFUSALS:
                # Limits of a server's own are seldom told: fewer rows, at last as many as it likes.
                smaller = next((other for other in sizes if other < size), None)
                try:
                    url = url.with_query({shape.size: smaller})
                    if smaller is None:
                        return client.json(url, shape.accept, PAGE_BYTES, shape.compact), url
                except WebError:
                    raise error from None
            else:
                raise


def _content(row: dict[str, Any]) -> int:
    return hash(repr(row))


def _digest_of(rows: list[Any]) -> int:
    return hash(json.dumps(rows[:50], sort_keys=True, default=_digest)) if rows else 0


def _digest(value: Any) -> int:
    """What stands for a value that JSON has no word for, such as a compact geometry."""
    return hash(bytes(value))


def _size(url: str, name: str) -> int:
    found = [value for key, value in address.query_pairs(url) if key == name]
    return int(found[0]) if found and found[0].isdigit() else 0


def _by_offset(
    shape: ReplyFormat, document: Mapping[str, Any], came: int, url: Address, asked: set[Address]
) -> Address | None:
    """The next page of a server that says that more rows match and links to none."""
    total = document.get(shape.total) if shape.total and shape.offset else None
    if isinstance(total, bool) or not isinstance(total, int) or came >= total:
        return None
    following = url.with_query({shape.offset: came})
    return None if following in asked else following


def _beyond(
    client: Client, shape: ReplyFormat, url: Address, came: list[Any], seen: SeenRows[dict[str, Any]], notes: list[str]
) -> tuple[dict[str, Any], Address] | None:
    """The page beyond all that came, of a server that says nothing of it; None where it brings nothing new.

    Such a server has sent all, or as many rows as it gives at once. One that does not know the offset refuses it, or
    sends the same rows again: that is no fault.
    """
    try:
        document, url = _got(client, url, shape, first=False)
    except WebError as error:
        if not error.status or error.status in _PASSING:
            note(notes, "Whether there are more rows is not known, since asking for them failed: {error}", error=error)
        return None
    rows = document.get(shape.rows)
    if not isinstance(rows, list) or _digest_of(rows) == _digest_of(came):
        return None
    objects = [row for row in rows if isinstance(row, dict)]
    return (document, url) if seen.has_new(objects) else None


def _with_asked(following: Address, url: Address) -> Address:
    """The next page with what was asked of this one: some links count on, and forget the filter, the box or the order.

    Others carry it all in a token of their own, and are left as they are.
    """
    names = {name.lower() for name, _ in address.query_pairs(following)}
    if not names & set(_OFFSETS):
        return following
    lost = [pair for pair in address.query_pairs(url) if pair[0].lower() in _KEPT and pair[0].lower() not in names]
    return following.with_query(lost) if lost else following


def _at_own_address(url: Address, link: str) -> Address | None:
    """The next page at the address that was asked, where a link names the same place on another host.

    Servers behind a proxy write the name that they have there, which nobody else can ask.
    """
    theirs, pairs = address.path(link).rstrip("/"), address.query_pairs(link)
    ours = address.path(url).rstrip("/")
    is_same = ours.split("/")[-2:] == theirs.split("/")[-2:] or ours.endswith(theirs) or theirs.endswith(ours)
    return url.without_query().with_query(pairs) if is_same and theirs and pairs else None


def is_round(count: int) -> bool:
    """Whether a count is one at which servers cut: hundreds, or a power of two."""
    return count >= 100 and (count % 100 == 0 or count & (count - 1) == 0)


def _following(
    shape: ReplyFormat,
    document: Mapping[str, Any],
    rows: list[Any],
    url: Address,
    asked: set[Address],
    notes: list[str],
) -> tuple[Address | None, str]:
    """The address of the next page, None for none; and why a link that is there is not followed."""
    link = shape.next_link(document, rows, url)
    if not link:
        return None, ""
    try:
        following = _with_asked(url.next_page(plain(link)), url)
    except WebError as error:
        own = _at_own_address(url, plain(link))
        if own is None:
            return None, Message("Truncated: {error}", error=error)
        said = Message("Links of the service lead to another address: its pages were asked for at its own.")
        notes.extend([said] if said not in notes else [])
        following = _with_asked(own, url)
    if following in asked:
        return None, Message("The server's pages go round in a circle: reading stopped where it began again.")
    return following, ""
