/** A mistake in what the emulator was given. The message names what is allowed and is shown without a stack. */
export class BadInput extends Error {
  override name = 'BadInput';
}
