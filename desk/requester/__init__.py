"""What a requester does without an account: opens their page, rates the service, asks about who opened what."""
