import type { Definition } from '@ripen/shared';
import { sampleAccountModel } from './accounts.ts';
import { afterTheWin } from './automations/after-the-win.ts';
import { clickScoring } from './automations/click-scoring.ts';
import { contactForm } from './automations/contact-form.ts';
import { mondayList } from './automations/monday-list.ts';
import { mqlHandoff } from './automations/mql-handoff.ts';
import { wakeTheSilent } from './automations/wake-the-silent.ts';
import { webinarFollowUp } from './automations/webinar-follow-up.ts';
import { sampleEventTypes } from './event-types.ts';
import { sampleChannels, sampleQueues } from './handoff.ts';
import { sampleLifecycle } from './lifecycle.ts';
import { sampleMaintenance } from './maintenance.ts';
import { sampleModel } from './model.ts';
import { sampleSegments } from './segments.ts';

/** Everything that the sample workspace publishes. `hooksAt`: address of this server, for its webhooks. */
export const sampleDefinitions = ({ hooksAt }: { hooksAt: string }): Definition[] => [
  sampleModel,
  sampleAccountModel,
  sampleLifecycle,
  ...sampleEventTypes,
  ...sampleQueues,
  ...sampleChannels(hooksAt),
  ...sampleSegments,
  sampleMaintenance,
  clickScoring,
  contactForm,
  mqlHandoff,
  webinarFollowUp,
  wakeTheSilent,
  mondayList,
];

/** What is left as a draft. */
export const sampleDrafts: readonly (typeof afterTheWin)[] = [afterTheWin];

/** Which folder each automation lies in. */
export const sampleFolders: ReadonlyMap<string, string> = new Map([
  [clickScoring.id, 'Scoring'],
  [contactForm.id, 'Handoff'],
  [mqlHandoff.id, 'Handoff'],
  [afterTheWin.id, 'Handoff'],
  [webinarFollowUp.id, 'Nurture'],
  [wakeTheSilent.id, 'Nurture'],
  [mondayList.id, 'Handoff'],
]);

/** How the sample's people label them, by automation. */
export const sampleLabels: ReadonlyMap<string, readonly string[]> = new Map([
  [clickScoring.id, ['E-mail']],
  [contactForm.id, ['Pages sales']],
  [mqlHandoff.id, ['Pages sales', 'SLA']],
  [webinarFollowUp.id, ['Campaign', 'E-mail']],
  [wakeTheSilent.id, ['E-mail']],
]);
