/** A server that speaks as much WebSocket as a test of the transport needs. */
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** Of what a client asks: the answer's `result` or `error`, or undefined for none at all. */
export type Answer = (request: { method: string; params: unknown[] }) => object | undefined;

export class SocketServer {
  readonly #sockets = new Set<Duplex>();

  private constructor(readonly server: Server) {}

  static async open(answer: Answer): Promise<SocketServer> {
    const server = createServer((_request, response) => { response.end('no node'); });
    const own = new SocketServer(server);
    server.on('upgrade', (request, socket) => {
      own.#sockets.add(socket);
      socket.on('error', () => undefined);
      const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
      socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
      socket.on('data', (bytes: Buffer) => {
        for (const text of textsIn(bytes)) {
          const { id, method, params } = JSON.parse(text) as { id: number; method: string; params: unknown[] };
          const said = answer({ method, params });
          if (said) socket.write(frame(JSON.stringify({ jsonrpc: '2.0', id, ...said })));
        }
      });
    });
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    return own;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Breaks all connections. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }

  async close(): Promise<void> {
    this.cut();
    this.server.closeAllConnections();
    await new Promise((resolve) => { this.server.close(resolve); });
  }
}

/** The texts in a chunk of whole frames, as a client masks them. */
function* textsIn(bytes: Buffer): Iterable<string> {
  for (let at = 0; at + 6 <= bytes.length;) {
    const isText = ((bytes[at] as number) & 0x0f) === 1;
    let length = (bytes[at + 1] as number) & 0x7f;
    at += 2;
    if (length === 126) {
      length = bytes.readUInt16BE(at);
      at += 2;
    }
    const mask = bytes.subarray(at, at + 4);
    const body = bytes.subarray(at + 4, at + 4 + length).map((byte, index) => byte ^ (mask[index % 4] as number));
    at += 4 + length;
    if (isText) yield Buffer.from(body).toString('utf8');
  }
}

function frame(text: string): Buffer {
  const body = Buffer.from(text);
  const head = body.length < 126 ? Buffer.from([0x81, body.length]) : Buffer.from([0x81, 126, body.length >> 8, body.length & 0xff]);
  return Buffer.concat([head, body]);
}
