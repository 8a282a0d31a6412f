import type { Stage } from '@ripen/shared';
import type { CSSProperties, KeyboardEvent, PointerEvent } from 'react';
import { ripeColor, ripenessOfStage } from '../../ui/ripeness.ts';
import { compact, count, number } from '../../ui/words.ts';
import styles from './lifecycle.module.css';

/** How far a key moves a threshold; with Shift five times as far. */
const keySteps: Partial<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
};

/** One threshold: dragged, or moved with the arrow keys. */
export function ThresholdLine(given: {
  stage: Stage;
  index: number;
  of: number;
  /** Labels take turns, so that neighbours do not cover each other. */
  row: number;
  left: number;
  room: { min: number; max: number };
  contacts: number | undefined;
  readOnly: boolean;
  valueAt: (clientX: number) => number;
  onMove: (to: number) => void;
}) {
  const { stage, room, contacts, readOnly, onMove } = given;
  const threshold = stage.threshold ?? 0;
  const name = stage.name || 'New stage';
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = keySteps[event.key];
    const to =
      event.key === 'Home'
        ? room.min
        : event.key === 'End'
          ? room.max
          : step === undefined
            ? null
            : threshold + step * (event.shiftKey ? 5 : 1);
    if (to === null) return;
    event.preventDefault();
    onMove(to);
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    event.currentTarget.focus();
    event.preventDefault();
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) onMove(given.valueAt(event.clientX));
  };
  return (
    <div
      className={styles.line}
      data-row={given.row}
      data-end={given.left > 88 || undefined}
      style={{ left: `${given.left}%`, '--ripe': ripeColor(ripenessOfStage(given.index, given.of)) } as CSSProperties} // React's type knows no custom properties.
      role="slider"
      tabIndex={readOnly ? -1 : 0}
      aria-disabled={readOnly || undefined}
      aria-label={`Threshold of ${name}`}
      aria-orientation="horizontal"
      aria-valuemin={room.min}
      aria-valuemax={room.max}
      aria-valuenow={threshold}
      aria-valuetext={`${number(threshold)} points${contacts === undefined ? '' : `, ${count(contacts, 'contact')} in ${name}`}`}
      {...(!readOnly && { onKeyDown, onPointerDown, onPointerMove })}
    >
      <span className={styles.flag} aria-hidden="true">
        <span className={styles.flagName}>{name}</span>
        <strong>{number(threshold)}</strong>
        {contacts !== undefined && <span className={styles.flagCount}>{compact(contacts)}</span>}
      </span>
    </div>
  );
}
