"""Starts a command and writes what it and all that it starts cost: `python -IS launch_tree.py RESULT COMMAND…`.

Orphans come to this process, which waits for them too, so that the system's account of its children holds
everything but the children of those who do not wait for theirs, such as what starts the Python workers of Spark: what
these had taken is counted as it was last seen, half a second before they ended at most. Memory is the sum of
proportional set sizes, looked at every three seconds. Linux alone has both.
"""

import ctypes
import os
import resource
import sys
import threading

_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER of prctl(2)
_IGNORES_CHILDREN = 1 << 16  # SIGCHLD in SigIgn of proc(5)
_TICKS = os.sysconf("SC_CLK_TCK")


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


def is_careless(process: int) -> bool:
    """Return whether a process lets its children end without an account of them."""
    try:
        with open(f"/proc/{process}/status", errors="replace") as file:
            ignored = next(line.split()[1] for line in file if line.startswith("SigIgn:"))
    except (OSError, StopIteration):
        return False
    return bool(int(ignored, 16) & _IGNORES_CHILDREN)


def taken(process: int) -> tuple[str, float] | None:
    """Return what names a process for good, and the CPU seconds of it and of those that it waited for."""
    try:
        with open(f"/proc/{process}/stat", errors="replace") as file:
            fields = file.read().rpartition(")")[2].split()
    except OSError:
        return None
    return f"{process} {fields[19]}", sum(map(int, fields[11:15])) / _TICKS


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
    lost: dict[str, float] = {}

    def watch() -> None:
        looked = 0
        while not ended.wait(0.5):
            processes = below(os.getpid())
            careless = [process for process in processes if is_careless(process)]
            lost.update(filter(None, (taken(one) for parent in careless for one in below(parent))))
            looked += 1
            if looked % 6 == 0:
                sizes = [held(process) for process in processes]
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
        for name in [name for name in lost if name.startswith(f"{one} ")]:
            del lost[name]  # it came to this process after all
    ended.set()
    watching.join()
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = usage.ru_utime + usage.ru_stime + sum(lost.values())
    with open(result, "w") as file:
        file.write(f"{code} {seconds} {most[0]} {most[1]}")


if __name__ == "__main__":
    main()
