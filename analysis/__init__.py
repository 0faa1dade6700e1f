"""Pure statistics on arrays: no files, no databases, no pages."""
