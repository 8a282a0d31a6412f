import type { Json, Properties } from '../../model/value.ts';
import { accountFieldsEvent, hearOfAccount } from './account-facts.ts';
import { openComparisons } from '../scores/comparisons.ts';
import { holdRuns, holdRunsEvent, releaseRuns, releaseRunsEvent } from '../runs/holding.ts';
import { adjustBy, adjustTo, only } from '../scores/ledger.ts';
import { maintain, maintainEvent } from './maintenance.ts';
import { triggerKey } from '../program.ts';
import { cancelRun, moveRun, moveRunEvent, resumeByAnswer, startByHand, startBySchedule } from '../runs/runs.ts';
import { applyProfileRules } from '../scores/rules.ts';
import { scheduledEvent } from '../runs/schedules.ts';
import { move, settle } from '../scores/stages.ts';
import { toMicro } from '../subject.ts';
import { selectionOf, undo, voidEvent } from '../scores/undo.ts';
import type { Work } from '../work.ts';

/** The product's own arrivals: answers, what sales and people decided. They are replayed like any other. */
export const internalEvents = {
  answer: 'ripen.answer',
  enrol: 'ripen.enrol',
  cancelRun: 'ripen.cancel_run',
  moveRun: moveRunEvent,
  holdRuns: holdRunsEvent,
  releaseRuns: releaseRunsEvent,
  setStage: 'ripen.set_stage',
  leadAccepted: 'ripen.lead_accepted',
  leadRejected: 'ripen.lead_rejected',
  leadWon: 'ripen.lead_won',
  leadLost: 'ripen.lead_lost',
  leadWithdrawn: 'ripen.lead_withdrawn',
  adjust: 'ripen.adjust',
  void: voidEvent,
  maintain: maintainEvent,
  accountFields: accountFieldsEvent,
  scheduled: scheduledEvent,
} as const;

export type InternalEventType = (typeof internalEvents)[keyof typeof internalEvents];

/** Which question one of the product's own events answers; null for all others. */
export const answeredBy = ({ type, properties }: { type: string; properties: Properties }): string | null =>
  type === internalEvents.answer ? text(properties['ask']) : null;

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** Applies one of the product's own events. Throws when it is not one. */
export const applyInternalEvent = (work: Work, type: string): void => {
  const { properties, subject } = work;
  switch (type as InternalEventType) {
    case 'ripen.answer':
      resumeByAnswer(work, {
        ask: text(properties['ask']),
        port: text(properties['port']),
        note: text(properties['note']) || null,
        detail: properties['detail'] ?? null,
      });
      return;
    case 'ripen.enrol':
      startByHand(work, text(properties['automation']), properties);
      return;
    case 'ripen.scheduled':
      startBySchedule(work, text(properties['automation']), properties);
      return;
    case 'ripen.cancel_run':
      cancelRun(work, text(properties['run']));
      return;
    case 'ripen.move_run':
      moveRun(work, text(properties['run']), properties['version']);
      return;
    case 'ripen.hold_runs':
      holdRuns(work, text(properties['automation']));
      return;
    case 'ripen.release_runs':
      releaseRuns(work, text(properties['automation']));
      return;
    case 'ripen.set_stage': {
      openComparisons(work);
      move(
        work,
        typeof properties['stage'] === 'string' ? properties['stage'] : null,
        [],
        `person:${text(properties['by'])}`,
      );
      if (work.program.looksAtStage) applyProfileRules(work);
      settle(work);
      return;
    }
    case 'ripen.lead_accepted':
      outcome(work, 'accepted');
      return;
    case 'ripen.lead_rejected':
    case 'ripen.lead_won':
    case 'ripen.lead_lost':
      subject.openLead = null;
      outcome(work, type.slice('ripen.lead_'.length));
      return;
    case 'ripen.lead_withdrawn':
      subject.openLead = null;
      return;
    case 'ripen.adjust':
      adjust(work);
      return;
    case 'ripen.void':
      undo(work, selectionOf(properties));
      settle(work);
      return;
    case 'ripen.maintain':
      maintain(work);
      return;
    case 'ripen.account_fields':
      hearOfAccount(work);
      return;
    default:
      throw new Error(`Unknown internal event "${type}".`);
  }
};

/** Points given or taken by hand, with a reason; a model that is not there any more is noted, so that rebuilds go on. */
const adjust = (work: Work): void => {
  const { properties, program } = work;
  const model = program.model.get(text(properties['model']));
  if (!model) {
    work.note(`there is no score model "${text(properties['model'])}" to adjust`);
    return;
  }
  const cause = `person:${text(properties['by'])}`;
  const { points, setTo } = properties;
  if (typeof setTo === 'number') adjustTo(work, model, toMicro(setTo), cause, only, null);
  else if (typeof points === 'number') adjustBy(work, model, toMicro(points), cause, only, null);
  settle(work);
};

const outcome = (work: Work, what: string): void => {
  work.queue.push({ kind: 'trigger', key: triggerKey('lead', what), properties: work.properties });
};
