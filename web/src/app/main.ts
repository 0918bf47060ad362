import '@/ui/tokens.css'
import '@/ui/base.css'
import 'element-plus/es/components/base/style/css'
import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { createApp } from 'vue'
import { configureHttp } from '@/api/http'
import { Problem } from '@/api/problem'
import App from './App.vue'
import { currentLocale, i18n, setLocale } from './i18n'
import { renewSession } from './renewal'
import { router } from './router'

configureHttp({ locale: currentLocale, renewSession })
setLocale(currentLocale())

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // A refusal stays a refusal; only silence and overload are worth asking again.
      retry: (failures, error) => failures < 2 && error instanceof Problem && error.isTemporary,
    },
  },
})

createApp(App).use(i18n).use(router).use(VueQueryPlugin, { queryClient }).mount('#app')
