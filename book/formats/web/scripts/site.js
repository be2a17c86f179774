// On every page: asks for the worker that keeps the pages for times without a network, where the site has one.
// Not from a folder, and not for readers who save data.

(() => {
    'use strict'
    const { documentElement: { dataset } } = document
    if (!('offline' in dataset) || !/^https?:$/.test(location.protocol) || !navigator.serviceWorker) return
    if (navigator.connection && navigator.connection.saveData) return
    const register = () => navigator.serviceWorker.register('offline.js').catch(() => {}) // the pages do without it
    if (document.readyState === 'complete') register()
    else window.addEventListener('load', register) // what the page itself needs comes first
})()
