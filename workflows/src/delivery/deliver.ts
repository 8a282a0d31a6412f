import { NobodyToTellError, type NewNotice } from '@ripen/engine';
import type { InAppChannel, Properties } from '@ripen/shared';
import type { DeliveryStore, PendingDelivery } from './delivery-store.ts';
import { sendEmail, type EmailSettings } from './email.ts';
import { DeliveryError } from './failure.ts';
import { emailText, noticeText, slackText, webhookBody } from './message.ts';
import { detailOf } from './response.ts';
import { postWebhook, type WebhookSettings } from './webhook.ts';

export interface DeliverySettings {
  webhook: WebhookSettings;
  email: EmailSettings;
}

export interface DeliverDeps {
  store: Pick<DeliveryStore, 'pending' | 'delivered' | 'attemptFailed'>;
  settings: DeliverySettings;
  /** Tells people inside the product, each once however often it is called. Throws NobodyToTellError. */
  giveNotice(to: InAppChannel['to'], notice: Omit<NewNotice, 'leadId'>): Promise<void>;
  /** Records the answer that a run waits for. May be called again for one that was recorded. */
  answer(deliveryId: string, detail: Properties): Promise<void>;
}

/**
 * Makes one attempt at a delivery and records how it went. Does nothing when it is no longer pending, so attempts can be
 * repeated freely. Throws DeliveryError when the outside did not take it.
 */
export const attemptDelivery = async (deps: DeliverDeps, deliveryId: string): Promise<void> => {
  const delivery = await deps.store.pending(deliveryId);
  if (delivery === null) return;
  let detail: Properties;
  try {
    detail = await send(delivery, deps);
  } catch (error) {
    if (error instanceof DeliveryError) await deps.store.attemptFailed(deliveryId, error.message);
    throw error;
  }
  // First: a request that is known to be over is not made again, so its answer must be there by then.
  if (delivery.awaited) await deps.answer(deliveryId, detail);
  await deps.store.delivered(deliveryId);
};

/** Returns what the receiver said, for those who asked. */
const send = async (
  delivery: PendingDelivery,
  { settings, giveNotice }: Pick<DeliverDeps, 'settings' | 'giveNotice'>,
): Promise<Properties> => {
  const { id, channel, channelId, secret } = delivery;
  if (channel === null) {
    throw new DeliveryError(`The channel ${channelId} is not published, so nobody can be told. Publish it and retry.`, {
      permanent: true,
    });
  }
  switch (channel.type) {
    case 'webhook':
      if (secret === null) {
        throw new DeliveryError(
          `The webhook channel ${channelId} has no signing secret. Publish it again to make one.`,
          {
            permanent: true,
          },
        );
      }
      return detailOf(
        await postWebhook({ id, url: channel.url, body: webhookBody(delivery), secret }, settings.webhook),
      );
    case 'slack':
      await postWebhook({ id, url: channel.url, body: slackText(delivery), secret: null }, settings.webhook);
      return {};
    case 'email': {
      const { subject, body } = emailText(delivery);
      await sendEmail({ id, to: channel.to, subject, body }, settings.email);
      return {};
    }
    case 'in_app': {
      const { contactId, automation, at } = delivery;
      try {
        await giveNotice(channel.to, { deliveryId: id, contactId, automation, at, ...noticeText(delivery) });
      } catch (error) {
        throw error instanceof NobodyToTellError ? new DeliveryError(error.message, { permanent: true }) : error;
      }
      return {};
    }
  }
};
