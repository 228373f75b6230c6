package io.tickhub.runtime.drain;

import io.tickhub.model.DrainState;
import io.tickhub.model.InstanceStatus.State;
import io.tickhub.runtime.worker.Worker;
import java.util.List;
import java.util.function.Consumer;

/**
 * Drains a service of workers: they consume to the ends, stay in their group until everybody has, then stop. For one thread.
 */
public final class WorkersDrain implements DrainParticipant {

    private final List<Worker> workers;
    private final Consumer<State> report;
    private final Runnable stop;

    /**
     * @param report tells the others this instance's state
     * @param stop asks the service to stop
     */
    public WorkersDrain(List<Worker> workers, Consumer<State> report, Runnable stop) {
        this.workers = List.copyOf(workers);
        this.report = report;
        this.stop = stop;
    }

    @Override
    public void follow(DrainState drain) {
        switch (drain.phase()) {
            case STOP_PRODUCERS -> report.accept(State.DRAINING);
            case CONSUME -> report.accept(hasConsumed(drain) ? State.DRAINED : State.DRAINING);
            case EXIT, DONE -> stop.run();
        }
    }

    private boolean hasConsumed(DrainState drain) {
        return workers.stream()
                .allMatch(worker -> worker.isReady()
                        && worker.committedOffsets().entrySet().stream()
                                .allMatch(committed -> committed.getValue()
                                        >= drain.ends()
                                                .getOrDefault(committed.getKey().topic(), 0L)));
    }
}
