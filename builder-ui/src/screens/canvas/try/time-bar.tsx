import { Button, Select } from '@mantine/core';
import { IconPlayerSkipBack, IconPlayerSkipForward } from '@tabler/icons-react';
import { memo, useMemo } from 'react';
import { nameIn, type Names } from '../../../fields/names.ts';
import { ScoreChip, StageBadge } from '../../../ui/marks.tsx';
import { courseOf, type Setup, type Trial } from './trial.ts';
import { nextWords } from './trial-words.ts';
import styles from './try.module.css';

const spans = [1, 7, 30, 60, 90, 180, 366];
const dayText = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const nextText = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'long' });

/** Time in the hand: one drag goes through all of it, and each step to what happens next is a key. */
export function TimeBar(given: {
  trial: Trial | null;
  setup: Setup;
  names: Names;
  minutes: number;
  onMinutes: (minutes: number) => void;
  onDays: (days: number) => void;
}) {
  const { trial, setup, names, minutes } = given;
  const lived = trial?.kind === 'lived' ? trial : null;
  const from = Date.parse(setup.startsAt);
  const last = setup.days * 1_440;
  const shown = Math.min(minutes, last);
  const at = from + shown * 60_000;
  // Of a moment inside a minute, the minute that is over with it.
  const next = lived?.session.frames.find((frame) => frame.at > at) ?? null;
  const stage = lived?.session.frameAt(at)?.subject.stage ?? null;
  const stageIndex = names.stages.findIndex(({ id }) => id === stage);
  const words = next
    ? `${next.messageId === null && lived ? nextWords(next, lived.definitions, names) : 'an event'} on ${nextText.format(next.at)}`
    : 'nothing more happens';
  return (
    <div className={styles.time}>
      <div className={styles.readings} role="status" aria-label="At this moment">
        <span className={styles.moment}>{dayText.format(at)}</span>
        {names.models.map(({ id, name }) => {
          const score = lived?.session.scoreAt(id, at);
          return (
            <span key={id} className={styles.reading}>
              <span className={styles.soft}>{name}</span> <ScoreChip score={score?.score ?? 0} band={score?.band} />
            </span>
          );
        })}
        <StageBadge
          name={stage === null ? null : nameIn(names.stages, stage)}
          index={stageIndex}
          of={names.stages.length}
        />
        <Days days={setup.days} onDays={given.onDays} />
      </div>
      <Course trial={lived} names={names} share={last === 0 ? 0 : shown / last} />
      <input
        className={styles.slider}
        type="range"
        aria-label="Time"
        aria-valuetext={dayText.format(at)}
        min={0}
        max={last}
        step={60}
        value={shown}
        onChange={({ currentTarget }) => given.onMinutes(Number(currentTarget.value))}
      />
      <div className={styles.row}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlayerSkipBack size={14} />}
          disabled={shown === 0}
          onClick={() => given.onMinutes(0)}
        >
          To the start
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          rightSection={<IconPlayerSkipForward size={14} />}
          disabled={next === null}
          onClick={() => next && given.onMinutes(Math.ceil((next.at - from) / 60_000))}
        >
          Next: {words}
        </Button>
      </div>
    </div>
  );
}

const Days = memo(function Days({ days, onDays }: { days: number; onDays: (days: number) => void }) {
  return (
    <Select
      size="xs"
      w={104}
      aria-label="How long it is tried"
      allowDeselect={false}
      data={[...new Set([...spans, days])]
        .sort((a, b) => a - b)
        .map((one) => ({ value: String(one), label: one === 1 ? '1 day' : `${one} days` }))}
      value={String(days)}
      onChange={(chosen) => onDays(Number(chosen))}
    />
  );
});

/** The score over all of it; only the line of the moment moves with the slider. */
function Course({
  trial,
  names,
  share,
}: {
  trial: Extract<Trial, { kind: 'lived' }> | null;
  names: Names;
  share: number;
}) {
  const model = names.lifecycleModel ?? names.models[0]?.id ?? null;
  const drawing = useMemo(() => {
    if (!trial || model === null) return null;
    const course = courseOf(trial.session, model, trial.until);
    const top = Math.max(10, ...course.map(({ y }) => y)) * 1.05;
    const bottom = Math.min(0, ...course.map(({ y }) => y));
    const right = course.at(-1)?.x || 1;
    const spot = ({ x, y }: { x: number; y: number }): string =>
      `${((x / right) * 100).toFixed(2)},${(100 - ((y - bottom) / (top - bottom)) * 100).toFixed(2)}`;
    return course.map(spot).join(' ');
  }, [trial, model]);
  return (
    <div className={styles.course} aria-hidden="true">
      {drawing !== null && (
        <svg viewBox="0 0 100 100" preserveAspectRatio="none">
          <polygon points={`0,100 ${drawing} 100,100`} fill="var(--accent-soft)" />
          <polyline
            points={drawing}
            fill="none"
            stroke="var(--accent)"
            strokeWidth="1.5"
            vectorEffect="non-scaling-stroke"
          />
        </svg>
      )}
      <span className={styles.cursor} style={{ left: `${share * 100}%` }} />
    </div>
  );
}
