import { Button } from '@mantine/core';
import { lineOf, type Asked, type Automation, type Frame, type Why } from '@ripen/shared';
import { memo, useMemo } from 'react';
import { nameIn, type Names } from '../../../fields/names.ts';
import { lookOf } from '../../../nodes/index.ts';
import { Points } from '../../../ui/marks.tsx';
import { count } from '../../../ui/words.ts';
import { downloadJson } from '../../../ui/download.ts';
import { scriptedWords } from './script-words.ts';
import type { Trial } from './trial.ts';
import { linesOf, whyWords } from './trial-words.ts';
import styles from './try.module.css';

const most = 100;
const when = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

/** All that happened up to the moment, the newest first: what came, what it was worth, who would be told, and why. */
export function Story(given: { trial: Trial | null; document: Automation; names: Names; at: number }) {
  const { trial, at } = given;
  const lived = trial?.kind === 'lived' ? trial : null;
  const passed = lived ? lived.session.frames.filter((frame) => frame.at <= at).length : 0;
  return (
    <section className={styles.section} aria-labelledby="try-story">
      <h3 id="try-story">What follows</h3>
      {lived && <Frames trial={lived} passed={passed} document={given.document} names={given.names} />}
      {lived && passed > 0 && (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() =>
            downloadJson(`${given.document.id}-trial`, {
              calls: lived.session.calls,
              records: lived.session.frames.flatMap(({ records }) =>
                records.map((one) => JSON.parse(lineOf(one)) as unknown),
              ),
            })
          }
        >
          Download all of it as JSON
        </Button>
      )}
      {passed === 0 && <p className={styles.soft}>Nothing happened yet.</p>}
    </section>
  );
}

/** Drawn again only when the slider passes something that happens. */
const Frames = memo(function Frames(given: {
  trial: Extract<Trial, { kind: 'lived' }>;
  passed: number;
  document: Automation;
  names: Names;
}) {
  const { trial, passed, names } = given;
  const told = useMemo(
    () =>
      trial.session.frames
        .slice(0, passed)
        .map((frame, index) => ({ frame, index, lines: linesOf(frame, trial.definitions, names) }))
        .reverse(),
    [trial, passed, names],
  );
  return (
    <>
      <ol className={styles.story}>
        {told.slice(0, most).map(({ frame, index, lines }) => (
          <li key={index}>
            <div className={styles.frameHead}>
              <span>{headOf(frame, trial, names)}</span>
              <time dateTime={new Date(frame.at).toISOString()}>{when.format(frame.at)}</time>
            </div>
            {frame.asked.map((asked, position) => (
              <AskedLine key={position} asked={asked} document={given.document} names={names} />
            ))}
            {lines.map((line, position) => (
              <div key={position} className={styles.line} data-kind={line.kind}>
                {line.points !== undefined && <Points value={line.points} />}
                <span>{line.text}</span>
              </div>
            ))}
          </li>
        ))}
      </ol>
      {told.length > most && <p className={styles.soft}>and {count(told.length - most, 'happening')} before that</p>}
    </>
  );
});

/** What came; the first is that they come, with their fields. */
const headOf = (frame: Frame, trial: Extract<Trial, { kind: 'lived' }>, names: Names): string => {
  if (frame.messageId === null) return 'Time passes';
  const scripted = trial.session.sentOf(frame.messageId);
  return scripted === null ? 'They come' : scriptedWords(scripted, names);
};

function AskedLine({ asked, document, names }: { asked: Asked; document: Automation; names: Names }) {
  const own = asked.automation === document.id;
  const node = own ? document.nodes.find(({ id }) => id === asked.node) : undefined;
  const where = own
    ? asked.node === null
      ? 'Whether it starts'
      : node
        ? lookOf(node.type).title
        : asked.node
    : `“${nameIn(names.automations, asked.automation)}”`;
  return (
    <div className={styles.asked}>
      <span className={styles.soft}>{where}:</span>
      <WhyTree why={asked.why} names={names} />
    </div>
  );
}

function WhyTree({ why, names }: { why: Why; names: Names }) {
  const { text, holds, saw } = whyWords(why, names);
  return (
    <div className={styles.whyLine} data-holds={holds}>
      <span>
        <strong>{holds ? 'Yes' : 'No'}</strong>, {text}
        {saw !== null && <span className={styles.soft}> (it is {saw})</span>}
      </span>
      {why.parts.map((part, index) => (
        <WhyTree key={index} why={part} names={names} />
      ))}
    </div>
  );
}
