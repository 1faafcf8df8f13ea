"""Signatures inside a result file: whole or changed, believed or not, and both told apart."""

import io

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.dss import DocumentSecurityStore

from content.dossiers.signed_files import FileSignature, SignerTrust
from content.errors import Invalid
from content.seed.month.invented import a_page
from content.signing.register import CertificateRegister
from content.signing.report import Trust
from content.signing.result_files import signatures_in
from tests.content.dossiers_service.world import World
from tests.content.signing.making import Authority, Pair, by_hand

PAGE = a_page("Ket qua")


def found(world: World, content: bytes, *roots: Pair) -> tuple[FileSignature, ...]:
    trust = Trust(tuple(one.der for one in roots))
    return signatures_in(world.session, content, trust)


def test_who_signed_and_whether_it_can_be_believed(world: World, clock, ca: Authority) -> None:
    assert found(world, PAGE, ca.root) == ()
    both = by_hand(by_hand(PAGE, ca.leader, clock()), ca.seal, clock(), "dau")
    told = found(world, both, ca.root)
    assert [one.signer for one in told] == ["Hoàng Văn Lãnh", "Ủy ban nhân dân xã Mẫu"]
    assert {one.signed_at for one in told} == {clock()}
    assert {(one.is_intact, one.trust) for one in told} == {(True, SignerTrust.TRUSTED)}
    assert [FileSignature.of(one.as_data()) for one in told] == list(told)
    # Nobody named to be trusted is not the same as somebody who is not trusted.
    for roots, trust in (((), SignerTrust.NO_SOURCE), ((ca.stamper,), SignerTrust.UNTRUSTED)):
        assert {(one.is_intact, one.trust) for one in found(world, both, *roots)} == {(True, trust)}
    register = CertificateRegister(world.session, clock())
    register.revoke(
        register.add(ca.leader.pem, world.commune, world.officer, world.officer), world.officer
    )
    world.session.flush()
    assert [one.trust for one in found(world, both, ca.root)] == [
        SignerTrust.REVOKED,
        SignerTrust.TRUSTED,
    ]


def test_what_was_changed_after_signing_is_seen_without_any_trust(
    world: World, clock, ca: Authority
) -> None:
    signed = by_hand(PAGE, ca.leader, clock())
    turned = signed.replace(b"(Ket qua)", b"(Ket Qua)", 1)
    for changed in (turned, signed + b"\n% more\n"):
        assert [one.is_intact for one in found(world, changed)] == [False]
    with pytest.raises(Invalid) as refused:
        found(world, b"%PDF-1.7 /ByteRange [0 1 2 3]")
    assert refused.value.problems == {"files": "signature_unreadable"}
    # What is added so that the signature can be checked in years to come changes nothing.
    kept = io.BytesIO(signed)
    contents = PdfFileReader(kept).embedded_signatures[0].pkcs7_content
    DocumentSecurityStore.add_dss(kept, contents, certs=[])
    assert len(kept.getvalue()) > len(signed)
    assert [one.is_intact for one in found(world, kept.getvalue(), ca.root)] == [True]
