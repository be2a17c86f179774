// Opens a built site in Chromium, from a server under a sub-path as any host would serve it, and says what it met.
// Usage: node site.mjs FOLDER JOB [PAGE...] [--out DIR]     JOB: one of JOBS below; the answer is JSON, facts without verdicts
// What a server cannot show, a folder can: the job `folder` opens the site by file:.

import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { pathToFileURL } from 'node:url'
import { back, downloads, keys, point } from './hands.mjs'
import { DESK, PHONE, allPictures, launch, open, rest, serve, short, theme } from './serve.mjs'

const { values, positionals: [folder, job, ...asked] } = parseArgs({
    allowPositionals: true,
    options: { out: { type: 'string', default: '.' } },
})
const LONGEST = 240_000 // milliseconds for a job: what hangs must end, and say so
const WORKER_LONGEST = 20_000

const pages = async () => (await readdir(folder)).filter(name => name.endsWith('.html')).sort()

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

const COLOURS = ['color-contrast', 'link-in-text-block'] // axe's rules on colour, but those that it leaves off by itself
const outlines = () => JSON.stringify([...document.body.querySelectorAll('*')].map(one => {
    const { x, y, width, height } = one.getBoundingClientRect()
    const { display, visibility } = getComputedStyle(one)
    return [x, y, width, height, display, visibility]
}))

// what a page is made of: the kinds of its elements, and their classes
const makings = () => [...new Set([...document.body.querySelectorAll('*')].flatMap(one => [one.localName, ...one.classList]))]

// a few pages that between them are made of all that any page is made of
const telling = async (tab, site) => {
    const made = {}
    for (const name of await pages()) {
        await open(tab, site, name)
        made[name] = await tab.evaluate(makings)
    }
    const missing = new Set(Object.values(made).flat())
    const chosen = []
    while (missing.size) {
        const adds = name => made[name].filter(one => missing.has(one)).length
        const best = Object.keys(made).reduce((one, other) => (adds(other) > adds(one) ? other : one))
        chosen.push(best)
        made[best].forEach(one => missing.delete(one))
    }
    return chosen
}

// pages that have all makings: on a desk in both colours, on a phone in one, since width moves boxes and the theme does not
const axe = async (browser, site) => {
    const source = await readFile(new URL('./node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')
    const found = []
    const tab = await browser.newPage()
    await tab.setBypassCSP(true) // the other jobs keep the policy
    const at = node => node.target.join(' ')
    const ask = async (name, view, look, only) => {
        const { violations, incomplete, passes } = await tab.evaluate(only => window.axe.run(document, { preload: false, ...only }), only)
        found.push({
            page: name, look, wide: view.width, passes: passes.length,
            violations: violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.slice(0, 3).map(at) })),
            unsure: incomplete.map(({ id, nodes }) => ({ id, at: nodes.map(at) })),
        })
    }
    for (const name of asked.length ? asked : await telling(tab, site)) {
        await tab.setViewport(DESK)
        await theme(tab, 'light')
        await open(tab, site, name)
        await tab.evaluate(source)
        const boxes = await tab.evaluate(outlines)
        await ask(name, DESK, 'light', {})
        await theme(tab, 'dark')
        await ask(name, DESK, 'dark', (await tab.evaluate(outlines)) === boxes ? { runOnly: COLOURS } : {})
        await tab.setViewport(PHONE)
        await ask(name, PHONE, 'dark', {})
    }
    return found
}

// what sticks out of two phones
const widths = async tab => {
    const found = []
    for (const wide of [320, 390]) {
        await tab.setViewport({ width: wide, height: 640 })
        found.push(await tab.evaluate(wide => {
            // what can be scrolled sideways in a box of its own may be wide
            const boxed = one => one && (['auto', 'scroll'].includes(getComputedStyle(one).overflowX) || boxed(one.parentElement))
            const out = [...document.querySelectorAll('body *')].filter(one => {
                const { width, left, right } = one.getBoundingClientRect()
                return width > 1 && (right > wide + 0.5 || left < -0.5) && !boxed(one.parentElement)
            })
            return { wide, scroll: document.scrollingElement.scrollWidth, out: out.slice(0, 3).map(one => one.outerHTML.slice(0, 60)) }
        }, wide))
    }
    return { widths: found }
}

