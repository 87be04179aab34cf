"""Requests to a store at an address: credentials, certificates, proxies, time limits, and trying again.

httpx is imported here and nowhere else; it belongs to the extra `remote`. An answer is whole or is
an error: what is cut short never counts as less data.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urlsplit

from bri_kg import __version__
from bri_kg.errors import BriKgError, InputError, UsageError, how_to_install
from bri_kg.settings import Bound
from bri_kg.stores.addresses import Given, no_address
from bri_kg.stores.credentials import Credentials, known_credentials
from bri_kg.stores.request_limits import CONNECT, REQUEST, SILENCE

try:
    import httpx
except ImportError:
    raise UsageError(
        code="BRI700",
        message="a store at an address is asked by httpx, which is not installed",
        fix=how_to_install("remote"),
    ) from None

_TRIES: Final = 5
_FIRST_PAUSE: Final = 0.5  # seconds; each next one is twice as long
_BUSY: Final = (429, 502, 503, 504)
_TOO_MUCH: Final = 3
_SHOWN: Final = 400  # characters of what a store says


@dataclass(frozen=True)
class Answer:
    """What a store answered: the status, the headers by lower-case name, and the whole body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def said(self) -> str:
        """The beginning of the body, as text in one line."""
        text = " ".join(self.body[: 4 * _SHOWN].decode("utf-8", "replace").split())
        return text[:_SHOWN]


class Wire:
    """A way to one host. `pause` waits for so many seconds."""

    def __init__(
        self, address: str, given: Given, *, pause: Callable[[float], None] = time.sleep
    ) -> None:
        self._host = urlsplit(address).hostname or ""
        self._pause = pause
        self._has_answered = False
        known = known_credentials(self._host, given.credentials)
        self._client = httpx.Client(
            auth=_Challenged(known, self._host, given),
            verify=_certificates(given.certificates, (address, *given.named)),
            timeout=httpx.Timeout(SILENCE.value, connect=CONNECT.value),
            headers={"User-Agent": f"bri-kg/{__version__}"},
        )

    def form(self, url: str, fields: Mapping[str, str], accept: str, *, again: bool) -> Answer:
        """Send a form by POST, which every store takes; `again` says that it may be sent twice.

        Raise InputError where the host does not answer, or not to the end.
        """
        return self._sent(
            lambda: self._client.build_request(
                "POST", url, data=fields, headers={"Accept": accept}
            ),
            url,
            again=again,
        )

    def put(
        self,
        method: str,
        url: str,
        query: Mapping[str, str],
        body: bytes,
        syntax: str,
        *,
        again: bool,
    ) -> Answer:
        """Send a body of RDF (Graph Store Protocol); raise as `form` does."""
        headers = {"Content-Type": syntax, "Accept": "*/*"}
        return self._sent(
            lambda: self._client.build_request(
                method, url, params=query, content=body, headers=headers
            ),
            url,
            again=again,
        )

    def pieces(self, url: str, fields: Mapping[str, str], accept: str) -> Iterator[Answer]:
        """Yield an answer as it comes, piece by piece, the status and headers with each; nothing is sent twice.

        Raise as `form` does, for a cut connection too.
        """
        ends = time.monotonic() + REQUEST.value
        request = self._client.build_request("POST", url, data=fields, headers={"Accept": accept})
        try:
            with _in_our_words(url):
                response = self._client.send(request, stream=True)
                try:
                    headers = {name.lower(): value for name, value in response.headers.items()}
                    for part in response.iter_bytes():
                        yield Answer(response.status_code, headers, part)
                        if time.monotonic() > ends:
                            raise _out_of_time(url)
                finally:
                    response.close()
        except _PassingError as error:
            raise error.told from None

    def _sent(self, made: Callable[[], httpx.Request], url: str, *, again: bool) -> Answer:
        ends = time.monotonic() + REQUEST.value
        tries = _TRIES if again else 1
        for number in range(1, tries + 1):
            try:
                answer = self._once(made(), url, ends)
            except _PassingError as error:
                # A host that has never answered is a wrong address sooner than a passing fault.
                if number == tries or not self._has_answered:
                    raise error.told from None
                wait = _FIRST_PAUSE * 2 ** (number - 1)
            else:
                self._has_answered = True
                if answer.status not in _BUSY or number == tries:
                    return answer
                wait = _asked_to_wait(answer) or _FIRST_PAUSE * 2 ** (number - 1)
            if time.monotonic() + wait > ends:
                raise _out_of_time(url)
            self._pause(wait)
        raise AssertionError("the last try returns or raises")

    def _once(self, request: httpx.Request, url: str, ends: float) -> Answer:
        with _in_our_words(url):
            response = self._client.send(request, stream=True)
            parts = []
            try:
                for part in response.iter_bytes():
                    parts.append(part)
                    if time.monotonic() > ends:
                        raise _out_of_time(url)
            finally:
                response.close()
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status_code, headers, b"".join(parts))


