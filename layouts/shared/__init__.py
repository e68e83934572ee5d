"""What every page uses: controls, words, numbers, theme."""
