// What site.mjs stands on: a host that serves a folder under a sub-path, a Chromium that reaches nothing else, and short ways
// to say what its tabs do.

import { createServer } from 'node:http'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from './chromium.mjs'

const SUB_PATH = '/shelf/book/'
const TYPES = {
    html: 'text/html; charset=utf-8', css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml', png: 'image/png', jpg: 'image/jpeg',
    webp: 'image/webp', woff2: 'font/woff2', json: 'application/json', pdf: 'application/pdf', epub: 'application/epub+zip',
}
export const PHONE = { width: 390, height: 844, deviceScaleFactor: 2 }
export const DESK = { width: 1280, height: 900, deviceScaleFactor: 1 }

export const serve = async folder => {
    const server = createServer(async (request, response) => {
        try {
            const path = decodeURIComponent(request.url.replace(/\?.*/, ''))
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
    const host = `127.0.0.1:${server.address().port}`
    return { server, host, site: `http://${host}${SUB_PATH}` }
}

// the server is the browser's proxy, too, and refuses whatever is asked of any other host
export const launch = (profile, host) => chromium(profile, `--proxy-server=http://${host}`)

export const rest = time => new Promise(resolve => setTimeout(resolve, time))
export const theme = (tab, name) => tab.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: name }])
export const open = (tab, site, name) => tab.goto(site + name, { waitUntil: 'load' })
export const short = (site, url) => (url.startsWith(site) ? url.slice(site.length) : url)

// every picture comes, also those far below
export const allPictures = tab => tab.evaluate(async () => {
    for (const image of document.images) image.loading = 'eager'
    await Promise.all([...document.images].map(image => image.decode().catch(() => {})))
})
