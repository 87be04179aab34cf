"""Start RDF4J Server with an empty repository `bri` in memory: python tests/stores/rdf4j.py [--port N].

BRI_KG_STORES names the folder into which Maven has put it and Jetty, which runs it:
mvn -f tests/stores/pom.xml dependency:copy-dependencies -DoutputDirectory="$BRI_KG_STORES"
"""

from __future__ import annotations

import sys
import urllib.request

from starting import HOST, archive, arguments, java_of, own_folder, serve

_REPOSITORY = """
@prefix repository: <http://www.openrdf.org/config/repository#> .
@prefix in: <http://www.openrdf.org/config/repository/sail#> .
@prefix sail: <http://www.openrdf.org/config/sail#> .
[] a repository:Repository ; repository:repositoryID "bri" ; repository:repositoryImpl [
  repository:repositoryType "openrdf:SailRepository" ; in:sailImpl [ sail:sailType "openrdf:MemoryStore" ] ] .
"""


def main() -> int:
    given = arguments(__doc__)
    java, war = java_of(11), archive("rdf4j-http-server-*.war")
    runner = archive("jetty-runner-*.jar")
    root = f"http://{HOST}:{given.port}/rdf4j-server"
    repository = f"{root}/repositories/bri"

    def create() -> None:
        request = urllib.request.Request(
            repository, _REPOSITORY.encode(), {"Content-Type": "text/turtle"}, method="PUT"
        )
        urllib.request.urlopen(request, timeout=30).close()

    said = {
        "store": f"RDF4J Server {war.stem.rpartition('-')[2]}, in memory",
        "address": repository,
        "query": repository,
        "update": f"{repository}/statements",
        "graphs": f"{repository}/rdf-graphs/service",
    }
    with own_folder("rdf4j") as folder:
        command = [
            *java, "-Xmx1g", f"-Djava.io.tmpdir={folder}",
            f"-Dorg.eclipse.rdf4j.appdata.basedir={folder / 'data'}", "-jar", runner,
            "--host", HOST, "--port", str(given.port), "--path", "/rdf4j-server", war,
        ]  # fmt: skip
        return serve(command, folder, said, f"{root}/protocol", given.within, create)


if __name__ == "__main__":
    sys.exit(main())
