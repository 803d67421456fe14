"""One module a public dataset: read() has no database, load() has no files."""
