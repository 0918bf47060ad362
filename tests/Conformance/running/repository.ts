import { fileURLToPath } from 'node:url'
import { join } from 'node:path'

const root = fileURLToPath(new URL('../../..', import.meta.url))

export const fromRoot = (...parts: string[]): string => join(root, ...parts)
