import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['modules/**/*.test.ts', 'negative/**/*.test.ts', 'system/**/*.test.ts'],
    globalSetup: ['running/setup.ts'],
    setupFiles: ['suite/counting.ts'],
    // Most of a case is waiting for the server, and some wait for a clock: more files at once than there are cores.
    pool: 'forks',
    maxWorkers: 4,
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
})
