import { definitionSchema, type Definition, type Template } from '@ripen/shared';
import { noNames, type Names } from '../../../fields/index.ts';
import { count } from '../../../ui/words.ts';

type Of<Kind extends Definition['kind']> = Extract<Definition, { kind: Kind }>;

/** What a template publishes, by kind. */
export interface Contents {
  models: Of<'model'>[];
  lifecycle: Of<'lifecycle'> | null;
  automations: Of<'automation'>[];
  queues: Of<'queue'>[];
  /** What its own documents are called, for sentences about them. */
  names: Names;
}

export const contentsOf = ({ documents }: Pick<Template, 'documents'>): Contents => {
  const read = documents.map((document) => definitionSchema.parse(document));
  const of = <Kind extends Definition['kind']>(kind: Kind): Of<Kind>[] =>
    read.filter((document): document is Of<Kind> => document.kind === kind);
  const [models, lifecycle, queues] = [of('model'), of('lifecycle')[0] ?? null, of('queue')];
  return {
    models,
    lifecycle,
    automations: of('automation'),
    queues,
    names: {
      ...noNames,
      models: models.map(({ id, name, groups, bands = [] }) => ({ id, name, groups, bands })),
      stages: lifecycle?.stages ?? [],
      queues,
      eventTypes: of('event_type').map(({ id, name, activity }) => ({
        id,
        name,
        activity,
        declared: true,
        lastSeenAt: null,
        properties: [],
      })),
    },
  };
};

/** "6 rules, 4 stages, 2 automations". */
export const sizeWords = ({ models, lifecycle, automations }: Contents): string =>
  [
    models.length === 1 ? count(models[0]?.rules.length ?? 0, 'rule') : count(models.length, 'score model'),
    count(lifecycle?.stages.length ?? 0, 'stage'),
    count(automations.length, 'automation'),
  ].join(', ');
