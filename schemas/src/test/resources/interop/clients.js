// What a consumer and a producer with each JavaScript client would do. Reads ours.json, writes theirs.json: the client
// decodes our bytes, registers our schema under a subject of its own and encodes what it decoded.
import {readFile, writeFile} from 'node:fs/promises';
import confluent from '@confluentinc/schemaregistry';
import kafkajs from '@kafkajs/confluent-schema-registry';

const [registry, ours, theirs] = process.argv.slice(2);

function confluentClient() {
  const client = new confluent.SchemaRegistryClient({baseURLs: [registry]});
  const value = confluent.SerdeType.VALUE;
  const reader = new confluent.AvroDeserializer(client, value, {});
  const writer = new confluent.AvroSerializer(client, value, {autoRegisterSchemas: false, useLatestVersion: true});
  return {
    decode: (topic, bytes) => reader.deserialize(topic, bytes),
    register: (topic, schema) => client.register(topic + '-value', {schemaType: 'AVRO', schema}),
    encode: (topic, record) => writer.serialize(topic, record),
  };
}

function kafkajsClient() {
  const client = new kafkajs.SchemaRegistry({host: registry});
  return {
    decode: (topic, bytes) => client.decode(bytes),
    register: (topic, schema) =>
      client.register({type: kafkajs.SchemaType.AVRO, schema}, {subject: topic + '-value'}),
    encode: async (topic, record) => client.encode(await client.getLatestSchemaId(topic + '-value'), record),
  };
}

const clients = {
  '@confluentinc/schemaregistry': confluentClient(),
  '@kafkajs/confluent-schema-registry': kafkajsClient(),
};
const done = {};
for (const [type, {topic, schema, samples}] of Object.entries(JSON.parse(await readFile(ours, 'utf8')))) {
  done[type] = [];
  for (const bytes of samples) {
    const sample = {};
    for (const [name, client] of Object.entries(clients)) {
      const own = `${name.split('/')[0].slice(1)}.${topic}`;
      const decoded = await client.decode(topic, Buffer.from(bytes, 'hex'));
      await client.register(own, JSON.stringify(schema));
      const encoded = await client.encode(own, decoded);
      sample[name] = {decoded, bytes: encoded.toString('hex')};
    }
    done[type].push(sample);
  }
}
await writeFile(theirs, JSON.stringify(done));
