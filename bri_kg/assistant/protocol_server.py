"""The server of the protocol: it lists tools, resources and prompts, and passes calls on."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import mcp_types as types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError

from bri_kg import __version__
from bri_kg.assistant.desk import Desk
from bri_kg.assistant.reading_matter import matter, matters
from bri_kg.assistant.task_prompts import ARGUMENTS, PROMPTS, prompt_text
from bri_kg.assistant.tool_calls import called
from bri_kg.assistant.tool_declarations import Declared
from bri_kg.assistant.tool_list import BY_NAME, INSTRUCTIONS, TOOLS
from bri_kg.dataset.resources import Resources
from bri_kg.errors import BriKgError

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
        on_list_resources=handlers.resources,
        on_list_resource_templates=handlers.templates,
        on_read_resource=handlers.read,
        on_list_prompts=handlers.prompts,
        on_get_prompt=handlers.prompt,
        get_tool_input_schema=lambda name: None,
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

    async def resources(
        self, context: Context, params: types.PaginatedRequestParams | None
    ) -> types.ListResourcesResult:
        found = await self._desk.in_turn(_client(context), lambda: matters(self._resources))
        listed = [
            types.Resource(
                uri=one.uri, name=one.name, description=one.about, mime_type=one.media_type
            )
            for one in found
        ]
        return types.ListResourcesResult(resources=listed)

    async def templates(
        self, context: Context, params: types.PaginatedRequestParams | None
    ) -> types.ListResourceTemplatesResult:
        return types.ListResourceTemplatesResult(resource_templates=[])

    async def read(
        self, context: Context, params: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        with _errors_told():
            one = matter(self._resources, str(params.uri))
            text = await self._desk.in_turn(_client(context), one.text)
        content = types.TextResourceContents(uri=one.uri, mime_type=one.media_type, text=text)
        return types.ReadResourceResult(contents=[content])

    async def prompts(
        self, context: Context, params: types.PaginatedRequestParams | None
    ) -> types.ListPromptsResult:
        arguments = [
            types.PromptArgument(name=name, description=told, required=required)
            for name, told, required in ARGUMENTS
        ]
        return types.ListPromptsResult(
            prompts=[
                types.Prompt(name=one.name, description=one.about, arguments=arguments)
                for one in PROMPTS
            ]
        )

    async def prompt(
        self, context: Context, params: types.GetPromptRequestParams
    ) -> types.GetPromptResult:
        with _errors_told():
            text = prompt_text(params.name, dict(params.arguments or {}))
        content = types.TextContent(type="text", text=text)
        return types.GetPromptResult(messages=[types.PromptMessage(role="user", content=content)])

    @property
    def _resources(self) -> Resources:
        return self._desk.graph.resources


@contextmanager
def _errors_told() -> Iterator[None]:
    """Tell an error of ours as one of the protocol."""
    try:
        yield
    except BriKgError as error:
        told = " ".join(text for text in (error.message, error.fix) if text)
        raise MCPError(types.INVALID_PARAMS, f"error[{error.code}]: {told}") from None


def _tool(declared: Declared) -> types.Tool:
    return types.Tool(
        name=declared.name,
        title=declared.title,
        description=declared.about,
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
