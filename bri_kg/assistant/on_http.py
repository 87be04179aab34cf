"""The tools over HTTP (Streamable HTTP): every request stands alone, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from starlette.types import Receive, Scope, Send

from bri_kg.assistant.desk import Desk
from bri_kg.assistant.protocol_server import protocol_server

_LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")


class OverHttp:
    """An ASGI application: POST with a message of the protocol, answered as JSON.

    Host must be of this machine, or one of `hosts`; Origin too, where a browser sends it, so that no page of
    another place, nor a name that is pointed here, can ask.
    """

    def __init__(self, desk: Desk, hosts: Sequence[str], largest_request: int) -> None:
        self._server = protocol_server(desk)
        self._largest = largest_request
        known = [*_LOOPBACK, *(f"{host}:*" for host in _LOOPBACK), *hosts]
        self._allowed = TransportSecuritySettings(
            allowed_hosts=known,
            allowed_origins=[
                f"{scheme}://{host}" for scheme in ("http", "https") for host in known
            ],
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        # One for each request: there is no session, and nothing is left when the answer is sent.
        manager = StreamableHTTPSessionManager(
            self._server,
            json_response=True,
            stateless=True,
            security_settings=self._allowed,
            max_request_body_size=self._largest,
        )
        async with manager.run():
            await manager.handle_request(scope, receive, send)
