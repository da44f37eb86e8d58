"""What waits to be practised, for home's one statement: what `queue.today_of` says of it, in SQL."""

# %(person)s, and %(tomorrow)s: when the person's own day ends. New cards wait for nobody.
WAITING = """
SELECT json_build_object(
    'due', count(*), 'called', count(*) FILTER (WHERE d.called_at IS NOT NULL),
    'question', (array_agg(left(q.text, 200) ORDER BY d.called_at, d.due, d.id))[1],
    'reason', (array_agg(d.reason ORDER BY d.called_at, d.id) FILTER (WHERE d.called_at IS NOT NULL))[1]
) FROM study_card d JOIN study_question q ON q.id = d.question_id AND q.retired_at IS NULL
WHERE d.person_id = %(person)s AND d.suspended_at IS NULL
    AND (d.called_at IS NOT NULL OR d.last_review IS NOT NULL AND d.due < %(tomorrow)s)
"""
