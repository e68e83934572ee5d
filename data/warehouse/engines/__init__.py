"""The databases that can be asked, each behind the same few words."""
