import { startNodeId, type Automation, type Trigger } from '../automation/graph.ts';
import type { Condition } from '../model/condition.ts';
import type { Definitions } from '../model/definitions.ts';
import type { Lifecycle } from '../model/lifecycle.ts';
import { isInternalEventType, passiveEventTypes } from '../model/event-type.ts';
import { automationsGroupId, type Rule, type ScoreModel } from '../model/score-model.ts';
import { daysMs } from '../model/time.ts';
import { nodeTypeOf, type GraphNode } from '../nodes/registry.ts';
import {
  compileCondition,
  type CompiledCondition,
  type PastNeed,
  type ScoreLevel,
  type SegmentOf,
} from './conditions/conditions.ts';
import { digest } from './ids.ts';
import { only } from './scores/ledger.ts';
import {
  entryName,
  nodeCause,
  ruleCause,
  totalKey,
  triggerKey,
  type CompiledAutomation,
  type CompiledEvent,
  type CompiledLifecycle,
  type CompiledModel,
  type CompiledNode,
  type CompiledRule,
  type CompiledStage,
  type Levels,
  type Program,
} from './program.ts';
import { asksOf } from './asks.ts';
import { goalsAhead } from './runs/goals.ts';
import { compileScanner } from './conditions/scanners.ts';
import { counterScope } from './scores/rules.ts';
import { compileSegments, watchedSegments } from './conditions/segments.ts';
import { compileTriggers } from './runs/triggers.ts';
import { toMicro, type Micro } from './subject.ts';

const byId = <T extends { id: string }>(a: T, b: T): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/**
 * Turns definitions into a program. Definitions must have passed `validate`: what is left unresolved there (an edge to
 * nowhere) makes a run fail visibly, and a pattern that cannot be read throws.
 */
export const compile = (definitions: Definitions): Program => {
  const automations = new Map<string, Map<number, CompiledAutomation>>();
  const live = new Map<string, CompiledAutomation>();
  const segmentOf = compileSegments(definitions.segments);
  const conditions = new Map<Condition, CompiledCondition>();
  for (const { version, live: isLive, graph } of definitions.automations) {
    const compiled = compileAutomation(graph, version, isLive, segmentOf, conditions);
    const versions = automations.get(graph.id) ?? new Map<number, CompiledAutomation>();
    automations.set(graph.id, versions.set(version, compiled));
    if (isLive) live.set(graph.id, compiled);
  }
  const triggers = compileTriggers([...live.values()].sort(byId), segmentOf);
  const watched = watchedSegments(triggers.segments, segmentOf);
  const versions = [...automations.values()].flatMap((known) => [...known.values()]);
  const awaited = versions.flatMap((version) => version.awaited);
  const asked = scoresAsked(definitions.models, awaited);
  const watchedToo = [
    ...asked,
    ...scoresAsked(
      definitions.models,
      watched.map(({ when }) => when),
    ),
  ];
  const stages = (definitions.lifecycle?.stages ?? []).map((stage) => compileStage(stage, segmentOf));
  const models = definitions.models
    .map((model) => {
      const crossed = definitions.lifecycle?.model === model.id ? stages : [];
      const levels = (scores: readonly ScoreLevel[]): Levels =>
        levelsOf(
          crossed,
          triggers.scores.get(model.id) ?? [],
          scores.filter((score) => score.model === model.id),
        );
      const compared = definitions.lifecycle?.model === model.id || triggers.scores.has(model.id);
      return compileModel(model, { compared, levels: levels(asked), levelsOfSegments: levels(watchedToo) }, segmentOf);
    })
    .sort(byId);
  const lifecycle = compileLifecycle(definitions, stages, models);
  const watchedPast = watched.flatMap(({ when }) => when.past);
  const past = [...versions.flatMap((version) => version.past), ...watchedPast];
  return {
    revision: definitions.revision,
    watch: null,
    models,
    model: new Map(models.map((model) => [model.id, model])),
    lifecycle,
    automations,
    live,
    asks: new Map(versions.map((version) => [version, asksOf([version], live)])),
    asksWithin: asksOf(
      [...live.values()].filter(({ graph }) => !graph.triggers.every(isArrival)),
      live,
      watchedPast,
    ),
    triggers: triggers.keyed,
    events: compileEvents(definitions, models, triggers.eventKeys, past, watchedPast),
    scoreTriggers: triggers.scores,
    watchedModels: models.filter((model) => triggers.scores.has(model.id)),
    inactive: triggers.inactive,
    dates: triggers.dates,
    heedsWaits: versions.some(({ nodes }) => [...nodes.values()].some(({ type }) => type.whileWaiting !== undefined)),
    conditions,
    segmentOf,
    watched,
    written: new Set(
      versions.flatMap(({ nodes }) =>
        [...nodes.values()].flatMap(({ node, type }) => type.writes?.(node.settings) ?? []),
      ),
    ),
    watchedScores: [
      ...new Set(watched.flatMap(({ when }) => [...when.levels, ...when.bands].map(({ model }) => model))),
    ],
    accountSources: accountSources(definitions),
    timed: heeded(models, lifecycle).filter((condition) => condition.timed),
    looksAtStage: models.some(
      ({ audience, profile, behaviour }) =>
        audience?.looksAtStage === true ||
        profile.some(({ when }) => when.looksAtStage) ||
        behaviour.some(({ where }) => where?.looksAtStage === true),
    ),
  };
};

