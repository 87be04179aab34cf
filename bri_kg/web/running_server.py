"""The server as a process: uvicorn with bounds on its connections, signals, and a graceful end."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections import OrderedDict
from contextlib import suppress
from typing import Any, ClassVar, Final

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from bri_kg.errors import UsageError
from bri_kg.web.app import Server
from bri_kg.web.serving_limits import Limits

_BACKLOG: Final = 2048
_KEEP_ALIVE: Final = 15
_HEAD: Final = 250_000  # bytes: above what the front door takes, which says why


class _Connection(H11Protocol):
    """A connection that is closed where no request comes in time, or where others need its place."""

    waiting: ClassVar[OrderedDict[_Connection, None]] = OrderedDict()
    silence: ClassVar[float] = 15.0
    most: ClassVar[int] = 1000
    open: ClassVar[int] = 0
    timer: asyncio.TimerHandle | None = None
    is_counted = True
    unsent = 0

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        _Connection.open += 1
        while _Connection.open > self.most and self.waiting:
            # The one that has been silent for longest makes room.
            oldest, _ = self.waiting.popitem(last=False)
            oldest.transport.abort()
            _Connection.open -= 1
            oldest.is_counted = False
        if _Connection.open > self.most:
            transport.abort()
            return
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        if self.is_counted:
            _Connection.open -= 1
        self.waiting.pop(self, None)
        if self.timer is not None:
            self.timer.cancel()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._look()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._look()

    def _look(self) -> None:
        """Measure the time of a connection from when it begins to wait for a request, whatever it sends."""
        waits = self.cycle is None or self.cycle.response_complete
        if not waits:
            self.waiting.pop(self, None)
            if self.timer is not None:
                self.timer.cancel()
                self.timer = None
        elif self.timer is None:
            self.unsent = 0
            self.waiting[self] = None
            self.timer = self.loop.call_later(self.silence, self._too_late)

    def _too_late(self) -> None:
        left = self.transport.get_write_buffer_size()
        if 0 < left < self.unsent or (left and not self.unsent):
            # The end of an answer is still being taken.
            self.unsent = left
            self.timer = self.loop.call_later(self.silence, self._too_late)
            return
        self.timer = None
        self.transport.abort()


def run(server: Server, sockets: list[socket.socket], limits: Limits, grace: float) -> None:
    """Serve until SIGTERM or SIGINT; answers on their way have `grace` seconds to finish."""
    _Connection.silence = limits.silence
    _Connection.most = limits.connections
    config = uvicorn.Config(
        server,
        http=_Connection,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=int(grace),
        h11_max_incomplete_event_size=_HEAD,
        backlog=_BACKLOG,
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        # uvicorn raises the signal again at its end; that it came is what it was told for.
        with suppress(ValueError):
            signal.signal(number, lambda *_: None)
    asyncio.run(_serve(uvicorn.Server(config), server, sockets))


async def _serve(running: uvicorn.Server, server: Server, sockets: list[socket.socket]) -> None:
    if hasattr(signal, "SIGHUP"):
        with suppress(NotImplementedError, RuntimeError):
            asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, server.reload_soon)
    await running.serve(sockets)


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens. Raise UsageError where it cannot."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        # asyncio sends small parts at once (TCP_NODELAY) only where the socket says that it is of TCP.
        made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
        made.listen(_BACKLOG)
    except (OSError, OverflowError) as error:
        raise UsageError(
            "BRI822",
            f"{host}:{port} cannot be listened at",
            why=getattr(error, "strerror", None) or str(error),
            fix="choose another --port or --host",
        ) from None
    return made
