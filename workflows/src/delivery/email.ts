import { createTransport } from 'nodemailer';
import { DeliveryError } from './failure.ts';

export interface EmailSettings {
  /** smtp:// or smtps:// with user and password; null: this installation sends no e-mail. */
  smtpUrl: string | null;
  from: string;
  timeoutMs: number;
}

export interface Email {
  /** The delivery's id, which makes the Message-ID: mail servers drop repeats by it. */
  id: string;
  to: string[];
  subject: string;
  body: string;
}

/** Sends one e-mail. Resolves when the server took it for at least one recipient. Throws DeliveryError. */
export const sendEmail = async (email: Email, settings: EmailSettings): Promise<void> => {
  if (settings.smtpUrl === null) {
    throw new DeliveryError(
      'E-mail cannot be sent: SMTP_URL is not set. Set it for the worker, as in smtp://user:password@host:587.',
      {
        permanent: true,
      },
    );
  }
  const { timeoutMs } = settings;
  const transport = createTransport({
    url: settings.smtpUrl,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  });
  try {
    await transport.sendMail({
      from: settings.from,
      to: email.to,
      subject: email.subject,
      text: email.body,
      messageId: `<${email.id}@ripen>`,
      headers: { 'X-Ripen-Delivery': email.id },
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  } catch (error) {
    throw asDeliveryError(error);
  } finally {
    transport.close();
  }
};

/** Servers answer 4xx for "later" and 5xx for "never"; without an answer it was the way there. */
const asDeliveryError = (error: unknown): DeliveryError => {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0;
  return new DeliveryError(`The mail server did not take it: ${message}`, { permanent: code >= 500, cause: error });
};
