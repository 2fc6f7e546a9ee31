"""
Databases, read where they are and never written to: PostgreSQL and MariaDB or MySQL.

A plan names the environment variable that holds the database's URL; the URL itself, with its
password, is in no plan, message or report. ``connection`` opens it, ``dialect`` says what is
written differently in each, ``tables`` describes what is there.
"""

from audit.register.database.connection import Connection, Connections, connected
from audit.register.database.dialect import Dialect
from audit.register.database.tables import DatabaseTable, database_table, database_tables, shown

__all__ = [
    "Connection",
    "Connections",
    "DatabaseTable",
    "Dialect",
    "connected",
    "database_table",
    "database_tables",
    "shown",
]
