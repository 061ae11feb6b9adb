// As much of protocol buffers as it takes to read log records: opentelemetry-proto's numbers of fields.

// The fields of a message: [number, value], where a value is bytes, or a BigInt for numbers.
function* fields(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++];
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = Number(varint());
    const kind = tag & 7;
    if (kind === 0) yield [tag >> 3, varint()];
    else if (kind === 1) yield [tag >> 3, view.getBigUint64((at += 8) - 8, true)];
    else if (kind === 5) yield [tag >> 3, BigInt(view.getUint32((at += 4) - 4, true))];
    else if (kind === 2) {
      const length = Number(varint());
      yield [tag >> 3, bytes.subarray(at, (at += length))];
    } else throw new Error(`no such kind of field: ${kind}`);
  }
}

const all = (bytes, number) => [...fields(bytes)].filter(([found]) => found === number).map(([, value]) => value);
const text = (bytes) => (bytes ? Buffer.from(bytes).toString("utf8") : "");

// AnyValue: 1 string, 2 bool, 3 int, 4 double, 5 array, 6 list of members.
function valueOf(bytes = new Uint8Array()) {
  const [[kind, value] = []] = fields(bytes);
  if (kind === 1) return text(value);
  if (kind === 2) return value === 1n;
  if (kind === 3) return Number(BigInt.asIntN(64, value));
  if (kind === 4) return new Float64Array(new BigUint64Array([value]).buffer)[0];
  if (kind === 5) return all(value, 1).map(valueOf);
  if (kind === 6) return members(all(value, 1));
  return null;
}

const members = (pairs) => Object.fromEntries(pairs.map((pair) => [text(all(pair, 1)[0]), valueOf(all(pair, 2)[0])]));

/** The log records of an ExportLogsServiceRequest: { time, eventName, attributes, body }. */
export function logRecords(bytes) {
  const records = all(bytes, 1).flatMap((resource) => all(resource, 2)).flatMap((scope) => all(scope, 2));
  return records.map((record) => ({
    time: all(record, 1)[0],
    eventName: text(all(record, 12)[0]),
    attributes: members(all(record, 6)),
    body: valueOf(all(record, 5)[0]),
  }));
}
