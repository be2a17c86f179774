"""The web edition: a static site of a rendered book and its finished editions. `site` is its only way in."""
