"""Say days and hours in Italian, for letters, messages and paper."""
