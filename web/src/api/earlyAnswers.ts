/** What the page asked for before the app was there (`app/early.ts`). */
type Early = Record<string, Promise<Response>>

/** What it asks for, one after the other. */
const chain = /^\/bff\/session$|^\/api\/(identity\/me$|reporting\/(reports|module-reports|programmes)\/)/

/** Whether something like this was asked for early. */
export const askedEarly = (start: string) => Object.keys((window as { gengduEarly?: Early }).gengduEarly ?? {}).some((address) => address.startsWith(start))

/** An answer that was asked for early, once; null when there is none, or when it is no good: then the app asks itself. */
export async function earlyAnswer(request: Request): Promise<Response | null> {
  const page = window as { gengduEarly?: Early }
  const { gengduEarly } = page
  const address = request.url.slice(window.location.origin.length)
  const asked = request.method === 'GET' ? gengduEarly?.[address] : undefined
  if (!asked) {
    // The app is ahead of it: what comes now the app asks for itself, and nothing is asked for twice.
    if (request.method === 'GET' && chain.test(address)) delete page.gengduEarly
    return null
  }
  delete gengduEarly![address]
  // Nobody came for it at the start: by now the server may say something else.
  if (performance.now() > 20_000) return null
  const answer = await asked.catch(() => null)
  return answer?.ok ? answer : null
}
