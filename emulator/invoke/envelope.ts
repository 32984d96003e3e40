import type { Switches } from '../desk/switches.ts';
import { type Answer, json } from '../http/answers.ts';

/**
 * Puts the answer of the call inside into the answer of the Invoke API: `{"response": "<JSON text>"}`, whose
 * `statusMessage` is the inner answer. What an inner error does to the outer status is not documented, nor whether
 * `statusMessage` is an object or text: both are switches. A success has been seen with `statusCode` and without;
 * here it comes with the object.
 */
export function inEnvelope(inner: Answer, { invokeAnswer, invokeErrors }: Switches): Answer {
  const isSuccess = inner.status < 400;
  const statusMessage: unknown = invokeAnswer === 'text' ? inner.body : JSON.parse(inner.body);
  const statusCode = isSuccess && invokeAnswer === 'text' ? {} : { statusCode: inner.status };
  const response = JSON.stringify({ statusMessage, ...statusCode });
  const status = isSuccess || invokeErrors === 'inner' ? 200 : inner.status;
  return json(status, { response }, inner.headers);
}
