"""The slots of one day as JSON: one statement of SQL, for home's own to hold."""

# Of the plan as it stands; `weekday` is 0 on Monday.
PLANNED = """
SELECT json_agg(json_build_object('begins', p.begins, 'minutes', p.minutes, 'what', p.what, 'item', i.title,
    'key', i.key, 'stream', s.key) ORDER BY p.begins)
FROM study_planslot p
LEFT JOIN streams_item i ON i.id = p.item_id LEFT JOIN streams_stream s ON s.id = i.stream_id
WHERE p.person_id = %(person)s AND p.until IS NULL AND p.weekday = %(weekday)s
"""
