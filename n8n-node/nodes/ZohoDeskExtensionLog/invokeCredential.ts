import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { VendorKey } from '../../../shared/zoho/invoke/invoke-request.ts';
import { DATA_CENTERS } from '../../../shared/zoho/data-centers.ts';
import { dataCenterSchema, originSchema } from '../../../shared/zoho/portal.ts';
import { check, type Checked } from '../../../shared/problem.ts';
import { fieldText, problemsIn } from './credentialFields.ts';

/** The credential's name in n8n. */
export const CREDENTIAL_NAME = 'zohoDeskExtensionInvokeApi';

/** Where a vendor's calls go, and what they are signed with. */
export interface InvokeCredential {
  readonly deskUrl: string;
  readonly key: VendorKey;
}

/** Checks the fields of the credential. No message shows the secret. */
export function readInvokeCredential(fields: ICredentialDataDecryptedObject): Checked<InvokeCredential> {
  const deskUrl = readDeskUrl(fields);
  const secret = readSecret(fieldText(fields['extensionSecret']));
  const linkName = withoutSpaces(fieldText(fields['connectionLinkName']).trim(), 'Connection Link Name');
  if (!deskUrl.ok || !secret.ok || !linkName.ok) {
    return { ok: false, problems: problemsIn(deskUrl, secret, linkName) };
  }
  const key = { extensionSecret: secret.value, connectionLinkName: linkName.value };
  return { ok: true, value: { deskUrl: deskUrl.value, key } };
}

function readDeskUrl(fields: ICredentialDataDecryptedObject): Checked<string> {
  if (fields['dataCenter'] === 'custom') return check(originSchema, fields['deskUrl'], 'Desk URL');
  const dataCenter = check(dataCenterSchema, fields['dataCenter'], 'Data Center');
  return dataCenter.ok ? { ok: true, value: DATA_CENTERS[dataCenter.value].deskUrl } : dataCenter;
}

function readSecret(secret: string): Checked<string> {
  const input = 'Extension Secret';
  if (secret !== '') return withoutSpaces(secret, input);
  const message = 'is missing. It is the "secret" in the extension\'s plugin-manifest.json.';
  return { ok: false, problems: [{ input, message }] };
}

function withoutSpaces(value: string, input: string): Checked<string> {
  if (!/\s/u.test(value)) return { ok: true, value };
  return { ok: false, problems: [{ input, message: 'must not have spaces or line breaks. Copy it again.' }] };
}
