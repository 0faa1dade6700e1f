"""What every page is drawn with: its view, words, blocks, tables, choices and frame."""
