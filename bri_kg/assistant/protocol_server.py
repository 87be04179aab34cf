"""The server of the protocol: it lists tools, resources and prompts, and passes calls on."""

from __future__ import annotations

import logging
from typing import Any, Final

import mcp_types as types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError

from bri_kg import __version__
from bri_kg.assistant.desk import Desk
from bri_kg.assistant.tool_calls import called
from bri_kg.assistant.tool_declarations import Declared
from bri_kg.assistant.tool_list import BY_NAME, INSTRUCTIONS, TOOLS

NAME: Final = "bri-kg"
Context = ServerRequestContext[Any, Any]


def protocol_server(desk: Desk) -> Server[Any]:
    """Return a server that answers from a desk. It keeps nothing of a client, and reports to nobody."""
    logging.getLogger("mcp").addHandler(logging.NullHandler())  # tracebacks are for no user
    handlers = _Handlers(desk)
    server: Server[Any] = Server(
        NAME,
        version=__version__,
        instructions=INSTRUCTIONS,
        on_list_tools=handlers.tools,
        on_call_tool=handlers.call,
    )
    server.middleware.clear()  # what is asked is traced nowhere
    return server


class _Handlers:
    """What answers each method."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def tools(
        self, context: Context, params: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_tool(one) for one in TOOLS])

    async def call(
        self, context: Context, params: types.CallToolRequestParams
    ) -> types.CallToolResult:
        tool = BY_NAME.get(params.name)
        if tool is None:
            names = ", ".join(BY_NAME)
            raise MCPError(types.INVALID_PARAMS, f"there is no such tool; there are: {names}")
        result, is_error = await called(self._desk, tool, params.arguments, _client(context))
        return types.CallToolResult(
            content=[types.TextContent(type="text", text=result.text)],
            structured_content=result.data,
            is_error=is_error,
        )


def _tool(declared: Declared) -> types.Tool:
    return types.Tool(
        name=declared.name,
        title=declared.title,
        description=declared.told,
        input_schema=declared.input_schema(),
        output_schema=declared.output_schema(),
        annotations=types.ToolAnnotations(
            read_only_hint=True, idempotent_hint=True, open_world_hint=False, destructive_hint=False
        ),
    )


def _client(context: Context) -> str:
    """Return what tells a client from others: its address, where it comes over a network."""
    client = getattr(context.request, "client", None)
    return client.host if client else ""
