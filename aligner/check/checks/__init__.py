"""The checks, one module each: its docstring says what it reports and why."""
