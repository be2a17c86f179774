// Opens a built site in Chromium, from a server under a sub-path as any host would serve it, and says what it met.
// Usage: node site.mjs FOLDER JOB [PAGE...] [--out DIR]     JOB: one of JOBS below; the answer is JSON, facts without verdicts
// What a server cannot show, a folder can: the job `folder` opens the site by file:.

import { createServer } from 'node:http'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { execFileSync } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import puppeteer from 'puppeteer-core'

const { values, positionals: [folder, job, ...asked] } = parseArgs({
    allowPositionals: true,
    options: { out: { type: 'string', default: '.' } },
})
const SUB_PATH = '/shelf/book/'
const TYPES = {
    html: 'text/html; charset=utf-8', css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml', png: 'image/png', jpg: 'image/jpeg',
    webp: 'image/webp', woff2: 'font/woff2', json: 'application/json', pdf: 'application/pdf', epub: 'application/epub+zip',
}
const PHONE = { width: 390, height: 844, deviceScaleFactor: 2 }
const DESK = { width: 1280, height: 900, deviceScaleFactor: 1 }
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--hide-scrollbars', '--force-color-profile=srgb']

const serve = async () => {
    const server = createServer(async (request, response) => {
        const path = decodeURIComponent(new URL(request.url, 'http://here').pathname)
        try {
            if (!path.startsWith(SUB_PATH)) throw new Error('outside')
            const name = path.slice(SUB_PATH.length) || 'index.html'
            const data = await readFile(join(folder, name))
            response.writeHead(200, { 'Content-Type': TYPES[name.split('.').pop()] ?? 'application/octet-stream' })
            response.end(data)
        } catch {
            response.writeHead(404).end()
        }
    }).listen(0, '127.0.0.1')
    await new Promise(resolve => server.once('listening', resolve))
    return { server, site: `http://127.0.0.1:${server.address().port}${SUB_PATH}` }
}

const launch = profile => puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim(),
    userDataDir: profile,
    args: FLAGS,
})

const pages = async () => (await readdir(folder)).filter(name => name.endsWith('.html')).sort()
const rest = time => new Promise(resolve => setTimeout(resolve, time))
const theme = (tab, name) => tab.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: name }])
const open = (tab, site, name) => tab.goto(site + name, { waitUntil: 'load' })
const short = (site, url) => (url.startsWith(site) ? url.slice(site.length) : url)

// every picture comes, also those far below
const allPictures = tab => tab.evaluate(async () => {
    for (const image of document.images) image.loading = 'eager'
    await Promise.all([...document.images].map(image => image.decode().catch(() => {})))
})

// opens pages one after another, and gives of each all that it asked for and complained of, and what `look` sees there
const hear = async (browser, site, names, look = () => ({})) => {
    const tab = await browser.newPage()
    const found = {}
    let heard
    tab.on('request', request => heard.requests.push(short(site, request.url())))
    tab.on('response', response => { if (response.status() >= 400) heard.faults.push(`${response.status()} ${short(site, response.url())}`) })
    tab.on('requestfailed', request => heard.faults.push(`failed: ${short(site, request.url())}`))
    tab.on('console', message => heard.faults.push(`console: ${message.text()}`))
    tab.on('pageerror', error => heard.faults.push(`script: ${error.message}`))
    await tab.evaluateOnNewDocument(() => {
        document.addEventListener('securitypolicyviolation', event => console.error('policy', event.violatedDirective, event.blockedURI))
    })
    for (const name of names) {
        found[name] = heard = { requests: [], faults: [] }
        await open(tab, site, name)
        await allPictures(tab)
        await rest(30)
        Object.assign(heard, await look(tab))
    }
    return found
}

// --- jobs: each gives facts, not verdicts

const axe = async (browser, site) => {
    const source = await readFile(new URL('./node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')
    const found = []
    const tab = await browser.newPage()
    await tab.setBypassCSP(true) // the other jobs keep the policy
    for (const name of asked.length ? asked : await pages()) {
        await tab.setViewport(DESK)
        await open(tab, site, name)
        await tab.evaluate(source)
        for (const [look, view] of [['light', DESK], ['dark', PHONE]]) {
            await tab.setViewport(view)
            await theme(tab, look)
            const { violations, passes } = await tab.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }))
            found.push({
                page: name, look, passes: passes.length,
                violations: violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.slice(0, 3).map(node => node.target.join(' ')) })),
            })
        }
    }
    return found
}

const requests = async (browser, site) => hear(browser, site, await pages())

const fromFolder = browser => hear(browser, pathToFileURL(folder).href.replace(/\/?$/, '/'), asked, tab => tab.evaluate(async () => {
    await document.fonts.ready
    return {
        fonts: [...document.fonts].filter(font => font.status === 'loaded').length,
        missing: [...document.images].filter(image => !image.naturalWidth).map(image => image.src),
    }
}))

