"""Sessions of Apache Spark by the address of a master, with what they need said where it is missing.

Spark runs on loopback here, without its web page and its log; elsewhere its own files (`SPARK_CONF_DIR`) set it up.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bri_kg.errors import InputError, UsageError, how_to_install

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_HERE = re.compile(r"local(?:\[(\*|[1-9][0-9]*)(?:, *[1-9][0-9]*)?\])?")
_CLUSTER_HERE = re.compile(r"local-cluster\[ *[1-9][0-9]* *, *([1-9][0-9]*) *, *[1-9][0-9]* *\]")
_ELSEWHERE = re.compile(r"(spark|k8s|sc)://[^\s/]\S*|yarn")
_LOOPBACK: Final = "127.0.0.1"
_QUIET: Final = {
    "spark.app.name": "bri-kg",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
_JOINS: Final = {
    # Lines of a part come in any order, and whoever reads them sorts them. Spark takes the same lines in another order,
    # dealt again after an executor failed, for other rows, and would give up what it cannot begin anew.
    "spark.sql.shuffle.orderIndependentChecksum.enableFullRetryOnMismatch": "false",
    # One statement joins a dozen tables; with the 10 MB of Spark, what the driver sends of each to all filled its heap.
    "spark.sql.autoBroadcastJoinThreshold": "2MB",
    # What several statements put into a table would each be held against all that is told; together it is held once.
    "spark.sql.optimizer.excludedRules": "org.apache.spark.sql.catalyst.optimizer.PushDownLeftSemiAntiJoin",
}
# Of hundreds of statements most run a few times: here, compiling all of them well took a third of all CPU time. Ten
# times the thresholds of Java leave the second compiler to what is long at work.
_SELDOM_COMPILED: Final = (
    "-XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=6000 "
    "-XX:Tier4CompileThreshold=150000 -XX:Tier4BackEdgeThreshold=400000"
)
# A driver without tasks of its own plans each statement once.
_COMPILED_ONCE: Final = (
    "-XX:ActiveProcessorCount=1 -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m"
)
# Up to so many cores, one thread that collects garbage takes less time than those that collect it beside the work.
_FEW_CORES: Final = 4
# What the one Java that does everything has, unless a user says how much; Spark gives 1 GB to a driver.
_MEMORY: Final = "2g"
# How systems say that a disk, a share of it or a file is full; Java and Python say it alike.
_NO_ROOM: Final = tuple(map(os.strerror, (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)))
_NO_MEMORY: Final = ("OutOfMemoryError", "Not enough memory to build and broadcast")
_AGAIN: Final = "nothing was left at the place of the release, and the command may be run again"
_LOGGING: Final = "log4j2.properties"
_HERE_ALONE: Final = {
    "spark.driver.bindAddress": _LOOPBACK,
    "spark.driver.host": _LOOPBACK,
    "spark.sql.shuffle.partitions": "8",
}


def _for_java(on: str) -> dict[str, str]:
    """Return options of Java, which settings of a user's own come after."""
    driver, executor = "spark.driver.defaultJavaOptions", "spark.executor.defaultJavaOptions"
    if cluster := _CLUSTER_HERE.fullmatch(on):
        return {driver: _COMPILED_ONCE + _logging(), executor: _working(cluster[1])}
    here = _HERE.fullmatch(on)
    return {driver: _working((here and here[1]) or "1") + _logging()}


def _working(cores: str) -> str:
    """Return the options of a Java that works on tasks on so many cores, or on all (`*`).

    With few, it is told of one: it takes the simplest way to collect garbage then, whatever else a user asks of it.
    """
    if cores == "*":
        return _SELDOM_COMPILED
    count = int(cores)
    return f"-XX:ActiveProcessorCount={1 if count <= _FEW_CORES else count} {_SELDOM_COMPILED}"


def _logging() -> str:
    """Return the option of Java that keeps Spark's log from the terminal, where the user has not said where it goes."""
    settings = os.environ.get("SPARK_CONF_DIR") or str(Path(_home()) / "conf")
    if (Path(settings) / _LOGGING).is_file():
        return ""
    return f" -Dlog4j2.configurationFile={(Path(__file__).parent / _LOGGING).as_uri()}"


@contextmanager
def session(on: str) -> Iterator[SparkSession]:
    """Open a session of Spark, and stop it.

    Raise UsageError for an address that is none, and InputError where PySpark or Java is missing, or
    no session can be had there, or one breaks.
    """
    refuse_no_address(on)
    _refuse_missing_packages()
    is_connect = on.startswith("sc://")
    if not is_connect:
        _refuse_missing_java()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what PySpark thinks of the versions of others
        spark = _started(on, is_connect)
        try:
            yield spark
        except _errors_of_spark() as error:
            raise _given_up(error, on) from None
        finally:
            _stop(spark, on)


