import { startTemporalBaseline, type TemporalBaseline } from '../baselines/temporal.ts';
import type { Sizes } from '../sizes.ts';
import { allOnDefinitions } from '../workload/all-on.ts';
import { workloadDefinitions } from '../workload/definitions.ts';
import { captureTemplates, type Templates } from '../workload/templates.ts';
import { startProduct, type Product } from './product.ts';
import { prepareSender, type Sender, type SendJob } from './sender.ts';
import { startServers, type Servers } from './servers.ts';
import { untilApplied } from './progress.ts';

export interface StackOptions {
  dir: string;
  sizes: Sizes;
  /** The product's workspace uses everything. */
  allOn: boolean;
  profileDir: string | undefined;
  report: (sentence: string) => void;
}

type SendOptions = Pick<SendJob, 'kind' | 'count'> & Partial<Pick<SendJob, 'shiftMs' | 'first'>>;

/** Events per request: some 200 KB of the 500 KB that the SDK may send at once. */
const batchSize = 400;
const clients = 6;

/** What rows measure on: each part is started when a row first asks for it, and shared by the rows after it. */
export class Stack {
  readonly #options: StackOptions;
  readonly #stops: (() => Promise<void>)[] = [];
  #servers: Promise<Servers> | undefined;
  #product: Promise<Product> | undefined;
  #baseline: Promise<TemporalBaseline> | undefined;
  #templates: Promise<Templates> | undefined;
  #senders = 0;

  constructor(options: StackOptions) {
    this.#options = options;
  }

  servers(): Promise<Servers> {
    return (this.#servers ??= this.#start(() => this.#makeServers()));
  }

  templates(): Promise<Templates> {
    return (this.#templates ??= captureTemplates());
  }

  /** The product with every contact of the workload known to it. */
  product(): Promise<Product> {
    return (this.#product ??= this.#makeProduct());
  }

  /** Bare workflows on the product's Temporal. */
  baseline(): Promise<TemporalBaseline> {
    return (this.#baseline ??= this.servers().then((servers) => {
      const start = async () => {
        const baseline = await startTemporalBaseline(servers.temporalAddress, servers.namespace);
        return { ...baseline, stop: () => baseline.close() };
      };
      return this.#start(start);
    }));
  }

  /** Messages ready to be sent to the product; each sender has messages of its own. */
  async sender(product: Product, options: SendOptions): Promise<Sender> {
    const seed = ++this.#senders;
    return prepareSender({
      url: product.url,
      writeKey: product.writeKey,
      templates: await this.templates(),
      workload: {
        contacts: this.#options.sizes.contacts,
        seed,
        run: `${process.pid % 10_000}${String(seed).padStart(4, '0')}`,
      },
      batchSize,
      clients,
      shiftMs: 0,
      first: 0,
      ...options,
    });
  }

  /** Stops everything that was started, last first. */
  async stop(): Promise<void> {
    for (const stop of this.#stops.reverse()) await stop();
    this.#stops.length = 0;
  }

  #makeServers(): Promise<Servers> {
    const { dir, report, profileDir } = this.#options;
    return startServers(dir, report, { profiled: profileDir !== undefined });
  }

  async #makeProduct(): Promise<Product> {
    const { dir, profileDir, sizes, report, allOn } = this.#options;
    const servers = await this.servers();
    const definitions = allOn ? allOnDefinitions() : workloadDefinitions();
    const start = (): Promise<Product> => startProduct({ servers, dir, name: 'bench', definitions, profileDir });
    const product = await this.#start(start);
    report(`The product runs; ${sizes.contacts} contacts say who they are.`);
    const sender = await this.sender(product, { kind: 'identify', count: sizes.contacts });
    await sender.go();
    await untilApplied(product.pool, sizes.contacts);
    await product.pool.query('vacuum analyze');
    return product;
  }

  async #start<T extends { stop(): Promise<void> }>(start: () => Promise<T>): Promise<T> {
    const started = await start();
    this.#stops.push(() => started.stop());
    return started;
  }
}
