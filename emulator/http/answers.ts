/** One HTTP answer, and how much of it reaches the client. */
export interface Answer {
  reaches: 'whole' | 'cutShort' | 'never' | 'reset';
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** One entry of an `INVALID_DATA` error. */
export interface FieldError {
  fieldName: string;
  errorType: 'missing' | 'invalid' | 'duplicate';
  errorMessage: string;
}

/** A JSON answer. */
export function json(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  return {
    reaches: 'whole',
    status,
    headers: { 'content-type': 'application/json;charset=UTF-8', ...headers },
    body: JSON.stringify(value),
  };
}

/** An answer of JSON Lines. */
export function jsonLines(body: string): Answer {
  return {
    reaches: 'whole',
    status: 200,
    headers: { 'content-type': 'application/jsonl;charset=UTF-8' },
    body,
  };
}

/** An HTML answer; a gateway's error page or a wrong host's 404 looks like this. */
export function html(status: number, body: string, headers: Record<string, string> = {}): Answer {
  return {
    reaches: 'whole',
    status,
    headers: { 'content-type': 'text/html;charset=UTF-8', ...headers },
    body,
  };
}

/** A short HTML page with one heading, as web servers answer when no application is reached. */
export function htmlNotice(status: number, heading: string, headers: Record<string, string> = {}): Answer {
  const page = `<!DOCTYPE html><html lang="en"><head><title>${heading}</title></head><body><h1>${heading}</h1></body></html>`;
  return html(status, page, headers);
}

/** The errors of the Desk API by code: HTTP status and message, as Zoho documents them or public code shows them. */
const DESK_ERRORS = {
  BAD_REQUEST: [400, 'Error while Processing Request.'],
  UNAUTHORIZED: [401, 'You are not authenticated to perform this operation.'],
  INVALID_OAUTH: [401, 'The OAuth Token you provided is invalid.'],
  SCOPE_MISMATCH: [403, 'The OAuth Token does not contain the scope to perform this operation.'],
  OAUTH_ORG_MISMATCH: [403, 'The OAuthToken is not valid for specified organization.'],
  FORBIDDEN: [403, 'You are not authorized to access this resource.'],
  URL_NOT_FOUND: [404, 'The URL you requested could not be found.'],
  METHOD_NOT_ALLOWED: [405, 'The HTTP method is not allowed for this URL.'],
  RESOURCE_SIZE_EXCEEDED: [413, 'The size of the resource exceeds the limit.'],
  UNSUPPORTED_MEDIA_TYPE: [415, 'The media type is not supported.'],
  INVALID_DATA: [422, 'The data is invalid due to validation restrictions'],
  UNPROCESSABLE_ENTITY: [422, 'The request could not be processed.'],
  TOO_MANY_REQUESTS: [429, 'The maximum number of Concurrent API Calls that can be made has been exceeded.'],
  THRESHOLD_EXCEEDED: [429, 'The number of API calls that can be made in a day has been exceeded.'],
  INTERNAL_SERVER_ERROR: [500, 'An internal server error occurred while performing this operation.'],
  SERVICE_UNAVAILABLE: [503, 'The service is temporarily unavailable.'],
} as const satisfies Record<string, readonly [number, string]>;

/** The code of one of Desk's errors. */
export type DeskErrorCode = keyof typeof DESK_ERRORS;

/** An error of the Desk API: `{"errorCode","message"}`, with the code's own status. */
export function deskError(
  code: DeskErrorCode,
  more: { message?: string; errors?: FieldError[]; headers?: Record<string, string> } = {},
): Answer {
  const [status, message] = DESK_ERRORS[code];
  const errors = more.errors === undefined ? {} : { errors: more.errors };
  return json(status, { errorCode: code, message: more.message ?? message, ...errors }, more.headers);
}
