package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.ErrorCode;
import io.tickhub.model.Headers;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Reply;
import io.tickhub.model.Symbol;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Spring's ReplyingKafkaTemplate asks the hub, without a line of ours in between. */
@ExtendWith(BrokerFirst.class)
@Timeout(60)
class SpringIT {

    private static final int TICKS = 20;

    private static Market market;
    private static SpringClient shared;

    @BeforeAll
    @Timeout(180) // The broker may have to be started.
    static void openMarket() {
        market = Market.open();
        market.list("AAPL", "MSFT");
        market.startHub("hub-1");
        market.startAggregator("aggregator-1");
        shared = market.own(SpringClient.onAllPartitions(market, "spring-shared"));
    }

    @AfterAll
    static void closeMarket() {
        market.close();
    }

    @Test
    void clientsThatShareTheReplyTopicGetTheirOwnReplies() {
        assertThat(shared.replyPartitions()).hasSize(market.topics().replies().partitions());
        SpringClient other = market.own(SpringClient.onAllPartitions(market, "spring-other"));

        Map<SpringClient, List<Future<ConsumerRecord<String, String>>>> asked = new HashMap<>();
        for (SpringClient client : List.of(shared, other)) {
            asked.put(client, List.of(client.ask("PING", ""), client.ask("LIST_SYMBOLS", ""), client.ask("PING", "")));
        }

        asked.forEach((client, futures) -> {
            assertThat(SpringClient.reply(futures.get(0), Reply.Pong.class).instance())
                    .isEqualTo("hub-1");
            assertThat(SpringClient.reply(futures.get(1), Reply.Symbols.class).symbols())
                    .contains(new Symbol("AAPL"), new Symbol("MSFT"));
            assertThat(SpringClient.reply(futures.get(2), Reply.Pong.class).role())
                    .isEqualTo("hub");
        });
        // Both saw the replies of both: the key of a reply is the client that asked.
        asked.forEach((client, futures) -> assertThat(
                        futures.stream().map(future -> Wire.await(future).key()))
                .containsOnly(client == shared ? "spring-shared" : "spring-other"));
    }

    @Test
    void aReplyComesInThePartitionThatTheTemplateListensTo() {
        TopicPartition fifth = new TopicPartition(market.topics().replies().name(), 5);
        SpringClient fixed = market.own(SpringClient.onPartition(market, "spring-fixed", fifth.partition()));
        assertThat(fixed.replyPartitions()).containsExactly(fifth);

        for (int i = 0; i < 10; i++) {
            Future<ConsumerRecord<String, String>> asked = fixed.ask("PING", "");

            assertThat(SpringClient.reply(asked, Reply.Pong.class).instance()).isEqualTo("hub-1");
            assertThat(Wire.await(asked).partition()).isEqualTo(fifth.partition());
        }
    }

    @Test
    void statisticsAreThoseOfTheClientLibrary() {
        market.publish("MSFT", TICKS);
        PriceStats expected = market.awaitStats(
                market.connect("observer"), "MSFT", stats -> stats.count() == TICKS, "all " + TICKS + " are counted");

        assertThat(SpringClient.reply(shared.ask("GET_STATS", "\"symbols\":[\"MSFT\"]"), Reply.Stats.class)
                        .stats())
                .containsExactly(expected);
    }

    @Test
    void aSubscriptionHasABeginningAFeedAndAnEnd() {
        Reply.Subscribed subscribed =
                SpringClient.reply(shared.ask("SUBSCRIBE", "\"symbols\":[\"AAPL\"]"), Reply.Subscribed.class);
        Reply.Subscribed.Start start = subscribed.symbols().get(0);

        market.publish("AAPL", TICKS);

        List<ConsumerRecord<byte[], byte[]>> ticks = TopicLog.of(market)
                .await(
                        subscribed.feed().orElseThrow(),
                        TICKS,
                        record -> record.headers().lastHeader(Headers.EVENT) == null,
                        TICKS + " ticks");
        assertThat(ticks)
                .allMatch(tick -> HeaderText.of(tick, Headers.SUBSCRIPTION).equals(start.subscription()));
        assertThat(new String(ticks.get(TICKS - 1).value(), StandardCharsets.UTF_8))
                .contains("\"id\":\"" + TICKS + "\"");

        Reply.Unsubscribed ended =
                SpringClient.reply(shared.ask("UNSUBSCRIBE", "\"symbols\":[\"AAPL\"]"), Reply.Unsubscribed.class);
        assertThat(ended.symbols())
                .containsExactly(
                        new Reply.Unsubscribed.End(new Symbol("AAPL"), start.subscription(), start.start() + TICKS));
    }

    @Test
    void anErrorIsAnExceptionOfTheTemplate() {
        Reply.Failed unknown = SpringClient.failure(shared.ask("SUBSCRIBE", "\"symbols\":[\"APPL\"]"));

        assertThat(unknown.code()).isEqualTo(ErrorCode.UNKNOWN_SYMBOL);
        assertThat(unknown.message()).contains("AAPL");
    }
}
