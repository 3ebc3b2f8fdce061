"""Addresses of services: which are taken, where they lead, what in them is secret, and how they are put together.

The one place of core where `urllib.parse` is used: it works on text and never asks the network.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Self
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

from ..common.messages import Message
from .fetch import Trouble, WebError
from .secrets import HIDDEN

LENGTH_LIMIT = 8_000
"""Characters of an address at most; servers and proxies refuse longer ones."""

_PORTS = {"http": 80, "https": 443}
Parameters = Mapping[str, object] | Iterable[tuple[str, object]]

# Names of parameters that carry a secret, without case, '-', '_', '.' and '$'.
_SECRETS = frozenset(
    re.findall(
        r"\w+",
        """
        token tk ak sk key apikey appkey accesskey authkey licensekey subscriptionkey ocpapimsubscriptionkey
        secret appsecret clientsecret password passwd passphrase passcode pwd pass auth authorization
        authtoken bearer jwt sig signature sas credential credentials session sessionid jsessionid phpsessid
        ticket accesstoken idtoken refreshtoken xamzsignature xamzcredential xamzsecuritytoken
        googleaccessid keypairid awsaccesskeyid privatekey authcfg
        """,
    )
)
_SECRET_ENDS = ("token", "apikey", "accesskey", "secretkey", "secret", "password", "passwd", "signature", "sessionid")
# Tokens that say where the next page starts; they open nothing.
_PAGING = frozenset(
    re.findall(r"\w+", "skiptoken nexttoken pagetoken nextpagetoken resumptiontoken continuationtoken synctoken")
)

# Up to the last '@' of the host part; beyond it where "user:pass" cannot be host and port, for a password with '/'.
_USER = re.compile(r"""(?<=://)(?:[^/?#\s:'"<>]*:(?!\d{1,5}(?:[/?#\s'"]|$))[^\s'"<>]*@|[^/?#\s'"<>]*@)""")
_HEADER = re.compile(
    r"\b((?:proxy-|x-esri-)?authorization|x-api-key|api-?key|(?:set-)?cookie)(['\"]?\s*[:=]\s*)([^\r\n'\"]+)",
    re.IGNORECASE,
)
_SCHEME_TOKEN = re.compile(r"\b(basic|bearer|digest)\s+(?=\S*[\d=]|\S{20})[a-z0-9+/=._~-]{6,}", re.IGNORECASE)
_NAME = re.compile(
    r"(?:(?<![\w$.%-])|(?<=%3[fF])|(?<=%26))([\w$.-]{2,40}|%24[\w.-]{2,40})(['\"]?\s*(?:=|:\s?(?!//)|%3[dD]|%3[aA]\s?))\s*"
)
_VALUE = re.compile(r"'[^']*'|\"[^\"]*\"|(?:(?!%26)[^\s&,;'\"<>)\]}])+")


ADDRESS, LINK = Message("The address"), Message("The link")
"""How errors name what is not taken."""


class Address(str):
    """An address of http or https that was parsed once: with a host, without user and fragment, of a sound length.

    It is a `str`, which a request or a record holds as it is; what is derived from it needs no check again. It may
    carry a token where a server gave it, such as its own link to the next page; see `checked`.

    Parameters
    ----------
    url : str
        As a person or a server gave it; spaces around it do not count. An `Address` is taken as it is.
    what : str
        How the error names it, such as "The address of the catalogue".

    Attributes
    ----------
    origin : tuple
        Scheme, host in lower case and port.

    Raises
    ------
    WebError
        REFUSED, with the reason and the cure; the text has no secret.
    """

    origin: tuple[str, str, int]

    def __new__(cls, url: str, what: str = ADDRESS) -> Self:
        if isinstance(url, cls):
            return url
        text = _allowed(url, what)
        return cls._of(text, origin(text))

    @classmethod
    def _of(cls, text: str, origin: tuple[str, str, int]) -> Self:
        self = super().__new__(cls, text)
        self.origin = origin
        return self

    @classmethod
    def checked(cls, url: str, what: str = ADDRESS) -> Self:
        """The address as it may be kept: also without secrets in its parameters.

        Raises
        ------
        WebError
            REFUSED.
        """
        self = cls(url, what)
        if names := secret_names(self):
            raise _refused(
                "{what} '{text}' holds the secret '{names}': take it out, and put it into an authentication "
                "configuration of QGIS, which is then named beside the address.",
                what=what,
                text=self.shown,
                names=names[0],
            )
        return self

    @property
    def shown(self) -> str:
        """For errors and logs: without secrets."""
        return redacted(self)

    @property
    def host(self) -> str:
        """Host and, where it is not the usual one, port: what people read and what is counted per server."""
        return host(self)

    def same_origin(self, other: str) -> bool:
        """Whether another address has the same scheme, host and port; False where it is none."""
        return same_origin(self, other)

    def auth_for(self, url: str, auth: str) -> str:
        """The authentication configuration that goes to `url`: that of this origin, none elsewhere."""
        return auth if self.same_origin(url) else ""

    def joined(self, link: str, what: str = LINK) -> Address:
        """A link of a reply as a full address, relative ones against this one."""
        return Address(_against(self, link, what), Message("{what} of '{shown}'", what=what, shown=self.shown))

    def redirected(self, location: str) -> Address:
        """Where a redirect leads: as `joined`, and never from https to http.

        Raises
        ------
        WebError
            REFUSED.
        """
        target = self.joined(location, Message("The redirect"))
        if self.origin[0] == "https" and target.origin[0] == "http":
            raise _refused(
                "'{base}' redirects to '{target}', from https to http: this is not followed, since others could "
                "read it on the way. Use the service's own https address.",
                base=self.shown,
                target=target.shown,
            )
        return target

    def next_page(self, link: str) -> Address:
        """The address of the next page: as `joined`, on the same origin.

        A server behind a proxy often writes http where it is asked by https: with the same host this is put right.

        Raises
        ------
        WebError
            REFUSED, for another origin.
        """
        target = self.joined(link, Message("The next page"))
        if self.same_origin(target):
            return target
        ours, theirs = urlsplit(self), urlsplit(target)
        if ours.scheme == "https" and theirs.scheme == "http" and ours.hostname == theirs.hostname:
            return self._of(urlunsplit(("https", ours.netloc, theirs.path, theirs.query, "")), self.origin)
        raise _refused(
            "The next page of '{base}' is on another server, '{target}': it is not followed. Ask whoever "
            "runs the service to put its own address right.",
            base=self.shown,
            target=target.host,
        )

    def with_query(self, parameters: Parameters) -> Self:
        """With parameters set: those of the same name, in any case, are replaced; None takes one away.

        Truth values are written true and false, sequences of texts and numbers with commas.
        """
        parameters = list(parameters.items() if isinstance(parameters, Mapping) else parameters)
        names = {name.lower() for name, _ in parameters}
        parts = urlsplit(self)
        added = encoded((name, value) for name, value in parameters if value is not None)
        kept = _kept(parts.query, lambda name: name.lower() not in names)
        return self._of(urlunsplit(parts._replace(query="&".join(filter(None, (kept, added))))), self.origin)

    def without_query(self, *names: str) -> Self:
        """Without the query, or without the parameters `names`, whatever their case."""
        parts = urlsplit(self)
        without = {name.lower() for name in names}
        kept = _kept(parts.query, lambda name: name.lower() not in without) if names else ""
        return self._of(urlunsplit(parts._replace(query=kept)), self.origin)

    def with_path(self, *parts: str) -> Self:
        """With segments added to the path, each quoted whole (a slash in one becomes %2F); the query stays."""
        split = urlsplit(self)
        added = "/".join(quoted(part) for part in parts)
        return self._of(urlunsplit(split._replace(path=f"{split.path.rstrip('/')}/{added}")), self.origin)

    def at_path(self, path: str) -> Self:
        """With another path, which begins with a slash and is quoted already; the query stays."""
        return self._of(urlunsplit(urlsplit(self)._replace(path=path)), self.origin)

    def without_end(self, end: str) -> Self:
        """Without `end`, as often as it stands there."""
        text = str(self)
        while text.endswith(end):
            text = text.removesuffix(end)
        return self._of(text, self.origin)

    def before(self, mark: str) -> Self:
        """The part before `mark`, all of it where there is no such part."""
        return self._of(self.partition(mark)[0], self.origin)


def located(text: str) -> str:
    """The checked `Address` of a source; a path or the name of a connection stays as it is.

    Raises
    ------
    WebError
        REFUSED.
    """
    return Address.checked(text) if "://" in text else text


def _allowed(url: str, what: str) -> str:
    text = url.strip()
    if not text or len(text) > LENGTH_LIMIT or re.search(r"[\x00-\x20\x7f\\]", text):
        raise _refused(
            "{what} '{text}' is empty, longer than {length_limit} characters or has spaces or control "
            "characters in it: write it as https://host/path.",
            what=what,
            text=_shown(text),
            length_limit=LENGTH_LIMIT,
        )
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:  # its text may quote a password
        raise _refused(
            "{what} '{text}' is not an address: write it as https://host/path.", what=what, text=redacted(text)
        ) from None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        raise _refused(
            "{what} '{text}' is neither http nor https: only these are asked.", what=what, text=redacted(text)
        )
    if "@" in parts.netloc:
        raise _refused(
            "{what} '{text}' has a user or password in it: take it out, and use an authentication "
            "configuration of QGIS.",
            what=what,
            text=redacted(text),
        )
    if not parts.hostname or port == 0 or re.search(r"[^\w.\-:\[\]%]", parts.netloc):
        raise _refused("{what} '{text}' names no host: write it as https://host/path.", what=what, text=redacted(text))
    return urlunsplit((scheme, parts.netloc, parts.path or "/", parts.query, ""))


def origin(url: str) -> tuple[str, str, int]:
    """Scheme, host in lower case and port of a checked address."""
    if isinstance(url, Address):
        return url.origin
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    return scheme, (parts.hostname or "").rstrip("."), parts.port or _PORTS.get(scheme, 0)


def same_origin(a: str, b: str) -> bool:
    """Whether two addresses have the same scheme, host and port; False where one is no address."""
    try:
        one, other = origin(a), origin(b)
    except ValueError:
        return False
    return one == other and bool(one[1])


def host(url: str) -> str:
    """Host and, where it is not the usual one, port: what people read and what is counted per server."""
    scheme, name, port = origin(url)
    shown = f"[{name}]" if ":" in name else name
    return shown if _PORTS.get(scheme) == port else f"{shown}:{port}"


def path(url: str) -> str:
    """The path of an address, as it stands."""
    return urlsplit(url).path


def query_pairs(url: str) -> list[tuple[str, str]]:
    """The parameters of an address in their order, decoded; those without a value have ""."""
    return parse_qsl(urlsplit(url).query, keep_blank_values=True)


def encoded(parameters: Parameters) -> str:
    """Parameters as the text of a query or of a form."""
    parameters = parameters.items() if isinstance(parameters, Mapping) else parameters
    return urlencode([(name, _written(value)) for name, value in parameters], quote_via=quote, safe="/:,$")


def quoted(text: str) -> str:
    """A text as one segment of a path or one value of a query."""
    return quote(text, safe="")


def unquoted(text: str) -> str:
    """The text that `quoted` was given."""
    return unquote(text)


def is_secret(name: str) -> bool:
    """Whether a parameter or header of this name usually carries a secret."""
    plain = re.sub(r"[-_.$]|%24", "", name).lower()
    return plain not in _PAGING and (plain in _SECRETS or plain.endswith(_SECRET_ENDS))


def secret_names(url: str) -> tuple[str, ...]:
    """Names of the parameters of an address that look like secrets, in its query, its fragment or after a ';'."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ()
    names = [name for text in (parts.query, parts.fragment) for name, value in _pairs(text) if value]
    names += [piece.partition("=")[0] for piece in parts.path.split(";")[1:] if "=" in piece]
    return tuple(name for name in names if is_secret(name))


def stripped(url: str) -> tuple[str, tuple[str, ...]]:
    """The address without user, password and secret parameters, and the names of what was taken out."""
    text = url.strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        return text, ()
    names = list(secret_names(text))
    user, at, netloc = parts.netloc.rpartition("@")
    if at:
        names.insert(0, "password" if ":" in user else "user")
    bare = re.sub(r";([^=;/]+)=[^;/]*", lambda found: "" if is_secret(found[1]) else found[0], parts.path)
    if not names:
        return text, ()
    kept = _kept(parts.query.replace(";", "&"), lambda name: not is_secret(name))
    return urlunsplit((parts.scheme, netloc, bare, kept, "")), tuple(names)


def redacted(text: str) -> str:
    """Any text without its secrets: passwords and token parameters of addresses, headers, `password=...` and the like.

    For logs, errors and histories. Names stay, values become `***`. A message whose values hold all its secrets stays
    one.
    """
    if isinstance(text, Message):
        values = {name: redacted(value) if isinstance(value, str) else value for name, value in text.values.items()}
        kept, plain = Message(text.template, **values), redacted(str.__str__(text))
        return kept if kept == plain else plain
    text = _USER.sub(f"{HIDDEN}@", text)
    text = _HEADER.sub(lambda found: f"{found[1]}{found[2]}{HIDDEN}", text)
    text = _SCHEME_TOKEN.sub(lambda found: f"{found[1]} {HIDDEN}", text)
    pieces, done = [], 0
    for found in _NAME.finditer(text):
        value = _VALUE.match(text, found.end())
        if value and value.end() > done and is_secret(found[1]) and _is_pair(found):
            pieces += [text[done : found.end()], HIDDEN]
            done = value.end()
    return "".join((*pieces, text[done:]))


def _is_pair(found: re.Match[str]) -> bool:
    """Short words such as key and pass mean a secret in `key=...`, not in the sentence "key: a word"."""
    return "=" in found[2] or "%3d" in found[2].lower() or len(found[1]) > 4


def _pairs(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query.replace(";", "&"), keep_blank_values=True)


def _kept(query: str, keep: Callable[[str], bool]) -> str:
    """The pieces of a query whose names are kept, as they stand: their escapes may be of another encoding."""
    return "&".join(piece for piece in query.split("&") if piece and keep(unquote(piece.partition("=")[0])))


def _written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple)):
        return ",".join(_written(item) for item in value)
    return str(value)


def _against(base: str, link: str, what: str) -> str:
    try:
        return urljoin(base, link.strip())
    except ValueError:
        raise _refused("{what} of '{shown}' is not an address.", what=what, shown=redacted(base)) from None


def _refused(template: str, /, **values: object) -> WebError:
    return WebError(template, Trouble.REFUSED, **values)


def _shown(text: str) -> str:
    """An address that could not even be read, on one line: with a user in it, the secret is not separable."""
    return HIDDEN if "@" in text else redacted(re.sub(r"[\x00-\x20\x7f]+", " ", text[:200]))
