"""Life events: what to do, step by step, when a child is born, one moves, opens a shop…

A step names the procedures it needs by code and level; a code that is not in the
catalogue stays in the text and gets no link.
"""

from enum import StrEnum
from typing import Any

from sqlalchemy import Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from content.changes import tracked
from content.orm import Base, Document, Id, by_value, reference


class EventAudience(StrEnum):
    """Whose life it is."""

    CITIZEN = "citizen"
    BUSINESS = "business"


@tracked("life_event")
class LifeEvent(Base):
    """One event, with an introduction and ordered steps."""

    __tablename__ = "life_event"

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    audience: Mapped[EventAudience] = mapped_column(by_value(EventAudience))
    intro: Mapped[str] = mapped_column(Text)
    position: Mapped[int] = mapped_column(Integer, default=0)

    steps: Mapped[list["LifeEventStep"]] = relationship(
        order_by="LifeEventStep.position", cascade="all, delete-orphan", lazy="selectin"
    )


class LifeEventStep(Base):
    """One step: a title, some advice, the procedures it needs: ``[{"code", "level"}]``."""

    __tablename__ = "life_event_step"

    id: Mapped[Id]
    life_event_id: Mapped[int] = reference("life_event.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(Integer)
    title: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    procedures: Mapped[list[Any]] = mapped_column(Document, default=list)
