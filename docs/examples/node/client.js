// Subscribes to symbols and prints a snapshot and every tick, proving that none is missing: node client.js AAPL MSFT
// Ctrl-C unsubscribes, prints what is still under way, and ends. What the fields mean: ../../protocol.md
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Consumer, Producer, stringDeserializers, stringSerializers } from '@platformatic/kafka'

const RETRY_AFTER_MS = 5_000
const MOST_TRIES = 6
const RENEW_EVERY_MS = 10_000

const symbols = process.argv.slice(2)
const prefix = process.env.TICKHUB_TOPIC_PREFIX ?? ''
const client = `node-${randomUUID().slice(0, 8)}` // owns the subscriptions; 1 to 64 letters, digits or '-'
const cluster = {
  clientId: client,
  bootstrapBrokers: (process.env.TICKHUB_BOOTSTRAP_SERVERS ?? 'localhost:9092').split(',')
}

// ---- requests: a record on `commands`, answered by a record on `replies` with the same correlation id

const producer = new Producer({ ...cluster, serializers: stringSerializers })
const waiting = new Map() // correlation id -> who takes the reply

async function ask(command) {
  const id = randomUUID()
  const reply = new Promise(resolve => waiting.set(id, resolve))
  const headers = { kafka_correlationId: id, kafka_replyTopic: `${prefix}replies`, ttl: `${MOST_TRIES * RETRY_AFTER_MS}` }
  const message = { topic: `${prefix}commands`, key: client, value: JSON.stringify({ ...command, client }), headers }
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    await producer.send({ messages: [message] }) // the same correlation id again: whatever arrives twice has one effect
    const answer = await Promise.race([reply, sleep(RETRY_AFTER_MS, null, { ref: false })])
    if (!answer) continue
    waiting.delete(id)
    if (answer.type === 'ERROR') throw new Error(`${command.type} was refused: ${answer.code}, ${answer.message}`)
    return answer
  }
  throw new Error(`no answer to ${command.type} within ${(MOST_TRIES * RETRY_AFTER_MS) / 1000} s; is a hub running?`)
}

async function readReplies(consumer) {
  const replies = await consumer.consume({ topics: [`${prefix}replies`], mode: 'latest', autocommit: false })
  replies.on('data', message => {
    const take = waiting.get(message.headers.get('kafka_correlationId')) // the replies of all clients come by here
    if (take) take(JSON.parse(message.value))
  })
}

// ---- the feed: ticks and events, each with the offsets of the symbol for which it stands

const key = (symbol, subscription) => `${symbol} ${subscription}`

async function readFeed(consumer, { feed, symbols: started }) {
  const next = new Map(started.map(s => [key(s.symbol, s.subscription), s.start])) // subscription -> first offset to come
  const records = await consumer.consume({ topics: [feed], mode: 'committed', fallbackMode: 'earliest' })
  for await (const record of records) {
    const subscription = key(record.key, record.headers.get('subscription'))
    const event = record.headers.get('event')
    if (!next.has(subscription)) continue // ended, or not ours
    if (event === 'STALE' || event === 'RECOVERED') {
      console.log(`${record.key} ${event}`)
      continue
    }
    const [from, to] = record.headers.get('covers').split('-').map(Number)
    if (from > next.get(subscription)) throw new Error(`${record.key}: nothing covers ${next.get(subscription)} to ${from}`)
    if (!event && to > next.get(subscription)) {
      const { price, volume, timestamp } = JSON.parse(record.value) // decimals are strings: as numbers they would lose digits
      console.log(`${record.key}@${record.headers.get('offset')} ${price} x ${volume} ${timestamp}`)
    } else if (event) {
      console.log(`${record.key} ${event} ${from}-${to}: ${JSON.parse(record.value).detail}`)
    }
    next.set(subscription, Math.max(to, next.get(subscription)))
    if (event === 'ENDED') next.delete(subscription)
    if (next.size === 0) return
  }
}

async function main() {
  if (symbols.length === 0) throw new Error('which symbols? node client.js AAPL MSFT')
  const consumers = [`${prefix}${client}`, `${prefix}feed.${client}`].map(
    groupId => new Consumer({ ...cluster, groupId, deserializers: stringDeserializers, maxWaitTime: 100 }))
  await readReplies(consumers[0])
  const subscribed = await ask({ type: 'SUBSCRIBE', symbols })
  for (const { symbol, start, snapshot: s } of subscribed.symbols) {
    console.log(`${symbol} from ${start}, before it ${s ? `${s.count} ticks, average ${s.avgPrice}` : 'nothing counted'}`)
  }
  const renewing = setInterval(() => ask({ type: 'RENEW' }).catch(warn), RENEW_EVERY_MS) // or the hub ends what we hold
  process.once('SIGINT', () => ask({ type: 'UNSUBSCRIBE', symbols }).catch(fail))
  await readFeed(consumers[1], subscribed) // to the last ENDED
  clearInterval(renewing)
  await Promise.all([producer, ...consumers].map(it => it.close(true)))
}

const warn = error => console.error(error.message)
const fail = error => {
  warn(error)
  process.exit(1)
}
main().catch(fail)
