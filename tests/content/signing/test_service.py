"""Signed documents: kept if they are the ones handed out and soundly signed, else refused."""

import subprocess
from datetime import timedelta
from pathlib import Path
from shutil import which

import pytest

from content.errors import Conflict, Invalid, InvalidTransition, NotFound
from content.letters.issued import IssuedPaper
from content.signing import engine
from content.signing.models import Purpose, SigningState
from content.signing.options import SigningOptions
from content.signing.pades import Visible
from content.signing.register import CertificateRegister
from content.signing.report import Trust
from content.signing.service import HAND_OFF, SigningService
from content.signing.stamps import seal_box, seal_picture, signature_box, signature_picture
from tests.content.signing.keys import sign_with
from tests.content.signing.making import PASSPHRASE, Authority, by_hand, pair
from tests.content.signing.pictures import seal, signature


def problems(service: SigningService, task, content: bytes, account=None) -> tuple[str, ...]:
    with pytest.raises(Invalid) as caught:
        service.accept(task, content, account)
    assert not task.versions
    return caught.value.data.get("found", (caught.value.problems["file"],))


def test_what_was_handed_out_and_signed_is_kept_byte_for_byte(
    signing, paper, world, clock, ca
) -> None:
    task = signing.ask(paper, world.officer)
    assert signing.ask(paper, world.officer).id == task.id
    signed = by_hand(signing.content_of(task), ca.leader, clock())
    kept = signing.accept(task, signed, world.officer)
    assert (kept.signer, kept.issuer, kept.time_source) == (
        "Hoàng Văn Lãnh",
        "CA chuyên dùng thử",
        "clock",
    )
    assert kept.signed_at == clock()
    assert task.state is SigningState.DONE
    assert signing.content_of(task) == signed
    assert signing.accept(task, signed, world.officer).id == kept.id
    assert len(task.versions) == 1


def test_another_tool_sees_the_same_signature(signing, paper, clock, ca, tmp_path: Path) -> None:
    program = which("pdfsig")
    if program is None:
        pytest.skip("poppler is not installed")
    task = signing.ask(paper, None)
    path = tmp_path / "signed.pdf"
    path.write_bytes(by_hand(signing.content_of(task), ca.leader, clock()))
    told = subprocess.run([program, str(path)], capture_output=True, text=True, check=False).stdout
    for words in (
        "Signature is Valid",
        "Total document signed",
        "Hoàng Văn Lãnh",
        "ETSI.CAdES.detached",
    ):
        assert words in told


def test_a_changed_document_is_refused(signing, paper, clock, ca) -> None:
    task = signing.ask(paper, None)
    content = signing.content_of(task)
    other = content.replace(b"%PDF-1.7", b"%PDF-1.6", 1)
    assert other != content
    assert problems(signing, task, by_hand(other, ca.leader, clock())) == ("document_changed",)


def test_what_is_not_signed_or_no_pdf_is_refused(signing, paper, clock) -> None:
    task = signing.ask(paper, None)
    content = signing.content_of(task)
    assert problems(signing, task, content) == ("no_new_signature",)
    assert problems(signing, task, b"") == ("not_a_pdf",)
    assert problems(signing, task, b"PK\x03\x04") == ("not_a_pdf",)
    assert problems(signing, task, content + b"\n%%EOF") == ("not_a_pdf",)


def test_a_byte_turned_after_signing_breaks_the_signature(signing, paper, clock, ca) -> None:
    task = signing.ask(paper, None)
    content = signing.content_of(task)
    signed = bytearray(by_hand(content, ca.leader, clock()))
    at = signed.rindex(b"> ]") - 1  # the last digit of the file's own id
    signed[at] = ord("1") if signed[at] == ord("0") else ord("0")
    assert "signature_broken" in problems(signing, task, bytes(signed))


def test_something_added_after_the_signature_is_refused(signing, paper, clock, ca) -> None:
    task = signing.ask(paper, None)
    signed = by_hand(signing.content_of(task), ca.leader, clock())
    assert "signature_covers_a_part" in problems(signing, task, signed + b"\n% more\n")


def test_strangers_are_not_believed(signing, paper, clock) -> None:
    task = signing.ask(paper, None)
    stranger = pair("Người lạ", clock() - timedelta(1), clock() + timedelta(30))
    signed = by_hand(signing.content_of(task), stranger, clock())
    assert problems(signing, task, signed) == ("certificate_unknown",)


def test_a_certificate_that_was_over_is_refused(signing, paper, clock, ca) -> None:
    task = signing.ask(paper, None)
    old = pair("Hết hạn", clock() - timedelta(60), clock() - timedelta(1), by=ca.root)
    signed = by_hand(signing.content_of(task), old, clock())
    assert problems(signing, task, signed) == ("certificate_out_of_time",)


