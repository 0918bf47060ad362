import { fileURLToPath, URL } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { chunkOf, chunksInTurn } from './scripts/chunks.mjs'
import { early } from './scripts/early.mjs'
import { compressed } from './scripts/compressed.mjs'
import { serviceWorker } from './scripts/serviceWorker.mjs'
import { texts } from './scripts/texts.mjs'

const gateway = process.env.GENGDU_GATEWAY ?? 'http://localhost:8080'

export default defineConfig({
  plugins: [vue(), texts(), early(), serviceWorker(), compressed()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: {
    __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
  },
  // The kinds of notices stand among the contracts.
  server: { fs: { allow: ['..'] }, proxy: { '/api': gateway, '/bff': gateway, '/identity': gateway } },
  build: {
    // Few files, because a browser asks a plain http server for six at a time and a phone waits for each round: what every page needs, what a
    // school's pages need, the rules of a form. Charts are only loaded by dashboards; a school on a slow line never pays for them.
    chunkSizeWarningLimit: 700,
    rollupOptions: {
      output: { codeSplitting: { groups: chunksInTurn.map((name, turn) => ({ name, test: (id: string) => chunkOf(id) === name, priority: chunksInTurn.length - turn })) } },
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    benchmark: { include: ['bench/**/*.bench.ts'] },
    restoreMocks: true,
    // Its parts bring style sheets, which only the build reads.
    server: { deps: { inline: [/element-plus/] } },
  },
})
