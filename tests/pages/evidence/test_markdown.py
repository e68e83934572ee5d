"""A study's method page: what of Markdown is understood, and that nothing else gets through."""

from layouts.evidence.markdown import simple_markdown


def test_markdown_is_headings_paragraphs_lists_and_bold():
    text = "# Head\nOne\nline.\n\n**Bold** <b>&\n\n1. First\n   goes on.\n2. Second.\n\n- Dash.\n"
    assert simple_markdown(text) == (
        "<h3>Head</h3><p>One line.</p><p><strong>Bold</strong> &lt;b&gt;&amp;</p>"
        "<ol><li>First goes on.</li><li>Second.</li></ol><ul><li>Dash.</li></ul>"
    )
    assert simple_markdown("## Deep", top=5) == "<h6>Deep</h6>"
    assert (
        simple_markdown("Words:\n- one\n- two") == "<p>Words:</p><ul><li>one</li><li>two</li></ul>"
    )
    assert simple_markdown("") == ""
