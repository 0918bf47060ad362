/** What need not come before the page is drawn: when the browser has nothing else to do, in turn, and no later than a second from now. */
export const whenIdle = (act: () => void) => ('requestIdleCallback' in window ? void window.requestIdleCallback(act, { timeout: 1_000 }) : act())
