export * from './audit'
// The shapes the services speak, one file a service. Texts come in both languages; ids are opaque.
export type * from './common'
export type * from './identity'
export type * from './programme'
export type * from './reporting'
export type * from './clocks'
export type * from './supervision'
export type * from './analytics'
