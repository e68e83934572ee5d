"""The server around the pages: who may enter, what is answered when something fails, the wire."""
