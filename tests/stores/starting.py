"""What the scripts beside this one share: a folder, a free port, a process that answers, and its end.

Each script starts one store on 127.0.0.1 and stays until the store has ended or it is ended itself (Ctrl-C, or
SIGTERM). It prints what there is to know, a name and a value a line, and then `ready`. The folder goes when the
store has ended. Exit codes: 0 ended when asked to, 1 the store ended or did not answer, 3 it is not installed.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import NoReturn

HOST = "127.0.0.1"
NOT_INSTALLED = 3
SMALL_DISK = ("--small-disk", "its folder on a disk of 8 MB, or no file of it larger")
# A store that is asked to end writes what it holds; this one is thrown away, so it need not be waited for.
_SECONDS_TO_END = 5


def arguments(description: str, *flags: tuple[str, str]) -> argparse.Namespace:
    """Return what the command line gives: a port, a time limit, and flags with their help."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--port", type=int, help="the port of the store; a free one without it")
    parser.add_argument(
        "--within", type=float, default=60, metavar="SECONDS", help="how long it may take to answer"
    )
    for flag, meaning in flags:
        parser.add_argument(flag, action="store_true", help=meaning)
    given = parser.parse_args()
    given.port = given.port or free_port()
    return given


def free_port() -> int:
    """Return a port on which nothing listens now."""
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        port: int = listener.getsockname()[1]
        return port


def not_installed(what: str) -> NoReturn:
    """End with the exit code for a store that is not here, and say what is missing."""
    sys.stderr.write(f"not installed: {what}\n")
    sys.exit(NOT_INSTALLED)


def program(name: str, package: str) -> str:
    """Return the path of a program, also of one that is installed beside this Python."""
    beside = Path(sys.executable).parent
    found = shutil.which(name) or shutil.which(name, path=str(beside))
    return found or not_installed(f"the program {name} ({package})")


def java_of(version: int) -> list[str]:
    """Return the command of Java, set to start fast: a store in tests lives for seconds."""
    return [
        program("java", f"a Java from version {version}"),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
    ]


def archive(pattern: str) -> Path:
    """Return a file that Maven has put into the folder that BRI_KG_STORES names; see pom.xml."""
    folder = os.environ.get("BRI_KG_STORES")
    found = sorted(Path(folder).resolve().glob(pattern)) if folder else []
    return found[-1] if found else not_installed(f"BRI_KG_STORES names no folder with {pattern}")


def on_small_disk(command: Sequence[str | Path], folder: Path) -> list[str | Path]:
    """Return the command of a store whose folder, with `database` in it, is a disk that is soon full.

    Only the store sees the disk, which is gone with it. Where no disk can be mounted, as in most containers, or
    BRI_KG_MOUNTS is `no`, no file of the store may be larger than the disk would be.
    """
    unshare = ["unshare", "--map-root-user", "--mount"]
    tried: list[str | Path] = [*unshare, "mount", "-t", "tmpfs", "tmpfs", folder]
    if os.environ.get("BRI_KG_MOUNTS") != "no" and _succeeds(tried):
        mount = f'mount -t tmpfs -o size=8m tmpfs "{folder}" && cd "{folder}" && mkdir database'
        return [*unshare, "sh", "-c", f'{mount} && exec "$@"', "sh", *command]
    # In blocks of 512 bytes. The signal is not heard, so that a write fails and the store lives.
    return ["sh", "-c", 'trap "" XFSZ && ulimit -f 16384 && exec "$@"', "sh", *command]


def _succeeds(command: Sequence[str | Path]) -> bool:
    try:
        return subprocess.run(command, stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


@contextlib.contextmanager
def own_folder(name: str) -> Iterator[Path]:
    """Yield a new folder that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix=f"bri-kg-{name}-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def serve(
    command: Sequence[str | Path],
    folder: Path,
    said: Mapping[str, str],
    ready: str,
    within: float,
    prepare: Callable[[], None] = lambda: None,
) -> int:
    """Run a store until it ends or this process is asked to end; return an exit code.

    In: its command and folder; what to say of it; the address that answers when it is ready, and the seconds that
    this may take; what else to do before it is said to be ready.
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _asked_to_end)
    log = folder / "log"
    with log.open("wb") as output:
        store = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        if not _answers(store, ready, time.monotonic() + within):
            tail = log.read_text(encoding="utf-8", errors="replace")[-2000:]
            sys.stderr.write(f"no answer from {ready} within {within:g} s; its log ends:\n{tail}\n")
            return 1
        prepare()
        for name, value in {**said, "folder": str(folder), "pid": str(store.pid)}.items():
            sys.stdout.write(f"{name:8}{value}\n")
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        store.wait()
        return 1
    finally:
        _end(store)


def _asked_to_end(number: int, frame: FrameType | None) -> NoReturn:
    sys.exit(0)


def _answers(store: subprocess.Popen[bytes], address: str, until: float) -> bool:
    while store.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return True
        except urllib.error.HTTPError as error:
            return error.code == 401
        except (urllib.error.URLError, http.client.HTTPException, OSError):
            time.sleep(0.1)
    return False


def _end(store: subprocess.Popen[bytes]) -> None:
    store.terminate()
    try:
        store.wait(_SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        store.kill()
        store.wait()
