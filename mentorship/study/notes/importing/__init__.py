"""A folder of Markdown notes, as Obsidian keeps one, taken in as a zip: read in the killable process, then written."""
