package io.tickhub.benchmarks.peer;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.messaging.handler.annotation.SendTo;

/**
 * Answers every request with its own text, as somebody would write it with Spring for Apache Kafka: a {@link KafkaListener} with {@link
 * SendTo}, which sends the reply where the request's headers say. One thread, as the others have one; nothing lingers; all else is Spring's
 * default. No transactions. Owns Spring's context.
 */
final class SpringListener implements PeerProgram {

    private final PeerTask task;
    private final CountDownLatch stopped = new CountDownLatch(1);

    SpringListener(PeerTask task) {
        this.task = task;
    }

    @Override
    public void run() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.registerBean("task", PeerTask.class, () -> task);
            context.register(Beans.class);
            context.refresh();
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        stopped.countDown();
    }

    /** The listener, what Spring calls it with, and what it replies with. No state. */
    @Configuration(proxyBeanMethods = false)
    @EnableKafka
    static class Beans {

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, String> kafkaListenerContainerFactory(
                PeerTask task, KafkaTemplate<String, String> replies) {
            ConcurrentKafkaListenerContainerFactory<String, String> factory =
                    new ConcurrentKafkaListenerContainerFactory<>();
            factory.setConsumerFactory(new DefaultKafkaConsumerFactory<>(
                    task.kafka().client(task.group(), Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest")),
                    new StringDeserializer(),
                    new StringDeserializer()));
            factory.setReplyTemplate(replies);
            return factory;
        }

        @Bean
        KafkaTemplate<String, String> replies(PeerTask task) {
            return new KafkaTemplate<>(new DefaultKafkaProducerFactory<>(
                    task.kafka().client(task.group(), Map.of(ProducerConfig.LINGER_MS_CONFIG, 0)),
                    new StringSerializer(),
                    new StringSerializer()));
        }

        @Bean
        Listener listener() {
            return new Listener();
        }
    }

    /** Thread safe. */
    static class Listener {

        @KafkaListener(topics = "#{@task.requests().name()}", groupId = "#{@task.group()}")
        @SendTo
        public String answer(String request) {
            return request;
        }
    }
}
