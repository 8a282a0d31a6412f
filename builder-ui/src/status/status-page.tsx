import './status-page.css';
import { useStatus } from '../api/use-status.ts';
import { Counts } from './counts.tsx';
import { NextSteps } from './next-steps.tsx';
import { Parts } from './parts.tsx';
import { verdict } from './verdict.ts';

/** The plain page at the printed URL: is the stack alive, and what to do next. */
export function StatusPage() {
  const { status, problem } = useStatus();
  const { words, tone } = verdict(status, problem);
  return (
    <main className="page">
      <header className="masthead">
        <img src="/ripen.svg" alt="" width="28" height="28" />
        <h1>Ripen</h1>
        {status && <span className="soft">{status.version}</span>}
        <nav>
          <a href="/api/docs">API docs</a>
          <a href="/api/openapi.json">OpenAPI</a>
        </nav>
      </header>
      <p className="verdict" data-tone={tone} role="status">
        {words}
      </p>
      <div className="ripening" aria-hidden="true" />
      <div className="columns">
        <NextSteps />
        <div className="facts">
          <Counts counts={status?.counts} />
          <Parts status={status} />
        </div>
      </div>
    </main>
  );
}
