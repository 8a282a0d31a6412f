import type { Route } from '../route.ts';
import { aboutRoutes } from './about.ts';
import { accountFieldRoutes } from './account-fields.ts';
import { accountRoutes } from './accounts.ts';
import { adjustmentRoutes } from './adjustments.ts';
import { applyRoutes } from './apply.ts';
import { automationRoutes } from './automations.ts';
import { backTestRoutes } from './back-tests.ts';
import { changeRoutes } from './change.ts';
import { contactRoutes } from './contacts.ts';
import { definitionRoutes } from './definitions.ts';
import { importRoutes } from './imports.ts';
import { insightRoutes } from './insight.ts';
import { keyRoutes } from './keys.ts';
import { leadRoutes } from './leads.ts';
import { liveRoutes } from './live.ts';
import { maintenanceRoutes } from './maintenance.ts';
import { noticeRoutes } from './notices.ts';
import { operationRoutes } from './operations.ts';
import { organiseRoutes } from './organise.ts';
import { peopleRoutes } from './people.ts';
import { presenceRoutes } from './presence.ts';
import { runRoutes } from './runs.ts';
import { sampleRoutes } from './sample.ts';
import { sampleHookRoutes } from './sample-hook.ts';
import { scheduleRoutes } from './schedules.ts';
import { segmentRoutes } from './segments.ts';
import { sessionRoutes } from './session.ts';
import { templateRoutes } from './templates.ts';
import { trackingRoutes } from './tracking.ts';
import { voidRoutes } from './voids.ts';

/** Every route there is. A fixed path stands before one with a parameter in its place. */
export const allRoutes: readonly Route[] = [
  ...trackingRoutes,
  ...definitionRoutes,
  ...automationRoutes,
  ...scheduleRoutes,
  ...presenceRoutes,
  ...applyRoutes,
  ...templateRoutes,
  ...changeRoutes,
  ...backTestRoutes,
  ...segmentRoutes,
  ...maintenanceRoutes,
  ...contactRoutes,
  ...accountRoutes,
  ...accountFieldRoutes,
  ...adjustmentRoutes,
  ...voidRoutes,
  ...runRoutes,
  ...leadRoutes,
  ...importRoutes,
  ...operationRoutes,
  ...insightRoutes,
  ...keyRoutes,
  ...sessionRoutes,
  ...peopleRoutes,
  ...organiseRoutes,
  ...noticeRoutes,
  ...liveRoutes,
  ...sampleRoutes,
  ...sampleHookRoutes,
  ...aboutRoutes,
];
