import { z } from 'zod';
import { automationSchema, type Automation } from '../automation/graph.ts';
import { accountModelSchema, type AccountModel } from './account-model.ts';
import { eventTypeSchema, type EventType } from './event-type.ts';
import { fieldSchema, type Field } from './field.ts';
import { channelSchema, queueSchema, type Channel, type Queue } from './handoff.ts';
import { lifecycleSchema, type Lifecycle } from './lifecycle.ts';
import { maintenanceProgramSchema, type MaintenanceProgram } from './maintenance.ts';
import { scoreModelSchema, type ScoreModel } from './score-model.ts';
import { segmentSchema, type Segment } from './segment.ts';

/** One definition document: what `ripen apply` reads and the API keeps. */
export const definitionSchema = z.discriminatedUnion('kind', [
  scoreModelSchema,
  lifecycleSchema,
  automationSchema,
  eventTypeSchema,
  fieldSchema,
  queueSchema,
  channelSchema,
  segmentSchema,
  maintenanceProgramSchema,
  accountModelSchema,
]);
export type Definition = z.infer<typeof definitionSchema>;
/** The same as people write it: defaults left out. */
export type DefinitionInput = z.input<typeof definitionSchema>;

/** An automation as published: versions are immutable, waiting runs stay on theirs. */
export interface AutomationVersion {
  version: number;
  /** Only the live version enrols; older ones finish what waits in them. */
  live: boolean;
  graph: Automation;
}

/** Everything that the core interprets, at one revision of the workspace's definitions. */
export interface Definitions {
  /** Grows with every publication; state that was computed under another is brought up to date when it is met. */
  revision: number;
  models: ScoreModel[];
  lifecycle: Lifecycle | null;
  automations: AutomationVersion[];
  eventTypes: EventType[];
  fields: Field[];
  queues: Queue[];
  channels: Channel[];
  segments: Segment[];
  maintenance: MaintenanceProgram[];
  /** Read models of accounts: nothing that happens to a contact depends on them. */
  accountModels: AccountModel[];
}

export const emptyDefinitions: Definitions = {
  revision: 0,
  models: [],
  lifecycle: null,
  automations: [],
  eventTypes: [],
  fields: [],
  queues: [],
  channels: [],
  segments: [],
  maintenance: [],
  accountModels: [],
};

/** Documents as one set, each automation as version 1 and live: what simulate and tests start from. */
export const definitionsOf = (documents: readonly Definition[], revision = 1): Definitions => {
  const definitions: Definitions = {
    ...emptyDefinitions,
    revision,
    models: [],
    automations: [],
    eventTypes: [],
    fields: [],
    queues: [],
    channels: [],
    segments: [],
    maintenance: [],
    accountModels: [],
  };
  for (const document of documents) {
    switch (document.kind) {
      case 'model':
        definitions.models.push(document);
        break;
      case 'lifecycle':
        definitions.lifecycle = document;
        break;
      case 'automation':
        definitions.automations.push({ version: 1, live: true, graph: document });
        break;
      case 'event_type':
        definitions.eventTypes.push(document);
        break;
      case 'field':
        definitions.fields.push(document);
        break;
      case 'queue':
        definitions.queues.push(document);
        break;
      case 'channel':
        definitions.channels.push(document);
        break;
      case 'segment':
        definitions.segments.push(document);
        break;
      case 'maintenance_program':
        definitions.maintenance.push(document);
        break;
      case 'account_model':
        definitions.accountModels.push(document);
        break;
    }
  }
  return definitions;
};
