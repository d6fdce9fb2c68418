import type { RequestInfo } from './request-info.ts'
import { qualified } from './resources.ts'
import type { Reply } from './types.ts'

const reasons: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  406: 'NotAcceptable',
  410: 'Expired',
  415: 'UnsupportedMediaType',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
}

/** The words of an expired continue token, as kube-apiserver writes them. */
export const expiredContinue =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without ' +
  'the continue parameter, or use the continue token in this response to retrieve the remainder of the results. ' +
  'Continuing with the provided token results in an inconsistent list - objects that were created, modified, or ' +
  'deleted between the time the first chunk was returned and now may show up in the list.'

/** The body of a refusal: a `Status` as the server writes it. */
export function failureStatus(code: number, message: string, details?: object, metadata: object = {}): object {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata,
    status: 'Failure',
    message,
    reason: reasons[code] ?? 'Unknown',
    ...(details === undefined ? {} : { details }),
    code,
  }
}

/** An answer in JSON; a string is taken as JSON already. */
export function json(status: number, body: object | string): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-cache, private' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  }
}

/** An answer in plain text. */
export function plainText(status: number, body: string): Reply {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body }
}

/** 400. */
export const badRequest = (message: string): Reply => json(400, failureStatus(400, message))

/** 401: a token that is nobody's. */
export const unauthorized = (): Reply => json(401, failureStatus(401, 'Unauthorized'))

/** 404 for a path no API lives at. */
export const noSuchPath = (): Reply => plainText(404, '404 page not found\n')

/** 404 for a kind its group does not have. */
export const noSuchResource = (): Reply =>
  json(404, failureStatus(404, 'the server could not find the requested resource', {}))

/** 405: the server is read-only. */
export const methodNotAllowed = (): Reply =>
  json(405, failureStatus(405, 'the server does not allow this method on the requested resource', {}))

/** 415: the body is no JSON. */
export function unsupportedBody(): Reply {
  const message = 'the body of the request was in an unknown format - accepted media types include: application/json'
  return json(415, failureStatus(415, message, {}))
}

/** 406: none of the media types the client takes. */
export function notAcceptable(available: readonly string[]): Reply {
  const message = `406: Not Acceptable\n\nAvailable representations: ${available.join(', ')}`
  return json(406, failureStatus(406, message, {}))
}

/** 404 for an object. */
export function notFound(info: RequestInfo): Reply {
  const message = `${qualified(info)} "${info.name}" not found`
  return json(404, failureStatus(404, message, detailsOf(info)))
}

/** RBAC's refusal: who cannot do what, where. */
export function forbidden(user: string, info: RequestInfo): Reply {
  if (info.resource === '') {
    return json(403, failureStatus(403, `forbidden: User "${user}" cannot get path "${info.path}"`, {}))
  }
  const object = info.name === '' ? qualified(info) : `${qualified(info)} "${info.name}"`
  const resource = info.subresource === '' ? info.resource : `${info.resource}/${info.subresource}`
  const where = info.namespace === '' ? 'at the cluster scope' : `in the namespace "${info.namespace}"`
  const message = `${object} is forbidden: User "${user}" cannot ${info.verb} resource "${resource}" in API group "${info.group}" ${where}`
  return json(403, failureStatus(403, message, detailsOf(info)))
}

function detailsOf(info: RequestInfo): object {
  return {
    ...(info.name === '' ? {} : { name: info.name }),
    ...(info.group === '' ? {} : { group: info.group }),
    kind: info.resource,
  }
}
