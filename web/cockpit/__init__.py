"""What whoever keeps the program running reads: what has stopped."""
