package io.tickhub.runtime.topic;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whether topics may have been created, without listing them: the log of the cluster's metadata has grown then, by two records at
 * least (of the topic and of its partition), while an idle controller appends one by one. To ask for its end costs the same however
 * many topics there are. For one thread; does not own the admin client.
 */
public final class MetadataLog {

    private static final Logger LOG = LoggerFactory.getLogger(MetadataLog.class);
    private static final long LEAST_OF_A_TOPIC = 2;

    private final Admin admin;
    private long end;
    private boolean closed;

    public MetadataLog(Admin admin) {
        this.admin = admin;
    }

    /** Whether so much was appended since the last call; also at the first. False where the cluster does not tell. */
    public boolean hasGrown() throws InterruptedException {
        if (closed) {
            return false;
        }
        try {
            long before = end;
            end = admin.describeMetadataQuorum().quorumInfo().get().highWatermark();
            return end - before >= LEAST_OF_A_TOPIC;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ApiException refused && !(refused instanceof RetriableException)) {
                closed = true;
                LOG.info(
                        "New topics are found by listing all of them, for the log of metadata is closed: {}",
                        refused.toString());
            }
            return false;
        }
    }
}
