"""Checks over what is aligned and located: which renderings are out of line, and why."""
