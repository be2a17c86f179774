// Copies of a log as files that spreadsheets open (CSV): two columns, a label and a text. Rows in, a text out, and back.

(() => {
    'use strict'
    const MARK = '\ufeff' // at the front it tells spreadsheets that a file is UTF-8
    // spreadsheets take a text that begins like this for a formula; a ' before it says that it is none
    const FORMULA = /^[=+\-@\t\r']/
    const SEPARATORS = [',', ';', '\t'] // ours, and what spreadsheets of some countries write

    const guarded = text => (FORMULA.test(text) ? `'${text}` : text)
    const bare = text => (text[0] === "'" && FORMULA.test(text.slice(1)) ? text.slice(1) : text)
    const quoted = text => `"${guarded(text).replace(/"/g, '""')}"`

    const write = rows => MARK + rows.map(row => `${row.map(quoted).join(',')}\r\n`).join('')

    // a quoted text may hold the separator, line ends, and "" for a quote
    const rowsOf = (text, separator) => {
        const rows = [['']]
        let quotes = false
        for (let at = 0; at < text.length; at++) {
            const sign = text[at]
            const row = rows[rows.length - 1]
            const last = row.length - 1
            if (quotes && sign === '"' && text[at + 1] === '"') row[last] += text[++at]
            else if (sign === '"' && (quotes || row[last] === '')) quotes = !quotes
            else if (quotes) row[last] += sign
            else if (sign === separator) row.push('')
            else if (sign === '\n') rows.push([''])
            else if (sign !== '\r') row[last] += sign
        }
        return rows
    }

    const decoded = bytes => {
        try {
            return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
        } catch {
            return new TextDecoder('windows-1252').decode(bytes) // an old spreadsheet has written it
        }
    }

    // gives the rows of a file's bytes whose label is known: none, if it is no copy
    const read = (bytes, knows) => {
        const text = decoded(bytes)
        for (const separator of SEPARATORS) {
            const rows = rowsOf(text, separator).map(([label, entry = '']) => [bare(label), bare(entry)])
            const known = rows.filter(([label]) => knows(label))
            if (known.length) return known
        }
        return []
    }

    window.bookCopies = { write, read }
})()
