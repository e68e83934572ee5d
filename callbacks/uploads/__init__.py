"""Data that a reader brings: held for one browser, understood, checked, shown as a study."""
