import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import type pg from 'pg';

const day = 24 * 60 * 60;

/** How long somebody stays signed in after they were here last, and how often that is written down, seconds. */
export const sessionLasts = 14 * day;
const sessionRenewedAfter = day;

/** Where requests carry the address of who asks: set by our own server, never by a client. */
export const addressHeader = 'x-ripen-address';

export const sessionCookie = 'ripen_session';

const timestamps = { createdAt: 'created_at', updatedAt: 'updated_at' };

/**
 * better-auth as a library: it hashes passwords, makes, signs, renews and ends sessions. Its own router is not served; our
 * routes call its functions, so that every route has its permission in one registry. Tables: infra/migrations.
 */
export const createBetterAuth = (pool: pg.Pool, secret: string) =>
  betterAuth({
    appName: 'Ripen',
    baseURL: 'http://ripen.invalid', // Only used in mails and redirects, of which there are none.
    secret,
    database: pool,
    telemetry: { enabled: false },
    logger: { disabled: true },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, maxPasswordLength: 128 },
    user: {
      modelName: 'people',
      fields: { emailVerified: 'email_verified', ...timestamps },
      additionalFields: { role: { type: 'string', required: true, input: false } },
    },
    session: {
      modelName: 'sessions',
      fields: {
        userId: 'person_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        ...timestamps,
      },
      expiresIn: sessionLasts,
      updateAge: sessionRenewedAfter,
    },
    account: {
      modelName: 'credentials',
      fields: {
        userId: 'person_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        ...timestamps,
      },
    },
    verification: { modelName: 'verifications', fields: { expiresAt: 'expires_at', ...timestamps } },
    advanced: {
      database: { generateId: 'uuid', validateSchema: false },
      // Attempts to sign in are counted in auth/attempts.ts, and origins checked in http/origin.ts, for every route alike.
      ipAddress: { ipAddressHeaders: [addressHeader] },
      // `Secure` is added where the answer leaves by https: one installation may be reached both ways.
      useSecureCookies: false,
      cookiePrefix: 'ripen',
      cookies: { session_token: { name: sessionCookie } },
    },
  });

/** What better-auth would add to our tables, as `table.column`: nothing, until a version of it wants more. */
export const missingInSchema = async (pool: pg.Pool): Promise<string[]> => {
  const { options } = createBetterAuth(pool, 'x'.repeat(32));
  const { toBeCreated, toBeAdded } = await getMigrations(options, { throwOnUnsafe: false });
  return [...toBeCreated, ...toBeAdded].flatMap(({ table, fields }) =>
    Object.keys(fields).map((name) => `${table}.${name}`),
  );
};

export type BetterAuth = ReturnType<typeof createBetterAuth>;
