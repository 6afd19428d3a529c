"""What the programme's office reads: how long cases are kept."""
