// Uses the scripts of a web edition in Chromium as readers do, and says what came of it, as JSON.
// Usage: node scripts.mjs SITE    SITE is the folder of a site whose log and words are those of tests/formats/web/test_web_scripts.py

import { createServer } from 'node:http'
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from './chromium.mjs'

const SITE = resolve(process.argv[2])
const UNDER = '/a/book/'
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.svg': 'image/svg+xml' }
const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://here')
    const file = pathname === UNDER ? 'index.html' : pathname.replace(UNDER, '')
    try {
        const data = pathname === '/other' ? '<!doctype html><title>other</title>' : await readFile(join(SITE, file))
        response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'text/html' })
        response.end(data)
    } catch {
        response.writeHead(404).end()
    }
}).listen(0, '127.0.0.1')
await new Promise(done => server.once('listening', done))
const origin = `http://127.0.0.1:${server.address().port}`
const http = origin + UNDER
const folder = `${pathToFileURL(SITE).href}/`

const scratch = await mkdtemp(join(tmpdir(), 'scripts-'))
const browser = await chromium(join(scratch, 'profile'))
const faults = []
try {
    const facts = {}
    facts.search = await search(await tab(), http)
    facts.folder = await search(await tab(), folder)
    facts.log = await log()
    facts.log_folder = await keptInFolder()
    facts.lost = await lost()
    facts.saving = await savingData()
    facts.offline = await offline()
    console.log(JSON.stringify({ ...facts, faults }))
} finally {
    await browser.close()
    server.close()
    await rm(scratch, { recursive: true, force: true })
}

async function tab(context = browser) {
    const page = await context.newPage()
    page.on('pageerror', error => faults.push(`script: ${error.message}`))
    page.on('console', message => { if (message.type() === 'error') faults.push(`console: ${message.text()}`) })
    page.on('request', request => {
        const url = request.url()
        if (![origin, folder, 'blob:'].some(at => url.startsWith(at))) faults.push(url)
    })
    return page
}

async function search(page, base) {
    const results = () => page.$$eval('.search-results li', items => items.map(item => ({
        href: item.querySelector('a').getAttribute('href'),
        words: item.textContent,
        marks: [...item.querySelectorAll('mark')].map(mark => mark.textContent),
        inside: item.querySelectorAll('img, script').length,
    })))
    const status = () => page.$eval('.search-status', element => element.textContent)
    const enter = async text => {
        const before = await status()
        await page.$eval('.search-form input', input => input.select())
        await page.keyboard.sendCharacter(text) // all at once: a slow machine must not search for half a word
        await page.waitForFunction(
            said => document.querySelector('.search-status').textContent !== said, { timeout: 3000 }, before,
        )
        return { status: await status(), results: await results(), address: page.url().replace(base, '') }
    }
    await page.goto(`${base}search.html`)
    const empty = await status()
    const typed = await enter('Stretchin') // the word begins a longer one, or is nearly one that is there
    const nothing = await enter('xylophone')
    const some = await enter('salt xylophone')
    const accents = await enter('DÓUGH kneading')
    const marked = await enter('<img src=x> & salt')
    await page.$eval('.search-form input', input => { input.value = 'salt' })
    await Promise.all([
        base === http ? page.waitForFunction(() => document.activeElement.matches('.search-status')) : page.waitForNavigation(),
        page.keyboard.press('Enter'),
    ])
    const entered = { status: await status(), results: await results(), address: page.url().replace(base, '') }
    await Promise.all([page.waitForNavigation(), page.click('.search-results a')])
    const led = { address: page.url().replace(base, ''), target: await page.$eval(':target', item => item.textContent) }
    await Promise.all([page.waitForNavigation(), page.goBack()])
    const back = { field: await page.$eval('.search-form input', input => input.value), results: await results() }
    await page.close()
    return { empty, typed, nothing, some, accents, marked, entered, led, back }
}

