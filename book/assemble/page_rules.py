"""The `@page` rules of an edition: its paper, its margins, its marks for what style sheets choose by."""

from book.model.editions import Edition


def page_rules(edition: Edition) -> str:
    """Give the style rules that set an edition's paper and margins."""
    margins = " ".join(f"{side}mm" for side in edition.margins_mm)
    bleed = f"; bleed: {edition.bleed_mm}mm" if edition.bleed_mm else ""
    return f"@page {{ size: {edition.width_mm}mm {edition.height_mm}mm; margin: {margins}{bleed} }}"
