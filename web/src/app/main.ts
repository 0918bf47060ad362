import '@/ui/tokens.css'
import '@/ui/base.css'
import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { createApp } from 'vue'
import { askedEarly } from '@/api/earlyAnswers'
import { configureHttp } from '@/api/http'
import { Problem } from '@/api/problem'
import App from './App.vue'
import { currentLocale, setLocale, startLocale } from './i18n'
import { lookWho, renewSession, whosePage } from './renewal'
import { router } from './router'

// What waited for the app (`early.ts`) need not wait any longer.
window.dispatchEvent(new Event('gengdu-runs'))
configureHttp({ locale: currentLocale, renewSession, personId: whosePage, anotherPerson: () => void lookWho().catch(() => undefined) })
// A language file that cannot be had is no reason to show nothing.
const spoken = setLocale(startLocale()).catch(() => undefined)

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // Also without a network: what was kept on this device answers then.
      networkMode: 'always',
      staleTime: 10_000,
      // A refusal stays a refusal; only silence and overload are worth asking again.
      retry: (failures, error) => failures < 2 && error instanceof Problem && error.isTemporary,
    },
  },
})

// The language first: what the router fetches of it is what the page will say.
void spoken.then(async () => {
  const app = createApp(App).use(router).use(VueQueryPlugin, { queryClient })
  // The one chart that was seen before lies in the browser's cache, page and all: it is drawn once, not behind an empty page and behind its own
  // head. Where it does not come at once, the head comes first as everywhere.
  if (askedEarly('/api/analytics/dashboards/')) await Promise.race([router.isReady().catch(() => undefined), new Promise((go) => setTimeout(go, 200))])
  app.mount('#app')
})

// After the page itself and what it asked for: what it needs without a network is fetched when the line is free again. Dialogs open just when
// the line is gone or the session over, so they are fetched also where no worker keeps the app's files.
function keep() {
  void import('@/ui/dialog').catch(() => undefined)
  if (import.meta.env.PROD && 'serviceWorker' in navigator) void navigator.serviceWorker.register('/sw.js').catch(() => undefined)
}
window.addEventListener('load', () => window.setTimeout(keep, 3_000))
