"""A process that writes pages: a line of JSON with a task comes in, a line with what was done goes out.

It ends when nobody can ask it any longer, however the one that started it has ended.
"""

from __future__ import annotations

import json
import sys
import traceback
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, Final

from bri_kg.web.problems import Spoken
from bri_kg.web.site import Site
from bri_kg.web.snapshots import Place, Snapshot
from bri_kg.web.written.page_files import Maker, Task
from bri_kg.web.written.site_plan import Plan

PLAN: Final = "plan.json"
Message = dict[str, Any]


@dataclass(frozen=True)
class Given:
    """What a process needs to write: the graph, its snapshot, the folder."""

    place: Place
    snapshot: str
    release: str
    folder: str

    def maker(self, spoken: Spoken | None) -> Maker:
        """Return what writes."""
        snapshot = Snapshot(Path(self.snapshot), self.release)
        site = Site(snapshot.open(self.place), "", self.release, spoken=spoken)
        return Maker(site, Path(self.folder), lambda: Plan.read(snapshot.folder / PLAN))

    def to_json(self) -> str:
        """Return it as text."""
        return json.dumps(asdict(self))

    @classmethod
    def of(cls, text: str) -> Given:
        """Return what `to_json` wrote."""
        told = json.loads(text)
        return cls(Place(**told.pop("place")), **told)


def answered(maker: Maker, message: Message) -> Message:
    """Return what was done for a message: pages were written, or the answers of a question were looked for."""
    if "question" in message:
        return {"answers": [asdict(one) for one in maker.answers(message["question"])]}
    tasks = [Task.of(one) for one in message["tasks"]]
    late = message.get("late")
    done = maker.make(tasks) if late is None else maker.leave_out(tasks, late)
    files = [asdict(one) for one in done.files]
    return {"files": files, "linked": sorted(done.linked), "made": sorted(done.made)}


def run(spoken: Spoken, tasks: IO[str], replies: IO[str]) -> int:
    """Do what comes in until nothing does; the first line says for what, and the first reply that it is open."""
    maker = Given.of(tasks.readline()).maker(spoken)
    _reply(replies, {})
    for line in tasks:
        try:
            reply = answered(maker, json.loads(line))
        except Exception:  # told by the process that asked
            reply = {"failed": traceback.format_exc()}
        _reply(replies, reply)
    return 0


def _reply(replies: IO[str], reply: Message) -> None:
    replies.write(json.dumps(reply) + "\n")
    replies.flush()


def streams() -> tuple[IO[str], IO[str]]:
    """Return where tasks come from and replies go to; nothing else is written there."""
    replies = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - as long as it runs
    tasks = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = sys.stderr
    return tasks, replies
