"""Programme: pages for the programme's office, which decides how long cases are kept."""