class _PassingError(Exception):
    """A fault that may be over at the next try, and what is said of it if it is not."""

    def __init__(self, told: BriKgError) -> None:
        super().__init__()
        self.told = told


class _Challenged(httpx.Auth):
    """Credentials that are sent in the way that a server asks for: basic, digest or bearer (RFC 7235)."""

    def __init__(self, known: Credentials | None, host: str, given: Given) -> None:
        self._known = known
        self._host = host
        self._prompt = given.prompt
        self._chosen: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Yield the request as it is, and again with credentials where they are asked for."""
        if self._known is not None and self._known.token:
            request.headers["Authorization"] = f"Bearer {self._known.token}"
            yield request
            return
        if self._chosen is not None:
            yield from self._chosen.auth_flow(request)
            return
        response = yield request
        asked = response.headers.get("www-authenticate", "").lower()
        if response.status_code != 401:
            return
        if self._known is None and self._prompt is not None:
            self._known = Credentials(*self._prompt(self._host))
        if self._known is None:
            return
        user, password = self._known.user, self._known.password
        if "digest" in asked:
            self._chosen = httpx.DigestAuth(user, password)
            flow = self._chosen.auth_flow(request)
            next(flow)
            yield flow.send(response)
        elif "basic" in asked:
            self._chosen = httpx.BasicAuth(user, password)
            yield from self._chosen.auth_flow(request)


def _certificates(file: str | None, urls: Iterable[str]) -> ssl.SSLContext:
    """Return what servers are known by: the system's certificates, or those of a file."""
    if file is None and not any(url.lower().startswith("https:") for url in urls):
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # trusts nobody, and is read in no time
    try:
        return ssl.create_default_context(cafile=file)
    except OSError as error:  # an SSLError is one too
        raise InputError(
            code="BRI708",
            message="the file of certificates cannot be read",
            file=file,
            why=str(error.strerror or error),
            fix="name a file of certificates in PEM",
        ) from None


def _asked_to_wait(answer: Answer) -> float | None:
    """Return the seconds that `Retry-After` names (RFC 9110, 10.2.3); None where it names none."""
    text = answer.headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max((until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds(), 0.0)


@contextmanager
def _in_our_words(url: str) -> Iterator[None]:
    """Say what httpx raises in words of ours."""
    try:
        yield
    except httpx.ConnectTimeout:
        raise _PassingError(
            _limit(CONNECT, url, f"no connection to {url} in {CONNECT.value:g} seconds")
        ) from None
    except httpx.TimeoutException:
        # Whether it has done what was asked is not known.
        raise _limit(SILENCE, url, f"{url} said nothing for {SILENCE.value:g} seconds") from None
    except (httpx.ConnectError, httpx.ProxyError) as error:
        raise _PassingError(
            InputError(
                code="BRI710",
                message=f"no server answers at {url}",
                why=str(error) or type(error).__name__,
                fix="start the server, or correct the address; a proxy is taken from HTTP_PROXY and HTTPS_PROXY",
            )
        ) from None
    except (
        httpx.RemoteProtocolError,
        httpx.ReadError,
        httpx.WriteError,
        httpx.DecodingError,
    ) as error:
        raise _PassingError(cut_short(url, str(error) or type(error).__name__)) from None
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise no_address(url, str(error)) from None


def cut_short(url: str, why: str) -> InputError:
    """Return the error for an answer that is not whole."""
    return InputError(
        code="BRI711",
        message=f"the answer of {url} was cut short",
        why=why,
        fix="run the command again; if that does not help, look at the log of the server or proxy",
    )


def _out_of_time(url: str) -> InputError:
    return _limit(REQUEST, url, f"{url} took more than {REQUEST.value:g} seconds")


def _limit(bound: Bound, url: str, message: str) -> InputError:
    return InputError("BRI709", message, fix=bound.raised, exit_code=_TOO_MUCH)
