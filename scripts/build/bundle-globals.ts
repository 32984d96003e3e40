/** Stands for Intl.ListFormat in the bundle, and makes a real one when a list is to be written. */
export class ListFormatOnDemand {
  readonly #options: ConstructorParameters<typeof Intl.ListFormat>;

  constructor(...options: ConstructorParameters<typeof Intl.ListFormat>) {
    this.#options = options;
  }

  format(list: Iterable<string>): string {
    // Taken out of Intl, for the bundler replaces the name with a dot.
    const { ListFormat } = Intl;
    return new ListFormat(...this.#options).format(list);
  }
}

/** Stands for FormData in the bundle, where nothing is asked but whether a value is one. */
export const FormDataByName = {
  [Symbol.hasInstance]: (value: unknown): boolean =>
    Object.prototype.toString.call(value) === '[object FormData]',
};

/**
 * Stands for one of Node's modules in the bundle, and loads it when something of it is first used:
 * a bundle reads what it imports from an object whose prototype is this one's.
 */
export function builtinOnDemand(name: string): object {
  const exported = new Proxy<Record<PropertyKey, unknown>>(
    {},
    { get: (_, key) => (process.getBuiltinModule(name) as unknown as Record<PropertyKey, unknown>)[key] },
  );
  return Object.create(exported) as object;
}
