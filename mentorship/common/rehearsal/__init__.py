"""Production without containers: what docker-compose.yml would start, started on loopback, and walked through."""
