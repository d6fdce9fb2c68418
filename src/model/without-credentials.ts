/**
 * A text that somebody else wrote, without what opens doors: names and passwords in URLs, bearer tokens, JSON web
 * tokens. Servers, proxies and controllers repeat such things in their errors.
 */
export function withoutCredentials(text: string): string {
  if (!suspicious.test(text)) return text
  return text.replace(inUrl, '$1(left out)@').replace(bearer, '$1 (left out)').replace(webToken, '(left out)')
}

const suspicious = /:\/\/|bearer|eyJ/i
// A `?` or `#` ends a URL's host, so what comes after holds no login.
const inUrl = /(\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#@"'<>]{1,2048}@/gi
// Prose says "bearer authentication" too; a token has digits.
const bearer = /\b(bearer)\s+(?=[\w.~+/-]*\d)[\w.~+/-]{12,4096}=*/gi
const webToken = /\beyJ[\w-]{8,1024}\.[\w-]{8,8192}\.[\w-]{0,4096}/g
