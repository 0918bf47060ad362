let tell!: () => void

/** Resolves when the page that was opened is there (`App.vue` says so): what only its later life needs is asked for then, not before. */
export const standing = new Promise<void>((resolve) => (tell = resolve))
export const stands = () => tell()
