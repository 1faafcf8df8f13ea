"""Digital signatures of a result's files in plain words: who, when, unchanged, believed or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from content.dossiers.signed_files import FileSignature, SignerTrust
from content.words import moment_words
from portal.i18n import _

WHOLE = _("Nội dung còn nguyên như lúc ký.")
CHANGED = _("Nội dung đã bị thay đổi sau khi ký.")
UNSIGNED = _("Tệp không có chữ ký số.")
#: What is to be believed of the signer, and the kind of its badge.
TRUST: dict[SignerTrust, tuple[Any, str]] = {
    SignerTrust.TRUSTED: (_("Người ký được tổ chức chứng thực tin cậy xác nhận."), "ok"),
    SignerTrust.UNTRUSTED: (
        _(
            "Chữ ký nguyên vẹn, nhưng chứng thư số không thuộc tổ chức chứng thực mà cổng tin cậy: "
            "chưa xác nhận được người ký."
        ),
        "warn",
    ),
    SignerTrust.NO_SOURCE: (
        _(
            "Chưa cấu hình nguồn tin cậy: chữ ký nguyên vẹn, chưa xác định được người ký có tin "
            "cậy."
        ),
        "warn",
    ),
    SignerTrust.OUT_OF_TIME: (
        _("Chữ ký nguyên vẹn, nhưng chứng thư số không có hiệu lực vào lúc ký."),
        "bad",
    ),
    SignerTrust.REVOKED: (
        _("Chữ ký nguyên vẹn, nhưng chứng thư số đã bị thu hồi trước lúc ký."),
        "bad",
    ),
    SignerTrust.NO_TIME: (_("Chữ ký nguyên vẹn, nhưng không ghi thời gian ký."), "warn"),
}


@dataclass(frozen=True)
class SignatureLine:
    """One signature as pages show it."""

    signer: str
    issuer: str
    when: str
    clock: Any
    whole: Any
    trust: Any
    kind: str


def lines_of(signatures: Sequence[FileSignature]) -> list[SignatureLine]:
    """In the order in which they were put."""
    return [_line(one) for one in signatures]


def _line(one: FileSignature) -> SignatureLine:
    trust, kind = TRUST[one.trust]
    if not one.signed_at:
        clock: Any = ""
    elif one.is_timestamped:
        clock = _("có dấu thời gian")
    else:
        clock = _("theo đồng hồ của người ký")
    return SignatureLine(
        signer=one.signer,
        issuer=one.issuer,
        when=moment_words(one.signed_at) if one.signed_at else "",
        clock=clock,
        whole=WHOLE if one.is_intact else CHANGED,
        trust=trust if one.is_intact else "",
        kind=kind if one.is_intact else "bad",
    )
