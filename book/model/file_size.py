"""How large a file is, in words."""


def in_words(size: int) -> str:
    """Give a number of bytes as people say it: 84 kB, 1.4 MB."""
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size / 1e3:.0f} kB"