const width = async (browser, site) => {
    const found = []
    const tab = await browser.newPage()
    for (const name of await pages()) {
        for (const wide of [320, 390]) {
            await tab.setViewport({ width: wide, height: 640 })
            if (wide === 320) await open(tab, site, name)
            found.push(await tab.evaluate((name, wide) => {
                const out = [...document.querySelectorAll('body *')].filter(one => {
                    const box = one.getBoundingClientRect()
                    return box.width && box.right > wide + 0.5 && !one.closest('.wide, .unseen, .skip')
                })
                return { name, wide, scroll: document.scrollingElement.scrollWidth, out: out.slice(0, 3).map(one => one.outerHTML.slice(0, 60)) }
            }, name, wide))
        }
    }
    return found
}

const shots = async (browser, site) => {
    const tab = await browser.newPage()
    const found = []
    for (const [view, size] of [['phone', PHONE], ['desktop', DESK]]) {
        for (const look of ['light', 'dark']) {
            await tab.setViewport(size)
            await theme(tab, look)
            for (const name of asked) {
                await open(tab, site, name)
                await allPictures(tab)
                const path = join(values.out, `${name.replace(/\..*/, '')}-${view}-${look}.png`)
                await tab.screenshot({ path })
                found.push(path)
            }
        }
    }
    return found
}

// presses each button as a reader does, and reads what comes
const downloads = async (browser, site) => {
    const saved = await mkdtemp(join(tmpdir(), 'downloads-'))
    const tab = await browser.newPage()
    const client = await browser.target().createCDPSession()
    await client.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: saved, eventsEnabled: true })
    let ended
    client.on('Browser.downloadProgress', event => { if (event.state !== 'inProgress') ended?.(event.state) })
    await open(tab, site, 'index.html')
    const files = await tab.$$eval('.edition', all => all.map(one => one.dataset.file))
    const found = []
    for (const file of files) {
        const over = new Promise(resolve => { ended = resolve })
        await tab.$eval(`.edition[data-file="${file}"] a.download`, link => link.click())
        const state = await over
        const data = await readFile(join(saved, file))
        const stated = await tab.$eval(`code.sha256[data-file="${file}"]`, code => code.textContent)
        found.push({ file, state, bytes: data.length, sha256: createHash('sha256').update(data).digest('hex'), stated })
    }
    await rm(saved, { recursive: true, force: true })
    return found
}

const focused = tab => tab.evaluate(() => {
    const one = document.activeElement
    const box = one.getBoundingClientRect()
    const ring = one.querySelector('.plate-reach') ?? one
    const style = getComputedStyle(ring)
    return {
        tag: one.tagName.toLowerCase(), name: one.getAttribute('aria-label') ?? one.textContent.trim().replace(/\s+/g, ' '),
        href: one.getAttribute('href'), seen: box.bottom > 0 && box.top < innerHeight,
        ring: ring === one ? style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 : style.stroke !== 'none' && parseFloat(style.strokeWidth) >= 2,
    }
})

// goes through a page by Tab alone, and follows the last link whose name has been asked for
const keys = async (browser, site) => {
    const [name, wanted] = asked
    const tab = await browser.newPage()
    await tab.setViewport(DESK)
    await open(tab, site, name)
    const stops = []
    for (let count = 0; count < 200; count++) {
        await tab.keyboard.press('Tab')
        const stop = await focused(tab)
        if (stop.tag === 'body' || (stops.length && stop.href === stops[0].href && stop.name === stops[0].name)) break
        stops.push(stop)
        if (stop.name === wanted) break
    }
    await Promise.all([tab.waitForNavigation(), tab.keyboard.press('Enter')])
    await rest(700)
    const target = await tab.evaluate(() => {
        const one = document.querySelector(':target')
        const box = one?.getBoundingClientRect()
        return one && { id: one.id, seen: box.top < innerHeight && box.bottom > 0 }
    })
    return { stops, address: short(site, tab.url()), target }
}

