"""Who asks a store: from the environment, from a file, or from a person; never from a command line."""

from __future__ import annotations

import os
from dataclasses import dataclass
from netrc import NetrcParseError, netrc
from pathlib import Path
from typing import Final

from bri_kg.errors import InputError, UsageError

_USER: Final = "BRI_KG_STORE_USER"
_PASSWORD: Final = "BRI_KG_STORE_PASSWORD"
_TOKEN: Final = "BRI_KG_STORE_TOKEN"
_NETRC: Final = ("machine", "default", "#")


@dataclass(frozen=True)
class Credentials:
    """A name with a password, or a token (RFC 6750); its text shows neither."""

    user: str = ""
    password: str = ""
    token: str = ""

    def __repr__(self) -> str:
        return f"Credentials({'token' if self.token else self.user!r})"


def known_credentials(host: str, file: str | None) -> Credentials | None:
    """Return the credentials for a host: those of the file, else of the environment, else of `~/.netrc`.

    A file is like `~/.netrc`, or holds one token and nothing else. Raise InputError for a file that
    cannot be read or holds nothing for the host, UsageError where the environment is half set.
    """
    if file is not None:
        return _from_file(host, file)
    if token := os.environ.get(_TOKEN):
        return Credentials(token=token.strip())
    user, password = os.environ.get(_USER), os.environ.get(_PASSWORD)
    if user and password is not None:
        return Credentials(user, password)
    if user or password:
        raise UsageError(
            code="BRI705",
            message=f"of {_USER} and {_PASSWORD} only one is set",
            fix="set both, or neither",
        )
    home = Path(os.environ.get("NETRC") or Path.home() / ".netrc")
    return _from_netrc(host, home) if home.is_file() else None


def _from_file(host: str, file: str) -> Credentials:
    path = Path(file)
    try:
        words = path.read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            code="BRI706",
            message="the file of credentials cannot be read",
            file=file,
            why=str(getattr(error, "strerror", None) or error),
            fix="name a file that holds `machine HOST login NAME password PASSWORD`, or one token",
        ) from None
    if len(words) == 1:
        return Credentials(token=words[0])
    found = _from_netrc(host, path) if words and words[0].startswith(_NETRC) else None
    if found is None:
        raise InputError(
            code="BRI707",
            message=f"the file of credentials says nothing for {host}",
            file=file,
            fix=f"add a line `machine {host} login NAME password PASSWORD`",
        )
    return found


def _from_netrc(host: str, path: Path) -> Credentials | None:
    try:
        found = netrc(str(path)).authenticators(host)
    except (OSError, UnicodeDecodeError, NetrcParseError) as error:
        raise InputError(
            code="BRI706",
            message="the file of credentials cannot be read",
            file=str(path),
            why=str(getattr(error, "msg", None) or error),
            fix="name a file that holds `machine HOST login NAME password PASSWORD`, or one token",
        ) from None
    return Credentials(found[0] or "", found[2] or "") if found else None