const accountSources = ({ accountModels, models }: Definitions): Program['accountSources'] => {
  const named = new Set(accountModels.flatMap(({ contacts }) => contacts.map(({ model }) => model)));
  return models
    .filter(({ id }) => named.has(id))
    .map(({ id, audience }) => ({ model: id, always: audience !== undefined }));
};

const compileEvents = (
  definitions: Definitions,
  models: readonly CompiledModel[],
  keys: ReadonlyMap<string, string>,
  past: readonly PastNeed[],
  watchedPast: readonly PastNeed[],
): Map<string, CompiledEvent> => {
  const activity = new Map<string, boolean>(passiveEventTypes.map((type) => [type, false]));
  for (const type of definitions.eventTypes) activity.set(type.id, type.activity);
  const scanners = new Map(
    definitions.eventTypes.flatMap(({ id, scanners: settings }) =>
      settings ? [[id, compileScanner(id, settings)] as const] : [],
    ),
  );
  const looked = [...scanners.values()].flatMap((scanner) => scanner.past);
  const remembered = new Set([...past, ...looked].map((need) => need.type));
  const scored = models.flatMap(({ behaviour }) => behaviour.map((rule) => rule.event));
  const types = new Set([...activity.keys(), ...remembered, ...scored, ...keys.keys()]);
  return new Map(
    [...types].map((type) => [
      type,
      {
        internal: isInternalEventType(type),
        activity: (activity.get(type) ?? true) && !isInternalEventType(type),
        remembered: remembered.has(type),
        watched: watchedPast.some((need) => need.type === type),
        rules: models
          .map((model) => ({ model, rules: model.behaviour.filter((rule) => rule.event === type) }))
          .filter(({ rules }) => rules.length > 0),
        key: keys.get(type) ?? null,
        scanner: scanners.get(type) ?? null,
      },
    ]),
  );
};

/** Conditions that must be looked at again when what they look at changes. */
const heeded = (models: readonly CompiledModel[], lifecycle: CompiledLifecycle | null): CompiledCondition[] =>
  [
    ...models.flatMap((model) => [model.audience, ...model.profile.map((rule) => rule.when)]),
    ...(lifecycle?.stages.map((stage) => stage.when) ?? []),
  ].filter((condition) => condition !== null);

