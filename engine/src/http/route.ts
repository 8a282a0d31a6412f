import type { RoutePermission } from '@ripen/shared';
import type { z } from 'zod';
import type { Principal } from '../auth/principal.ts';
import type { Caller, Cookies } from '../auth/sessions.ts';
import type { HttpDeps } from './deps.ts';

export const tags = [
  'Tracking',
  'Definitions',
  'Contacts',
  'Runs',
  'Leads',
  'Historical loads',
  'Operations',
  'Keys',
  'People',
  'About',
] as const;

/** The client's end of the line: for routes that make and end sessions. */
export interface Client extends Caller {
  /** Asks again who it is, without prolonging anything; null when they may not do this any more. */
  again(): Promise<Principal | null>;
  /** Where in a stream it was, if it comes back to one. */
  lastEventId: string | null;
  /** It runs on this machine and asked for it by one of its own names. */
  isThisMachine: boolean;
  /** Sent with the answer. */
  setCookies(cookies: Cookies): void;
}

export interface RouteRequest<Params, Query, Body> {
  params: Params;
  query: Query;
  body: Body;
  /** Null on public routes. */
  principal: Principal | null;
  client: Client;
  /** When it was received, ms. */
  now: number;
}

/** One route: what it is called, who may, what goes in and out, and what it does. OpenAPI is made of the same. */
export interface RouteSpec<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Response extends z.ZodType,
> {
  method: 'get' | 'post' | 'put' | 'delete';
  /** Parameters as `:name`. */
  path: string;
  permission: RoutePermission;
  tag: (typeof tags)[number];
  summary: string;
  description?: string;
  params?: Params;
  query?: Query;
  body?: Body;
  response: Response;
  /** Of success; 200 unless set. 204 sends no body. */
  status?: 200 | 201 | 202 | 204;
  /** Media type of a response that is text. */
  produces?: string;
  /** Senders of tracking calls may put the write key into the body. */
  keyInBody?: boolean;
  /** What is sent or answered is a secret: nothing of it is kept for an Idempotency-Key. */
  secret?: boolean;
  /** The most that a body may hold, inflated. Default 1 MB. */
  maxBodyBytes?: number;
  handle(
    request: RouteRequest<z.output<Params>, z.output<Query>, z.output<Body>>,
    deps: HttpDeps,
  ): Promise<z.input<Response>>;
}

/** A route whose schemas are known at run time only. */
export type Route = RouteSpec<z.ZodType, z.ZodType, z.ZodType, z.ZodType>;

/** Types a route by its schemas. */
export const route = <
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Response extends z.ZodType,
>(
  spec: RouteSpec<Params, Query, Body, Response>,
): Route => spec; // Its handler only ever gets what its own schemas let through.
