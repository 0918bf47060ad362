import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { keepLastBoard, lastBoard } from './lastBoard'
import { useSession } from './session'

vi.mock('@/api/identity', () => ({ signOut: async () => ({ redirectTo: '' }), signInAddress: (address: string) => address, readMe: vi.fn(), readSession: vi.fn() }))
vi.mock('@/features/keeping/later', () => ({ inFullNow: async () => ({ forgetCopies: vi.fn() }), inFull: vi.fn(), copiesLater: vi.fn() }))

describe('the one chart seen last', () => {
  beforeEach(() => vi.stubGlobal('location', { ...window.location, assign: vi.fn() }))
  afterEach(() => vi.unstubAllGlobals())

  it('is forgotten with signing out: the next person at this desk is told nothing of it', async () => {
    keepLastBoard({ personId: 'p', organisationId: 'hebei', kind: 'province', cycleId: 'c', programmeKey: 'labor', programmeVersion: '2' })
    await useSession().leave()
    expect(lastBoard('p')).toBeNull()
  })
})
