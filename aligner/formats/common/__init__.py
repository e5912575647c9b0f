"""What several formats share: bytes, encodings, tables, XML, units, safe writing."""
