import type { ChangeLine } from '@ripen/shared';
import { IconMinus, IconPencil, IconPlus, type Icon } from '@tabler/icons-react';

/** A change by its word and icon: colour never stands alone. */
export const changeLooks: Record<ChangeLine['what'], { word: string; icon: Icon }> = {
  added: { word: 'Added', icon: IconPlus },
  changed: { word: 'Changed', icon: IconPencil },
  removed: { word: 'Removed', icon: IconMinus },
};
