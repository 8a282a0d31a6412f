import type { StackStatus } from '../api/status.ts';

function Part({ name, state, ok }: { name: string; state: string; ok: boolean }) {
  return (
    <div>
      <dt>
        <span className="dot" data-ok={ok} aria-hidden="true" />
        {name}
      </dt>
      <dd>{state}</dd>
    </div>
  );
}

/** What the stack consists of, and how each part is. */
export function Parts({ status }: { status: StackStatus | undefined }) {
  if (status === undefined) return null;
  const { postgres, temporal, lanes } = status;
  return (
    <section aria-labelledby="parts">
      <h2 id="parts">Parts</h2>
      <dl className="rows">
        <Part name="Postgres" ok={postgres === 'ok'} state={postgres === 'ok' ? 'answers' : postgres} />
        <Part name="Temporal" ok={temporal === 'ok'} state={temporal === 'ok' ? 'answers' : temporal} />
        {lanes.map(({ lane, status: state, lag }) => (
          <Part
            key={lane}
            name={`Lane ${lane}`}
            ok={state !== 'stopped'}
            state={lag > 0 ? `${state}, ${lag.toLocaleString('en')} waiting` : state}
          />
        ))}
      </dl>
    </section>
  );
}
