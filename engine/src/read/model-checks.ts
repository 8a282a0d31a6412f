import { partsOf, type Catalogue, type Condition, type ModelChecks, type ScoreModel } from '@ripen/shared';
import { definitionHistory } from '../store/definitions.ts';
import type { Queryable } from '../store/store.ts';
import { sameJson } from '../lanes/same-json.ts';
import type { ScoreSample } from './score-sample.ts';
import type { Workspace } from './workspace.ts';

type Check = ModelChecks['items'][number];

const staleAfterDays = 90;

/** Fields and properties that a condition looks at, wherever they stand in it. */
const lookedAt = (condition: Condition): { fields: string[]; properties: string[] } => {
  const parts = partsOf(condition, { ofEvents: false });
  return {
    fields: parts.flatMap((part) => (part.kind === 'field' ? [part.field] : [])),
    properties: parts.flatMap((part) => (part.kind === 'property' ? [part.property] : [])),
  };
};

/** When what rules look at came last, and when the rules themselves matched. */
export interface LastSeen {
  eventTypes: readonly (Pick<Catalogue['eventTypes'][number], 'id' | 'name' | 'lastSeenAt'> & {
    properties: readonly Pick<Catalogue['eventTypes'][number]['properties'][number], 'path'>[];
  })[];
  fields: readonly Pick<Catalogue['fields'][number], 'path' | 'lastSeenAt'>[];
  /** By rule, ms: when it last gave points. */
  matches: ReadonlyMap<string, number>;
  /** By rule, ms: since when it is in force as it is. */
  since: ReadonlyMap<string, number>;
}

const ruleChecks = ({ rules }: ScoreModel, seen: LastSeen, now: number): Check[] => {
  const stale = now - staleAfterDays * 86_400_000;
  const fieldSeen = (path: string): number | null =>
    momentOf(seen.fields.find((field) => field.path === path)?.lastSeenAt);
  return rules.flatMap((rule): Check[] => {
    const say = (code: Check['code'], message: string): Check => ({ code, rule: rule.id, message });
    const condition = rule.kind === 'profile' ? rule.when : rule.where;
    const looked = condition ? lookedAt(condition) : { fields: [], properties: [] };
    const unknown = looked.fields.find((path) => fieldSeen(path) === null);
    if (unknown !== undefined)
      return [say('unknown_field', `"${rule.name}" looks at the field "${unknown}", which no contact has had yet.`)];
    const matched = seen.matches.get(rule.id) ?? null;
    const since = seen.since.get(rule.id) ?? now;
    if (rule.kind === 'profile') {
      // What it looks at came after it was there, and still nobody fits.
      const came = looked.fields.length > 0 && looked.fields.every((path) => (fieldSeen(path) ?? 0) > since);
      return matched === null && came
        ? [say('rule_never_fits', `Nobody fits "${rule.name}", although contacts have ${quoted(looked.fields)}.`)]
        : [];
    }
    const type = seen.eventTypes.find(({ id }) => id === rule.event);
    const came = momentOf(type?.lastSeenAt);
    if (came === null || came < stale)
      return [
        say(
          'rule_not_matched',
          `"${rule.name}" has matched nothing in ${staleAfterDays} days: no event of the type "${rule.event}" came.`,
        ),
      ];
    if (matched !== null && matched >= stale) return [];
    if (came <= since) return [];
    const missing = looked.properties.find((path) => !type?.properties.some((property) => property.path === path));
    const why =
      missing === undefined ? 'what it asks of them is never so' : `none of them has the property "${missing}"`;
    return [
      matched === null
        ? say('rule_never_fits', `"${rule.name}" never fits, although events of the type "${rule.event}" come: ${why}.`)
        : say(
            'rule_not_matched',
            `"${rule.name}" has given no points in ${staleAfterDays} days, although events of the type "${rule.event}" come.`,
          ),
    ];
  });
};

const momentOf = (moment: string | null | undefined): number | null => (moment == null ? null : Date.parse(moment));
const quoted = (names: readonly string[]): string => [...new Set(names)].map((name) => `"${name}"`).join(' and ');

/** Thresholds above every score that there is, in the model that drives the stages. */
const thresholdChecks = (
  { id }: ScoreModel,
  { definitions: { lifecycle } }: Workspace,
  sample: ScoreSample,
): Check[] => {
  if (lifecycle?.model !== id || sample.members.length === 0) return [];
  const place = sample.models.indexOf(id);
  const highest = sample.members.reduce((most, { scores }) => Math.max(most, scores[place] ?? -Infinity), -Infinity);
  return lifecycle.stages.flatMap((stage): Check[] =>
    stage.threshold === undefined ||
    highest >= stage.threshold ||
    sample.members.some((member) => member.stage === stage.id)
      ? []
      : [
          {
            code: 'threshold_not_reached',
            rule: null,
            message: `Nobody reaches "${stage.name}" at ${stage.threshold}: the highest score ${sample.sampled ? 'of a sample ' : ''}is ${Math.floor(highest)}.`,
          },
        ],
  );
};

/** What events and contacts say against a model in force. */
export const checksOf = (
  model: ScoreModel,
  workspace: Workspace,
  { seen, sample, now }: { seen: LastSeen; sample: ScoreSample; now: number },
): ModelChecks => ({
  // In an empty workspace nothing is known yet.
  items: sample.contacts === 0 ? [] : [...ruleChecks(model, seen, now), ...thresholdChecks(model, workspace, sample)],
});

/** Since when each rule of a model in force is as it is: no later version said otherwise. By rule, ms. */
export const rulesSince = async (db: Queryable, model: ScoreModel): Promise<Map<string, number>> => {
  const history = await definitionHistory(db, 'model', model.id);
  return new Map(
    model.rules.map((rule) => {
      let since = Infinity;
      for (const { document, publishedAt } of history) {
        const then = document.kind === 'model' ? document.rules.find(({ id }) => id === rule.id) : undefined;
        if (!then || !sameJson(then, rule)) break;
        since = publishedAt.getTime();
      }
      return [rule.id, since];
    }),
  );
};
