"""Values put into Italian sentences: dates, deadlines, states, documents, the envelope."""
