"""Starts a command and writes what it cost: `python -IS launch.py RESULT LIMIT COMMAND…`.

A process inherits the peak memory of the one that starts it, so this one is kept small: nothing but the
standard library, and little of that.
"""

import os
import signal
import sys


def main() -> None:
    """Run the command; end it after LIMIT seconds. RESULT: code, stopped, CPU seconds, peak memory."""
    result, limit, *command = sys.argv[1:]
    child = os.posix_spawnp(command[0], command, os.environ)
    late = False

    def end(*_: object) -> None:
        nonlocal late
        late = True
        os.kill(child, signal.SIGKILL)

    signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, float(limit))
    _, status, usage = os.wait4(child, 0)
    with open(result, "w") as file:
        code = os.waitstatus_to_exitcode(status)
        file.write(f"{code} {int(late)} {usage.ru_utime + usage.ru_stime} {usage.ru_maxrss}")


if __name__ == "__main__":
    main()
