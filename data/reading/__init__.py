"""Files as people have them, to tables of text cells; nothing here knows what a study is."""
