"""What the credibility of a subgroup is, in one clause."""

from __future__ import annotations

from layouts.credibility.context import CredibilityContext
from layouts.credibility.words import obstacle, sentence
from layouts.shared.findings import finding


def credibility_finding(context: CredibilityContext) -> str:
    """The sentence without what its brackets are: there is nothing shorter to say."""
    said = sentence(context).rstrip(".").partition(". In brackets")[0]
    if obstacle(context):
        return said
    illustrative = context.study.reconstructed and (
        not context.subgroups.unfiltered or context.endpoint.id not in context.variable.published
    )
    return finding(said, exploratory=True, illustrative=illustrative)
