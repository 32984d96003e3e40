import type { ServiceProblem } from '../../shared/delivery/service-problem.ts';
import type { FieldName } from '../connection/fields.ts';

/** The answers that may have caused a problem, by Zoho's own word for it. */
const BY_ERROR_CODE: Readonly<Record<string, readonly FieldName[]>> = {
  invalid_code: ['code'],
  invalid_client: ['dataCenter', 'clientId'],
  invalid_client_secret: ['clientSecret'],
  // Time alone helps.
  throttled: [],
  OAUTH_ORG_MISMATCH: ['orgId'],
  SCOPE_MISMATCH: ['code'],
};

/**
 * What has to be asked again after a problem; all other answers stand.
 * @returns an empty list where the same answers may be tried once more
 */
export function fieldsToAskAgain({ status, errorCode }: ServiceProblem): readonly FieldName[] {
  // Zoho was busy or down, whatever the body says.
  if (status === 429 || (status !== undefined && status >= 500)) return [];
  const named = errorCode === undefined ? undefined : BY_ERROR_CODE[errorCode];
  if (named !== undefined) return named;
  // Nothing came back.
  if (status === undefined) return [];
  // Only a host that is no Zoho API answers without an error code.
  if (errorCode === undefined || status === 405 || status === 415) return ['dataCenter'];
  if (status === 401) return ['code'];
  if (status === 403) return ['orgId', 'installationId'];
  if (status === 200) return ['clientId', 'clientSecret', 'code'];
  return ['installationId'];
}
