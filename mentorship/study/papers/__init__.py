"""Papers that somebody reads: a list, three passes over each, and what they found."""
