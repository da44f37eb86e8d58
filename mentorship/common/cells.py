"""Cells of tables that people open in a spreadsheet: text that a spreadsheet would take for a formula is defused.

One rule each way, so that what is exported and imported again is the same, to the character:
- going out, a text that begins with one of `= + - @`, a tab, a carriage return, a line feed, NUL or an apostrophe gets
  an apostrophe in front; numbers and dates are written as they are;
- coming in, exactly one apostrophe is taken away where one of those characters follows it. Any other apostrophe is
  the author's own and stays.
NUL exists in neither spreadsheets nor PostgreSQL: a cell that holds one is refused on its way in.
"""

FORMULA = frozenset("=+-@\t\r\n\0'")


def defuse(text: str) -> str:
    return f"'{text}" if text[:1] in FORMULA and text else text


def restore(text: str) -> str:
    return text[1:] if text[:1] == "'" and text[1:2] in FORMULA and len(text) > 1 else text
