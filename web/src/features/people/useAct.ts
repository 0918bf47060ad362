import { ref } from 'vue'
import { showToast } from '@/ui/toasts'

/** One act of a dialog: busy while it runs, its problem when it failed, a word when it is done. */
export function useAct(done: () => void) {
  const [busy, problem] = [ref(false), ref<unknown>(null)]

  async function run(work: () => Promise<unknown>, said: string) {
    busy.value = true
    problem.value = null
    try {
      await work()
      showToast(said)
      done()
    } catch (failure) {
      problem.value = failure
    } finally {
      busy.value = false
    }
  }

  return { busy, problem, run }
}
