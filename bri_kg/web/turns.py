"""Who is next: things that are shared out to clients in turn, however many requests one of them sends."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class CrowdedError(Exception):
    """Too many wait already."""


class Turns(Generic[Thing]):
    """Free things, and those who wait for one: each client once, then each again."""

    def __init__(self, most_waiting: int) -> None:
        self._most = most_waiting
        self._waiting: OrderedDict[str, deque[asyncio.Future[Thing]]] = OrderedDict()
        self.free: list[Thing] = []
        self.waiting = 0

    async def take(self, client: str) -> Thing:
        """Return a free thing when it is the client's turn. Raise CrowdedError where too many wait."""
        if self.free and not self.waiting:
            return self.free.pop()
        if self.waiting >= self._most:
            raise CrowdedError
        place: asyncio.Future[Thing] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(client, deque()).append(place)
        self.waiting += 1
        try:
            return await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():
                self.give(place.result())
            elif place in self._waiting.get(client, ()):
                self._waiting[client].remove(place)
                self._left(client)
            raise

    def give(self, thing: Thing) -> None:
        """Give a thing to whoever is next; it is free where nobody waits."""
        while self._waiting:
            client, places = next(iter(self._waiting.items()))
            place = places.popleft()
            self._waiting.move_to_end(client)
            self._left(client)
            if not place.done():
                place.set_result(thing)
                return
        self.free.append(thing)

    def _left(self, client: str) -> None:
        self.waiting -= 1
        if not self._waiting[client]:
            del self._waiting[client]
