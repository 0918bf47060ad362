import '@/ui/tokens.css'
import '@/ui/base.css'
import 'element-plus/es/components/base/style/css'
import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { createApp } from 'vue'
import { configureHttp } from '@/api/http'
import { Problem } from '@/api/problem'
import App from './App.vue'
import { currentLocale, i18n, setLocale, startLocale } from './i18n'
import { renewSession } from './renewal'
import { router } from './router'

configureHttp({ locale: currentLocale, renewSession })
// A language file that cannot be had is no reason to show nothing.
const spoken = setLocale(startLocale()).catch(() => undefined)

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // A refusal stays a refusal; only silence and overload are worth asking again.
      retry: (failures, error) => failures < 2 && error instanceof Problem && error.isTemporary,
    },
  },
})

void spoken.then(() => createApp(App).use(i18n).use(router).use(VueQueryPlugin, { queryClient }).mount('#app'))
