"""Who did what to whom, also what was refused: for admins."""
