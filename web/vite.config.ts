import { fileURLToPath, URL } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const gateway = process.env.GENGDU_GATEWAY ?? 'http://localhost:8080'

export default defineConfig({
  plugins: [vue()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false' },
  server: { proxy: { '/api': gateway, '/bff': gateway, '/identity': gateway } },
  build: {
    // Charts are only loaded by dashboards; a school on a slow line never pays for them.
    chunkSizeWarningLimit: 700,
    rollupOptions: {
      output: {
        manualChunks: (id) => {
          if (/node_modules\/(echarts|zrender)\//.test(id)) return 'charts'
          if (/node_modules\/@marcbachmann\//.test(id)) return 'rules'
          return undefined
        },
      },
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    restoreMocks: true,
  },
})
