"""What the pages of a web edition say besides the book's own words: a part of its labels."""

from book.figure.data import Data
from book.model.fields import Text


class WebWords(Data):
    """The furniture of the web edition in the book's language.

    {count}, {page}, {file} and the like stand for what the page has in their place.
    """

    # every page
    skip: Text = "Skip to the text"
    site: Text = "This site"
    body_map: Text = "Body map"
    log: Text = "Log"
    download: Text = "Download"
    turn: Text = "Turn the page"
    previous: Text = "Previous"
    next: Text = "Next"
    print_note: Text = "This page is made for screens. For paper, take the PDF: {file}"

    # the landing page
    helps: Text = "What it helps with"
    read_here: Text = "Read it here"
    read_first: Text = "Before you start"
    looks: Text = "What the pages look like"
    page_shown: Text = "Page {page}: {title}"
    which: Text = "Which one should I take?"
    get: Text = "Get the {format}"
    whole: Text = "The whole book"
    parts: Text = "Parts of it"
    on_sheets: Text = "To fold, or for a print shop"
    pages: Text = "{count} pages"
    sides: Text = "{count} sides"
    sections: Text = "{count} sections"
    one_page: Text = "1 page"
    one_side: Text = "1 side"
    one_section: Text = "1 section"
    paper_letter: Text = "US Letter paper"
    paper_a4: Text = "A4 paper"
    paper_both: Text = "US Letter or A4 paper"
    no_paper: Text = "fits any screen"
    checksums: Text = "Checksums (SHA-256)"
    checksums_note: Text = (
        "A checksum tells whether a file came whole. Let your computer work it out. It should be just this."
    )
    newest: Text = (
        "The newest version is {version}, of {date}. Your copy says which it is at the foot of its pages."
    )
    made_by: Text = "Who made this"
    tracks_nothing: Text = "This site sets no cookies and counts no visits. It asks no other site for anything."

    # the search page
    search: Text = "Search"
    search_for: Text = "Words to find"
    search_none: Text = "Nothing found for “{words}”. Try fewer words, or other ones."
    search_one: Text = "1 place found"
    search_found: Text = "{count} places found"
    search_best: Text = "{count} places found. These {shown} fit best."
    search_no_script: Text = "Search needs scripts, and your browser runs none here. These lists lead on:"

    # the log
    log_keep: Text = "It keeps itself"
    log_kept: Text = (
        "What you enter is saved on this device by itself. Nothing is sent. Save a copy, too: clearing your "
        "browser’s data clears this."
    )
    log_lost: Text = "This browser does not let the page keep anything. What you enter is gone when you leave."
    log_wrong: Text = "A score is a number from 0 to 10. Others are not kept."
    log_save: Text = "Save a copy"
    log_saved: Text = "The copy is in your downloads. “Open a copy” brings it back here."
    log_open: Text = "Open a copy"
    log_opened: Text = "The copy is open."
    log_not_opened: Text = "That file is no copy of this log. Nothing has changed."
    log_replace: Text = "Put the copy in place of what you have entered? This cannot be undone."
    log_replace_yes: Text = "Yes, open it"
    log_print: Text = "Print"
    log_clear: Text = "Clear it all"
    log_sure: Text = "Clear everything you have entered? This cannot be undone."
    log_sure_yes: Text = "Yes, clear it"
    log_no: Text = "No, keep it"
    log_cleared: Text = "All is cleared."
    log_yes: Text = "yes"
    log_where: Text = "Where"
    log_entered: Text = "What you entered"
