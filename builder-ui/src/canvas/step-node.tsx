import { IconPlus } from '@tabler/icons-react';
import { Handle, Position, type NodeProps } from '@xyflow/react';
import { memo, type CSSProperties } from 'react';
import { changeLooks } from '../difference/change-looks.ts';
import { count as counted } from '../ui/words.ts';
import { useCanvasActs } from './canvas-context.ts';
import type { NodeCount, ShownPort, StepData, StepNode } from './flow-types.ts';
import { StepCounts } from './step-counts.tsx';
import styles from './step-node.module.css';

export const stepElementId = (id: string): string => `step-${id}`;

const leftOf = (index: number, of: number): string => `${((index + 0.5) / of) * 100}%`;

function Port({ id, port, index, of }: { id: string; port: ShownPort; index: number; of: number }) {
  const acts = useCanvasActs();
  const left = { left: leftOf(index, of) };
  return (
    <>
      <Handle type="source" id={port.id} position={Position.Bottom} style={left} className={styles.port} />
      {port.label !== '' && (
        <span
          className={styles.label}
          style={{ ...left, maxWidth: `calc(${100 / of}% - 6px)` }}
          data-free={port.free || undefined}
        >
          {port.label}
        </span>
      )}
      {port.free && !acts.readOnly && (
        <button
          type="button"
          className={`${styles.plus} nodrag nopan`}
          style={left}
          tabIndex={-1}
          data-plus={`${id} ${port.id}`}
          data-labelled={port.label !== '' || undefined}
          aria-label={port.label === '' ? 'Add the next step' : `Add a step after ${port.label}`}
          onClick={(event) => {
            event.stopPropagation();
            acts.openPicker({ from: id, port: port.id }, event.currentTarget);
          }}
        >
          <IconPlus size={13} stroke={2.2} aria-hidden="true" />
        </button>
      )}
    </>
  );
}

const isSameStep = (a: NodeProps<StepNode>, b: NodeProps<StepNode>): boolean =>
  a.id === b.id && a.data === b.data && a.selected === b.selected && a.isConnectable === b.isConnectable;

const problemWords = { error: 'has a problem', warning: 'has a warning' } as const;

const spokenCount = ({ entered, waiting, done, failed, undelivered, why }: NodeCount): string =>
  [
    `${counted(entered, 'run')} came, ${done} done, ${waiting} waiting`,
    failed > 0 ? `, ${failed} failed` : '',
    undelivered > 0 ? `, ${undelivered} not delivered` : '',
    why === null ? '' : `: ${why}`,
  ].join('');

const isBroken = (count: NodeCount | null): boolean => count !== null && count.failed + count.undelivered > 0;

function Mark({ mark }: { mark: NonNullable<StepData['mark']> }) {
  const { word, icon: Icon } = changeLooks[mark];
  return (
    <span className={styles.mark} data-mark={mark}>
      <Icon size={12} stroke={2.4} aria-hidden="true" />
      {word}
    </span>
  );
}

const spoken = (data: StepData): string =>
  [
    data.title,
    data.lines.length > 0 ? data.lines.join(', ') : data.summary,
    data.problem ? problemWords[data.problem] : '',
    data.note ? `note: ${data.note}` : '',
    data.count ? spokenCount(data.count) : '',
    data.passed && data.lines.length === 0
      ? `step ${data.passed.turn} of the run${data.passed.failed ? ', failed' : ''}`
      : '',
    data.passed?.waits ?? '',
    data.mark ?? '',
  ]
    .filter((part) => part !== '')
    .join('; ');

/** A step, or the start with its triggers. Where it stands is its wrapper's matter: dragging draws none again. */
export const Step = memo(function Step({ id, data, selected, isConnectable }: NodeProps<StepNode>) {
  const { look, ports } = data;
  const isStart = data.lines.length > 0;
  return (
    <div
      id={stepElementId(id)}
      className={styles.step}
      style={{ '--family': look.color } as CSSProperties} // React's type knows no custom properties.
      role="group"
      aria-roledescription={isStart ? 'start' : 'step'}
      aria-label={spoken(data)}
      tabIndex={data.tabStop ? 0 : -1}
      data-selected={selected || undefined}
      data-problem={data.problem ?? undefined}
      data-failed={isBroken(data.count) || data.passed?.failed || undefined}
      data-off={data.passed === null || undefined}
      data-on={data.passed ? true : undefined}
      data-mark={data.mark}
    >
      {!isStart && (
        <Handle type="target" position={Position.Top} className={styles.target} isConnectable={isConnectable} />
      )}
      <span className={styles.icon} aria-hidden="true">
        <look.icon size={18} stroke={1.8} />
      </span>
      <span className={styles.words}>
        <span className={styles.title}>{data.title}</span>
        {isStart ? (
          data.lines.map((line, index) => (
            <span key={index} className={styles.summary}>
              {line}
            </span>
          ))
        ) : isBroken(data.count) && data.count?.why ? (
          <span className={styles.summary} data-bad title={data.count.why}>
            {data.count.why}
          </span>
        ) : (
          <span className={styles.summary}>{data.summary}</span>
        )}
      </span>
      {data.passed && !isStart && <span className={styles.turn}>{data.passed.turn}</span>}
      {data.passed?.waits !== undefined && <span className={styles.waits}>{data.passed.waits}</span>}
      {data.mark && <Mark mark={data.mark} />}
      {data.count && <StepCounts id={id} count={data.count} isStart={isStart} />}
      {data.problem && (
        <span className={styles.dot} data-severity={data.problem} title={`This step ${problemWords[data.problem]}`} />
      )}
      {data.note !== null && (
        <span className={styles.note} title={data.note}>
          {data.note}
        </span>
      )}
      {ports.map((port, index) => (
        <Port key={port.id} id={id} port={port} index={index} of={ports.length} />
      ))}
    </div>
  );
}, isSameStep);
