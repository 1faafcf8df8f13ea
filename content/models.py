"""All tables in one import, for migrations and for tests that create a schema."""

from content import audit, changes, outbox
from content.agencies import models as agencies
from content.agencies import places
from content.calendar import models as calendar
from content.certification import models as certification
from content.dossiers import (
    chain_models,
    contacts,
    conversation,
    counter_models,
    form_moves,
    hand_overs,
    lateness,
    money,
    numbering,
    officer_news,
    opinion_models,
    proposals,
    register_books,
    result_models,
    supplement_requests,
    waiting,
    work_models,
)
from content.dossiers import models as dossiers
from content.enquiries import models as enquiries
from content.exchange import documents as exchanged_documents
from content.exchange import models as exchange
from content.figures import exports, late_reasons
from content.files import model as files
from content.finding import models as finding
from content.letters import issued, packs
from content.library import models as library
from content.links import models as links
from content.media import models as media
from content.news import comments, sections
from content.news import models as news
from content.newsletter import models as newsletter
from content.orm import Base
from content.people import delegations, invitations
from content.people import models as people
from content.polls import models as polls
from content.procedures import (
    checking,
    decisions,
    discarded,
    finders,
    form_bindings,
    form_choices,
    form_files,
    form_working,
    handling,
    life_events,
    notified,
    parts,
    prepared,
    reception_places,
    remarks,
)
from content.procedures import models as procedures
from content.procedures.merging import models as merging
from content.processes import models as processes
from content.reception import models as reception
from content.signing import models as signing
from content.site import models as site
from content.staff import models as staff
from content.suggestions import models as suggestions
from content.terms import models as terms
from content.workbook import models as workbook
from content.writing import models as writing
from content.writing import texts

__all__ = ["Base"]

TABLES_IN = (
    agencies,
    audit,
    calendar,
    certification,
    changes,
    comments,
    checking,
    chain_models,
    contacts,
    conversation,
    counter_models,
    decisions,
    delegations,
    discarded,
    dossiers,
    enquiries,
    exchange,
    exchanged_documents,
    exports,
    files,
    finders,
    finding,
    form_bindings,
    form_choices,
    form_files,
    form_moves,
    form_working,
    hand_overs,
    handling,
    issued,
    late_reasons,
    lateness,
    invitations,
    library,
    life_events,
    links,
    media,
    merging,
    money,
    news,
    newsletter,
    notified,
    numbering,
    officer_news,
    opinion_models,
    outbox,
    packs,
    parts,
    people,
    places,
    polls,
    prepared,
    procedures,
    processes,
    proposals,
    reception,
    reception_places,
    register_books,
    result_models,
    sections,
    remarks,
    signing,
    site,
    staff,
    suggestions,
    supplement_requests,
    terms,
    texts,
    waiting,
    work_models,
    workbook,
    writing,
)
