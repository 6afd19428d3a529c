"""The rows: what the database holds of every process, in Core tables that the verbs read and write directly."""
