"""What the worker does with drafts: handing them over, asking for answers, keeping those."""

import io
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.dossiers.locking import lock
from content.dossiers.log import Deed, Record, write
from content.dossiers.models import MAX_FILE_NAME
from content.dossiers.result_models import MAX_NUMBER, MAX_SIGNER
from content.dossiers.states import Actor
from content.errors import Invalid, Unavailable
from content.exchange.documents import DraftHandOff, DraftState
from content.exchange.models import MAX_ERROR
from content.exchange.protocol import DocumentAnswer, DocumentSystem, DraftDocument
from content.exchange.sending import ROUND, Ground, back_off, words_of
from content.files import FileService
from content.files.store import FileStore

PDF = "application/pdf"
_UNFIT = "Tệp đã ký không phải PDF, quá lớn hoặc không lấy được."


class DocumentClerk:
    """Carries drafts to the document management and signed documents back."""

    def __init__(
        self, ground: Ground, system: DocumentSystem, store: FileStore, limit: int
    ) -> None:
        self.ground = ground
        self.system = system
        self.store = store
        self.limit = limit

    def send(self, draft_id: int) -> None:
        """Hand a draft over, outside of any transaction; a refused one is sent back with the
        other system's words, one that cannot be handed over now waits with the reason."""
        with self.ground.reading() as session:
            draft = session.get(DraftHandOff, draft_id)
            if draft is None or draft.state is not DraftState.WAITING:
                return
            told = self._told(session, draft)
        now = self.ground.clock()
        try:
            reference = self.system.send(told)
        except Unavailable as error:
            self._failed(draft_id, words_of(error), now)
            return
        except Invalid as error:
            self._sent_back(draft_id, "", str(error.data.get("words") or ""), now)
            return
        with self.ground.writing() as session:
            draft = session.get_one(DraftHandOff, draft_id)
            lock(session, draft)
            if draft.state is DraftState.WAITING:
                draft.state, draft.sent_at = DraftState.THERE, now
                draft.named_there, draft.error = reference[:MAX_NUMBER], ""

    def retry(self) -> int:
        """Hand over whatever is due; returns how many were tried."""
        with self.ground.reading() as session:
            query = select(DraftHandOff.id).where(
                DraftHandOff.state == DraftState.WAITING,
                DraftHandOff.next_at <= self.ground.clock(),
            )
            due = list(session.scalars(query.order_by(DraftHandOff.id).limit(ROUND)))
        for one in due:
            self.send(one)
        return len(due)

    def collect(self) -> int:
        """Keep what was decided and confirm it; returns how many. Raises ``Unavailable``.

        What belongs to another installation stays there.
        """
        kept = 0
        for answer in self.system.answers():
            with self.ground.reading() as session:
                query = select(DraftHandOff).where(DraftHandOff.key == answer.key)
                draft = session.scalars(query).first()
            if draft is None:
                continue
            if draft.state in (DraftState.WAITING, DraftState.THERE):
                if not self._kept(draft.id, answer):
                    continue
                kept += 1
            self.system.confirm(answer.reference)
        return kept

    def _told(self, session: Session, draft: DraftHandOff) -> DraftDocument:
        with FileService(session, self.store).open(draft.file) as source:
            content = source.read()
        dossier = draft.dossier
        unit = dossier.unit or dossier.agency
        return DraftDocument(
            key=draft.key,
            title=draft.title,
            agency=unit.code,
            dossier_code=dossier.code or dossier.lookup_code,
            asked_by=draft.asked_by.name,
            note=draft.note,
            file_name=draft.file_name,
            content=content,
        )

    def _kept(self, draft_id: int, answer: DocumentAnswer) -> bool:
        """Keep one answer; ``False`` where its file is none, which the queue then shows."""
        now = self.ground.clock()
        if answer.refused:
            self._sent_back(draft_id, answer.reference, answer.refused, now)
            return True
        try:
            content = self.system.fetch(answer.address, self.limit)
        except Invalid:
            content = b""
        if not content.startswith(b"%PDF-"):
            self._failed(draft_id, _UNFIT, now)
            return False
        self._signed(draft_id, answer, content, now)
        return True

    def _signed(self, draft_id: int, answer: DocumentAnswer, content: bytes, now: datetime) -> None:
        with self.ground.writing() as session:
            draft = session.get_one(DraftHandOff, draft_id)
            lock(session, draft)
            if draft.state not in (DraftState.WAITING, DraftState.THERE):
                return
            name = (answer.file_name or f"van-ban-{draft.id}.pdf")[-MAX_FILE_NAME:]
            files = FileService(session, self.store)
            draft.signed_file = files.keep(io.BytesIO(content), name=name, media_type=PDF, now=now)
            draft.signed_name = name
            draft.state, draft.answered_at, draft.error = DraftState.SIGNED, now, ""
            draft.named_there = answer.reference[:MAX_NUMBER]
            draft.number, draft.symbol = answer.number[:MAX_NUMBER], answer.symbol[:MAX_NUMBER]
            draft.issued_on = answer.issued_on
            draft.signer_name = answer.signer_name[:MAX_SIGNER]
            draft.signer_title = answer.signer_title[:MAX_SIGNER]
            _write(session, draft, Record.DRAFT_SIGNED, now)

    def _sent_back(self, draft_id: int, reference: str, words: str, now: datetime) -> None:
        with self.ground.writing() as session:
            draft = session.get_one(DraftHandOff, draft_id)
            lock(session, draft)
            if draft.state not in (DraftState.WAITING, DraftState.THERE):
                return
            draft.state, draft.answered_at, draft.error = DraftState.SENT_BACK, now, ""
            draft.named_there = reference[:MAX_NUMBER] or draft.named_there
            draft.remark = words[:MAX_ERROR]
            _write(session, draft, Record.DRAFT_SENT_BACK, now)

    def _failed(self, draft_id: int, words: str, now: datetime) -> None:
        with self.ground.writing() as session:
            draft = session.get_one(DraftHandOff, draft_id)
            lock(session, draft)
            draft.attempts += 1
            draft.tried_at, draft.error = now, words[:MAX_ERROR]
            draft.next_at = now + back_off(draft.attempts)


def _write(session: Session, draft: DraftHandOff, record: Record, now: datetime) -> None:
    """A line of the log. Whoever has the dossier open may go on: nothing they see has changed."""
    dossier = draft.dossier
    lock(session, dossier)
    data = {"title": draft.title, "draft": draft.id, "number": draft.number_words}
    deed = Deed(record, Actor.SYSTEM, None, dossier.unit_id, data=data)
    write(session, dossier, deed, dossier.status, now)
