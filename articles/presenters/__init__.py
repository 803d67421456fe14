"""Content dicts -> what a reader page shows, as dicts and lists. No queries, so every test is literal values."""
