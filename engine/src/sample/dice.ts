/** Values with the weights by which they are thrown. */
export type Weighted<T> = readonly [Share<T>, ...Share<T>[]];
type Share<T> = readonly [weight: number, value: T];

/** Random numbers that a seed decides: the same seed and the same stream give the same throws, on every machine. */
export class Dice {
  #state: number;

  /** Streams of one seed have nothing to do with each other: what one contact draws changes no other. */
  constructor(seed: number, stream: number) {
    this.#state = mixed(seed ^ mixed(stream + 0x9e3779b9));
  }

  /** In [0, 1). Mulberry32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let value = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** In [least, most). */
  between(least: number, most: number): number {
    return least + this.next() * (most - least);
  }

  /** A whole number, both ends included. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(list: readonly [T, ...T[]]): T {
    return list[Math.floor(this.next() * list.length)] ?? list[0];
  }

  /** One of several by weight. */
  weighted<T>(list: Weighted<T>): T {
    let left = this.next() * list.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, value] of list) if ((left -= weight) < 0) return value;
    return list[0][1];
  }

  /** A share of most that is 1 for most and large for few (Pareto, from 1 to `most`): how activity is spread in life. */
  skewed(exponent: number, most: number): number {
    return Math.min(most, (1 - this.next()) ** -exponent);
  }

  /** Waiting times: `mean` on average, mostly shorter. */
  waiting(mean: number): number {
    return -Math.log(1 - this.next()) * mean;
  }
}

const mixed = (value: number): number => {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
};
