"""A person's notes: Markdown with tags and links, private unless shared."""
