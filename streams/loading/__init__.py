"""From streams/curriculum/*.yaml to rows: read and check (schema), then compare and apply (apply)."""
