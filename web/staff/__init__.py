"""Staff pages: tasks, cases, agenda, office, saved views, their own profile."""
