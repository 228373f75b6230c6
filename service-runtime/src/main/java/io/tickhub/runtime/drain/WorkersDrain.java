package io.tickhub.runtime.drain;

import io.tickhub.model.DrainState;
import io.tickhub.model.Figures;
import io.tickhub.model.InstanceStatus.State;
import io.tickhub.runtime.worker.Worker;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Drains a service of workers: they consume to the ends, stay in their group until everybody has, then stop. For one thread, except
 * {@link #figures}.
 */
public final class WorkersDrain implements DrainParticipant {

    private final List<Worker> workers;
    private final Supplier<Figures> figures;
    private final Consumer<State> report;
    private final Runnable stop;

    /**
     * @param figures what the workers have done; thread safe
     * @param report tells the others this instance's state
     * @param stop asks the service to stop
     */
    public WorkersDrain(List<Worker> workers, Supplier<Figures> figures, Consumer<State> report, Runnable stop) {
        this.workers = List.copyOf(workers);
        this.figures = figures;
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

    @Override
    public Figures figures() {
        return figures.get();
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
