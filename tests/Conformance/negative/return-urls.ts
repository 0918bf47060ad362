/** Addresses to return to after sign-in that lead elsewhere, or that some browser reads so. */
export const hostile: string[] = [
  'http://evil.example', 'https://evil.example', 'HTTP://EVIL.EXAMPLE/', '//evil.example', '///evil.example', '////evil.example', '//evil.example/%2f..', '/\\evil.example', '/\\/evil.example', '\\evil.example', '\\\\evil.example', '\\/evil.example', '/\\\\evil.example',
  '/\t/evil.example', '/\n/evil.example', '/\r/evil.example', '/\r\n/evil.example', '\t//evil.example', '\n//evil.example', ' //evil.example', '//\tevil.example', '/\u0000/evil.example', '/\u0001/evil.example', '/\u007f/evil.example', '/\u00a0/evil.example',
  '/%5cevil.example', '/%5c%5cevil.example', '/%2f/evil.example', '%2f%2fevil.example', '/%09/evil.example', '/%0a/evil.example', '/%0d%0aSet-Cookie:a=b', '/\r\nSet-Cookie: a=b',
  'https:evil.example', 'https:/evil.example', 'https:///evil.example', 'https:\\\\evil.example', 'http:evil.example', 'javascript:alert(1)', 'JaVaScRiPt:alert(1)', ' javascript:alert(1)', 'java\nscript:alert(1)', 'data:text/html,evil', 'vbscript:evil', 'file:///etc/passwd', 'ftp://evil.example',
  'evil.example', '.evil.example', '@evil.example', 'user@evil.example', 'https://user:password@evil.example', '~/evil.example', '~//evil.example', '~/\\evil.example', './/evil.example', '..//evil.example', '/..//evil.example', '/.//evil.example', '/./\\evil.example', '/x/..//evil.example',
  '?//evil.example', '#//evil.example', '', '/'.repeat(1500), `/${'a'.repeat(5000)}`, '/\u2028/evil.example', '／／evil.example', '/／evil.example', '\ufeff//evil.example', '/\u200b/evil.example', '//evil。example', 'http://evil.example\\@127.0.0.1/',
]
