export type Texts = { zh: string; en: string }
export type Level = 'province' | 'city' | 'county' | 'school'
export type Paged<T> = { items: T[]; page: number; pageSize: number; total: number }
