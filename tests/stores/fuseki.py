"""Start Apache Jena Fuseki with an empty dataset `bri`: python tests/stores/fuseki.py [--tdb2] [--port N].

BRI_KG_STORES names the folder into which Maven has put its jar:
mvn -f tests/stores/pom.xml dependency:copy-dependencies -DoutputDirectory="$BRI_KG_STORES"
"""

from __future__ import annotations

import sys

from starting import HOST, archive, arguments, java_of, own_folder, serve


def main() -> int:
    given = arguments(__doc__, ("--tdb2", "a TDB2 database on disk, not a dataset in memory"))
    java, jar = java_of(17), archive("jena-fuseki-server-*.jar")
    root = f"http://{HOST}:{given.port}"
    dataset = f"{root}/bri"
    kind = "TDB2" if given.tdb2 else "in memory"
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
        where = ["--tdb2", f"--loc={database}"] if given.tdb2 else ["--mem"]
        command = [
            *java, "-Xmx1g", "-cp", jar, "org.apache.jena.fuseki.main.cmds.FusekiMainCmd",
            "--localhost", f"--port={given.port}", "--ping", "--update", *where, "/bri",
        ]  # fmt: skip
        return serve(command, folder, said, f"{root}/$/ping", given.within)


if __name__ == "__main__":
    sys.exit(main())
