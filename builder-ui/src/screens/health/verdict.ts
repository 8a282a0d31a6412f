import type { InstallationHealth } from '@ripen/shared';
import { count, span } from '../../ui/words.ts';

export interface Verdict {
  bad: boolean;
  title: string;
  /** What it means, and what to do. */
  text: string;
}

/** A lag that somebody would notice, ms. */
const noticeableMs = 60_000;

/** How the installation is, in a sentence; bad only if somebody must act. */
export const verdictOf = (health: InstallationHealth): Verdict => {
  if (health.temporal.reachable === false) {
    return {
      bad: true,
      title: 'Temporal does not answer',
      text: 'Events are kept and scored when it is back; waits and notifications are late until then. Look at its process.',
    };
  }
  const idle = health.workers?.filter(({ pollers }) => pollers.length === 0) ?? [];
  if (health.workers !== null && idle.length > 0) {
    return {
      bad: true,
      title: 'No worker is at work',
      text: `Nobody asks for work on ${idle.map(({ queue }) => queue).join(', ')}. Start the worker; nothing is lost.`,
    };
  }
  if (health.inbox.lagMs > noticeableMs) {
    return {
      bad: true,
      title: 'Scores are late',
      text: `${count(health.inbox.waiting, 'event')} wait, the oldest for ${span(health.inbox.lagMs)}. If a load is not under way, look at the worker's log.`,
    };
  }
  if (health.deadLetters > 0) {
    return {
      bad: true,
      title: `${count(health.deadLetters, 'event')} could not be applied`,
      text: 'Each is listed below with its reason. Mend the cause, then retry.',
    };
  }
  if (health.outbox.lagMs > noticeableMs) {
    return {
      bad: true,
      title: 'Runs are told late',
      text: `${count(health.outbox.waiting, 'message')} wait for Temporal, the oldest for ${span(health.outbox.lagMs)}. Scores are not affected.`,
    };
  }
  if (health.lastDay.failedDeliveries > 0) {
    return {
      bad: true,
      title: `${count(health.lastDay.failedDeliveries, 'message was', 'messages were')} not taken in the last 24 hours`,
      text: 'Scores are not affected. Each is listed below with what the receiver said; mend the cause, then send again.',
    };
  }
  return { bad: false, title: 'All is well', text: 'Events are scored as they come in.' };
};
