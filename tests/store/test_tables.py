"""The tables as the migrations make them are those that the code knows, in both databases."""

from __future__ import annotations

from sqlalchemy import inspect

from whence.store import open_store
from whence.store.migrations import last
from whence.store.tables import library, metadata


class TestMigrations:
    def test_they_make_the_tables_that_the_code_knows(self, place: str) -> None:
        store = open_store(place, create=True, made_by="test")
        with store.reading() as connection:
            found = inspect(connection)
            for name, table in metadata.tables.items():
                columns = {c["name"]: c for c in found.get_columns(name)}
                assert {c.name for c in table.columns} == set(columns)
                for c in table.columns:
                    assert c.primary_key or c.nullable == columns[c.name]["nullable"], (name, c.name)
                    assert c.type.as_generic()._type_affinity in (columns[c.name]["type"].as_generic()._type_affinity, type(c.type)), (name, c.name)
                assert {i.name for i in table.indexes} == {i["name"] for i in found.get_indexes(name) if not i.get("duplicates_constraint")}
        store.close()

    def test_a_library_knows_its_number(self, place: str) -> None:
        open_store(place, create=True, made_by="0.0").close()
        store = open_store(place, create=False, made_by="0.1")
        with store.reading() as connection:
            assert (last(), "0.0") == tuple(connection.execute(library.select()).one())
        store.close()
