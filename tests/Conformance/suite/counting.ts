import { afterAll, inject } from 'vitest'
import { counts } from './counts'

counts.calibrator = new URL(inject('calibrator').issuer).origin
afterAll(() => counts.write(inject('countsFile')))
