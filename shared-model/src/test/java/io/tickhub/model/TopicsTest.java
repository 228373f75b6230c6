package io.tickhub.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {

    private final Topics topics = new Topics("");

    @ParameterizedTest
    @CsvSource({
        "AAPL, ticks.AAPL",
        "BTC-USD, ticks.BTC-USD",
        "BRK.B, ticks.BRK.B",
        "EUR/USD, ticks.EUR_2FUSD",
        "ES=F, ticks.ES_3DF",
        "^GSPC, ticks._5EGSPC",
        "BTC_JPY, ticks.BTC_5FJPY",
        "é, ticks._C3_A9",
    })
    void aSymbolHasOneTopicAndATopicOneSymbol(String symbol, String topic) {
        assertThat(topics.ticks(new Symbol(symbol)).name()).isEqualTo(topic);
        assertThat(topics.symbol(topic)).contains(new Symbol(symbol));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ticks.", // no symbol
                "ticks", // no tick topic
                "ticksAAPL",
                "other.AAPL",
                "stats",
                "ticks.EUR_2fUSD", // second names of EUR/USD, A, BTC_JPY
                "ticks._41",
                "ticks.BTC_JPY",
                "ticks.A_", // cut off
                "ticks.A_4",
                "ticks.A_ZZ",
                "ticks.A_+1",
                "ticks._C3", // half a character
                "ticks._C0_AF", // overlong
                "ticks._ED_A0_80", // half a surrogate pair
                "ticks._00", // control character
                "ticks.A/B", // a character that encode() never writes
                "ticks.\u0141",
            })
    void aTopicNameThatNoSymbolHasIsNoTickTopic(String topic) {
        assertThat(topics.symbol(topic)).isEmpty();
    }

    @Test
    void namesAreReversibleAndDifferForRandomSymbols() {
        Random random = new Random(7);
        Set<Symbol> symbols = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            Symbol symbol = new Symbol(randomName(random));
            String name = topics.ticks(symbol).name();
            assertThat(name).matches("ticks\\.[A-Za-z0-9._-]+").hasSizeLessThanOrEqualTo(249);
            assertThat(topics.symbol(name)).contains(symbol);
            symbols.add(symbol);
            names.add(name);
        }
        assertThat(names).hasSameSizeAs(symbols);
    }

    @Test
    void theLongestPrefixAndSymbolStayWithinTheLimitOfNames() {
        Topics longest = new Topics("p".repeat(48));
        assertThat(longest.ticks(new Symbol("/".repeat(64))).name()).hasSizeLessThanOrEqualTo(249);
        assertThat(longest.feed(new ClientId("c".repeat(64)), Long.MAX_VALUE).name())
                .hasSizeLessThanOrEqualTo(249);
        assertThatThrownBy(() -> new Topics("p".repeat(49))).hasMessageContaining("at most 48");
    }

    @Test
    void aPrefixSeparatesSystems() {
        Topics other = new Topics("test.");
        Symbol symbol = new Symbol("AAPL");
        assertThat(other.ticks(symbol).name()).isEqualTo("test.ticks.AAPL");
        assertThat(other.symbol("test.ticks.AAPL")).contains(symbol);
        assertThat(other.symbol("ticks.AAPL")).isEmpty();
        assertThat(topics.symbol("test.ticks.AAPL")).isEmpty();
        assertThat(other.tickPattern().matcher("test.ticks.AAPL").matches()).isTrue();
        assertThat(other.tickPattern().matcher("testXticks.AAPL").matches()).isFalse();
        assertThat(topics.tickPattern().matcher("test.ticks.AAPL").matches()).isFalse();
        assertThat(other.group("hub")).isEqualTo("test.hub");
        assertThat(other.system()).allSatisfy(spec -> assertThat(spec.name()).startsWith("test."));
        assertThatThrownBy(() -> new Topics("a_b")).hasMessageContaining("prefix");
    }

    @Test
    void theHubWritesRepliesOnlyToReplyTopics() {
        assertThat(topics.isReplyTopic("replies")).isTrue();
        assertThat(topics.isReplyTopic("replies.alice")).isTrue();
        assertThat(topics.isReplyTopic("repliesX")).isFalse();
        assertThat(topics.isReplyTopic("ticks.AAPL")).isFalse();
        assertThat(topics.isReplyTopic("replies." + "a".repeat(300))).isFalse();
        assertThat(topics.isReplyTopic("replies.a b")).isFalse();
        assertThat(topics.isReplyTopic("replies./../x")).isFalse();
        assertThat(new Topics("test.").isReplyTopic("replies")).isFalse();
    }

    @Test
    void aClientsOwnTopicsTellWhoseTheyAre() {
        Topics other = new Topics("test.");
        ClientId alice = new ClientId("alice");
        assertThat(other.commands(alice).name()).isEqualTo("test.commands.alice");
        assertThat(other.commands(alice).partitions()).isEqualTo(1);
        assertThat(other.clientOfCommands("test.commands.alice")).contains(alice);
        assertThat(other.clientOfReplies(other.replies(alice).name())).contains(alice);
        assertThat(other.isReplyTopic(other.replies(alice).name())).isTrue();
        for (String none : new String[] {"test.commands", "commands.alice", "test.commands.", "test.commands.a.b"}) {
            assertThat(other.clientOfCommands(none)).as(none).isEmpty();
        }
        for (String commands :
                new String[] {"test.commands", "test.admin-commands", "test.commands.alice", "test.commands.b-2"}) {
            assertThat(other.commandPattern().matcher(commands).matches())
                    .as(commands)
                    .isTrue();
        }
        for (String none :
                new String[] {"commands", "test.commands.", "test.commands.a.b", "testXcommands", "test.commands2"}) {
            assertThat(other.commandPattern().matcher(none).matches()).as(none).isFalse();
        }
    }

    @Test
    void noClientHasTheNameOfAUserOfOurs() {
        assertThat(Arrays.stream(Role.values()).map(topics::user))
                .allSatisfy(user -> assertThat(ClientId.parse(user)).isEmpty());
        assertThat(ClientId.parse(topics.adminUser())).isEmpty();
        assertThat(new Topics("test.").user(Role.HUB)).isEqualTo("test.tickhub.hub");
    }

    @Test
    void everyTopicTakesTheTimeOfArrivalAsTimestamp() {
        assertThat(topics.system())
                .allSatisfy(spec -> assertThat(spec.config()).containsEntry("message.timestamp.type", "LogAppendTime"));
        Topics.Spec ticks = topics.ticks(new Symbol("AAPL"));
        assertThat(ticks.partitions()).isEqualTo(1);
        assertThat(ticks.config())
                .containsEntry("message.timestamp.type", "LogAppendTime")
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "86400000");
        assertThat(topics.stats().config()).containsEntry("cleanup.policy", "compact");
    }

    private static String randomName(Random random) {
        String alphabet = "ABCxyz019-._/=^ é日🙂%";
        int[] points = alphabet.codePoints().toArray();
        StringBuilder name = new StringBuilder();
        int length = 1 + random.nextInt(8);
        for (int i = 0; i < length; i++) {
            name.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return name.toString();
    }
}
