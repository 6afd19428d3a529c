"""Requester pages: what a requester reads and sends without an account, below ``/segui``."""

from web.requester import data, documents, envelope, envelope_choices, link, meeting, messages, page, rating, report

PAGES = (
    page.pages,
    messages.pages,
    link.pages,
    documents.pages,
    envelope.pages,
    envelope_choices.pages,
    report.pages,
    meeting.pages,
    data.pages,
    rating.pages,
)
