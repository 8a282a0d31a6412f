import './status-page.css';
import { useState } from 'react';
import { useStatus } from '../api/use-status.ts';
import { KeyForm } from './key-form.tsx';
import { NextSteps } from './next-steps.tsx';
import { Parts } from './parts.tsx';
import { verdict } from './verdict.ts';

const keptAs = 'ripen.key';

/** The plain page at the printed URL: is the stack alive, and what to do next. */
export function StatusPage() {
  const [key, setKey] = useState(() => sessionStorage.getItem(keptAs) ?? undefined);
  const known = useStatus(key);
  const { words, tone } = verdict(known);
  function keepKey(given: string): void {
    sessionStorage.setItem(keptAs, given);
    setKey(given);
  }
  return (
    <main className="page">
      <header className="masthead">
        <img src="/ripen.svg" alt="" width="28" height="28" />
        <h1>Ripen</h1>
        {known.status && <span className="soft">{known.status.version}</span>}
        <nav aria-label="API">
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
          <Parts known={known} />
          {known.status && !known.status.lanes && <KeyForm refused={known.keyRefused} onKey={keepKey} />}
        </div>
      </div>
    </main>
  );
}
