"""Start Apache Jena Fuseki with an empty dataset `bri`: python tests/stores/fuseki.py [--tdb2] [--port N] […].

BRI_KG_STORES names the folder into which Maven has put its jar:
mvn -f tests/stores/pom.xml dependency:copy-dependencies -DoutputDirectory="$BRI_KG_STORES"
"""

from __future__ import annotations

import sys
from pathlib import Path

from starting import HOST, SMALL_DISK, archive, arguments, java_of, on_small_disk, own_folder, serve

_UNION = """
PREFIX fuseki: <http://jena.apache.org/fuseki#>
PREFIX tdb2: <http://jena.apache.org/2016/tdb#>
[] a fuseki:Service ; fuseki:name "bri" ; fuseki:endpoint
    [ fuseki:operation fuseki:query ; fuseki:name "query" ] ,
    [ fuseki:operation fuseki:update ; fuseki:name "update" ] ,
    [ fuseki:operation fuseki:gsp-rw ; fuseki:name "data" ] ;
  fuseki:dataset [ a tdb2:DatasetTDB2 ; tdb2:location "database" ; tdb2:unionDefaultGraph true ] .
"""


def main() -> int:
    given = arguments(
        __doc__,
        ("--tdb2", "a TDB2 database on disk, not a dataset in memory"),
        ("--union", "a TDB2 database whose default graph is the union of its named graphs"),
        ("--read-only", "a dataset that takes no changes"),
        ("--password", "a server that wants a name and a password, `bri` both (basic)"),
        ("--small-disk", f"{SMALL_DISK[1]}, with --tdb2"),
    )
    java, jar = java_of(17), archive("jena-fuseki-server-*.jar")
    root = f"http://{HOST}:{given.port}"
    dataset = f"{root}/bri"
    kind = "TDB2" if given.tdb2 or given.union else "in memory"
    said = {
        "store": f"Fuseki {jar.stem.rpartition('-')[2]}, {kind}",
        "address": dataset,
        "query": f"{dataset}/query",
        "update": f"{dataset}/update",
        "graphs": f"{dataset}/data",
    }
    with own_folder("fuseki") as folder:
        database = folder / "database"
        database.mkdir()
        where = [*(("--tdb2", f"--loc={database}") if given.tdb2 else ("--mem",)), "/bri"]
        if given.union:
            settings = folder / "union.ttl"
            settings.write_text(_UNION, encoding="utf-8")
            where = [f"--config={settings}"]
        how = [] if given.read_only or given.union else ["--update"]
        if given.password:
            passwords = folder / "passwords"
            passwords.write_text("bri: bri\n", encoding="utf-8")
            how += ["--auth=basic", f"--passwd={passwords}"]
        command: list[str | Path] = [
            *java, "-Xmx1g", "-cp", jar, "org.apache.jena.fuseki.main.cmds.FusekiMainCmd",
            "--localhost", f"--port={given.port}", "--ping", *how, *where,
        ]  # fmt: skip
        if given.small_disk:
            command = on_small_disk(command, folder)
        return serve(command, folder, said, f"{root}/$/ping", given.within)


if __name__ == "__main__":
    sys.exit(main())
