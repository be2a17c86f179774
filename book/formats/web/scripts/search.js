// Looks through the words of the book, in the browser. The words come from words.js, the library from minisearch.js.
// What is looked for stands in the address (?q=), so that the way back leads to the results, too.

(() => {
    'use strict'
    const MOST = 30
    const WAIT = 150 // milliseconds after the last key
    const BEFORE = 60 // letters of an excerpt before the first hit
    const LONG = 200
    const WORD = /[\p{L}\p{N}\p{M}]+/gu

    const form = document.querySelector('.search-form')
    if (!form || !window.MiniSearch || !window.bookWords) return
    const field = form.elements.q
    const status = document.querySelector('.search-status')
    const list = document.querySelector('.search-results')
    const pattern = document.querySelector('template.search-result')
    // a page from a folder may not change its address; there the form leads to it, as without scripts
    const inAddress = /^https?:$/.test(location.protocol)

    // small letters without accents: what is typed in haste finds what is written with care
    const fold = word => word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
    const words = text => text.match(WORD) || []

    const index = new window.MiniSearch({
        fields: ['title', 'chapter', 'text'],
        tokenize: words,
        processTerm: fold,
        searchOptions: {
            combineWith: 'AND',
            boost: { title: 4, chapter: 1.5 },
        },
    })
    index.addAll(window.bookWords.map((entry, id) => ({ id, ...entry })))
    const LOOSE = {
        prefix: true,
        fuzzy: term => (term.length > 4 && !/\d/.test(term) ? 0.2 : false), // short words are too much alike
    }

    // places with all the words as they are written come first, then those with words like them; if there are none,
    // places with some
    const find = query => {
        const exact = index.search(query)
        const known = new Set(exact.map(({ id }) => id))
        const all = [...exact, ...index.search(query, LOOSE).filter(({ id }) => !known.has(id))]
        return all.length ? all : index.search(query, { ...LOOSE, combineWith: 'OR' })
    }

    const said = (query, count) => {
        const { none, one, found, best } = status.dataset
        const sentence = !count ? none : count === 1 ? one : count > MOST ? best : found
        const values = { words: query, count, shown: MOST }
        return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole))
    }

    // the part of a text around the first word that was found, never cut within a word
    const excerpt = (text, terms) => {
        const hit = [...text.matchAll(WORD)].find(match => terms.has(fold(match[0])))
        const from = hit ? Math.max(0, hit.index - BEFORE) : 0
        const start = from && Math.max(text.lastIndexOf(' ', from) + 1, from - BEFORE)
        const last = text.length > start + LONG ? text.lastIndexOf(' ', start + LONG) : text.length
        const end = last > start ? last : start + LONG
        return (start ? '… ' : '') + text.slice(start, end) + (end < text.length ? ' …' : '')
    }

    // puts a text into an element, with a mark on each word that was found
    const write = (element, text, terms) => {
        let done = 0
        for (const match of text.matchAll(WORD)) {
            if (!terms.has(fold(match[0]))) continue
            const mark = document.createElement('mark')
            mark.textContent = match[0]
            element.append(text.slice(done, match.index), mark)
            done = match.index + match[0].length
        }
        element.append(text.slice(done))
    }

    const row = result => {
        const entry = window.bookWords[result.id]
        const terms = new Set(result.terms)
        const item = pattern.content.cloneNode(true)
        const link = item.querySelector('a')
        link.setAttribute('href', entry.href)
        write(link, entry.chapter === entry.title ? entry.title : `${entry.chapter}: ${entry.title}`, terms)
        write(item.querySelector('.search-excerpt'), excerpt(entry.text, terms), terms)
        return item
    }

    const show = () => {
        const query = field.value.trim()
        const results = words(query).length ? find(query) : []
        list.replaceChildren(...results.slice(0, MOST).map(row))
        status.textContent = query ? said(query, results.length) : ''
        if (!inAddress) return
        const address = new URL(location.href)
        if (query) address.searchParams.set('q', query)
        else address.searchParams.delete('q')
        if (address.href !== location.href) history.replaceState(history.state, '', address)
    }

    let waiting
    field.addEventListener('input', () => {
        clearTimeout(waiting)
        waiting = setTimeout(show, WAIT)
    })
    form.addEventListener('submit', event => {
        if (!inAddress) return
        event.preventDefault()
        clearTimeout(waiting)
        show()
        status.focus() // says how many there are, and puts a phone's keyboard away
    })
    // what a browser has put back into the field was typed last
    field.value = field.value || new URLSearchParams(location.search).get('q') || ''
    if (field.value) show()
})()
