"""What a requester finds beyond the page of their request: each part with its own addresses under ``/segui``."""

from web.requester_pages import data, link, rating

PAGES = (link.pages, data.pages, rating.pages)
