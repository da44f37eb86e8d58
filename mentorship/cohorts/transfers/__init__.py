"""Exports and imports: files of rows, read in a process that can be killed, applied by the verbs of the domain."""
