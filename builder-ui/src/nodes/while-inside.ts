import type { Automation } from '@ripen/shared';

/** What happens when a trigger fires while the contact is inside. */
export const insideWords: Record<Automation['whileInside'], { label: string; help: string }> = {
  side_by_side: { label: 'Go through again beside it', help: 'Each entry goes its own way.' },
  skip: { label: 'Ignore the new start', help: 'The contact goes on where it is.' },
  restart: { label: 'Start over', help: 'What waits is cancelled, and the contact begins at the start.' },
};
