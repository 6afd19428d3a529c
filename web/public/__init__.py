"""Public pages: the first page, the Comuni, the legal pages, the way in, health."""
