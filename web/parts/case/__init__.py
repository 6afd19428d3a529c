"""Parts of a case that its staff and its requester both read: history, answers, next steps."""
