// Only in the preview of `book serve`: loads the page anew when there is a newer site than the one it came with.

(() => {
    'use strict'
    const { seen } = document.currentScript.dataset
    const soon = () => new Promise(resolve => setTimeout(resolve, 1000))
    let following = false
    let asked

    // a browser keeps few connections to one server, so a page that nobody looks at holds none of them
    const follow = async () => {
        if (following) return
        following = true
        while (!document.hidden) {
            asked = new AbortController()
            const { signal } = asked
            const answer = await fetch(`changes?seen=${seen}`, { cache: 'no-store', signal }).catch(() => null)
            if (answer && answer.status === 200) {
                location.reload()
                return
            }
            if (!answer && !document.hidden) await soon() // the server has ended, and may come again
        }
        following = false
    }

    document.addEventListener('visibilitychange', () => {
        if (!document.hidden) follow()
        else if (asked) asked.abort()
    })
    follow()
})()
