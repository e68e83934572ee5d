"""Tables of the pages as pictures: read from the page's own HTML, measured, drawn as SVG."""