def refuse_no_address(on: str) -> None:
    """Raise UsageError for what is no address of a master of Spark."""
    if not any(form.fullmatch(on) for form in (_HERE, _CLUSTER_HERE, _ELSEWHERE)):
        raise UsageError(
            "BRI512",
            f"{on!r} names no place where Spark runs",
            fix="write local[2], local-cluster[2,1,1536], spark://HOST:7077, yarn, k8s://… or, "
            "for Spark Connect, sc://HOST:15002",
        )


def _refuse_missing_packages() -> None:
    try:
        import pyarrow  # noqa: F401
        import pyspark  # noqa: F401
        import sqlglot  # noqa: F401
    except ImportError as error:
        raise InputError(
            code="BRI510",
            message=f"building on Spark needs {error.name}, which is not installed",
            fix=how_to_install("spark"),
        ) from None


def _refuse_missing_java() -> None:
    home = os.environ.get("JAVA_HOME")
    is_there = (Path(home) / "bin" / "java").is_file() if home else shutil.which("java")
    if not is_there:
        raise InputError(
            code="BRI511",
            message="building on Spark needs Java, which is not found",
            why=f"JAVA_HOME is {home!r}" if home else "there is no java on PATH",
            fix="install Java 17 or later, or let JAVA_HOME name the folder of one",
        )


def _started(on: str, is_connect: bool) -> SparkSession:
    from pyspark.sql import SparkSession

    # Workers would take whatever python3 is on PATH.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder
    settings = _JOINS | ({} if is_connect else _QUIET)
    if on.startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", _LOOPBACK)
        settings |= _HERE_ALONE | _for_java(on)
        if not _CLUSTER_HERE.fullmatch(on):
            os.environ.setdefault("SPARK_DRIVER_MEMORY", _MEMORY)
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        return (builder.remote(on) if is_connect else builder.master(on)).getOrCreate()
    except Exception as error:  # of Java, of gRPC, of the process that starts them
        raise InputError(
            code="BRI513",
            message=f"no session of Spark could be had at {on}",
            why=_first_line(error),
            fix="check the address, that Spark of the same version as PySpark runs there, and that Java is 17 or later",
        ) from None


def _given_up(error: Exception, on: str) -> InputError:
    """Return what is said of an error of Spark: a full disk, too little memory, or anything else."""
    full = next((said for said in _NO_ROOM if said in str(error)), None)
    if full:
        return InputError(
            code="BRI516",
            message=f"a disk that Spark on {on} writes to has no room",
            why=full,
            fix="make room where the release is written, where --work keeps what was done, and where Spark keeps what "
            f"it deals out (SPARK_LOCAL_DIRS); {_AGAIN}",
        )
    if any(said in str(error) for said in _NO_MEMORY):
        return InputError(
            code="BRI517",
            message=f"Spark on {on} has too little memory",
            why=_first_line(error),
            fix="give the driver and the executors more, by spark.driver.memory and spark.executor.memory in the "
            f"spark-defaults.conf of the folder that SPARK_CONF_DIR names; {_AGAIN}",
        )
    return InputError(
        code="BRI515",
        message=f"Spark gave up on {on}",
        why=_first_line(error),
        fix=f"its logs say more (here: with a {_LOGGING} in the folder that SPARK_CONF_DIR names); {_AGAIN}",
    )


def _stop(spark: SparkSession, on: str) -> None:
    """Stop a session; a cluster on this machine leaves folders in its home, which go too."""
    name = spark.conf.get("spark.app.id", "") if on.startswith("local-cluster") else ""
    spark.stop()
    if name:
        shutil.rmtree(Path(_home()) / "work" / name, ignore_errors=True)


def _home() -> str:
    import pyspark

    return os.environ.get("SPARK_HOME") or str(Path(pyspark.__file__).parent)


def _errors_of_spark() -> tuple[type[Exception], ...]:
    from pyspark.errors import PySparkException

    try:
        from py4j.protocol import Py4JError
    except ImportError:
        return (PySparkException,)
    return PySparkException, Py4JError


def _first_line(error: Exception) -> str:
    """Return the first line that says what happened; errors of Java begin with which call had them."""
    lines = [line.removeprefix(": ") for line in str(error).strip().split("\n")]
    while len(lines) > 1 and lines[0].startswith("An error occurred while calling"):
        del lines[0]
    return lines[0][:300] or type(error).__name__
