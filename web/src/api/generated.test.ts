// @vitest-environment node
import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'

describe('the generated clients', () => {
  it('say what the services document; "npm run api" writes them again', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/api.mjs', '--check'], { encoding: 'utf8' })
    expect(stdout + stderr).toBe('')
    expect(status).toBe(0)
  }, 120_000)
})
