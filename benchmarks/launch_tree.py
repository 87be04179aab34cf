"""Starts a command and writes what it and all that it starts cost: `python -IS launch_tree.py RESULT COMMAND…`.

Orphans come to this process, which waits for them too, so that the system's account of its children holds
everything. Memory is the sum of proportional set sizes, looked at every three seconds. Linux alone has both.
"""

import ctypes
import os
import resource
import sys
import threading

_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER of prctl(2)


def below(root: int) -> list[int]:
    """Return the processes under one."""
    above: dict[int, list[int]] = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat", errors="replace") as file:
                above.setdefault(int(file.read().rpartition(")")[2].split()[1]), []).append(
                    int(name)
                )
        except OSError:
            continue
    found, waiting = [], [root]
    while waiting:
        children = above.get(waiting.pop(), [])
        found += children
        waiting += children
    return found


def held(process: int) -> int:
    """Return the proportional set size of a process in kilobytes; of one that has ended, none."""
    try:
        with open(f"/proc/{process}/smaps_rollup") as file:
            return next((int(line.split()[1]) for line in file if line.startswith("Pss:")), 0)
    except OSError:
        return 0


def main() -> None:
    """Run the command. RESULT: exit code, CPU seconds, greatest kilobytes of all and of one process."""
    result, *command = sys.argv[1:]
    ctypes.CDLL(None, use_errno=True).prctl(_SUBREAPER, 1, 0, 0, 0)
    ended = threading.Event()
    most = [0, 0]

    def watch() -> None:
        while not ended.wait(3):
            sizes = [held(process) for process in below(os.getpid())]
            most[:] = max(most[0], sum(sizes)), max(most[1], *sizes, 0)

    watching = threading.Thread(target=watch)
    watching.start()
    child = os.posix_spawnp(command[0], command, os.environ)
    code = 0
    while True:
        try:
            one, status = os.wait()
        except ChildProcessError:
            break
        code = os.waitstatus_to_exitcode(status) if one == child else code
    ended.set()
    watching.join()
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(result, "w") as file:
        file.write(f"{code} {usage.ru_utime + usage.ru_stime} {most[0]} {most[1]}")


if __name__ == "__main__":
    main()
