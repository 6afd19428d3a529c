"""Cockpit: pages for whoever keeps the program running."""
