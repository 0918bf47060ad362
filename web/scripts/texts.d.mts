import type { Plugin } from 'vite'

export const schoolTexts: string[]
export function texts(): Plugin
