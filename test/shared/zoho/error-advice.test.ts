import { expect, test } from '@jest/globals';
import type { Reach } from '../../../shared/delivery/service-problem.ts';
import { adviceForDesk, adviceForToken } from '../../../shared/zoho/error-advice.ts';
import type { ErrorAnswer } from '../../../shared/zoho/error-answer.ts';

const answer = (status: number, more: Partial<ErrorAnswer> = {}): ErrorAnswer => ({
  status,
  headers: {},
  isHtml: false,
  fieldErrors: [],
  ...more,
});
const title = [{ fieldName: '/title', errorType: 'invalid', errorMessage: '' }];
const installation = [{ fieldName: '/installationId', errorType: 'invalid', errorMessage: '' }];

/** Zoho's errors: what to do about each, and how much of a delivery stops. */
test.each<[number, Partial<ErrorAnswer>, Reach, RegExp]>([
  [400, { errorCode: 'BAD_REQUEST' }, 'log', /Desk does not say why\. Shorten the texts, check the inst/],
  [400, { errorCode: 'BAD_REQUEST', fieldErrors: title }, 'log', /Change what Desk names/],
  [401, { errorCode: 'UNAUTHORIZED' }, 'portal', /Make a new one with the scope Desk\.extensions\.CREATE/],
  [401, { errorCode: 'INVALID_OAUTH' }, 'portal', /Make a new one with the scope Desk\.extensions\.CREATE/],
  [403, { errorCode: 'SCOPE_MISMATCH' }, 'portal', /new refresh token with it/],
  [403, { errorCode: 'OAUTH_ORG_MISMATCH' }, 'portal', /organization id .*choose this portal/],
  [403, { errorCode: 'FORBIDDEN' }, 'installation', /installation id/],
  [403, { errorCode: 'LICENSE_ACCESS_LIMITED' }, 'portal', /edition/],
  [404, { errorCode: 'URL_NOT_FOUND' }, 'installation', /installation id and the data center/],
  [404, { isHtml: true }, 'portal', /Check the data center.*zoho\.eu is eu/],
  [405, { errorCode: 'METHOD_NOT_ALLOWED' }, 'portal', /Check the data center/],
  [413, { errorCode: 'RESOURCE_SIZE_EXCEEDED' }, 'log', /Shorten the description/],
  [415, { errorCode: 'UNSUPPORTED_MEDIA_TYPE' }, 'portal', /Check the data center/],
  [422, { errorCode: 'INVALID_DATA' }, 'log', /Change what Desk names/],
  [422, { errorCode: 'INVALID_DATA', fieldErrors: installation }, 'installation', /serviceAppId/],
  [422, { errorCode: 'UNPROCESSABLE_ENTITY' }, 'log', /Change what Desk names/],
  [429, { errorCode: 'TOO_MANY_REQUESTS' }, 'log', /Lower the concurrency/],
  [429, { errorCode: 'THRESHOLD_EXCEEDED' }, 'portal', /credits for today are used up.*midnight/],
  [500, { errorCode: 'INTERNAL_SERVER_ERROR' }, 'log', /organization id/],
  [502, { isHtml: true }, 'log', /Try again later/],
  [307, {}, 'portal', /never followed/],
])('Desk: %d %p', (status, more, reach, advice) => {
  expect(adviceForDesk(answer(status, more))).toEqual({
    reach,
    sharedCause: false,
    advice: expect.stringMatching(advice) as unknown,
  });
});

test.each<[string, Partial<ErrorAnswer>, boolean, RegExp]>([
  [
    'invalid_client',
    { errorCode: 'invalid_client' },
    true,
    /client id is wrong, or belongs to another data center/,
  ],
  ['invalid_client_secret', { errorCode: 'invalid_client_secret' }, true, /client secret/],
  [
    'invalid_code',
    { errorCode: 'invalid_code' },
    false,
    /refresh token was revoked.*Desk\.extensions\.CREATE/,
  ],
  ['throttled', { errorCode: 'throttled' }, false, /Wait ten minutes/],
  ['a web page', { isHtml: true }, false, /does not issue tokens.*Check the data center/],
  [
    'general_error',
    { errorCode: 'general_error' },
    false,
    /Check the client id, the client secret and the refresh token/,
  ],
])('the token endpoint: %s', (_, more, sharedCause, advice) => {
  expect(adviceForToken(answer(200, more))).toEqual({
    reach: 'portal',
    sharedCause,
    advice: expect.stringMatching(advice) as unknown,
  });
});

test.each<[number, Partial<ErrorAnswer>]>([
  [500, { errorCode: 'general_error' }],
  [500, {}],
  [502, { isHtml: true }],
  [503, {}],
])('an outage of the token endpoint blames no secret: %d %p', (status, more) => {
  expect(adviceForToken(answer(status, more))).toEqual({
    reach: 'portal',
    sharedCause: false,
    advice: 'Zoho failed. Try again later; status.zoho.com lists outages.',
  });
});
