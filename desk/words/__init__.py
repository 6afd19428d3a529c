"""Days and hours in Italian words, for letters, messages and paper."""
