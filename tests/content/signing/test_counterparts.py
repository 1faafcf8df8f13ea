"""Signing through others: a remote service that gets a digest, and a timestamp authority."""

import base64
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from sqlalchemy import select

from content.errors import Unavailable
from content.outbox import OutboxJob
from content.signing import engine
from content.signing.checking import by_file, signers_of
from content.signing.models import Purpose
from content.signing.options import SigningOptions
from content.signing.report import Trust
from content.signing.stamping import JOB, awaits_stamp, stamp
from tests.content.signing.counterpart import SECRET
from tests.content.signing.keys import sign_with
from tests.content.signing.making import PASSPHRASE, Authority, by_hand
from tests.support.clock import StoppedClock

pytestmark = pytest.mark.enable_socket


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, ca: Authority) -> Path:
    """The keys of the counterpart."""
    found = tmp_path_factory.mktemp("counterpart")
    (found / "leader.der").write_bytes(ca.leader.der)
    (found / "root.der").write_bytes(ca.root.der)
    private = ca.leader.key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (found / "leader.key").write_bytes(private)
    (found / "stamper.p12").write_bytes(ca.stamper.pkcs12(ca.root))
    return found


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """The counterpart, in a process of its own."""
    moment = StoppedClock()().isoformat()
    command = [sys.executable, "-m", "tests.content.signing.counterpart", str(folder), moment]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port = process.stdout.readline().strip()
        yield f"http://127.0.0.1:{port}"
        process.terminate()


def test_a_remote_service_gets_a_digest_and_never_the_document(
    signing, paper, world, address: str, folder: Path
) -> None:
    task = signing.ask(paper, world.officer)
    content = signing.content_of(task)
    key = engine.remote(address, "hoang.lanh", SECRET)
    kept = sign_with(signing, task, key, world.officer, purpose=Purpose.PERSONAL)
    assert kept.signer == "Hoàng Văn Lãnh"
    asked = json.loads((folder / "asked.json").read_text("utf-8"))
    assert set(asked) == {"digest", "algorithm", "holder"}
    assert asked["holder"] == "hoang.lanh"
    assert len(base64.b64decode(asked["digest"])) == hashlib.sha256().digest_size
    assert signing.content_of(task).startswith(content)


@pytest.mark.parametrize(
    ("path", "secret"), [("", "sai-bi-mat"), ("/broken", SECRET)], ids=["refused", "nonsense"]
)
def test_a_service_that_fails_is_said_and_nothing_is_kept(
    signing, paper, address: str, path: str, secret: str
) -> None:
    task = signing.ask(paper, None)
    with pytest.raises(Unavailable, match="remote_signing_failed"):
        sign_with(
            signing,
            task,
            engine.remote(address + path, "x", secret),
            None,
            purpose=Purpose.PERSONAL,
        )
    assert not task.versions


def test_a_timestamp_tells_the_time_of_the_authority(
    signing, paper, world, clock, ca, address: str
) -> None:
    signing.options = replace(signing.options, tsa_url=f"{address}/tsa")
    task = signing.ask(paper, None)
    key = engine.pkcs12(ca.seal.pkcs12(), PASSPHRASE)
    kept = sign_with(signing, task, key, world.officer, purpose=Purpose.SEAL)
    assert (kept.time_source, kept.signed_at) == ("timestamp", clock())


def test_an_authority_that_is_down_holds_up_no_signature(
    signing, paper, world, clock, ca, address: str
) -> None:
    """It is signed by the clock; the timestamp comes when the authority is there again."""
    trust = Trust(roots=(ca.root.der,))
    down = SigningOptions(trust, "http://127.0.0.1:9/tsa")
    signing.options = down
    task = signing.ask(paper, None)
    key = engine.pkcs12(ca.seal.pkcs12(), PASSPHRASE)
    kept = sign_with(signing, task, key, None, purpose=Purpose.SEAL)
    signed = signing.content_of(task)
    assert (kept.time_source, kept.is_stamp) == ("clock", False)
    assert awaits_stamp(world.session, task)
    (job,) = world.session.scalars(select(OutboxJob).where(OutboxJob.kind == JOB))
    opens = partial(nullcontext, world.session)
    with pytest.raises(Unavailable, match="timestamp_failed"):
        stamp(opens, opens, world.store, clock(), down, job.key)
    assert len(task.versions) == 1
    for _ in range(2):
        there = SigningOptions(trust, f"{address}/tsa")
        stamp(opens, opens, world.store, clock(), there, job.key)
    assert [one.is_stamp for one in task.versions] == [False, True]
    assert task.signatures == [kept]
    assert (task.versions[-1].signer, task.versions[-1].signed_at) == ("TSA thử", clock())
    stamped = signing.content_of(task)
    assert stamped.startswith(signed)
    (found,) = engine.look(stamped, trust).signatures
    assert not found.problems
    told = by_file(world.session, stamped)
    assert [(one.signer, one.is_stamp) for one in told.signatures] == [
        ("Ủy ban nhân dân xã Mẫu", False),
        ("TSA thử", True),
    ]
    later = signing.accept(task, by_hand(stamped, ca.leader, clock()), world.officer)
    assert (later.number, later.signer) == (3, "Hoàng Văn Lãnh")
    assert signers_of(world.session, [paper.id])[paper.id] == (kept.signer, later.signer)


def test_a_timestamp_of_strangers_is_not_kept(
    signing, paper, world, clock, ca, address: str
) -> None:
    signing.options = SigningOptions(Trust(roots=(ca.root.der,)), "http://127.0.0.1:9/tsa")
    task = signing.ask(paper, None)
    key = engine.pkcs12(ca.seal.pkcs12(), PASSPHRASE)
    sign_with(signing, task, key, None, purpose=Purpose.SEAL)
    opens = partial(nullcontext, world.session)
    nobody = SigningOptions(Trust(), f"{address}/tsa")
    with pytest.raises(Unavailable, match="timestamp_not_believed"):
        stamp(opens, opens, world.store, clock(), nobody, task.subject)
    assert len(task.versions) == 1


def test_a_wrong_passphrase_is_said(signing, paper, ca) -> None:
    task = signing.ask(paper, None)
    with pytest.raises(Unavailable, match="seal_unusable"):
        sign_with(signing, task, engine.pkcs12(ca.seal.pkcs12(), "sai"), None, purpose=Purpose.SEAL)