const compileModel = (
  model: ScoreModel,
  looks: Pick<CompiledModel, 'compared' | 'levels' | 'levelsOfSegments'>,
  segmentOf: SegmentOf,
): CompiledModel => {
  const rules = [...model.rules].sort(byId).map((rule) => compileRule(model.id, rule, segmentOf));
  const groups = model.groups.map((group) => ({
    id: group.id,
    kind: group.kind,
    cap: group.cap === undefined ? Infinity : toMicro(group.cap),
  }));
  if (!groups.some((group) => group.id === automationsGroupId)) {
    groups.push({ id: automationsGroupId, kind: 'behaviour', cap: Infinity });
  }
  const { decay, reset } = model;
  return {
    id: model.id,
    name: model.name,
    audience: model.audience ? compileCondition(model.audience, segmentOf) : null,
    min: toMicro(model.clamp.min),
    max: toMicro(model.clamp.max),
    halfLifeMs: model.halfLifeDays === undefined ? null : daysMs(model.halfLifeDays),
    windowMs: model.windowDays === undefined ? null : daysMs(model.windowDays),
    groups: groups.sort(byId),
    behaviourGroups: groups.filter(({ kind }) => kind === 'behaviour'),
    profileGroups: groups.filter(({ kind }) => kind === 'profile'),
    rules,
    behaviour: rules.filter((rule) => rule.kind === 'behaviour'),
    profile: rules.filter((rule) => rule.kind === 'profile'),
    decay: decay
      ? {
          afterMs: daysMs(decay.afterDays),
          everyMs: decay.everyDays === undefined ? null : daysMs(decay.everyDays),
          by: decay.by,
          floor: toMicro(decay.floor),
        }
      : null,
    reset: reset ? { afterMs: daysMs(reset.afterDays), from: reset.from } : null,
    ...looks,
    bands: (model.bands ?? [])
      .map(({ id, name, from }) => ({ id, name, from: toMicro(from) }))
      .sort((a, b) => b.from - a.from),
    names: new Map([
      ...model.rules.map((rule) => [ruleCause(rule.id), rule.name] as const),
      ...model.groups.map((group) => [`group:${group.id}`, group.name] as const),
    ]),
  };
};

const compileRule = (model: string, rule: Rule, segmentOf: SegmentOf): CompiledRule => {
  const { id, group } = rule;
  const cause = ruleCause(id);
  const points = toMicro(rule.points);
  if (rule.kind === 'profile')
    return { kind: 'profile', id, cause, group, points, when: compileCondition(rule.when, segmentOf) };
  return {
    kind: 'behaviour',
    id,
    label: `${model}/${id}: `,
    event: rule.event,
    where: rule.where ? compileCondition(rule.where, segmentOf) : null,
    counts: rule.counts,
    scope: counterScope(`rule:${model}/${id}`, model),
    earning: {
      group,
      points,
      cause,
      total: totalKey(group, cause),
      name: entryName('points', model, cause),
      occurrence: only,
      runId: null,
      decays: rule.decays,
      expiresAfterMs: null,
    },
  };
};

const compileStage = (stage: Lifecycle['stages'][number], segmentOf: SegmentOf): CompiledStage => ({
  id: stage.id,
  name: stage.name,
  up: stage.threshold === undefined ? Infinity : toMicro(stage.threshold),
  down: stage.threshold === undefined ? -Infinity : toMicro(stage.threshold - stage.margin),
  when: stage.when ? compileCondition(stage.when, segmentOf) : null,
  minimumStayMs: stage.minimumStayDays === undefined ? 0 : daysMs(stage.minimumStayDays),
  terminal: stage.terminal,
  entered: triggerKey('stage_entered', stage.id),
  left: triggerKey('stage_left', stage.id),
});

const compileLifecycle = (
  { lifecycle }: Definitions,
  stages: CompiledStage[],
  models: readonly CompiledModel[],
): CompiledLifecycle | null =>
  lifecycle && {
    model: lifecycle.model,
    scored: models.find((model) => model.id === lifecycle.model),
    stages,
    index: new Map(stages.map((stage, index) => [stage.id, index])),
  };

/** Scores that conditions compare with a level, those at which bands that they ask for begin and end among them. */
const scoresAsked = (models: readonly ScoreModel[], conditions: readonly CompiledCondition[]): ScoreLevel[] =>
  conditions.flatMap(({ levels, bands }) => [
    ...levels,
    ...bands.flatMap(({ model, among }) => {
      const known = [...(models.find(({ id }) => id === model)?.bands ?? [])].sort((a, b) => a.from - b.from);
      return known
        .filter(({ id }, index) => among.has(id) !== among.has(known[index - 1]?.id ?? null))
        .map(({ from }): ScoreLevel => ({ model, part: 'all', level: toMicro(from) }));
    }),
  ]);

