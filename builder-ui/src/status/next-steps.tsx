import { Command } from './command.tsx';

const key = (name: string): string => `$(node -p "require('./.ripen/keys.json').${name}")`;

function sendCommand(origin: string): string {
  const batch = [
    `  {"type":"identify","messageId":"first-1","userId":"visitor-1","traits":{"email":"visitor-1@example.com","country":"US"}},`,
    `  {"type":"track","messageId":"first-2","userId":"visitor-1","event":"Email Clicked"}`,
  ];
  return [
    `curl ${origin}/v1/batch -u "${key('writeKey')}:" \\`,
    `  -H 'content-type: application/json' -d '{"batch":[`,
    ...batch,
    `]}'`,
  ].join('\n');
}

function lookCommand(origin: string): string {
  return `curl ${origin}/api/leads -H "authorization: Bearer ${key('apiKey')}"`;
}

/** What to do on the first day, each step a command to copy. */
export function NextSteps() {
  const { origin } = window.location;
  return (
    <section aria-labelledby="next">
      <h2 id="next">What to do next</h2>
      <ol className="steps">
        <li>
          <p>
            Send events. Any Segment SDK works: set its host to <code>{origin}</code> and its key to the{' '}
            <code>writeKey</code> in <code>.ripen/keys.json</code>. Or, from the folder you started Ripen in:
          </p>
          <Command text={sendCommand(origin)} what="the command that sends two events" />
        </li>
        <li>
          <p>
            See what came of it. A click on an e-mail by somebody in the US is worth 25 points, makes an MQL and goes to
            a sales queue:
          </p>
          <Command text={lookCommand(origin)} what="the command that lists leads" />
        </li>
        <li>
          <p>
            Bring your own rules. Models and automations are JSON files; the <a href="/api/docs">API docs</a> describe
            every field.
          </p>
          <Command text="npm run ripen -- --help" what="the command line's help" />
        </li>
      </ol>
    </section>
  );
}
