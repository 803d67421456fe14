"""What comes from outside: one module a public dataset or a pasted text. read() has no database, load() has no files."""