// points at each place of the map, by mouse and by finger
const point = async (browser, site) => {
    const [name] = asked
    const tab = await browser.newPage()
    await tab.setViewport({ ...PHONE, hasTouch: true })
    await open(tab, site, name)
    const links = await tab.$$eval('.plate-link', all => all.map(one => ({ name: one.getAttribute('aria-label'), href: one.getAttribute('href') })))
    const found = []
    for (const [number, link] of links.entries()) {
        await open(tab, site, name)
        const area = (await tab.$$('.plate-link'))[number]
        await area.evaluate(one => one.scrollIntoView({ block: 'center', behavior: 'instant' }))
        // a point that lies well within the place itself, not between its two sides
        const spot = await area.evaluate(one => {
            const shape = one.querySelector('.plate-area') ?? one.querySelector('.plate-disc')
            const box = shape.getBoundingClientRect()
            const own = (x, y) => document.elementFromPoint(x, y)?.closest('.plate-link') === one
            const spots = []
            for (let x = box.left; x < box.right; x += 1) {
                for (let y = box.top; y < box.bottom; y += 1) {
                    if ([-4, 0, 4].every(over => [-4, 0, 4].every(down => own(x + over, y + down)))) spots.push({ x, y })
                }
            }
            return spots[Math.floor(spots.length / 3)]
        })
        if (!spot) { found.push({ ...link, reached: false }); continue }
        await tab.mouse.move(spot.x, spot.y)
        const lit = await area.evaluate(one => getComputedStyle(one.querySelector('.plate-name')).textDecorationLine)
        await Promise.all([tab.waitForNavigation(), tab.touchscreen.tap(spot.x, spot.y)])
        found.push({ ...link, reached: true, lit, address: short(site, tab.url()) })
    }
    return found
}

const noscript = async (browser, site) => {
    const tab = await browser.newPage()
    await tab.setJavaScriptEnabled(false)
    const found = []
    for (const name of await pages()) {
        await open(tab, site, name)
        found.push(await tab.$eval('main', (main, name) => ({
            name, letters: main.innerText.length, links: main.querySelectorAll('a[href]').length,
            places: [...main.querySelectorAll('.plate-link')].map(link => link.getAttribute('href')),
            controls: [...main.querySelectorAll('button, input')].filter(one => one.checkVisibility() && !one.closest('form')).length,
        }), name))
    }
    return found
}

const look = async (browser, site) => {
    const tab = await browser.newPage()
    const found = {}
    for (const mode of ['light', 'dark']) {
        await theme(tab, mode)
        await open(tab, site, asked[0])
        found[mode] = await tab.evaluate(() => ({
            ground: getComputedStyle(document.documentElement).backgroundColor, ink: getComputedStyle(document.body).color,
            pictures: [...new Set([...document.querySelectorAll('main img, .plate-svg')].map(one => getComputedStyle(one).backgroundColor))],
        }))
    }
    await tab.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }])
    found.still = await tab.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior)
    return found
}

// from the start page to a page, from there by a link of the map, and back twice
const back = async (browser, site) => {
    const tab = await browser.newPage()
    await tab.setViewport(DESK)
    await open(tab, site, 'index.html')
    const go = async action => {
        await Promise.all([tab.waitForNavigation(), action()])
        await rest(300)
        return { address: short(site, tab.url()), top: await tab.evaluate(() => Math.round(scrollY)) }
    }
    const first = await go(() => tab.$eval(`a[href="${asked[0]}"]`, link => link.click()))
    await tab.evaluate(() => scrollTo({ top: 400, behavior: 'instant' }))
    await rest(200)
    const second = await go(() => tab.$$eval('.plate-link', links => links.at(-1).dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, view: window }))))
    return [first, second, await go(() => tab.goBack()), await go(() => tab.goBack())]
}

const print = async (browser, site) => {
    const tab = await browser.newPage()
    const found = []
    for (const name of asked) {
        await open(tab, site, name)
        const path = join(values.out, name.replace('.html', '.pdf'))
        await writeFile(path, await tab.pdf({ format: 'Letter' }))
        found.push(path)
    }
    return found
}

const weight = async (browser, site) => {
    const tab = await browser.newPage()
    await tab.setViewport(DESK)
    const sizes = {}
    tab.on('response', async response => { sizes[short(site, response.url())] = (await response.buffer()).length })
    await open(tab, site, 'index.html')
    await allPictures(tab)
    await rest(300)
    return sizes
}

const lighthouse = async (browser, site) => {
    const { default: measure } = await import('lighthouse')
    const found = []
    for (const name of asked) {
        const tab = await browser.newPage()
        const flags = { output: 'json', logLevel: 'error', disableFullPageScreenshot: true, onlyCategories: ['accessibility', 'best-practices'] }
        const { lhr } = await measure(site + name, flags, undefined, tab)
        const failed = Object.values(lhr.audits).filter(audit => audit.score !== null && audit.score < 1)
        found.push({
            name, scores: Object.fromEntries(Object.entries(lhr.categories).map(([key, { score }]) => [key, score * 100])),
            failed: failed.map(({ id, title }) => `${id}: ${title}`),
        })
        await tab.close()
    }
    return found
}

const JOBS = { axe, requests, folder: fromFolder, width, shots, downloads, keys, point, noscript, look, back, print, weight, lighthouse }

const profile = await mkdtemp(join(tmpdir(), 'site-'))
const { server, site } = await serve()
const browser = await launch(profile)
try {
    console.log(JSON.stringify(await JOBS[job](browser, site)))
} finally {
    await browser.close()
    server.close()
    await rm(profile, { recursive: true, force: true })
}
