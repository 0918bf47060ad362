import { dataOf, reporting } from './client'
import type { RegisterImport, RegisterPage, RegisterSources } from './types'

export const listRegisterFigures = (query: { search?: string; missing?: boolean; page?: number; pageSize?: number }) =>
  dataOf(reporting.GET('/api/reporting/master-figures', { params: { query } })) as Promise<RegisterPage>

export const readRegisterSources = () => dataOf(reporting.GET('/api/reporting/master-figures/sources', {})) as Promise<RegisterSources>

/** What a register says, from a sheet: with preview nothing is written; with its fingerprint exactly what was shown. */
export function importRegister(file: Blob, query: { source: string; asOf: string; preview?: boolean; fingerprint?: string }): Promise<RegisterImport> {
  const form = new FormData()
  form.append('file', file)
  return dataOf(reporting.POST('/api/reporting/master-figures/imports', { params: { query }, body: form as never, bodySerializer: () => form })) as Promise<RegisterImport>
}

export const registerTemplate = (chinese: boolean) => `/api/reporting/master-figures/imports/template?lang=${chinese ? 'zh' : 'en'}`
