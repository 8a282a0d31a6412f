import { nodeTypeOf, type Automation, type Definitions, type GraphNode, type InternalEventType } from '@ripen/shared';

/** What led to an entry or a move, with its name. */
export interface NamedCause {
  cause: string;
  causeName: string;
  automation: string | null;
  node: string | null;
}

/** Names of what ids stand for, as of the definitions at hand. An id that is not there any more is its own name. */
export class Names {
  readonly #definitions: Definitions;
  readonly #automations = new Map<string, { name: string; version: number; live: boolean }>();
  readonly #graphs = new Map<string, Automation>();
  readonly #nodes = new Map<string, ReadonlyMap<string, GraphNode>>();

  constructor(definitions: Definitions) {
    this.#definitions = definitions;
    for (const { version, live, graph } of definitions.automations) {
      this.#graphs.set(`${graph.id}@${version}`, graph);
      const known = this.#automations.get(graph.id);
      if (!known || live || (!known.live && version > known.version))
        this.#automations.set(graph.id, { name: graph.name, version, live });
    }
  }

  model(id: string): string {
    return this.#definitions.models.find((model) => model.id === id)?.name ?? id;
  }

  group(model: string, id: string): string {
    const groups = this.#definitions.models.find((other) => other.id === model)?.groups;
    return groups?.find((group) => group.id === id)?.name ?? (id === 'automations' ? 'Automations' : id);
  }

  stage(id: string): string {
    return this.#definitions.lifecycle?.stages.find((stage) => stage.id === id)?.name ?? id;
  }

  stageOrNull(id: string | null): string | null {
    return id === null ? null : this.stage(id);
  }

  eventType(id: string): string {
    return this.#definitions.eventTypes.find((type) => type.id === id)?.name ?? ownEvents[id] ?? spoken(id);
  }

  automation(id: string): string {
    return this.#automations.get(id)?.name ?? id;
  }

  queue(id: string): string {
    return this.#definitions.queues.find((queue) => queue.id === id)?.name ?? id;
  }

  rep(queue: string, id: string | null): string | null {
    if (id === null) return null;
    const reps = this.#definitions.queues.find((other) => other.id === queue)?.reps;
    return reps?.find((rep) => rep.id === id)?.name ?? id;
  }

  channel(id: string): string {
    return this.#definitions.channels.find((channel) => channel.id === id)?.name ?? id;
  }

  /** A node of one version; of the automation as it is now when no version is given. Null when it has no such node. */
  node(automation: string, version: number | null, id: string | null): { type: string; title: string } | null {
    if (id === null) return null;
    const of = version ?? this.#automations.get(automation)?.version;
    const node = this.#nodesOf(`${automation}@${of}`).get(id);
    return node ? { type: node.type, title: nodeTypeOf(node).title } : null;
  }

  /** `model`: whose rules are meant. */
  cause(cause: string, model: string | null): NamedCause {
    const [kind = '', ...rest] = cause.split(':');
    const id = rest.join(':');
    const plain = (causeName: string): NamedCause => ({ cause, causeName, automation: null, node: null });
    switch (kind) {
      case 'rule': {
        const rules = this.#definitions.models.find((other) => other.id === model)?.rules;
        return plain(rules?.find((rule) => rule.id === id)?.name ?? id);
      }
      case 'node': {
        const [automation = '', node = ''] = id.split('/');
        const title = this.node(automation, null, node)?.title ?? node;
        return { cause, causeName: `${this.automation(automation)}: ${title}`, automation, node };
      }
      case 'person':
        return plain(id === '' ? 'By hand' : id);
      default:
        return plain(ownCauses[cause] ?? cause);
    }
  }

  #nodesOf(key: string): ReadonlyMap<string, GraphNode> {
    const known = this.#nodes.get(key);
    if (known) return known;
    const nodes = new Map((this.#graphs.get(key)?.nodes ?? []).map((node) => [node.id, node]));
    this.#nodes.set(key, nodes);
    return nodes;
  }
}

const ownCauses: Readonly<Record<string, string>> = {
  score: 'Score',
  decay: 'Decay after inactivity',
  reset: 'Reset after its term',
};

const ownEvents: Readonly<Record<string, string>> = {
  'ripen.answer': 'Answer to a run',
  'ripen.enrol': 'Started by hand',
  'ripen.cancel_run': 'Run cancelled',
  'ripen.move_run': 'Run moved to another version',
  'ripen.hold_runs': 'Held where they wait',
  'ripen.release_runs': 'Let go on',
  'ripen.set_stage': 'Stage set by hand',
  'ripen.lead_accepted': 'Lead accepted',
  'ripen.lead_rejected': 'Lead rejected',
  'ripen.lead_won': 'Lead won',
  'ripen.lead_lost': 'Lead lost',
  'ripen.lead_withdrawn': 'Lead withdrawn',
  'ripen.adjust': 'Score adjusted by hand',
  'ripen.void': 'Points undone',
  'ripen.account_fields': 'Account fields set',
  'ripen.maintain': 'Maintenance',
  'ripen.scheduled': 'Schedule of an automation',
} satisfies Record<InternalEventType, string>;

/** `pricing_viewed` is read as "Pricing viewed". */
const spoken = (id: string): string => {
  const words = id.replace(/[_.]+/g, ' ').trim();
  return words === '' ? id : words[0]?.toUpperCase() + words.slice(1);
};

const kept = new WeakMap<Definitions, Names>();

/** The names of a set of definitions, gathered once: a revision's definitions never change. */
export const namesOf = (definitions: Definitions): Names => {
  const known = kept.get(definitions);
  if (known) return known;
  const names = new Names(definitions);
  kept.set(definitions, names);
  return names;
};
