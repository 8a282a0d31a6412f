import { SMTPServer } from 'smtp-server';
import { expect, test } from 'vitest';
import { containing, startOutbound } from './outbound.ts';

const outbound = startOutbound();
const { publish, say, attempt, row } = outbound;

const startMail = async (refuse?: { responseCode: number }) => {
  const mails: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_, __, done) => done(refuse ? Object.assign(new Error('mailbox unavailable'), refuse) : null),
    onData: (stream, _, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        mails.push(Buffer.concat(chunks).toString('utf8'));
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on TCP has an address with a port.
  const { port } = server.server.address() as { port: number };
  outbound.settings.email.smtpUrl = `smtp://127.0.0.1:${port}`;
  return { mails, close: () => new Promise<void>((resolve) => server.close(() => resolve())) };
};
const email = async () => say(await publish({ type: 'email', to: ['ann@example.com', 'bob@example.com'] }));

test('an e-mail reaches colleagues, with an id that mail servers drop repeats by', async () => {
  const mail = await startMail();
  const id = await email();
  await attempt(id);
  await mail.close();
  expect(mail.mails).toHaveLength(1);
  expect(mail.mails[0]).toContain('Subject: Hot lead');
  expect(mail.mails[0]).toContain('To: ann@example.com, bob@example.com');
  expect(mail.mails[0]).toContain(`Message-ID: <${id}@ripen>`);
  expect(mail.mails[0]).toContain('Call now');
  expect(await row(id)).toMatchObject({ status: 'delivered', attempts: 1 });
});

test.each([
  [450, false],
  [550, true],
])('a mail server that answers %i says no for good: %s', async (responseCode, permanent) => {
  const mail = await startMail({ responseCode });
  await expect(attempt(await email())).rejects.toMatchObject({ permanent });
  await mail.close();
});

test('e-mail without a mail server set fails with what to do', async () => {
  const id = await email();
  await expect(attempt(id)).rejects.toMatchObject({
    permanent: true,
    message: containing('SMTP_URL is not set'),
  });
  expect(await row(id)).toMatchObject({ attempts: 1, last_error: containing('SMTP_URL') });
});