async function log() {
    const page = await tab()
    await page.setViewport({ width: 1200, height: 2000 })
    const place = label => `[aria-label="${label}"]`
    const says = () => page.$eval('.log-status', element => element.textContent)
    const state = (at = page) => at.$$eval('.log-week input', inputs => Object.fromEntries(inputs
        .map(input => [input.getAttribute('aria-label'), input.type === 'checkbox' ? input.checked : input.value])
        .filter(([, value]) => value)))
    const press = name => page.click(`.log-tools .${name}`)
    const idle = () => page.waitForFunction(() => !document.querySelector('dialog[open]'))
    const answer = async (dialog, name) => {
        await page.waitForSelector(`.${dialog}[open]`)
        await page.click(`.${dialog} .${name}`)
        await idle()
    }
    const choose = async file => {
        const [chooser] = await Promise.all([page.waitForFileChooser(), press('log-open')])
        await page.$eval('.log-status', element => { element.textContent = '' })
        await chooser.accept([file])
    }
    const said = () => page.waitForFunction(() => document.querySelector('.log-status').textContent).then(says)

    await page.goto(`${http}page-log.html`)
    const controls = await page.$$eval('.log-week input', inputs => inputs.map(input => ({
        label: input.getAttribute('aria-label'), kind: input.className, type: input.type,
        mode: input.inputMode, longest: input.maxLength,
    })))
    const tools = await page.$eval('.log-tools', element => ({
        shown: !element.hidden, lost: !element.querySelector('.log-lost').hidden,
    }))
    await page.click(place('Week 1, Monday, Plain loaf'))
    await page.type(place('Week 1, Tuesday, Crust'), '7,5')
    await page.type(place('Week 1, Loaf'), '=1+1, "rye"; \'s')
    await page.type(place('Week 1, Loaf (2)'), "'-x")
    await page.type(place('Week 2, Tuesday, Crust'), '11')
    await page.keyboard.press('Tab')
    const wrong = {
        invalid: await page.$$eval('[aria-invalid="true"]', found => found.map(item => item.getAttribute('aria-label'))),
        says: await says(),
    }
    await page.reload()
    const reloaded = await state()

    const other = await tab()
    await other.goto(`${http}page-log.html`)
    await other.click(place('Week 2, Sunday, Plain loaf'))
    await page.waitForFunction(at => document.querySelector(at).checked, {}, place('Week 2, Sunday, Plain loaf'))
    const beside = await state()
    await other.close()
    await page.bringToFront()

    const down = join(scratch, 'down')
    await mkdir(down)
    const session = await browser.target().createCDPSession()
    await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: down, eventsEnabled: true })
    const whole = new Promise(done => session.on('Browser.downloadProgress', event => event.state === 'completed' && done()))
    await press('log-save')
    await whole
    const saved = { says: await says(), files: await readdir(down) }
    saved.text = await readFile(join(down, saved.files[0]), 'utf8')

    await press('log-clear')
    await answer('log-ask-clear', 'log-no')
    const spared = await state()
    await press('log-clear')
    await page.waitForSelector('.log-ask-clear[open]')
    await page.keyboard.press('Escape')
    await idle()
    const escaped = await state()
    await press('log-clear')
    await answer('log-ask-clear', 'log-sure')
    const cleared = { state: await state(), says: await said(), left: await page.evaluate(() => localStorage.length) }

    await choose(join(down, saved.files[0]))
    const opened = { says: await said(), state: await state() }
    await writeFile(join(scratch, 'stranger.csv'), 'name,phone\r\n"A, B",1\r\n')
    await choose(join(scratch, 'stranger.csv'))
    const refused = { says: await said(), state: await state() }
    // as a spreadsheet of another country writes it, in letters of an old kind
    const edited = 'Week 1, Tuesday, Crust;99\nWeek 1, Loaf;Br\u00f6tchen\nWeek 9;x\nWeek 1, Monday, Plain loaf;YES\n'
    await writeFile(join(scratch, 'edited.csv'), Buffer.from(edited, 'latin1'))
    await choose(join(scratch, 'edited.csv'))
    await answer('log-ask-open', 'log-no')
    const declined = await state()
    await choose(join(scratch, 'edited.csv'))
    await answer('log-ask-open', 'log-sure')
    const replaced = { says: await said(), state: await state() }
    await page.evaluate(() => { window.print = () => { window.printed = true } })
    await press('log-print')
    const printed = await page.evaluate(() => window.printed)
    await page.evaluate(() => localStorage.setItem(localStorage.key(0), '{"spoilt'))
    await page.reload()
    const spoilt = await state()
    await page.close()
    return {
        controls, tools, wrong, reloaded, beside, saved, spared, escaped, cleared, opened, refused, declined, replaced,
        printed, spoilt,
    }
}

async function keptInFolder() {
    const page = await tab()
    await page.goto(`${folder}page-log.html`)
    await page.click('.log-tick')
    await page.reload()
    const kept = await page.$eval('.log-tick', control => control.checked)
    await page.close()
    return kept
}

async function lost() {
    const page = await tab()
    await page.evaluateOnNewDocument(() => Object.defineProperty(window, 'localStorage', {
        get() { throw new DOMException('not here', 'SecurityError') },
    }))
    await page.goto(`${http}page-log.html`)
    await page.click('.log-tick')
    await page.type('.log-score', '8')
    const found = await page.evaluate(() => ({
        tick: document.querySelector('.log-tick').checked,
        score: document.querySelector('.log-score').value,
        lost: !document.querySelector('.log-lost').hidden,
        kept: !document.querySelector('.log-kept').hidden,
    }))
    await page.close()
    return found
}

async function savingData() {
    const context = await browser.createBrowserContext()
    const page = await tab(context)
    await page.evaluateOnNewDocument(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }))
    await page.goto(http, { waitUntil: 'networkidle0' })
    const count = await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)
    await context.close()
    return count
}

// the last: it stops the server
async function offline() {
    const context = await browser.createBrowserContext()
    const page = await context.newPage() // what is not there is no fault here
    await page.goto(`${origin}/other`)
    await page.evaluate(async scope => {
        for (const name of [`first-loaf ${scope} old`, `first-loaf ${scope}more/ old`, 'another book']) await caches.open(name)
    }, http)
    await page.goto(http)
    await page.waitForFunction(() => navigator.serviceWorker.controller, { timeout: 5000 })
    const caches_ = await page.evaluate(() => caches.keys())
    server.close()
    server.closeAllConnections()
    // each in a tab of its own: Chromium's page for what did not come arrives late, and disturbs what comes after it
    const title = async path => {
        const fresh = await context.newPage()
        try {
            await fresh.goto(http + path)
            return await fresh.title()
        } catch (error) {
            return error.message.split(' ')[0]
        } finally {
            await fresh.close()
        }
    }
    const titles = {}
    for (const path of ['', 'index.html', 'chapter-baking.html?from=here#chapter-baking', 'downloads/loaf.html', 'gone.html']) {
        titles[path] = await title(path)
    }
    await page.goto(`${http}chapter-baking.html`)
    await page.reload()
    const reloaded = await page.title()
    await page.goto(`${http}search.html?q=salt`)
    const found = await page.$$eval('.search-results li', items => items.length)
    await context.close()
    return { caches: caches_.map(name => name.replaceAll(http, 'SITE')), titles, reloaded, found }
}
