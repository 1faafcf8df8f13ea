"""The register of certificates, its reminders, and what the public may ask."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from content.errors import Invalid, InvalidTransition
from content.outbox import OutboxJob
from content.signing.checking import by_code, by_file
from content.signing.models import Purpose
from content.signing.register import CertificateRegister, days_left
from tests.content.signing.making import by_hand, pair


def test_a_certificate_is_entered_once_and_while_it_counts(world, clock, ca) -> None:
    register = CertificateRegister(world.session, clock())
    found = register.add(ca.leader.pem, world.commune, world.officer, world.officer, note=" USB ")
    assert (found.subject, found.purpose, found.note) == (
        "Hoàng Văn Lãnh",
        Purpose.PERSONAL,
        "USB",
    )
    seal = register.add(ca.seal.der, world.commune, None, world.officer)
    assert seal.purpose is Purpose.SEAL
    old = pair("Cũ", clock() - timedelta(9), clock() - timedelta(1))
    for content, problem in (
        (ca.leader.der, "known_already"),
        (old.pem, "over"),
        (b"junk", "not_a_certificate"),
        (b"", "not_a_certificate"),
    ):
        with pytest.raises(Invalid) as caught:
            register.add(content, world.commune, world.officer, world.officer)
        assert caught.value.problems == {"file": problem}
    register.revoke(found, world.officer)
    with pytest.raises(InvalidTransition):
        register.revoke(found, world.officer)
    assert [one.id for one in register.all()] == [seal.id, found.id]


def test_owners_are_told_once_for_each_step(world, clock, ca) -> None:
    soon = pair("Sắp hết", clock() - timedelta(9), clock() + timedelta(days=29, hours=1))
    register = CertificateRegister(world.session, clock())
    found = register.add(soon.pem, world.commune, world.officer, world.officer)
    assert days_left(found, clock()) == 29
    told = []
    for days in (0, 1, 22, 23, 28, 30):
        register = CertificateRegister(world.session, clock() + timedelta(days=days))
        told.append(register.remind())
    assert told == [1, 0, 1, 0, 1, 0]
    query = select(OutboxJob.payload).where(OutboxJob.key.like("certificate:%"))
    mails = world.session.scalars(query).all()
    assert {one["to"] for one in mails} == {"motcua@example.vn"}
    assert mails[0]["values"]["subject"] == "Sắp hết"


def test_anybody_can_ask_whether_a_paper_is_ours(signing, paper, world, clock, ca) -> None:
    assert by_code(world.session, "khong-co") is None
    found = by_code(world.session, f" {paper.check_code.lower()[:4]} {paper.check_code[4:]} ")
    assert found is not None
    assert (found.title, found.signatures, found.is_this_file) == (paper.title, (), False)
    task = signing.ask(paper, world.officer)
    original = signing.content_of(task)
    signed = by_hand(original, ca.leader, clock())
    signing.accept(task, signed, world.officer)
    world.session.flush()
    shown = by_file(world.session, signed)
    assert shown is not None
    assert (shown.is_this_file, shown.is_latest) == (True, True)
    assert [(one.signer, one.at) for one in shown.signatures] == [("Hoàng Văn Lãnh", clock())]
    unsigned = by_file(world.session, original)
    assert unsigned is not None
    assert (unsigned.is_latest, unsigned.signatures) == (False, ())
    assert by_file(world.session, signed + b" ") is None
    assert by_file(world.session, b"") is None
    told = by_code(world.session, paper.check_code)
    assert told is not None
    assert len(told.signatures) == 1
