"""What happens to a running server: workers that die, clients that leave, signals, a store that changes."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from serving import DATA, FOR_AN_HOUR, Running, in_process, serving, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")
ONE_MORE = "@prefix : <http://example.org/> . :new :p :newer ."


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("process") / "data.trig"
    file.write_text(DATA, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def server(file: Path) -> Iterator[Running]:
    with serving("--store", str(file), log=file.parent / "log") as running:
        yield running


class Load(threading.Thread):
    """A client that asks one different question after the other, and keeps what is no right answer."""

    def __init__(self, server: Running, number: int) -> None:
        super().__init__()
        self.answered = 0
        self.wrong: list[str] = []
        self.refused_after_end = 0
        self._server, self._number = server, number
        self._ends = False

    def run(self) -> None:
        with httpx.Client(timeout=60) as client:
            while not self._ends:
                query = f"SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o }} # {self._number} {self.answered}"
                try:
                    answer = client.post(f"{self._server.url}/sparql", data={"query": query})
                except httpx.ConnectError:
                    self.refused_after_end += 1
                    return
                except (httpx.RemoteProtocolError, httpx.ReadError):
                    # An idle connection that is closed just as it is used again: nothing was begun.
                    self.refused_after_end += 1
                    return
                if answer.status_code != 200 or not answer.json()["results"]["bindings"]:
                    self.wrong.append(answer.text)
                self.answered += 1

    def end(self) -> None:
        self._ends = True
        self.join()


def busy(server: Running) -> list[int]:
    """Return the workers that were set apart for slow queries: others go first."""
    found = []
    for pid in server.children():
        try:
            if os.getpriority(os.PRIO_PROCESS, pid) > os.getpriority(
                os.PRIO_PROCESS, server.process.pid
            ):
                found.append(pid)
        except ProcessLookupError:
            continue
    return found


def test_a_worker_that_is_killed_is_replaced_and_nobody_notices(server: Running) -> None:
    load = Load(server, 1)
    load.start()
    before = set(server.children())
    for pid in before:
        os.kill(pid, signal.SIGKILL)
        time.sleep(0.3)
    assert until(lambda: len(set(server.children()) - before) >= 2)
    load.end()
    assert load.wrong == []
    assert load.answered > 0


def test_a_client_that_leaves_frees_its_worker(server: Running) -> None:
    place = urlsplit(server.url)
    body = f"query={FOR_AN_HOUR}".replace(" ", "+").encode()
    head = (
        "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection((place.hostname or "", place.port or 0)) as made:
        made.sendall(head.encode() + body)
        assert until(lambda: busy(server))
        slow = busy(server)
    assert until(lambda: not set(slow) & set(server.children()))
    assert any(line["status"] == 499 for line in server.lines())


def test_what_is_quick_does_not_wait_for_what_is_slow(server: Running) -> None:
    def asked(number: int) -> float:
        begun = time.perf_counter()
        assert server.ask(f"ASK {{}} # {number}").json()["boolean"] is True
        return time.perf_counter() - begun

    asked(0)
    idle = sorted(asked(number) for number in range(1, 8))[3]
    slow = threading.Thread(target=lambda: server.ask(FOR_AN_HOUR + " # quick"))
    slow.start()
    assert until(lambda: busy(server))
    meanwhile = sorted(asked(number) for number in range(10, 17))[3]
    for pid in busy(server):
        os.kill(pid, signal.SIGABRT)  # as one that is out of memory ends
    slow.join()
    told = f"ASK {{}}: {idle * 1000:.1f} ms idle, {meanwhile * 1000:.1f} ms beside a slow query\n"
    sys.stdout.write(told)
    assert meanwhile < 10 * idle


@pytest.mark.slow
def test_more_slow_queries_than_places_wait_and_are_answered_in_turn(tmp_path: Path) -> None:
    with in_process(tmp_path, seconds=1.5, quick=0.1, patience=20.0) as server:

        async def together() -> list[int]:
            import asyncio

            sent = [
                server.client.post("/sparql", data={"query": f"{FOR_AN_HOUR} # {number}"})
                for number in range(3)
            ]
            return [answer.status_code for answer in await asyncio.gather(*sent)]

        assert server.run(together()) == [504, 504, 504]


@pytest.mark.slow
def test_a_crowd_is_told_to_come_again(tmp_path: Path) -> None:
    with in_process(tmp_path, seconds=1.5, quick=0.1, waiting_slow=1) as server:

        async def together() -> list[httpx.Response]:
            import asyncio

            sent = [
                server.client.post("/sparql", data={"query": f"{FOR_AN_HOUR} # {number}"})
                for number in range(4)
            ]
            return list(await asyncio.gather(*sent))

        answers = server.run(together())
        crowded = [answer for answer in answers if answer.status_code == 503]
        assert crowded
        assert all(answer.json()["code"] == "BRI806" for answer in crowded)
        assert all(int(answer.headers["retry-after"]) > 0 for answer in crowded)


def test_a_worker_is_replaced_when_it_has_answered_enough(tmp_path: Path) -> None:
    with in_process(tmp_path, retire_after=3) as server:
        pool = server.server.current.pool
        seen = set()
        for number in range(8):
            seen |= set(pool.pids)
            assert server.ask(f"ASK {{}} # {number}").json()["boolean"] is True
        assert len(seen) >= 3


def test_a_worker_that_grows_is_replaced(tmp_path: Path) -> None:
    with in_process(tmp_path, retire_grown=1) as server:
        before = set(server.server.current.pool.pids)
        values = " ".join(f'"{"x" * 900}{number}"' for number in range(60))
        query = f"SELECT (GROUP_CONCAT(?a) AS ?x) {{ VALUES ?a {{ {values} }} VALUES ?b {{ {values} }} }}"
        assert server.request("POST", "/sparql", data={"query": query}).status_code == 200
        assert server.ask("ASK {}").json()["boolean"] is True
        assert before != set(server.server.current.pool.pids)


@pytest.mark.slow
@pytest.mark.parametrize("by", ["change", "signal"])
def test_a_release_is_swapped_without_a_lost_answer(file: Path, server: Running, by: str) -> None:
    def count() -> int:
        query = f"SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o }} # {time.monotonic()}"
        return int(server.ask(query).json()["results"]["bindings"][0]["n"]["value"])

    def release() -> str:
        return str(httpx.get(f"{server.url}/health", timeout=60).json()["release"])

    loads = [Load(server, number) for number in (10, 11)]
    for load in loads:
        load.start()
    before, triples = release(), count()
    made = file.with_suffix(".new")
    made.write_text(
        file.read_text(encoding="utf-8") + ONE_MORE.replace("new", by), encoding="utf-8"
    )
    made.replace(file)
    if by == "signal":
        server.process.send_signal(signal.SIGHUP)
    assert until(lambda: release() != before)
    assert count() == triples + 1
    for load in loads:
        load.end()
        assert load.wrong == []
        assert load.answered > 0
    assert until(lambda: len(server.children()) == 2)  # those of the release before are gone


def test_a_release_that_cannot_be_read_changes_nothing(tmp_path: Path) -> None:
    with in_process(tmp_path) as server:
        (tmp_path / "data.trig").write_text("no RDF", encoding="utf-8")
        server.run(server.server.reload())
        assert server.lines[-1]["reload"] == "failed"
        assert server.ask("ASK { ?s ?p ?o }").json()["boolean"] is True


@pytest.mark.slow
def test_an_end_under_load_loses_no_answer(file: Path, tmp_path: Path) -> None:
    with serving("--store", str(file), log=tmp_path / "log") as running:
        loads = [Load(running, number) for number in range(3)]
        for load in loads:
            load.start()
        assert until(lambda: all(load.answered > 2 for load in loads))
        workers = running.children()
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(30) == 0
        for load in loads:
            load.join(30)
            assert load.wrong == []
        assert sum(load.refused_after_end for load in loads) == len(loads)
        assert until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))
        answered = sum(line["status"] == 200 for line in running.lines())
        assert answered >= sum(load.answered for load in loads)


@pytest.mark.slow
def test_workers_end_with_a_server_that_is_killed(file: Path, tmp_path: Path) -> None:
    with serving("--store", str(file), log=tmp_path / "log") as running:
        workers = running.children()
        assert workers
        running.process.kill()
        running.process.wait()
        assert until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))
