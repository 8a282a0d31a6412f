import { createContext, useContext } from 'react';
import { may, type Person } from '../api/session.ts';
import type { Permission } from '@ripen/shared';

export const SignedIn = createContext<Person | null>(null);

/** Who is at work. Only below the shell, which shows nothing to others. */
export const usePerson = (): Person => {
  const person = useContext(SignedIn);
  if (!person) throw new Error('This screen is shown outside the shell, where nobody is signed in.');
  return person;
};

/** Whether this person may do something: for what to show; the API decides for itself. */
export const useMay = (permission: Permission): boolean => may(usePerson(), permission);
