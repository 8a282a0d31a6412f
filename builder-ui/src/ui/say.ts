import { notifications } from '@mantine/notifications';
import { sentenceOf } from '../api/client.ts';

/** A word that something was done. */
export const sayDone = (message: string): void => {
  notifications.show({ message, color: 'leaf', autoClose: 4_000 });
};

/** What failed, and why. It stays until it is closed: people must be able to read it. */
export const sayFailed = (what: string, error: unknown): void => {
  notifications.show({ title: what, message: sentenceOf(error), color: 'tomato', autoClose: false });
};
