/**
 * Which version of the form the unsaved changes of a module were typed on. It outlives the page: what was typed offline on the old form
 * may arrive after the form has changed, and the service then sets aside what has no place any more instead of refusing it.
 */
export function typedOnStore(moduleReportId: string, personId: string) {
  const key = `gengdu.typed-on.${personId}.${moduleReportId}`
  const read = () => {
    try {
      return localStorage.getItem(key)
    } catch {
      return null
    }
  }
  const write = (change: () => void) => {
    try {
      change()
    } catch {
      // A browser without storage keeps nothing for a later visit either.
    }
  }
  return {
    /** The first version stays until everything is saved: the changes of both are sent as typed on the older one. */
    keep: (version: string | undefined) => {
      if (version && !read()) write(() => localStorage.setItem(key, version))
    },
    forget: () => write(() => localStorage.removeItem(key)),
    /** What a save says of it; nothing when it is the report's own version. */
    unless: (present: string | undefined): { programmeVersion?: string } => {
      const typed = read()
      return typed && typed !== present ? { programmeVersion: typed } : {}
    },
  }
}
