import type { Status } from '../api/status.ts';
import type { Known } from '../api/use-status.ts';

const number = (value: number): string => value.toLocaleString('en');

function Row({ name, state, tone }: { name: string; state: string; tone?: 'good' | 'bad' }) {
  return (
    <div>
      <dt>
        {tone && <span className="dot" data-tone={tone} aria-hidden="true" />}
        {name}
      </dt>
      <dd>{state}</dd>
    </div>
  );
}

function Answering({ name, answer }: { name: string; answer: string }) {
  const good = answer === 'ok';
  return <Row name={name} tone={good ? 'good' : 'bad'} state={good ? 'answers' : answer} />;
}

function Lanes({ lanes }: { lanes: NonNullable<Status['lanes']> }) {
  return (
    <section aria-labelledby="lanes">
      <h2 id="lanes">Lanes</h2>
      <dl className="rows">
        {lanes.map(({ lane, status, lag }) => (
          <Row key={lane} name={`Lane ${lane}`} state={lag > 0 ? `${number(lag)} waiting` : status} />
        ))}
      </dl>
    </section>
  );
}

/** "deadLetters" -> "Dead letters". */
function label(name: string): string {
  const words = name.replaceAll(/([A-Z])/g, ' $1').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What the stack consists of and how each part is; with a key also the lanes and how much there is of everything. */
export function Parts({ known: { status, problem } }: { known: Known }) {
  if (status === undefined) return null;
  const silent = problem === undefined ? undefined : 'unknown';
  return (
    <>
      <section aria-labelledby="parts">
        <h2 id="parts">Parts</h2>
        <dl className="rows">
          <Answering name="API" answer={silent === undefined ? 'ok' : 'does not answer'} />
          <Answering name="Postgres" answer={silent ?? status.postgres} />
          <Answering name="Temporal" answer={silent ?? status.temporal} />
        </dl>
      </section>
      {status.counts && (
        <section aria-labelledby="counts">
          <h2 id="counts">So far</h2>
          <dl className="rows">
            {Object.entries(status.counts).map(([name, count]) => (
              <Row key={name} name={label(name)} state={number(count)} />
            ))}
          </dl>
        </section>
      )}
      {status.lanes && <Lanes lanes={status.lanes} />}
    </>
  );
}
