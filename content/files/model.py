"""The row of a stored file. Its key is random, so that it can be erased or given
a key of its own without asking who else has the same bytes; the digest is a column.
"""

from datetime import datetime

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from content.orm import Base, BigId, Id


class StoredFile(Base):
    """What is known of one file; the bytes are in the store under ``key``."""

    __tablename__ = "stored_file"

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    owner_id: Mapped[int | None] = mapped_column(BigId, index=True)
    created_at: Mapped[datetime]
