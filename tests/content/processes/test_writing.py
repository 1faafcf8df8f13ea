"""A process from the standard rows to its second issue; what is published stays."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from content.errors import Conflict, Invalid, InvalidTransition
from content.processes.graph import Fault, Graph
from content.processes.reads import in_force, versions_of
from content.processes.service import ProcessService, Written
from tests.content.handling_moves.office import Office
from tests.support.clock import StoppedClock

TODAY = date(2026, 11, 23)


def test_a_process_is_written_refused_published_and_revised(  # noqa: PLR0915 - one whole job
    office: Office, clock: StoppedClock
) -> None:
    session, head, procedure = office.session, office.head, office.world.procedure
    service = ProcessService(session, clock())
    draft = service.begin(procedure, "", head)
    assert service.begin(procedure, "", head) is draft
    assert draft.graph.hours() == 40
    written = Written(draft.graph, "QT-HT-01", 15, TODAY, "", head.name, "Soát", "Duyệt")

    stray = replace(draft.graph.steps[3], next=())
    broken = Graph((*draft.graph.steps[:3], stray, *draft.graph.steps[4:]))
    with pytest.raises(Invalid) as refused:
        service.keep(draft, head, replace(written, graph=broken), revision=draft.revision)
    assert {one.fault for one in refused.value.data["faults"]} == {
        Fault.TWO_STARTS,
        Fault.NO_WAY_ON,
    }
    with pytest.raises(Conflict):
        service.keep(draft, head, written, revision=draft.revision + 1)

    longer = replace(draft.graph.steps[3], hours=Decimal(99))
    uneven = Graph((*draft.graph.steps[:3], longer, *draft.graph.steps[4:]))
    service.keep(draft, head, replace(written, graph=uneven), revision=draft.revision)
    session.flush()
    with pytest.raises(Invalid) as refused:
        service.publish(draft, head, revision=draft.revision)
    assert refused.value.data["faults"][0].fault is Fault.HOURS_DIFFER

    service.keep(draft, head, written, revision=draft.revision)
    session.flush()
    assert in_force(session, procedure.id, None, TODAY) is None
    service.publish(draft, head, revision=draft.revision)
    session.flush()
    assert in_force(session, procedure.id, None, TODAY) is draft
    assert in_force(session, procedure.id, "Trường hợp khác", TODAY) is draft
    assert in_force(session, procedure.id, None, date(2026, 11, 22)) is None
    assert draft.limit_words == "5 ngày làm việc"

    second = service.begin(procedure, "", head)
    assert (second.number, second.code, second.undo_minutes) == (2, "QT-HT-01", 15)
    service.keep(second, head, written, revision=second.revision)
    session.flush()
    with pytest.raises(Invalid) as refused:
        service.publish(second, head, revision=second.revision)
    assert refused.value.problems == {"changes": "required"}
    assert [one.number for one in versions_of(session, procedure.id)] == [2, 1]
    service.discard(second, head, revision=second.revision)
    session.flush()
    assert versions_of(session, procedure.id) == [draft]

    with pytest.raises(InvalidTransition):
        service.keep(draft, head, written, revision=draft.revision)
    with session.begin_nested() as nested:
        draft.code = "QT-KHAC"
        with pytest.raises(InvalidTransition):
            session.flush()
        nested.rollback()
