# One image for all services; the class to run is the command, as in docker-compose.yml.

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
# The libraries change less often than the sources: a layer of their own, made from the build files alone.
COPY pom.xml ./
COPY .mvn .mvn
COPY shared-model/pom.xml shared-model/
COPY service-runtime/pom.xml service-runtime/
COPY producer-service/pom.xml producer-service/
COPY hub-service/pom.xml hub-service/
COPY aggregator-service/pom.xml aggregator-service/
COPY hub-client/pom.xml hub-client/
COPY gateway-service/pom.xml gateway-service/
COPY local-cluster/pom.xml local-cluster/
COPY drill/pom.xml drill/
COPY benchmarks/pom.xml benchmarks/
COPY cli/pom.xml cli/
COPY integration-tests/pom.xml integration-tests/
RUN mvn -B -q -pl cli -am -Dmaven.test.skip package
COPY . .
RUN mvn -B -q -pl cli -am -Dmaven.test.skip clean package

FROM eclipse-temurin:25-jre
RUN useradd --system --no-create-home tickhub
COPY --from=build /build/cli/target/lib /opt/tickhub/lib
USER tickhub
ENV CLASSPATH=/opt/tickhub/lib/* \
    TICKHUB_HTTP_HOST=0.0.0.0 \
    TICKHUB_HTTP_PORT=8080
ENTRYPOINT ["java", "-Xmx512m", "-XX:+UseSerialGC", "-XX:NewRatio=1", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED"]
CMD ["io.tickhub.cli.Tickhub", "--help"]
