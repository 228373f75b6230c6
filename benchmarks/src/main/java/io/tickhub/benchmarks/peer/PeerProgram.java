package io.tickhub.benchmarks.peer;

/** A peer at work. Its own thread calls {@link #run}, any other {@link #stop}. Owns its Kafka clients and closes them. */
interface PeerProgram {

    /** Works until it is stopped. */
    void run();

    /** Asks it to leave its group and to end; does not wait. */
    void stop();
}
