"""What pages are put together from: choices, maps, legends, tables, trends, words."""
