// Opens an e-book in foliate-js, a real reading engine, at the width of a phone, and says what it met, as JSON.
// Usage: node reader.mjs BOOK.epub [--shots DIR] [--width 360] [--height 640] [--dark] [--zoom 100] [--pictures DIR] [--sections a,b]
//        --dark reads on a black page; --zoom sets the reader's own size of text, in %
//        --pictures keeps each drawn picture twice: TITLE-read.png as the reading engine shows it, TITLE-browser.png alone
//        --sections turns only to those of these files, such as exercise-bridge.xhtml

import { createServer } from 'node:http'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from './chromium.mjs'

const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
        shots: { type: 'string' },
        width: { type: 'string', default: '360' },
        height: { type: 'string', default: '640' },
        dark: { type: 'boolean', default: false },
        zoom: { type: 'string', default: '100' },
        pictures: { type: 'string' },
        sections: { type: 'string' },
    },
})
const PAGE = `<!doctype html><meta charset="utf-8"><title>reader</title>
<style>html,body{margin:0;height:100%}foliate-view{display:block;height:100%}</style>
<script type="module">import '/foliate/view.js'; window.ready = true</script>`
const PICTURE_WIDTH = 800
const NIGHT = 'html, body { background: #000 !important; color: #ccc } a:any-link { color: #8bf }'
const THEME = `html { font-size: ${values.zoom}% } ${values.dark ? NIGHT : ''}`
const TYPES = { js: 'text/javascript', epub: 'application/epub+zip' }
const FOLIATE = new URL('./node_modules/foliate-js/', import.meta.url)

const server = createServer(async (request, response) => {
    const path = new URL(request.url, 'http://here').pathname
    try {
        const data = path === '/' ? PAGE
            : path === '/book.epub' ? await readFile(positionals[0])
                : await readFile(new URL(path.replace('/foliate/', ''), FOLIATE))
        response.writeHead(200, { 'Content-Type': TYPES[path.split('.').pop()] ?? 'text/html' })
        response.end(data)
    } catch {
        response.writeHead(404).end()
    }
}).listen(0, '127.0.0.1')
await new Promise(resolve => server.once('listening', resolve))

const profile = await mkdtemp(join(tmpdir(), 'reader-'))
const browser = await chromium(profile)
const faults = []
try {
    const page = await browser.newPage()
    await page.setViewport({ width: +values.width, height: +values.height, deviceScaleFactor: 2 })
    if (values.dark) await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }])
    page.on('pageerror', error => faults.push(`script: ${error.message}`))
    page.on('requestfailed', request => faults.push(`not loaded: ${request.url().slice(0, 90)}`))
    await page.goto(`http://127.0.0.1:${server.address().port}/`)
    await page.waitForFunction('window.ready')
    const book = await page.evaluate(open, THEME)
    const sections = []
    const wanted = values.sections?.split(',')
    for (let index = 0; index < book.count; index++) {
        if (wanted && !wanted.includes(book.files[index].split('/').at(-1))) continue
        sections.push(await page.evaluate(visit, index))
        if (values.pictures) await keepPictures(page)
        for (let turn = 0; values.shots && turn < sections.at(-1).pages; turn++) {
            if (turn) await page.evaluate(() => window.view.renderer.next())
            await new Promise(resolve => setTimeout(resolve, 120))
            const name = `${String(index).padStart(2, '0')}-${String(turn).padStart(2, '0')}.png`
            await page.screenshot({ path: join(values.shots, name) })
        }
    }
    console.log(JSON.stringify({ ...book, sections, faults }))
} finally {
    await browser.close()
    server.close()
    await rm(profile, { recursive: true, force: true })
}

async function keepPictures(page) {
    for (const { name, read, source, height } of await page.evaluate(drawn, PICTURE_WIDTH)) {
        await writeFile(join(values.pictures, `${name}-read.png`), Buffer.from(read, 'base64'))
        const alone = await browser.newPage()
        await alone.setViewport({ width: PICTURE_WIDTH, height })
        const address = `data:image/svg+xml;base64,${Buffer.from(source).toString('base64')}`
        await alone.setContent(`<body style="margin:0"><img src="${address}" width="${PICTURE_WIDTH}" height="${height}">`)
        await alone.screenshot({ path: join(values.pictures, `${name}-browser.png`) })
        await alone.close()
    }
}

