// A worker that keeps the site for times without a network. book/formats/web/offline.py puts three constants in front:
// NAME of the book, EDITION (a hash of the files), and FILES, the addresses to keep, as seen from this file.

(() => {
    'use strict'
    const SCOPE = self.registration.scope
    // other books of the same origin, and other copies of this one, have caches of their own
    const OURS = `${NAME} ${SCOPE} `
    const CACHE = OURS + EDITION

    // a page may not be answered with something that was sent on from another address, so that is forgotten
    const plain = response => (response.redirected
        ? new Response(response.body, { status: response.status, headers: response.headers })
        : response)

    const keep = async (cache, file) => {
        const address = new URL(file, SCOPE).href
        const fresh = await fetch(address, { cache: 'no-cache' }).catch(() => null)
        // what does not come may lie there from an edition before
        const found = fresh && fresh.ok ? plain(fresh) : await caches.match(address, { ignoreVary: true })
        if (found) await cache.put(address, found)
    }

    // one file that does not come must not spoil the others
    const install = async () => {
        const cache = await caches.open(CACHE)
        await Promise.allSettled(FILES.map(file => keep(cache, file)))
        await self.skipWaiting()
    }

    const activate = async () => {
        const old = (await caches.keys()).filter(name => name.startsWith(OURS) && name !== CACHE)
        await Promise.all(old.map(name => caches.delete(name)))
        await self.clients.claim()
    }

    // the kept file for an address, whatever follows its "?"; the folder itself stands for its first page
    const kept = async url => {
        const address = url.origin + url.pathname
        const cache = await caches.open(CACHE)
        return cache.match(address === SCOPE ? `${SCOPE}index.html` : address, { ignoreVary: true })
    }

    const answer = async (request, url) => {
        try {
            return await fetch(request)
        } catch (gone) {
            const found = await kept(url)
            if (found) return found
            throw gone
        }
    }

    self.addEventListener('install', event => event.waitUntil(install()))
    self.addEventListener('activate', event => event.waitUntil(activate()))
    self.addEventListener('fetch', event => {
        const { request } = event
        const url = new URL(request.url)
        const ours = url.href.startsWith(SCOPE) && !url.href.startsWith(`${SCOPE}downloads/`)
        if (request.method === 'GET' && ours) event.respondWith(answer(request, url))
    })
})()
