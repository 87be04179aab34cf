"""Changes of a store at an address, by SPARQL 1.1 Update; each may be sent twice, since an answer may be lost."""

from __future__ import annotations

from typing import Final

from bri_kg.stores.load_faults import no_update_service, not_changed
from bri_kg.stores.remote import RemoteStore
from bri_kg.stores.wire import Answer

WRITTEN: Final = (200, 201, 202, 204)


def change(store: RemoteStore, update: str) -> None:
    """Send an update that may be sent twice. Raise BriKgError where it is not done."""
    answer = send(store, update)
    if answer.status not in WRITTEN:
        raise not_changed(answer, _update_url(store))


def send(store: RemoteStore, update: str) -> Answer:
    """Send an update that may be sent twice, and return what the store says, good or bad."""
    return store.wire.form(_update_url(store), {"update": update}, "*/*", again=True)


def _update_url(store: RemoteStore) -> str:
    url = store.services.update
    if url is None:
        raise no_update_service(store.place)
    return url
