import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { NodeTypeName } from '@ripen/shared';
import { memo, useState } from 'react';
import { startDrag } from '../../canvas/dragged.ts';
import { paletteGroups } from '../../nodes/index.ts';
import styles from './palette.module.css';

/** Every step there is: to be dragged onto the canvas or an edge, or clicked to follow what is selected. */
export const StepPalette = memo(function StepPalette(given: { dimmed: boolean; onAdd: (type: NodeTypeName) => void }) {
  const [typed, setTyped] = useState('');
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = paletteGroups
    .map((group) => ({
      ...group,
      entries: group.entries.filter(({ search }) => words.every((word) => search.includes(word))),
    }))
    .filter(({ entries }) => entries.length > 0);
  return (
    <nav
      className={styles.palette}
      aria-label="Steps to add"
      data-dimmed={given.dimmed || undefined}
      // Dimmed, nothing in it takes the focus, and it can be longer than the page: it is scrolled by keys itself.
      tabIndex={given.dimmed ? 0 : undefined}
    >
      <TextInput
        size="xs"
        className={styles.search}
        placeholder="Search steps"
        aria-label="Search steps"
        leftSection={<IconSearch size={14} />}
        value={typed}
        disabled={given.dimmed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {groups.map((group) => (
        <section key={group.family} aria-label={group.title}>
          <h2 className={styles.group}>{group.title}</h2>
          {group.entries.map((entry) => (
            <button
              key={entry.type}
              type="button"
              className={styles.entry}
              title={entry.about}
              disabled={given.dimmed}
              draggable={!given.dimmed}
              onDragStart={(event) => startDrag(event.dataTransfer, entry.type)}
              onClick={() => given.onAdd(entry.type)}
            >
              <entry.icon size={17} stroke={1.8} aria-hidden="true" style={{ color: group.color }} />
              {entry.title}
            </button>
          ))}
        </section>
      ))}
      {groups.length === 0 && <p className={styles.nothing}>No step is called that.</p>}
    </nav>
  );
});