const ordered = (levels: Iterable<Micro>): Micro[] => [...new Set(levels)].sort((a, b) => a - b);

/** Where a model's score means something: to stages, to triggers, to conditions. */
const levelsOf = (
  stages: readonly CompiledStage[],
  triggers: readonly { level: Micro }[],
  asked: readonly ScoreLevel[],
): Levels => {
  const of = (part: ScoreLevel['part']): Micro[] =>
    asked.filter((score) => score.part === part).map((score) => score.level);
  const levels = new Set([...triggers.map((trigger) => trigger.level), ...of('all')]);
  for (const stage of stages) for (const level of [stage.up, stage.down]) if (Number.isFinite(level)) levels.add(level);
  return { score: ordered(levels), behaviour: ordered(of('behaviour')) };
};

/** Adds the conditions of its nodes to `compiled`. */
const compileAutomation = (
  graph: Automation,
  version: number,
  live: boolean,
  segmentOf: SegmentOf,
  compiled: Map<Condition, CompiledCondition>,
): CompiledAutomation => {
  const edges = new Map<string, Map<string, string>>();
  for (const edge of graph.edges)
    edges.set(edge.from, (edges.get(edge.from) ?? new Map<string, string>()).set(edge.port, edge.to));
  const conditionsOf = (node: GraphNode): CompiledCondition[] =>
    (nodeTypeOf(node).references(node.settings).conditions ?? []).map(({ condition }) => {
      const made = compileCondition(condition, segmentOf);
      compiled.set(condition, made);
      return made;
    });
  const nodes = new Map(
    graph.nodes.map((node) => [
      node.id,
      compileNode(graph.id, node, edges.get(node.id) ?? new Map<string, string>(), conditionsOf(node)),
    ]),
  );
  const waitWhere = new Map(
    graph.nodes.flatMap((node) =>
      node.type === 'wait_event'
        ? [[node.id, node.settings.where ? compileCondition(node.settings.where, segmentOf) : null] as const]
        : [],
    ),
  );
  const conditions = [...nodes.values()].flatMap((node) => node.conditions);
  const triggerPast = graph.triggers.flatMap((trigger) =>
    trigger.type === 'event' && trigger.where ? compileCondition(trigger.where, segmentOf).past : [],
  );
  const enter = counterScope(`enter:${graph.id}`, null);
  const countings = [...nodes.values()].flatMap(({ node, type, scope }) => {
    const counting = type.counting?.(node.settings);
    return counting ? [{ counting, scope }] : [];
  });
  return {
    id: graph.id,
    name: graph.name,
    version,
    live,
    graph,
    nodes,
    waitWhere,
    enter,
    runDigest: digest(`run|${graph.id}|`),
    countings: [{ counting: graph.reentry, scope: enter }, ...countings],
    starts: [...nodes.values()].flatMap(({ node, type }) => type.references(node.settings).automations ?? []),
    first: edges.get(startNodeId)?.get('next') ?? null,
    awaited: [...nodes.values()].flatMap((node) => (node.type.whileWaiting ? node.conditions : [])),
    goalsAhead: goalsAhead(nodes),
    past: [...triggerPast, ...conditions.flatMap((condition) => condition.past)],
  };
};

const compileNode = (
  automation: string,
  node: GraphNode,
  to: ReadonlyMap<string, string>,
  conditions: readonly CompiledCondition[],
): CompiledNode => {
  const cause = nodeCause(automation, node.id);
  const model = 'model' in node.settings ? node.settings.model : null;
  const scope = counterScope(`${cause}${model === null ? '' : `/${model}`}`, model);
  const groups = [automationsGroupId, ...('group' in node.settings ? [node.settings.group] : [])];
  const totals = new Map(groups.map((group) => [group, totalKey(group, cause)]));
  const entry = model === null ? '' : entryName('points', model, cause);
  return { node, type: nodeTypeOf(node), cause, scope, entry, totals, to, conditions };
};

const isArrival = ({ type }: Trigger): boolean =>
  type === 'event' || type === 'schedule' || type === 'manual' || type === 'lead';
