"""Files: one module a format, which reads, writes and checks it."""
