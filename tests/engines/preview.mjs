// Keeps a page of a preview open in Chromium, and says what it shows, a line of JSON a time.
// Usage: node preview.mjs ADDRESS    with a line on standard input for each step, after which it says again:
//        "hide" puts another tab in front, "show" takes it away and waits for another title, "follow" waits for one

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from './chromium.mjs'

const scratch = await mkdtemp(join(tmpdir(), 'preview-'))
const browser = await chromium(join(scratch, 'profile'))
const faults = []
const polls = new Set() // that wait for their answer
try {
    const page = await browser.newPage()
    const isPoll = request => request.url().includes('/changes?')
    page.on('pageerror', error => faults.push(`script: ${error.message}`))
    page.on('console', message => {
        if (message.type() === 'error') faults.push(message.text())
    })
    page.on('request', request => { if (isPoll(request)) polls.add(request) })
    // of a page that goes, the end of what it asked for is not always told
    page.on('framenavigated', frame => { if (frame === page.mainFrame()) polls.clear() })
    for (const end of ['requestfinished', 'requestfailed']) {
        page.on(end, request => polls.delete(request))
    }
    const say = async () => {
        const { title, scroll } = await page.evaluate(() => ({ title: document.title, scroll: window.scrollY }))
        console.log(JSON.stringify({ title, scroll, waiting: polls.size, faults }))
        return title
    }
    const until = async is => {
        for (let round = 0; !is(); round += 1) {
            if (round > 1000) throw new Error('it does not come')
            await new Promise(resolve => setTimeout(resolve, 20))
        }
    }

    await page.goto(process.argv[2], { waitUntil: 'load' })
    await page.evaluate(() => window.scrollTo(0, 400))
    await until(() => polls.size === 1)
    let title = await say()
    let other
    for await (const line of createInterface({ input: process.stdin })) {
        if (line === 'hide') {
            other = await browser.newPage()
            await other.bringToFront()
            await until(() => polls.size === 0)
        } else {
            if (line === 'show') {
                await other.close()
                await page.bringToFront()
            }
            await page.waitForFunction(before => document.title !== before, {}, title)
            await until(() => polls.size === 1)
        }
        title = await say()
    }
} finally {
    await browser.close()
    await rm(scratch, { recursive: true, force: true })
}
