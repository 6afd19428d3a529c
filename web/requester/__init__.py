"""What a requester reads and sends without an account: the page of their request and its parts, below ``/segui``."""

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
