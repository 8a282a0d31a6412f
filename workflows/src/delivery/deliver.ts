import type { DeliveryStore, PendingDelivery } from './delivery-store.ts';
import { sendEmail, type EmailSettings } from './email.ts';
import { DeliveryError } from './failure.ts';
import { emailText, webhookBody } from './message.ts';
import { postWebhook, type WebhookSettings } from './webhook.ts';

export interface DeliverySettings {
  webhook: WebhookSettings;
  email: EmailSettings;
}

export interface DeliverDeps {
  store: Pick<DeliveryStore, 'pending' | 'delivered' | 'attemptFailed'>;
  settings: DeliverySettings;
}

/**
 * Makes one attempt at a delivery and records how it went. Does nothing when it is no longer pending, so attempts can be
 * repeated freely. Throws DeliveryError when the outside did not take it.
 */
export const attemptDelivery = async (deps: DeliverDeps, deliveryId: string): Promise<void> => {
  const delivery = await deps.store.pending(deliveryId);
  if (delivery === null) return;
  try {
    await send(delivery, deps.settings);
  } catch (error) {
    if (error instanceof DeliveryError) await deps.store.attemptFailed(deliveryId, error.message);
    throw error;
  }
  await deps.store.delivered(deliveryId);
};

const send = (delivery: PendingDelivery, settings: DeliverySettings): Promise<void> => {
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
      return postWebhook({ id, url: channel.url, body: webhookBody(delivery), secret }, settings.webhook);
    case 'email': {
      const { subject, body } = emailText(delivery);
      return sendEmail({ id, to: channel.to, subject, body }, settings.email);
    }
  }
};
