/** Collects the conditions of a list's query and their values. */
export class Filters {
  readonly values: unknown[];
  readonly #conditions: string[] = [];

  /** `values`: parameters that the statement has already. */
  constructor(values: readonly unknown[] = []) {
    this.values = [...values];
  }

  /** `condition` says `?` where the value goes; nothing is added for undefined. */
  add(condition: string, value: unknown): this {
    if (value !== undefined) this.#conditions.push(condition.replace('?', this.parameter(value)));
    return this;
  }

  /** A condition without a value. */
  also(condition: string): this {
    this.#conditions.push(condition);
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
    return this.whereAnd(undefined);
  }

  /** The same with one more condition. */
  whereAnd(condition: string | undefined): string {
    const all = condition ? [...this.#conditions, condition] : this.#conditions;
    return all.length > 0 ? `where ${all.join(' and ')}` : '';
  }
}
