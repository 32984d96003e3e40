/** What the person at the controls got wrong; the message names what is allowed and is shown without a stack. */
export class BadInput extends Error {
  override name = 'BadInput';
}
