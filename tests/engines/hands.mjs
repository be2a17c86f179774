// What readers do on a site with their hands: the jobs of site.mjs that press, point, and go back.

import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DESK, PHONE, open, rest, short } from './serve.mjs'

// presses each button as a reader does, and reads what comes
export const downloads = async (browser, site) => {
    const saved = await mkdtemp(join(tmpdir(), 'downloads-'))
    const tab = await browser.newPage()
    const client = await browser.target().createCDPSession()
    await client.send('Browser.setDownloadBehavior', { behavior: 'allowAndName', downloadPath: saved, eventsEnabled: true })
    await open(tab, site, 'index.html')
    const files = await tab.$$eval('.edition', all => all.map(one => one.dataset.file))
    const found = []
    for (const file of files) {
        const coming = download(client)
        await tab.$eval(`.edition[data-file="${file}"] a.download`, link => link.click())
        const { guid, name, state } = await coming
        const data = state === 'completed' ? await readFile(join(saved, guid)) : ''
        const stated = await tab.$eval(`code.sha256[data-file="${file}"]`, code => code.textContent)
        found.push({ file, name, state, bytes: data.length, sha256: createHash('sha256').update(data).digest('hex'), stated })
        await rest(150) // Chromium lets a page begin ten downloads a second, and drops the others without a word
    }
    await rm(saved, { recursive: true, force: true })
    return found
}

// the next download: what it is called, and how it ends
const download = client => new Promise(resolve => {
    const begun = ({ guid, suggestedFilename: name }) => {
        const moved = ({ guid: one, state }) => {
            if (one !== guid || state === 'inProgress') return
            client.off('Browser.downloadProgress', moved)
            resolve({ guid, name, state })
        }
        client.on('Browser.downloadProgress', moved)
    }
    client.once('Browser.downloadWillBegin', begun)
    setTimeout(() => { client.off('Browser.downloadWillBegin', begun); resolve({ state: 'never came' }) }, 20_000).unref()
})

const focused = tab => tab.evaluate(() => {
    const one = document.activeElement
    const { x, y, width, height } = one.getClientRects()[0]
    const top = document.elementFromPoint(x + width / 2, y + height / 2)
    const ring = one.querySelector('.plate-reach') ?? one
    const style = getComputedStyle(ring)
    return {
        tag: one.tagName.toLowerCase(), name: one.getAttribute('aria-label') ?? one.textContent.trim().replace(/\s+/g, ' '),
        href: one.getAttribute('href'), seen: one.contains(top),
        ring: ring === one ? style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 : style.stroke !== 'none' && parseFloat(style.strokeWidth) >= 2,
    }
})

// goes through a page by Tab alone, and follows the last link whose name has been asked for
export const keys = async (browser, site, asked) => {
    const [name, wanted] = asked
    const tab = await browser.newPage()
    await tab.setViewport(DESK)
    await tab.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]) // what is scrolled to is there at once
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
export const point = async (browser, site, asked) => {
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

// from the start page to a page, from there by a link of the map, and back twice
export const back = async (browser, site, asked) => {
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
