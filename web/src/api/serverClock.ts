import { ref } from 'vue'

/** How far this device's clock is behind the server's: a countdown to a deadline goes by the clock that decides. */
const behind = ref(0)

/** From any answer of the server; its Date header counts whole seconds, so small differences are none. */
export function learnTime(response: Response, asked: number, answered: number) {
  const said = Date.parse(response.headers.get('date') ?? '')
  if (Number.isNaN(said)) return
  const difference = said + 500 - (asked + answered) / 2
  if (Math.abs(difference - behind.value) > 2_000) behind.value = Math.abs(difference) > 2_000 ? difference : 0
}

export const serverNow = () => Date.now() + behind.value
