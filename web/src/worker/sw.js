/*
 * What a page needs without a network: the app itself, never an answer of the server (those lie in the database of the page,
 * per person). Each build has its own store under its own name; the one before it is kept, because a page that was opened with
 * it may still ask for its parts. Written by hand: a tool box for caching would be larger than the school's whole first page.
 */
const version = '__VERSION__'
const parts = __PARTS__
const prefix = 'gengdu-app-'
const store = prefix + version
const patience = 4000

self.addEventListener('install', (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(store)
    // All or nothing: half an app is none. What an earlier build had under the same name has the same content.
    await Promise.all(parts.map(async (part) => {
      const had = part.startsWith('/assets/') ? await caches.match(part) : undefined
      const got = had ?? await fetch(part, { cache: part.startsWith('/assets/') ? 'default' : 'reload' })
      if (!got.ok) throw new Error(part)
      await cache.put(part, got)
    }))
    await self.skipWaiting()
  })())
})

self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    const all = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== store)
    // Names are kept in the order of their making: all but the last of the earlier ones go.
    await Promise.all(all.slice(0, -1).map((name) => caches.delete(name)))
    await self.clients.claim()
  })())
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (request.mode === 'navigate') {
    // Sign-in and its answers are pages of the server's; so is everything it serves as a file.
    if (/^\/(api|bff|identity|\.well-known|health)(\/|$)/.test(pathname) || /\.\w+$/.test(pathname)) return
    event.respondWith(page(request))
  } else if (pathname.startsWith('/assets/') || parts.includes(pathname)) {
    event.respondWith(part(request))
  }
})

/** The newest page when the server answers in time, else the one that was kept. */
async function page(request) {
  const kept = await caches.match('/index.html')
  if (!kept) return fetch(request)
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(patience) })
    return answer.status >= 500 ? kept : answer
  } catch {
    return kept
  }
}

async function part(request) {
  const kept = await caches.match(request, { ignoreSearch: true })
  if (kept) return kept
  const answer = await fetch(request)
  // A part that is not fetched ahead (charts) stays once somebody has seen it.
  if (answer.ok && new URL(request.url).pathname.startsWith('/assets/')) await (await caches.open(store)).put(request, answer.clone())
  return answer
}
