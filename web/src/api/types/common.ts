export type Texts = { zh: string; en: string }
export type Level = 'province' | 'city' | 'county' | 'school'

/** A generated shape with some members said more exactly than its document can. */
export type Narrow<T, Exact extends Partial<Record<keyof T, unknown>>> = Omit<T, keyof Exact> & Exact
