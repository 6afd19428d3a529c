"""What those who work read: tasks, cases, agenda, office, saved views, their own profile."""
