package io.tickhub.gateway.web;

import io.javalin.http.Context;
import io.tickhub.gateway.stream.Pump;
import io.tickhub.gateway.stream.Selection;
import io.tickhub.gateway.stream.StreamLimits;
import io.tickhub.gateway.stream.Streams;
import io.tickhub.gateway.stream.TooManyStreamsException;
import io.tickhub.gateway.tape.Place;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Live streams as server-sent events. Each holds the thread of its request, a virtual one, from the first event to the last. Thread safe;
 * does not own the streams.
 */
public final class EventStreams {

    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);

    private final Streams streams;
    private final Parameters parameters;

    public EventStreams(Streams streams) {
        this.streams = streams;
        this.parameters = new Parameters(streams.limits().most().symbols());
    }

    void serve(Context request) throws InterruptedException {
        Selection selection = parameters.selection(request);
        Optional<Place> after = parameters.resumeFrom(request);
        StreamLimits.Permit permit = permit(request);
        try (permit) {
            HttpServletResponse response = request.res();
            response.setContentType("text/event-stream");
            response.setCharacterEncoding("UTF-8");
            response.setHeader("Cache-Control", "no-store");
            // For proxies that would collect events before they pass them on.
            response.setHeader("X-Accel-Buffering", "no");
            SseOutlet outlet = new SseOutlet(response.getOutputStream());
            outlet.begin();
            new Pump(streams, outlet).run(selection, after);
        } catch (IOException e) {
            LOG.debug("A stream to {} has ended: {}", request.ip(), e.toString());
        }
    }

    private StreamLimits.Permit permit(Context request) {
        try {
            return streams.limits().take(request.ip());
        } catch (TooManyStreamsException e) {
            throw new ProblemException(Problem.Kind.TOO_MANY_STREAMS, e.getMessage());
        }
    }
}