// all pages, and the worker that they ask for, from its first breath until it has all that it keeps
const requests = async (browser, site) => {
    const worker = []
    const sessions = new Map()
    const coming = new Set()
    const client = await browser.target().createCDPSession()
    client.on('Target.attachedToTarget', async ({ sessionId }) => {
        const session = client.connection().session(sessionId)
        sessions.set(sessionId, session)
        session.on('Network.requestWillBeSent', ({ requestId, request }) => {
            coming.add(requestId)
            worker.push(short(site, request.url))
        })
        for (const end of ['loadingFinished', 'loadingFailed']) session.on(`Network.${end}`, ({ requestId }) => coming.delete(requestId))
        await session.send('Network.enable')
        await session.send('Runtime.runIfWaitingForDebugger')
    })
    client.on('Target.detachedFromTarget', ({ sessionId }) => sessions.delete(sessionId))
    const filter = [{ type: 'service_worker' }]
    await client.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true, filter })
    const found = await hear(browser, site, await pages(), widths)
    const tab = (await browser.pages()).at(-1)
    await tab.evaluate(async () => 'offline' in document.documentElement.dataset && Boolean(await navigator.serviceWorker.ready))
    // a worker that is ready may still be asking: its own answer comes after all that it had begun, and what it asked for must end
    for (let heard = -1, end = Date.now() + WORKER_LONGEST; heard < worker.length || coming.size;) {
        if (Date.now() > end) throw new Error(`the worker never came to rest: ${worker}`)
        heard = worker.length
        const turn = { expression: 'new Promise(done => setTimeout(done, 100))', awaitPromise: true }
        await Promise.all([...sessions.values()].map(session => session.send('Runtime.evaluate', turn)))
    }
    return { pages: found, worker: [...new Set(worker)] }
}

const fromFolder = browser => hear(browser, pathToFileURL(folder).href.replace(/\/?$/, '/'), asked, tab => tab.evaluate(async () => {
    await document.fonts.ready
    return {
        fonts: [...document.fonts].filter(font => font.status === 'loaded').length,
        missing: [...document.images].filter(image => !image.naturalWidth).map(image => image.src),
    }
}))

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

const noscript = async (browser, site) => {
    const tab = await browser.newPage()
    await tab.setJavaScriptEnabled(false)
    const found = []
    for (const name of asked.length ? asked : await pages()) {
        await open(tab, site, name)
        found.push(await tab.$eval('main', (main, name) => ({
            missing: [...main.querySelectorAll('img')].filter(image => !image.naturalWidth).map(image => image.getAttribute('src')),
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
    const bodies = []
    tab.on('response', response => bodies.push(response.buffer().then(body => [short(site, response.url()), body.length])))
    await open(tab, site, 'index.html')
    await allPictures(tab)
    await rest(300)
    return Object.fromEntries(await Promise.all(bodies)) // a body that comes late is waited for, too
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

const JOBS = { axe, requests, folder: fromFolder, shots, downloads, keys, point, noscript, look, back, print, weight, lighthouse }

const profile = await mkdtemp(join(tmpdir(), 'site-'))
const { server, host, site } = await serve(folder)
const browser = await launch(profile, host)
const late = setTimeout(() => {
    console.error(`${job} took too long`)
    browser.process().kill('SIGKILL')
    process.exit(1)
}, LONGEST)
try {
    console.log(JSON.stringify(await JOBS[job](browser, site, asked)))
} finally {
    clearTimeout(late)
    await browser.close()
    server.close()
    await rm(profile, { recursive: true, force: true })
}