@pytest.mark.parametrize(
    ("shift", "problem"),
    [(timedelta(hours=2), "signed_in_future"), (-timedelta(days=2), "signed_before_it_was_asked")],
)
def test_a_signing_time_that_cannot_be_is_refused(
    signing, paper, clock, ca, shift, problem
) -> None:
    task = signing.ask(paper, None)
    signed = by_hand(signing.content_of(task), ca.leader, clock() + shift)
    assert problems(signing, task, signed) == (problem,)


def test_the_register_knows_whose_it_is_and_what_was_revoked(
    signing, paper, world, clock, ca
) -> None:
    register = CertificateRegister(world.session, clock())
    task = signing.ask(paper, None)
    known = register.add(ca.leader.pem, world.commune, world.officer, world.officer)
    signed = by_hand(signing.content_of(task), ca.leader, clock())
    assert problems(signing, task, signed, world.citizen) == ("certificate_of_another",)
    register.revoke(known, world.officer)
    assert problems(signing, task, signed, world.officer) == ("certificate_revoked",)


def test_the_seal_comes_after_the_person_and_both_are_seen(
    signing, paper, world, clock, ca
) -> None:
    task = signing.ask(paper, world.officer)
    assert task.place is not None
    stamp = Visible(
        signature_picture(signature(), "Hoàng Văn Lãnh", clock()),
        task.place["page"] - 1,
        signature_box(task.place),
    )
    first = by_hand(signing.content_of(task), ca.leader, clock(), visible=stamp)
    signing.accept(task, first, world.officer)
    visible = Visible(seal_picture(seal()), task.place["page"] - 1, seal_box(task.place, seal()))
    key = engine.pkcs12(ca.seal.pkcs12(), PASSPHRASE)
    sealed = sign_with(signing, task, key, world.officer, purpose=Purpose.SEAL, visible=visible)
    assert sealed.number == 2
    assert [one.purpose for one in task.versions] == [Purpose.PERSONAL, Purpose.SEAL]
    report = engine.look(signing.content_of(task), Trust(roots=(ca.root.der,)))
    assert [one.signer for one in report.signatures] == ["Hoàng Văn Lãnh", "Ủy ban nhân dân xã Mẫu"]
    assert report.problems == ()
    left, bottom, right, top = seal_box(task.place, seal())
    box = signature_box(task.place)
    assert right - box[0] == pytest.approx((box[2] - box[0]) / 3, abs=1)
    assert top - bottom == right - left == round(36 / 25.4 * 72)


def test_two_who_sign_the_same_version_do_not_overwrite_each_other(
    signing, paper, clock, ca
) -> None:
    task = signing.ask(paper, None)
    content = signing.content_of(task)
    signing.accept(task, by_hand(content, ca.leader, clock()), None)
    with pytest.raises(Conflict):
        signing.accept(task, by_hand(content, ca.other, clock()), None)
    assert len(task.versions) == 1


def test_a_hand_off_is_for_one_person_for_a_while_and_for_once(
    signing, paper, world, clock, ca
) -> None:
    task = signing.ask(paper, world.officer)
    void = signing.hand_off(task, world.officer)
    token = signing.hand_off(task, world.officer)
    world.session.flush()
    for wrong in (void, "", "x" * 43):
        with pytest.raises(NotFound):
            signing.by_token(wrong)
    assert signing.by_token(token)[1].id == world.officer.id
    with pytest.raises(Invalid):
        signing.accept_by_token(token, b"%PDF-1.7 none")
    kept = signing.accept_by_token(token, by_hand(signing.content_of(task), ca.leader, clock()))
    assert kept.account_id == world.officer.id
    world.session.flush()
    with pytest.raises(NotFound):
        signing.by_token(token)


def test_a_hand_off_ends(signing, paper, world, clock) -> None:
    token = signing.hand_off(signing.ask(paper, None), world.officer)
    world.session.flush()
    later = SigningService(world.session, world.files, clock() + HAND_OFF, SigningOptions(Trust()))
    with pytest.raises(NotFound):
        later.by_token(token)


def test_a_paper_without_bytes_is_not_signed(signing, world) -> None:
    with pytest.raises(InvalidTransition):
        signing.ask(IssuedPaper(title="x"), world.officer)


@pytest.mark.parametrize("junk", [b"", b"%PDF-", b"%PDF-1.7\n" + bytes(200), b"PK\x03\x04"])
def test_junk_is_no_signed_document(junk: bytes, ca: Authority) -> None:
    with pytest.raises(Invalid) as caught:
        engine.look(junk, Trust(roots=(ca.root.der,)))
    assert caught.value.problems == {"file": "not_a_pdf"}
