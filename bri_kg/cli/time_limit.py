"""`--timeout`: the same command in a process that can be ended, since an engine cannot be from inside."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

# The package is found where it is now, whatever lies in the current folder.
_CHILD = """import sys
sys.path.insert(0, sys.argv.pop(1))
from bri_kg.cli.main import main
raise SystemExit(main())"""
_GRACE = 1.0  # seconds that the parent has to say what happened before its child ends itself
_DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux


def run_within(seconds: float, arguments: Sequence[str], told: str) -> int:
    """Run the command line in a child and return its exit code, 3 when its time was over.

    `told` is the environment variable that tells the child who measures its time.
    """
    import subprocess

    home = str(Path(__file__).parents[2])
    child = subprocess.Popen(
        [sys.executable, "-P", "-c", _CHILD, home, *arguments],
        env={**os.environ, told: str(os.getpid())},
    )

    def end(number: int, _frame: object) -> None:
        child.kill()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    import threading

    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, end)
    try:
        code = child.wait(seconds)
        return code if code >= 0 else 128 - code  # as a shell says that a signal ended it
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
        from bri_kg.cli.messages.speaking import language_of
        from bri_kg.cli.talking import say

        say(
            f"error[BRI600]: stopped after {seconds:g} seconds\n"
            "  fix: ask for less, or give a longer --timeout",
            language_of(arguments),
        )
        return 3


def end_in_time(seconds: float, parent: int) -> None:
    """Let this process end when its parent does where the system can, and soon after its time anyhow.

    The parent may be killed without a chance to end its child. The system's own timer and signal
    work while the engine is busy; on Windows a thread has to wait for it.
    """
    if not hasattr(signal, "setitimer"):
        import threading

        timer = threading.Timer(seconds + _GRACE, os._exit, [3])
        timer.daemon = True
        timer.start()
        return
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE)
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != parent:  # it died before this line
            os._exit(3)
