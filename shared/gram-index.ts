/** Slots of a new index; it grows as texts are added. */
const FIRST_CAPACITY = 1 << 10;
/** An index is rebuilt with twice the slots when more than this share of them is in use. */
const FULLEST = 0.6;
const BASE = 0x01000193;
/**
 * Texts that begin alike share runs. One owner is enough to recognise a run that all of them have; the
 * second is for another run that has the same hash by chance.
 */
const OWNERS_OF_A_RUN = 2;

/**
 * Says which of many texts a given text may share a run of characters with. It keeps a 32-bit hash of
 * each run and whose it is, so ten thousand secrets fit into memory. A hash may match by chance:
 * whoever asks compares the texts themselves.
 */
export class GramIndex {
  readonly #length: number;
  /** The factor of the character that leaves the window. */
  readonly #leaving: number;
  #hashes = new Uint32Array(FIRST_CAPACITY);
  /** Whose run it is, counted from 1; 0 where the slot is free. */
  #owners = new Uint32Array(FIRST_CAPACITY);
  #size = 0;

  /** @param length characters of a run */
  constructor(length: number) {
    this.#length = length;
    let factor = 1;
    for (let at = 1; at < length; at += 1) factor = Math.imul(factor, BASE);
    this.#leaving = factor;
  }

  /** Adds every `stride`-th run of a text. */
  add(text: string, stride: number, owner: number): void {
    let next = 0;
    this.#eachHash(text, (hash, at) => {
      if (at !== next) return;
      next += stride;
      this.#insert(hash, owner + 1);
    });
  }

  /** Whose runs the text may hold. */
  ownersIn(text: string): Set<number> {
    const owners = new Set<number>();
    if (this.#size === 0) return owners;
    this.#eachHash(text, (hash) => {
      for (let slot = this.#slotOf(hash); this.#owners[slot] !== 0; slot = this.#after(slot)) {
        if (this.#hashes[slot] === hash) owners.add((this.#owners[slot] ?? 0) - 1);
      }
    });
    return owners;
  }

  /** A rolling hash: each step adds one character and takes one away. */
  #eachHash(text: string, use: (hash: number, at: number) => void): void {
    const length = this.#length;
    let hash = 0;
    for (let end = 0; end < text.length; end += 1) {
      if (end >= length) hash -= Math.imul(text.charCodeAt(end - length), this.#leaving);
      hash = (Math.imul(hash, BASE) + text.charCodeAt(end)) | 0;
      if (end >= length - 1) use(hash >>> 0, end - length + 1);
    }
  }

  #insert(hash: number, owner: number): void {
    if (this.#size + 1 > this.#hashes.length * FULLEST) this.#grow();
    let slot = this.#slotOf(hash);
    let same = 0;
    while (this.#owners[slot] !== 0) {
      if (this.#hashes[slot] === hash) same += 1;
      if (same === OWNERS_OF_A_RUN) return;
      slot = this.#after(slot);
    }
    this.#hashes[slot] = hash;
    this.#owners[slot] = owner;
    this.#size += 1;
  }

  #grow(): void {
    const [hashes, owners] = [this.#hashes, this.#owners];
    this.#hashes = new Uint32Array(hashes.length * 2);
    this.#owners = new Uint32Array(owners.length * 2);
    this.#size = 0;
    for (let slot = 0; slot < hashes.length; slot += 1) {
      const owner = owners[slot] ?? 0;
      if (owner !== 0) this.#insert(hashes[slot] ?? 0, owner);
    }
  }

  /** Spreads the hash: its own low bits depend on few characters. */
  #slotOf(hash: number): number {
    return (Math.imul(hash, 0x9e3779b1) >>> 0) & (this.#hashes.length - 1);
  }

  #after(slot: number): number {
    return (slot + 1) & (this.#hashes.length - 1);
  }
}
