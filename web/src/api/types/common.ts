export type Texts = { zh: string; en: string }
export type Level = 'province' | 'city' | 'county' | 'school'
export type Paged<T> = { items: T[]; page: number; pageSize: number; total: number }

/** A generated shape with some members said more exactly than its document can. */
export type Narrow<T, Exact extends Partial<Record<keyof T, unknown>>> = Omit<T, keyof Exact> & Exact
