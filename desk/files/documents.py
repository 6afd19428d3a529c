"""Add documents to a case, list, read and delete them; each person reaches only those they may.

Who sees a pratica sees its documents and may add and delete them. The requester sees what the requester brought, and
deletes what they added themselves. The history says that a document came or went, never what it is called.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO
from uuid import uuid4

from sqlalchemy import delete, func, select

from desk import cases
from desk.errors import DeskRefusal, DocumentLost, DocumentNotFound, TooManyDocuments
from desk.facilities.storage import digest_of, usable
from desk.files import contents
from desk.model import Document
from desk.states import Turn
from engine import history, instances
from engine.errors import InstanceNotFound, InstanceNotRunning
from engine.history import EventType
from engine.store import Event

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from desk.cases import CaseSummary
    from desk.facilities import Facilities
    from desk.files.receive import Upload
    from engine.identity import Actor
    from engine.store import UnitOfWork

ADDED, REMOVED = "documento_aggiunto", "documento_tolto"
MOST = 50
"""How many documents a pratica may have: enough for any, too few to fill the disk."""
REQUESTER = frozenset({Turn.REQUESTER.value})


def attach(  # noqa: PLR0913  # what is added, to which case, by whom and for whom
    uow: UnitOfWork,
    facilities: Facilities,
    case_id: str,
    upload: Upload,
    actor: Actor,
    *,
    from_requester: bool = False,
) -> Document:
    """Add a document that ``receive`` took in; the same content sent twice is one document.

    ``from_requester`` says that somebody of the office adds what the requester brought to the counter.

    Raises:
        InstanceNotFound: there is no such case, or none that the actor may see.
        InstanceNotRunning: the case is closed.
        TooManyDocuments: it has fifty already.
        StorageUnavailable: the storage takes nothing now.

    """
    case = _case(uow, case_id, actor)
    if case.closed_at is not None:
        raise InstanceNotRunning(case.id, case.state)
    brought = from_requester or _is_requester(actor)
    instances.lock(uow, case.id)  # one document at a time, so that they are counted right
    same = _sent_before(uow, case.id, upload.staged.sha256, brought=brought)
    if same is not None:
        return same
    return _added(uow, facilities, _row(uow, case.id, upload, actor, brought=brought), upload, actor)


def of_case(uow: UnitOfWork, case_id: str, actor: Actor) -> list[Document]:
    """List the documents of a case that the actor may see, in the order in which they came.

    Raises:
        InstanceNotFound: there is no such case, or none that the actor may see.

    """
    case = _case(uow, case_id, actor)
    rows = select(Document).where(Document.case_id == case.id, *_seen_by(actor)).order_by(Document.position)
    return list(uow.session.scalars(rows))


def count(uow: UnitOfWork, case_id: str) -> int:
    """Count the documents of a case that the caller has already been let into."""
    return uow.connection.scalar(select(func.count()).where(Document.case_id == case_id)) or 0


def get(uow: UnitOfWork, case_id: str, document_id: str, actor: Actor) -> Document:
    """Give one document of a case.

    Raises:
        InstanceNotFound: there is no such case, or none that the actor may see.
        DocumentNotFound: the case has no such document, or none that the actor may see.

    """
    case = _case(uow, case_id, actor)
    wanted = select(Document).where(Document.case_id == case.id, Document.id == document_id, *_seen_by(actor))
    found = uow.session.scalars(wanted).one_or_none()
    if found is None:
        raise DocumentNotFound(document_id)
    return found


def read(
    uow: UnitOfWork, facilities: Facilities, case_id: str, document_id: str, actor: Actor
) -> tuple[Document, BinaryIO]:
    """Open a document's content, once its digest shows that it is still what was deposited; the caller closes it.

    Raises:
        InstanceNotFound, DocumentNotFound: as ``get``.
        DocumentLost: the content is not there, or is not what was deposited.
        StorageUnavailable: nothing can be read now.

    """
    document = get(uow, case_id, document_id, actor)
    try:
        content = facilities.files.open(document.sha256)
    except FileNotFoundError as lost:
        raise DocumentLost(document.id) from lost
    try:
        with usable():
            digest = digest_of(content)
        if digest != document.sha256:
            raise DocumentLost(document.id)
    except DeskRefusal:
        content.close()
        raise
    content.seek(0)
    return document, content


def remove(uow: UnitOfWork, facilities: Facilities, case_id: str, document_id: str, actor: Actor) -> None:
    """Delete a document for good; its content goes after the commit, unless another document has the same.

    Raises:
        InstanceNotFound: there is no such case, or none that the actor may see.
        DocumentNotFound: the case has no such document, or not one that the actor may delete.

    """
    document = get(uow, case_id, document_id, actor)
    if _is_requester(actor) and document.added_by != actor.user:
        raise DocumentNotFound(document_id)
    instances.lock(uow, document.case_id)
    if not uow.connection.execute(delete(Document).where(Document.id == document.id)).rowcount:
        raise DocumentNotFound(document_id)  # somebody else deleted it a moment ago
    _note(uow, REMOVED, document, actor)
    contents.discard_after_commit(uow, facilities.files, [document.sha256])


def remove_all(uow: UnitOfWork, facilities: Facilities, case_id: str) -> int:
    """Delete every document of a case that is erased; say how many there were. Whoever erases asks who may."""
    mine = Document.case_id == case_id
    digests = list(uow.connection.scalars(select(Document.sha256).where(mine)))
    uow.connection.execute(delete(Document).where(mine))
    contents.discard_after_commit(uow, facilities.files, digests)
    return len(digests)


def neutral_name(number: str, document: Document) -> str:
    """Name a download by its case and its place alone: what people call their files may tell what the idea is."""
    suffixes = PurePosixPath(document.name.lower()).suffixes[-2 if document.name.lower().endswith(".p7m") else -1 :]
    return f"{number}-documento-{document.position}{''.join(suffixes)}"


def _case(uow: UnitOfWork, case_id: str, actor: Actor) -> CaseSummary:
    """Let in who sees the case, and its requester, whom the secret let in and who has no role of the desk."""
    if not _is_requester(actor):
        return cases.get(uow, case_id, actor)
    own = cases.by_id(uow, [case_id]).get(case_id)
    if own is None or not actor.reaches(own.istat):
        raise InstanceNotFound(case_id)
    return own


def _is_requester(actor: Actor) -> bool:
    return actor.groups == REQUESTER


def _seen_by(actor: Actor) -> list[ColumnElement[bool]]:
    return [Document.from_requester.is_(True)] if _is_requester(actor) else []


def _sent_before(uow: UnitOfWork, case_id: str, digest: str, *, brought: bool) -> Document | None:
    same = (Document.case_id == case_id, Document.sha256 == digest, Document.from_requester.is_(brought))
    return uow.session.scalars(select(Document).where(*same)).one_or_none()


def _row(uow: UnitOfWork, case_id: str, upload: Upload, actor: Actor, *, brought: bool) -> Document:
    counted = select(func.count(), func.max(Document.position)).where(Document.case_id == case_id)
    there, last = uow.connection.execute(counted).one()
    if there >= MOST:
        raise TooManyDocuments(MOST)
    return Document(
        id=str(uuid4()),
        case_id=case_id,
        position=(last or 0) + 1,
        name=upload.name,
        media_type=upload.media_type,
        size=upload.staged.size,
        sha256=upload.staged.sha256,
        from_requester=brought,
        added_by=actor.user,
        added_at=uow.now,
    )


def _added(uow: UnitOfWork, facilities: Facilities, document: Document, upload: Upload, actor: Actor) -> Document:
    """Write the row and keep the content while nobody may remove it."""
    uow.session.add(document)
    uow.session.flush()
    _note(uow, ADDED, document, actor)
    contents.lock(uow, document.sha256)
    contents.discard_after_rollback(uow, facilities.files, document.sha256)
    facilities.files.put(upload.staged)
    return document


def _note(uow: UnitOfWork, note: str, document: Document, actor: Actor) -> None:
    facts = {"note": note, "id": document.id, "size": document.size}
    history.write(uow, document.case_id, [Event(uow.now, EventType.NOTED, None, None, actor.user, facts)])
