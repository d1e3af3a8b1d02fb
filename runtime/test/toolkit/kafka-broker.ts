import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";

/** A message that a producer sent. */
export interface Received {
  readonly topic: string;
  readonly value: string;
}

/** A broker of one node and one partition a topic, on loopback; enough of Kafka's protocol for a producer. */
export interface KafkaBroker extends AsyncDisposable {
  /** `host:port` for the client. */
  readonly address: string;
  /** Messages that were taken, in order. */
  readonly log: readonly Received[];
  /** Produce requests that came, taken or not. */
  readonly requests: number;
  /** Protocol error that produce requests are answered with; 0 takes the messages. */
  errorCode: number;
}

const PRODUCE = 0;
const METADATA = 3;
const API_VERSIONS = 18;

/** Bytes read one field after the other (Kafka protocol guide, "Protocol Primitive Types"). */
class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }
  int16(): number {
    return this.#bytes.readInt16BE((this.#at += 2) - 2);
  }
  int32(): number {
    return this.#bytes.readInt32BE((this.#at += 4) - 4);
  }
  skip(count: number): void {
    this.#at += count;
  }
  bytes(): Buffer {
    const length = this.int32();
    if (length < 0) return Buffer.alloc(0);
    return this.#bytes.subarray(this.#at, (this.#at += length));
  }
  string(): string {
    const length = this.int16();
    if (length < 0) return "";
    return this.#bytes.subarray(this.#at, (this.#at += length)).toString();
  }
  array<T>(item: () => T): T[] {
    return Array.from({ length: Math.max(0, this.int32()) }, item);
  }
  get ended(): boolean {
    return this.#at >= this.#bytes.length;
  }
}

const int16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
};
const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const int64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
};
const string = (value: string): Buffer => Buffer.concat([int16(Buffer.byteLength(value)), Buffer.from(value)]);
const array = (items: readonly Buffer[]): Buffer => Buffer.concat([int32(items.length), ...items]);

/** The values in a message set (magic 1). */
function valuesOf(messageSet: Buffer): string[] {
  const reader = new Reader(messageSet);
  const values: string[] = [];
  while (!reader.ended) {
    reader.skip(8 + 4 + 4 + 1 + 1 + 8); // offset, size, crc, magic, attributes, timestamp
    reader.bytes(); // key
    values.push(reader.bytes().toString());
  }
  return values;
}

class Broker implements KafkaBroker {
  readonly log: Received[] = [];
  requests = 0;
  errorCode = 0;
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((socket) => this.#serve(socket));

  async start(): Promise<this> {
    await once(this.#server.listen(0, "127.0.0.1"), "listening");
    return this;
  }

  get #port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get address(): string {
    return `127.0.0.1:${this.#port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((closed) => this.#server.close(closed));
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    let pending = Buffer.alloc(0);
    socket.on("data", (data) => {
      pending = Buffer.concat([pending, data]);
      while (pending.length >= 4 && pending.length >= 4 + pending.readInt32BE(0)) {
        const end = 4 + pending.readInt32BE(0);
        const answer = this.#answer(new Reader(pending.subarray(4, end)));
        pending = pending.subarray(end);
        socket.write(Buffer.concat([int32(answer.length), answer]));
      }
    });
  }

  #answer(request: Reader): Buffer {
    const apiKey = request.int16();
    request.skip(2); // the version: we offer one of each
    const correlation = int32(request.int32());
    request.string(); // client id
    return Buffer.concat([correlation, this.#body(apiKey, request)]);
  }

  #body(apiKey: number, request: Reader): Buffer {
    switch (apiKey) {
      case API_VERSIONS: {
        const offered = [[PRODUCE, 2], [METADATA, 0], [API_VERSIONS, 2]] as const;
        return Buffer.concat([int16(0), array(offered.map(([key, version]) => Buffer.concat([int16(key), int16(version), int16(version)]))), int32(0)]);
      }
      case METADATA: {
        const partition = Buffer.concat([int16(0), int32(0), int32(0), array([int32(0)]), array([int32(0)])]);
        const topics = request.array(() => Buffer.concat([int16(0), string(request.string()), array([partition])]));
        return Buffer.concat([array([Buffer.concat([int32(0), string("127.0.0.1"), int32(this.#port)])]), array(topics)]);
      }
      case PRODUCE:
        return this.#produce(request);
      default:
        throw new Error(`The broker does not know API ${apiKey}`);
    }
  }

  #produce(request: Reader): Buffer {
    this.requests++;
    request.skip(2 + 4); // acks, timeout
    const topics = request.array(() => {
      const topic = request.string();
      const partitions = request.array(() => {
        const partition = request.int32();
        const values = valuesOf(request.bytes());
        if (this.errorCode === 0) this.log.push(...values.map((value) => ({ topic, value })));
        return Buffer.concat([int32(partition), int16(this.errorCode), int64(this.log.length), int64(-1)]);
      });
      return Buffer.concat([string(topic), array(partitions)]);
    });
    return Buffer.concat([array(topics), int32(0)]);
  }
}

/** Starts a broker on a free port of loopback. */
export function startKafkaBroker(): Promise<KafkaBroker> {
  return new Broker().start();
}
