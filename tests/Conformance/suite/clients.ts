/** A client as the servers register it. Its addresses lead nowhere: the suite reads redirects and never follows them. */
export interface Client {
  id: string
  secret: string
  /** How it proves itself: secret in the header or in the body, a signed assertion, or not at all. */
  auth: 'basic' | 'post' | 'signed' | 'none'
  redirectUri: string
  redirectUris: string[]
  signedOut: string
  grants: string[]
  scopes: string[]
  audiences: string[]
  pushes: boolean
}

function client(id: string, auth: Client['auth'], more: Partial<Client> = {}): Client {
  const redirectUri = `https://${id}.example/callback`
  return {
    id,
    secret: `${id}-secret-of-a-conformance-run-only`,
    auth,
    redirectUri,
    redirectUris: [redirectUri],
    signedOut: `https://${id}.example/signed-out`,
    grants: ['authorization_code', 'refresh_token'],
    scopes: ['openid', 'profile', 'offline_access'],
    audiences: ['identity', 'reporting'],
    pushes: false,
    ...more,
  }
}

const several = ['https://several.example/callback', 'https://several.example/other', 'https://several.example/callback?tenant=13&kind=a']

/** Secrets of servers that live as long as a test run, on this machine alone. */
export const clients = {
  first: client('first', 'basic'),
  second: client('second', 'basic'),
  post: client('post', 'post'),
  several: client('several', 'basic', { redirectUris: several, redirectUri: several[0]! }),
}

const noAddresses = { redirectUri: '', redirectUris: [], signedOut: '' }

/** Kinds of clients that only our own server is asked about. */
export const ours = {
  signing: client('signing', 'signed'),
  pushing: client('pushing', 'signed', { pushes: true }),
  phone: client('phone', 'none'),
  narrow: client('narrow', 'basic', { scopes: ['openid'], grants: ['authorization_code'], audiences: ['reporting'] }),
  machine: client('machine', 'basic', { ...noAddresses, grants: ['client_credentials'], scopes: ['figures.read', 'reports.read'], audiences: ['reporting'] }),
  machine2: client('machine2', 'signed', { ...noAddresses, grants: ['client_credentials'], scopes: ['figures.read'], audiences: ['reporting'] }),
  everywhere: client('everywhere', 'basic', { audiences: ['identity', 'reporting', 'supervision', 'analytics'] }),
  records: client('records', 'basic', { ...noAddresses, grants: [], scopes: [], audiences: ['reporting'] }),
}
