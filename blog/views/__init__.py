"""The blog's pages: what everyone reads, the desk of author and editor, and the editors' board."""
