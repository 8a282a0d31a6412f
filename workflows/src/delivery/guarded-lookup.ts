import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { isPrivateAddress } from './addresses.ts';
import { DeliveryError } from './failure.ts';

type Resolve = (hostname: string, options: LookupOptions) => Promise<LookupAddress[]>;

const resolveWithSystem: Resolve = (hostname, options) =>
  new Promise((resolve, reject) => {
    systemLookup(hostname, { ...options, all: true }, (error, addresses) =>
      error ? reject(error) : resolve(addresses),
    );
  });

const refuse = (hostname: string, address: string): DeliveryError =>
  new DeliveryError(
    `${hostname} is at ${address}, a private address, which webhooks may not call. Use a public address, or start the ` +
      'worker with RIPEN_ALLOW_PRIVATE_ADDRESSES=${hostname} (with its port) if that is meant.',
    { permanent: true },
  );

/** Sockets do not look up what is an address already, so that is checked before they connect. */
export const assertPublicLiteral = (hostname: string): void => {
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (isIP(bare) !== 0 && isPrivateAddress(bare)) throw refuse(hostname, bare);
};

/**
 * A look-up for sockets that fails for names at private addresses. The very address that is checked is connected to, so a
 * name that answers differently the second time (DNS rebinding) gains nothing. One private answer refuses the name.
 */
export const guardedLookup =
  (resolve: Resolve = resolveWithSystem): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, options).then(
      (addresses) => {
        const hidden = addresses.find(({ address }) => isPrivateAddress(address));
        const [first] = addresses;
        if (hidden) callback(refuse(hostname, hidden.address), []);
        else if (!first) callback(new DeliveryError(`${hostname} has no address.`), []);
        else if (options.all === true) callback(null, addresses);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, []),
    );
  };
