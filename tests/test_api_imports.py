"""What `import bri_kg` and `bri_kg.open()` load: in processes of their own, since tests load everything."""

from __future__ import annotations

import os
import subprocess
import sys

from conftest import ROOT

from bri_kg.knowledge import KnowledgeGraph

ENGINES = {"pyoxigraph", "rdflib", "pyshacl", "owlrl", "shacl", "yaml"}


def loaded_after(code: str, *options: str) -> tuple[set[str], str]:
    """Return the top modules that are loaded after some code has run, and what it wrote to stderr."""
    said = f"import sys\n{code}\nprint('\\n'.join({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run(
        [sys.executable, *options, "-c", said],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    return set(done.stdout.split()), done.stderr


def test_importing_the_package_loads_neither_argparse_nor_an_engine() -> None:
    loaded, times = loaded_after("import bri_kg", "-X", "importtime")
    assert not loaded & (ENGINES | {"argparse"})
    assert "bri_kg" in times
    assert not [line for line in times.splitlines() if "argparse" in line or "pyoxigraph" in line]


def test_opening_a_graph_and_asking_loads_no_argparse(kg: KnowledgeGraph) -> None:
    """The fixture has built the dataset, so that this process only opens it."""
    loaded, _ = loaded_after("import bri_kg; bri_kg.open().ask('cofounders', partner='UNESCO')")
    assert "pyoxigraph" in loaded
    assert not loaded & {"argparse", "rdflib", "yaml"}


def test_no_call_of_the_api_but_those_for_it_loads_argparse_or_rdflib(kg: KnowledgeGraph) -> None:
    loaded, _ = loaded_after(
        "import bri_kg; kg = bri_kg.open(); kg.search('UNESCO'); kg.questions['cofounders']();"
        "kg.query('DESCRIBE bri-org:cas', limit=1).to_dict(); kg.infer((), ())"
    )
    assert not loaded & {"argparse", "rdflib", "yaml"}


def test_the_notebook_is_loaded_when_a_result_is_shown(kg: KnowledgeGraph) -> None:
    code = "import bri_kg; rows = bri_kg.open().ask('cofounders'); {show}; {said}"
    said = "print('\\n'.join(name for name in sys.modules if name.startswith('bri_kg.notebook')))"
    before, _ = loaded_after(code.format(show="len(rows)", said=said))
    after, _ = loaded_after(code.format(show="rows._repr_html_()", said=said))
    assert not [name for name in before if name.startswith("bri_kg.")]
    assert "bri_kg.notebook.telling" in after
    assert not after & {"matplotlib", "pandas", "IPython", "rdflib", "yaml"}
