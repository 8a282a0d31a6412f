/** Collects the conditions of a list's query and their values. */
export class Filters {
  readonly values: unknown[] = [];
  readonly #conditions: string[] = [];

  /** `condition` says `?` where the value goes; nothing is added for undefined. */
  add(condition: string, value: unknown): this {
    if (value !== undefined) this.#conditions.push(condition.replace('?', this.parameter(value)));
    return this;
  }

  /**
   * Rows after a place in an order that is newest first: `time` falls, `id` grows within one moment. Written so that an
   * index on (time desc, id) starts at the place.
   */
  afterNewest(time: string, id: string, place: readonly (string | number)[] | null): this {
    if (!place) return this;
    const at = this.parameter(place[0]);
    this.#conditions.push(`${time} <= ${at} and (${time} < ${at} or ${id} > ${this.parameter(place[1])})`);
    return this;
  }

  /** A parameter; returns its name in SQL. */
  parameter(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  get where(): string {
    return this.#conditions.length > 0 ? `where ${this.#conditions.join(' and ')}` : '';
  }
}
