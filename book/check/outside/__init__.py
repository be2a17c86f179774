"""Programs from outside that judge finished files: where they are, how they are asked, what they said."""
