import type {
  ICredentialsDecrypted,
  ICredentialTestFunctions,
  INodeCredentialTestResult,
} from 'n8n-workflow';
import { problemLine } from '../../../shared/problem.ts';
import { readInvokeCredential } from './invokeCredential.ts';

/**
 * Checks the fields, and sends nothing: Zoho checks a secret only together with the security context of
 * an installation, which no credential has. A wrong secret shows with the first log.
 */
export async function checkInvokeCredential(
  this: ICredentialTestFunctions,
  { data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
  const credential = readInvokeCredential(data);
  return Promise.resolve(
    credential.ok
      ? { status: 'OK', message: 'The fields are valid. The first log shows whether the secret is right.' }
      : { status: 'Error', message: credential.problems.map(problemLine).join('\n') },
  );
}
