"""What all tables of the state share: their list, and the kinds of columns that recur."""

from sqlalchemy import BigInteger, Integer, MetaData, String

metadata = MetaData()

# SQLite counts by itself only in a column that is exactly INTEGER.
COUNTER = BigInteger().with_variant(Integer(), "sqlite")
NAME = String(64)
SHA256 = String(64)
ADDRESS = String(64)
