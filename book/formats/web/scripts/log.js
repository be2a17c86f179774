// Puts controls into the places of the log, and keeps in this browser what is entered. Nothing is sent anywhere.
// A place is known by its label ("Week 1, Monday, Doorway stretch"), so another edition of the book finds it again.
// Copies, in and out, are the work of copies.js.

(() => {
    'use strict'
    const tools = document.querySelector('.log-tools')
    const cells = [...document.querySelectorAll('[data-field][data-label]')]
    if (!tools || !cells.length) return
    const words = tools.dataset
    const KEY = `log ${words.book}`
    const part = name => tools.querySelector(`.${name}`)
    const say = text => { part('log-status').textContent = text }
    const tidy = text => text.trim().replace(/\s+/g, ' ') // typeset labels hold spaces that do not break

    // --- what is kept: a text for each place that is filled in, by its label

    let here = new Map()
    let lost = false // whether the browser keeps nothing; then only the page has what is entered

    const stored = () => {
        if (lost) return here
        let found = null
        try {
            found = JSON.parse(localStorage.getItem(KEY))
        } catch {
            found = null // not ours, or spoilt
        }
        const pairs = found && typeof found === 'object' ? Object.entries(found) : []
        return new Map(pairs.filter(pair => typeof pair[1] === 'string'))
    }

    // does something with the browser's store, and tells on the page whether it was let
    const attempt = action => {
        try {
            action(window.localStorage)
            lost = false
        } catch {
            lost = true
        }
        part('log-kept').hidden = lost
        part('log-lost').hidden = !lost
    }

    const store = kept => {
        here = kept
        attempt(storage => {
            if (kept.size) storage.setItem(KEY, JSON.stringify(Object.fromEntries(kept)))
            else storage.removeItem(KEY)
        })
    }

    // --- places: one control in each; what it holds is a text, "" if nothing

    const isScore = text => /^\d{1,2}([.,]\d)?$/.test(text) && parseFloat(text.replace(',', '.')) <= 10
    const line = {
        type: 'text',
        read: control => control.value.trim(),
        write: (control, text) => { control.value = text },
    }
    // what fits into a place of a kind comes out of `clean`, all else as ""
    const KINDS = {
        tick: {
            type: 'checkbox',
            read: control => (control.checked ? words.yes : ''),
            write: (control, text) => { control.checked = text !== '' },
            clean: text => (text.toLowerCase() === words.yes.toLowerCase() ? words.yes : ''),
        },
        score: { ...line, clean: text => (isScore(text) ? text : '') },
        words: { ...line, clean: text => text },
    }

    const makeControl = (kind, label) => {
        const control = document.createElement('input')
        control.type = KINDS[kind].type
        control.className = `log-${kind}`
        control.autocomplete = 'off'
        control.setAttribute('aria-label', label)
        if (kind === 'score') {
            control.inputMode = 'decimal'
            control.maxLength = 3
        }
        return control
    }

    const places = new Map()
    for (const cell of cells) {
        const kind = cell.dataset.field in KINDS ? cell.dataset.field : 'words'
        const wanted = tidy(cell.dataset.label)
        let label = wanted
        for (let count = 2; places.has(label); count++) label = `${wanted} (${count})`
        const control = makeControl(kind, label)
        places.set(label, { ...KINDS[kind], control })
        cell.replaceChildren(control)
        control.addEventListener('input', () => enter(label))
        control.addEventListener('change', () => judge(label))
    }

    const mark = (control, wrong) => {
        if (wrong) {
            control.setAttribute('aria-invalid', 'true')
            control.setAttribute('aria-describedby', 'log-status')
        } else {
            control.removeAttribute('aria-invalid')
            control.removeAttribute('aria-describedby')
        }
    }

    const put = (kept, label, text) => {
        if (text) kept.set(label, text)
        else kept.delete(label)
    }

    // keeps one place; the rest is read anew, since another tab may have changed it
    const enter = label => {
        const { control, read, clean } = places.get(label)
        const kept = stored()
        put(kept, label, clean(read(control)))
        store(kept)
        say('')
    }

    // once a place is left, what it holds must be right
    const judge = label => {
        const { control, read, clean } = places.get(label)
        const wrong = read(control) !== clean(read(control))
        mark(control, wrong)
        if (wrong) say(words.wrong)
    }

    const fill = kept => {
        for (const [label, { control, read, write, clean }] of places) {
            const text = clean(kept.get(label) || '')
            if (read(control) === text) continue
            write(control, text)
            mark(control, false)
        }
    }

    // puts texts in place of all that is entered; what is kept for places of other editions stays
    const replace = texts => {
        const kept = stored()
        for (const [label, { clean }] of places) put(kept, label, clean(texts.get(label) || ''))
        store(kept)
        fill(kept)
    }

    const entered = () => [...places.values()].some(({ control, read }) => read(control) !== '')

    // --- copies

    const save = () => {
        const rows = [...places].map(([label, { control, read, clean }]) => [label, clean(read(control))])
        const copy = window.bookCopies.write([[words.where, words.entered], ...rows])
        const link = document.createElement('a')
        link.href = URL.createObjectURL(new Blob([copy], { type: 'text/csv;charset=utf-8' }))
        link.download = words.file
        document.body.append(link)
        link.click()
        link.remove()
        setTimeout(() => URL.revokeObjectURL(link.href), 60000)
        say(words.saved)
    }

    // gives, later, whether the answer was yes
    const ask = name => new Promise(resolve => {
        const dialog = part(name)
        if (!dialog.showModal) {
            resolve(window.confirm(dialog.querySelector('p').textContent))
            return
        }
        const answer = event => dialog.close(event.currentTarget.classList.contains('log-sure') ? 'sure' : '')
        for (const button of dialog.querySelectorAll('button')) button.onclick = answer
        dialog.returnValue = ''
        dialog.onclose = () => resolve(dialog.returnValue === 'sure')
        dialog.showModal()
    })

    const open = async file => {
        const rows = window.bookCopies.read(await file.arrayBuffer(), label => places.has(tidy(label)))
        const texts = new Map(rows.map(([label, text]) => [tidy(label), text.trim()]))
        if (!texts.size) {
            say(words.notOpened)
        } else if (!entered() || await ask('log-ask-open')) {
            replace(texts)
            say(words.opened)
        }
    }

    const clear = async () => {
        if (!await ask('log-ask-clear')) return
        store(new Map())
        fill(new Map())
        say(words.cleared)
    }

    // ---

    part('log-save').addEventListener('click', save)
    part('log-open').addEventListener('click', () => part('log-file').click())
    part('log-file').addEventListener('change', event => {
        const [file] = event.target.files
        if (file) open(file).catch(() => say(words.notOpened))
        event.target.value = '' // the same file can be chosen again
    })
    part('log-print').addEventListener('click', () => window.print())
    part('log-clear').addEventListener('click', clear)
    // what another tab keeps is shown here, too; no key means that all was cleared
    window.addEventListener('storage', event => {
        if (event.key === KEY || event.key === null) fill(stored())
    })
    // a page that comes back as it was left may have been overtaken by another tab
    window.addEventListener('pageshow', event => { if (event.persisted) fill(stored()) })
    attempt(storage => {
        storage.setItem(`${KEY} ?`, '?')
        storage.removeItem(`${KEY} ?`)
    })
    fill(stored())
    tools.hidden = false
})()
