"""Words: say values in Italian sentences, such as dates, deadlines, states, documents, the envelope."""
