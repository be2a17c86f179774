"""The `@page` rules of an edition: its paper, its margins, its the height of the frame between them."""

from book.model.editions import Edition


def page_rules(edition: Edition) -> str:
    """Give the style rules that set an edition's paper and margins."""
    margins = " ".join(f"{side}mm" for side in edition.margins_mm)
    bleed = f"; bleed: {edition.bleed_mm}mm" if edition.bleed_mm else ""
    top, _, bottom, _ = edition.margins_mm
    frame = f":root {{ --frame-height: {edition.height_mm - top - bottom:g}mm }}"
    return f"@page {{ size: {edition.width_mm}mm {edition.height_mm}mm; margin: {margins}{bleed} }} {frame}"
