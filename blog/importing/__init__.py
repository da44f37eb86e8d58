"""Posts that begin from something that exists: a Markdown or Jekyll file, a notebook, a feed of one's own blog."""
