import { ref, watch, type Ref } from 'vue'
import type { ExportFile } from '@/api/types'
import { isOpen } from './exports'

/** What got ready while one looked, for who hears the page: said once, not every count on the way. */
export function useReadyNews(files: Ref<ExportFile[] | undefined>, say: (one: ExportFile) => string) {
  const news = ref('')
  watch(files, (now, before) => {
    const ready = now?.filter((one) => one.state === 'finished' && before?.some((old) => old.id === one.id && isOpen(old))) ?? []
    if (ready.length) news.value = ready.map(say).join(' · ')
  })
  return news
}
