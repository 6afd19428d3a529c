"""What a requester finds beyond the page of their request: each part with its own addresses under ``/segui``."""

from web.requester import data, documents, envelope, envelope_choices, link, meeting, rating, report

PAGES = (
    link.pages,
    documents.pages,
    envelope.pages,
    envelope_choices.pages,
    report.pages,
    meeting.pages,
    data.pages,
    rating.pages,
)
