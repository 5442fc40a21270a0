/** Links into Polkadot.js Apps. */
import type { Body } from './bodies.js';

const APPS = 'https://polkadot.js.org/apps/';

/** A page of Polkadot.js Apps, connected to the node at `ws`. */
export const appsPage = (ws: string, page: string): string => `${APPS}?rpc=${encodeURIComponent(ws)}#/${page}`;

/** The page that decodes a call or an extrinsic. */
export const decodeLink = (ws: string, hex: string): string => appsPage(ws, `extrinsics/decode/${hex}`);

/** The page with the motions of a body. */
export const motionsLink = (ws: string, body: Body): string =>
  appsPage(ws, body === 'council' ? 'council/motions' : 'techcomm/proposals');

/** The page from which any call can be sent. */
export const extrinsicsLink = (ws: string): string => appsPage(ws, 'extrinsics');
