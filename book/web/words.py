"""What the pages of a web edition say besides the book's own words: a part of its labels."""

from book.fields import Text
from book.figure.spec import Data


class WebWords(Data):
    """The furniture of the web edition in the book's language.

    {count}, {page}, {edition} and the like stand for what the page has in their place.
    """

    # every page
    skip: Text = "Skip to the text"
    site: Text = "This site"
    home: Text = "Start page"
    body_map: Text = "Body map"
    log: Text = "Log"
    download: Text = "Download"
    previous: Text = "Previous"
    next: Text = "Next"
    pages: Text = "Page by page"
    print_note: Text = "This page is made for screens. On paper, the PDF reads better. Get it at {address}"

    # the landing page
    helps: Text = "What it helps with"
    read_here: Text = "Read it here"
    read_first: Text = "Read this first"
    looks: Text = "What the pages look like"
    page_shown: Text = "Page {page}: {title}"
    which: Text = "Which one should I take?"
    all_files: Text = "All files"
    get: Text = "Get the {format}"
    format: Text = "Format"
    size: Text = "Size"
    paper: Text = "Paper"
    no_paper: Text = "fits any screen"
    checksum: Text = "Checksums (SHA-256)"
    checksum_note: Text = (
        "A checksum tells whether a file came whole. Your computer can work it out; it should be just this."
    )
    made_by: Text = "Who made this"
    tracks_nothing: Text = "This site sets no cookies, counts no visits, and asks no other site for anything."

    # the search page
    search: Text = "Search"
    search_for: Text = "Words to find"
    search_none: Text = "Nothing found for “{words}”. Try fewer words, or other ones."
    search_found: Text = "{count} places found"
    search_no_script: Text = "Search needs scripts, and your browser runs none here. These lists lead on:"

    # the body map
    map_hint: Text = "Choose a place. You come to how to press it."

    # the log
    log_keep: Text = "Keep it in this browser"
    log_kept: Text = "What you enter stays on this device. Nothing is sent. Clearing your browser’s data erases it."
    log_lost: Text = "This browser does not let the page keep anything. What you enter is gone when you leave."
    log_save: Text = "Save a copy"
    log_open: Text = "Open a copy"
    log_opened: Text = "The copy is open."
    log_not_opened: Text = "That file is no copy of this log. Nothing has changed."
    log_print: Text = "Print"
    log_clear: Text = "Clear it all"
    log_sure: Text = "Clear everything you have entered? This cannot be undone."
