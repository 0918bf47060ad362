import { Browser } from '../driver/browser'
import { authorize, freshCode, goodRequest, redeem, signedIn } from '../driver/relying-party'
import { family } from '../suite/case'
import { clients } from '../suite/clients'
import { once } from '../suite/once'
import { reporter } from '../suite/people'
import { isErrorPage, isOAuthError } from '../suite/verdicts'
import { spoiled } from './spoiled'

family('AS-N01', 'an unregistered redirect_uri gets a page and no redirect', 'both', (target, vector) => {
  const browser = once(() => signedIn(target, reporter, clients.first))
  for (const [name, redirect_uri] of [
    ['another host', 'https://evil.example/callback'],
    ['another path', 'https://first.example/other'],
    ['another client\'s address', clients.second.redirectUri],
    ['the sign-out address', clients.first.signedOut],
    ['the issuer itself', target.issuer],
  ] as const) {
    for (const more of [{}, { prompt: 'none' }, { prompt: 'login' }, { response_type: 'token' }] as Record<string, string>[]) {
      vector(`${name} ${JSON.stringify(more)}`, async () => {
        const { params } = goodRequest(clients.first, { redirect_uri, ...more })
        isErrorPage(await authorize(target, new Browser(), params))
        isErrorPage(await authorize(target, await browser(), params))
      })
    }
  }
  for (const [name, client_id] of [['unknown client', 'nobody'], ['empty client', ''], ['client in capitals', 'FIRST'], ['client with a blank', 'first '], ['client with NUL', 'first\0'], ['client of 5,000 letters', 'a'.repeat(5000)]] as const) {
    vector(name, async () => isErrorPage(await authorize(target, await browser(), goodRequest(clients.first, { client_id }).params)))
  }
})

family('AS-N02', 'mutations of a good redirect_uri are all refused', 'both', (target, vector) => {
  const browser = once(() => signedIn(target, reporter, clients.first))
  for (const [name, redirect_uri] of spoiled(clients.first.redirectUri)) {
    vector(name, async () => isErrorPage(await authorize(target, await browser(), goodRequest(clients.first, { redirect_uri }).params)))
  }
  for (const [name, redirect_uri] of [
    ['query dropped from one value', 'https://several.example/callback?tenant=13'],
    ['query in another order', 'https://several.example/callback?kind=a&tenant=13'],
    ['query value changed', 'https://several.example/callback?tenant=14&kind=a'],
    ['query value encoded', 'https://several.example/callback?tenant=%31%33&kind=a'],
    ['query with one more', 'https://several.example/callback?tenant=13&kind=a&x=1'],
  ] as const) {
    vector(`several: ${name}`, async () => isErrorPage(await authorize(target, await browser(), goodRequest(clients.several, { redirect_uri }).params)))
  }
})

family('AS-N03', 'a missing redirect_uri is never guessed', 'both', (target, vector) => {
  const browser = once(() => signedIn(target, reporter, clients.first))
  for (const [name, client] of [['one registered', clients.first], ['several registered', clients.several]] as const) {
    for (const [how, value] of [['left out', undefined], ['empty', '']] as const) {
      for (const more of [{}, { prompt: 'none' }]) {
        vector(`${name}, ${how} ${JSON.stringify(more)}`, async () => isErrorPage(await authorize(target, await browser(), goodRequest(client, { redirect_uri: value, ...more }).params)))
      }
    }
  }
})

family('AS-N04', 'redirect_uri left out or different at the token endpoint', 'both', (target, vector) => {
  const browser = once(() => signedIn(target, reporter, clients.first))
  const different: [string, string | undefined][] = [
    ['left out', undefined], ['empty', ''], ['trailing slash', `${clients.first.redirectUri}/`], ['in capitals', clients.first.redirectUri.toUpperCase()],
    ['another client\'s', clients.second.redirectUri], ['with a query', `${clients.first.redirectUri}?a=b`], ['with a fragment', `${clients.first.redirectUri}#a`], ['evil', 'https://evil.example/callback'],
  ]
  for (const [name, redirect_uri] of different) {
    vector(name, async () => {
      const code = await freshCode(target, await browser(), clients.first)
      isOAuthError(await redeem(target, code, { redirect_uri }), ['invalid_grant', 'invalid_request'])
    })
  }
  vector('another registered address of the same client', async () => {
    const code = await freshCode(target, await browser(), clients.several)
    isOAuthError(await redeem(target, code, { redirect_uri: clients.several.redirectUris[1] }), 'invalid_grant')
  })
})