async function drawn(width) {
    const { doc } = window.view.renderer.getContents()[0]
    const found = []
    for (const image of doc.images) {
        const source = await (await fetch(image.src)).text()
        const title = new DOMParser().parseFromString(source, 'image/svg+xml').querySelector('title')?.textContent
        if (!title) continue
        const canvas = doc.createElement('canvas')
        canvas.width = width
        canvas.height = Math.round(width * image.naturalHeight / image.naturalWidth)
        canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height)
        found.push({
            name: title.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
            read: canvas.toDataURL().split(',')[1],
            source: source.slice(source.indexOf('<svg')),
            height: canvas.height,
        })
    }
    return found
}

async function open(theme) {
    const view = window.view = document.createElement('foliate-view')
    document.body.append(view)
    const data = await (await fetch('/book.epub')).blob()
    await view.open(new File([data], 'book.epub', { type: 'application/epub+zip' }))
    view.renderer.setStyles(theme)
    view.renderer.setAttribute('margin', '24px')
    view.renderer.setAttribute('gap', '6%')
    const flat = items => (items ?? []).flatMap(item => [item.label, ...flat(item.subitems)])
    return {
        title: view.book.metadata.title,
        language: view.book.metadata.language,
        count: view.book.sections.length,
        files: view.book.sections.map(section => section.id),
        contents: flat(view.book.toc),
        landmarks: (view.book.landmarks ?? []).map(item => item.label),
        printed: (view.book.pageList ?? []).map(item => item.label),
    }
}

async function visit(index) {
    // what pops up for each link to a note: its kind, its words, and whether it leads back
    const notes = async (view, doc, index) => {
        const { FootnoteHandler } = await import('/foliate/footnotes.js')
        const found = []
        for (const link of doc.querySelectorAll('[role="doc-noteref"]')) {
            const handler = new FootnoteHandler()
            handler.addEventListener('before-render', ({ detail }) => document.body.append(detail.view))
            const shown = new Promise(resolve => handler.addEventListener('render', ({ detail }) => {
                const { doc } = detail.view.renderer.getContents()[0]
                const back = doc.querySelector('[role="doc-backlink"]')?.getAttribute('href') ?? ''
                resolve({
                    type: detail.type, hidden: detail.hidden,
                    words: doc.body.textContent.trim(), back: back.endsWith(`#${link.id}`),
                })
            }))
            const href = view.book.sections[index].resolveHref(link.getAttribute('href'))
            await handler.handle(view.book, { detail: { a: link, href }, preventDefault: () => {} })
            found.push(await shown)
            document.body.lastElementChild.remove()
        }
        return found
    }
    const { view } = window
    const documents = window.documents ??= {} // the book's own, by section: each is read once
    await view.goTo(index)
    const { doc } = view.renderer.getContents()[0]
    await doc.fonts.ready
    const column = parseFloat(getComputedStyle(doc.documentElement).columnWidth)
    const breadth = item => Math.max(0, ...[...item.getClientRects()].map(box => box.width))
    // what scrolls sideways in a box of its own may be wide
    const boxed = item => ['auto', 'scroll'].includes(getComputedStyle(item).overflowX)
    const inBox = item => item !== doc.body && (boxed(item) || inBox(item.parentElement))
    const wide = [...doc.body.querySelectorAll('*')]
        .filter(item => breadth(item) > column + 1 && (boxed(item) || !inBox(item)))
    const dead = []
    for (const link of doc.querySelectorAll('a[href]')) {
        const href = view.book.sections[index].resolveHref?.(link.getAttribute('href')) ?? link.getAttribute('href')
        if (view.book.isExternal?.(href)) continue
        const target = await view.book.resolveHref(href)
        if (!target) dead.push(href)
        else if (href.includes('#')) {
            documents[target.index] ??= await view.book.sections[target.index].createDocument()
            if (!target.anchor(documents[target.index])) dead.push(href)
        }
    }
    return {
        notes: await notes(view, doc, index),
        text: doc.body.textContent.trim().length,
        pages: Math.max(1, (view.renderer.pages ?? 3) - 2),
        column,
        wide: wide.map(item => `<${item.localName} class="${item.className}"> ${Math.round(breadth(item))}px`),
        pictures: [...doc.images].filter(image => !image.naturalWidth).map(image => image.getAttribute('src')),
        dead,
    }
}
